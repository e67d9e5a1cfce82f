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
  /// Those that were chosen.
  let files: [File]

  /// nil where none was chosen.
  var file: File? { files.first }

  /// A file that is too large is read so many times over to its end, so that the page can come back and say so.
  private static let patience = 4

  /// Reads a form with files, which go to disk as they arrive.
  ///
  /// - Parameters:
  ///   - largest: the most bytes that a file may have.
  ///   - most: how many files there may be.
  /// - Throws: `Problem` for a form that is not one of our pages'; before anything is kept of the file.
  static func read(
    _ visit: Visit, _ names: Fields.Names, file: String, largest: Int, most: Int = 1
  ) async throws -> Upload {
    let type = visit.request.headers[.contentType] ?? ""
    if type.hasPrefix("application/x-www-form-urlencoded") {
      return Upload(fields: try await visit.fields(names), files: [])
    }
    var parser: MultipartParser
    do { parser = try MultipartParser(contentType: type) } catch { throw Problem.oddForm("boundary") }
    var reader = Reader(
      names: names, fileField: file, largest: largest, most: most, token: visit.visitor.token)
    let began = ContinuousClock.now
    var received = 0
    for try await buffer in visit.request.body {
      received += buffer.readableBytes
      guard received <= Upload.patience * largest * most + Fields.most else { throw Problem.tooLarge }
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
    let most: Int
    let token: String
    private var files: [File] = []
    private var fileParts = 0
    private var pairs: [(name: String, value: String)] = []
    private var open: (name: String, bytes: [UInt8])?
    private var textBytes = 0
    private var fileName: FileName?
    private var scratch: Scratch?
    private var isInFile = false
    private var fileBytes = 0

    init(names: Fields.Names, fileField: String, largest: Int, most: Int, token: String) {
      self.names = names
      self.fileField = fileField
      self.largest = largest
      self.most = most
      self.token = token
    }

    var upload: Upload {
      get throws {
        Upload(fields: try Fields(pairs: pairs, names), files: files)
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
        fileParts += 1
        guard fileParts <= most else { throw Problem.oddForm(name) }
        fileName = FileName(file)
        scratch = try Scratch()
        fileBytes = 0
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
        if isInFile {
          // A page without a file chosen sends a part without a name.
          if let fileName, let scratch, !fileName.text.isEmpty {
            files.append(File(name: fileName, content: scratch, isTooLarge: fileBytes > largest))
          }
          (fileName, scratch) = (nil, nil)
          return
        }
        guard let part = open else { return }
        guard let text = String(validating: part.bytes, as: UTF8.self) else { throw Problem.oddForm("UTF-8") }
        pairs.append((part.name, text))
        open = nil
      }
    }
  }
}
