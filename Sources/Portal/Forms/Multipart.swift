import Foundation
import Hummingbird
import NIOCore

/// A form with a file, as it was sent.
struct Upload: Sendable {
  struct File: Sendable {
    let name: FileName
    let content: Scratch
    /// Larger than allowed: not all of it was kept.
    let isTooLarge: Bool
  }

  let fields: Fields
  /// nil where none was chosen.
  let file: File?

  /// A file that is too large is read so many times over to its end, so that the page can come back and say so.
  private static let patience = 4

  /// Reads a form with at most one file, which goes to disk as it arrives.
  ///
  /// - Parameter largest: the most bytes that a file may have.
  /// - Throws: `Problem` for a form that is not one of our pages'; before anything is kept of the file.
  static func read(_ visit: Visit, _ names: Fields.Names, file: String, largest: Int) async throws -> Upload {
    let type = visit.request.headers[.contentType] ?? ""
    if visit.request.isURLEncoded {
      return Upload(fields: try await visit.fields(names), file: nil)
    }
    var parser: MultipartParser
    do { parser = try MultipartParser(contentType: type) } catch { throw Problem.oddForm("boundary") }
    var reader = Reader(
      names: names, fileField: file, largest: largest, token: visit.visitor.token)
    let began = ContinuousClock.now
    var received = 0
    for try await buffer in visit.request.body {
      received += buffer.readableBytes
      guard received <= Upload.patience * largest + Fields.most else { throw Problem.tooLarge }
      // A minute's grace, then 16 KiB a second: whoever is slower only holds the place.
      guard began.duration(to: .now) < .seconds(60 + received >> 14) else { throw Problem.tooSlow }
      do {
        try parser.feed(buffer.readableBytesView) { try reader.take($0) }
      } catch is MultipartParser.Flaw {
        throw Problem.oddForm("multipart")
      }
    }
    do { try parser.finish() } catch { throw Problem.oddForm("multipart") }
    return try reader.upload
  }

  /// What the parts add up to.
  private struct Reader {
    let names: Fields.Names
    let fileField: String
    let largest: Int
    let token: String
    private var pairs: [(name: String, value: String)] = []
    private var open: (name: String, bytes: [UInt8])?
    private var textBytes = 0
    private var fileName: FileName?
    private var scratch: Scratch?
    private var isInFile = false
    private var fileBytes = 0

    init(names: Fields.Names, fileField: String, largest: Int, token: String) {
      self.names = names
      self.fileField = fileField
      self.largest = largest
      self.token = token
    }

    var upload: Upload {
      get throws {
        // A page without a file chosen sends a part without a name.
        var file: File?
        if let fileName, let scratch, !fileName.text.isEmpty {
          file = File(name: fileName, content: scratch, isTooLarge: fileBytes > largest)
        }
        return Upload(fields: try Fields(pairs: pairs, names), file: file)
      }
    }

    mutating func take(_ event: MultipartParser.Event) throws {
      switch event {
      case .part(let name, let file):
        isInFile = name == fileField
        guard isInFile == (file != nil) else { throw Problem.oddForm(name) }
        guard let file else { return open = (name, []) }
        // Only our own page's form gets anything onto the disk.
        let given = pairs.first { $0.name == "token" }?.value ?? ""
        guard Forgery.matches(given, token) else { throw Problem.foreignForm }
        guard fileName == nil else { throw Problem.oddForm(name) }
        fileName = FileName(file)
        scratch = try Scratch()
      case .bytes(let bytes):
        if isInFile {
          fileBytes += bytes.count
          if fileBytes <= largest { try scratch?.append(bytes) }
        } else {
          textBytes += bytes.count
          guard textBytes <= Fields.most else { throw Problem.tooLarge }
          open?.bytes += bytes
        }
      case .end:
        guard let part = open, !isInFile else { return }
        guard let text = String(validating: part.bytes, as: UTF8.self) else { throw Problem.oddForm("UTF-8") }
        pairs.append((part.name, text))
        open = nil
      }
    }
  }
}
