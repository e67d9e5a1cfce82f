import Foundation

/// The kinds of files that evidence may be: known by their name and by what is in them, which have to agree.
enum FileKind: String, CaseIterable, Sendable {
  case pdf, png, jpeg, docx, xlsx

  /// By what stands behind the last dot of a name.
  init?(name: String) {
    guard let dot = name.lastIndex(of: ".") else { return nil }
    let end = name[name.index(after: dot)...].lowercased()
    self.init(rawValue: end == "jpg" ? "jpeg" : end)
  }

  /// By what is in a file.
  init?(content file: Scratch) throws {
    let head = try file.bytes(at: 0, count: 1024)
    if head.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .png
    } else if head.starts(with: [0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      guard let kind = FileKind(entries: try ZipEntries.names(in: file)) else { return nil }
      self = kind
    } else if Data(head).range(of: Data("%PDF-".utf8)) != nil {
      // Scanners write something in front of it now and then, and readers allow it.
      self = .pdf
    } else {
      return nil
    }
  }

  /// What an office suite packs into its files; nothing with macros.
  private init?(entries: [String]) {
    guard entries.contains("[Content_Types].xml"),
      !entries.contains(where: { $0.hasSuffix("vbaProject.bin") })
    else { return nil }
    let isText = entries.contains { $0.hasPrefix("word/") }
    let isSheet = entries.contains { $0.hasPrefix("xl/") }
    guard isText != isSheet else { return nil }
    self = isText ? .docx : .xlsx
  }

  var type: String {
    switch self {
    case .pdf: "application/pdf"
    case .png: "image/png"
    case .jpeg: "image/jpeg"
    case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    }
  }

  /// Whether browsers show it themselves.
  var isShown: Bool { self == .pdf || self == .png || self == .jpeg }

  /// For the list of files that a browser offers.
  static let accepted = ".pdf,.png,.jpg,.jpeg,.docx,.xlsx"
}

/// The names in a packed file, from the list at its end.
enum ZipEntries {
  /// More than any document of an office has.
  private static let longestList = 1 << 20

  static func names(in file: Scratch) throws -> [String] {
    let size = file.size
    let tailStart = max(0, size - (64 << 10) - 22)
    let tail = try file.bytes(at: tailStart, count: size - tailStart)
    let mark: [UInt8] = [0x50, 0x4B, 0x05, 0x06]
    let ends = stride(from: tail.count - 22, through: 0, by: -1)
    guard let end = ends.first(where: { tail[$0...].starts(with: mark) }) else { return [] }
    let length = number(tail, end + 12, 4)
    let start = number(tail, end + 16, 4)
    guard length <= longestList, start + length <= size else { return [] }
    let list = try file.bytes(at: start, count: length)
    var names: [String] = []
    var place = 0
    while place + 46 <= list.count, list[place...].starts(with: [0x50, 0x4B, 0x01, 0x02]) {
      let name = number(list, place + 28, 2)
      let more = number(list, place + 30, 2) + number(list, place + 32, 2)
      guard place + 46 + name <= list.count else { break }
      names.append(String(decoding: list[(place + 46)..<(place + 46 + name)], as: UTF8.self))
      place += 46 + name + more
    }
    return names
  }

  /// Least byte first.
  private static func number(_ bytes: [UInt8], _ place: Int, _ count: Int) -> Int {
    (0..<count).reversed().reduce(0) { sum, index in
      let at = place + index
      return sum << 8 | (bytes.indices.contains(at) ? Int(bytes[at]) : 0)
    }
  }
}
