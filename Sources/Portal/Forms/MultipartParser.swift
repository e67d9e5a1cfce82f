import Foundation

/// Reads `multipart/form-data` as it arrives, piece by piece, and never holds more than a part's head and the length of a
/// boundary.
struct MultipartParser {
  /// What is wrong with what arrives; nothing of it is shown.
  enum Flaw: Error {
    case noBoundary
    case badHead
    case longHead
    case tooManyParts
    /// Bytes before the first boundary, or behind one.
    case stray
    case unfinished
  }

  enum Event: Equatable {
    /// A part begins: the field's name, and the file's where it is one.
    case part(name: String, file: String?)
    /// Bytes of the part, as many pieces as they come in.
    case bytes([UInt8])
    case end
  }

  private enum State {
    case start, body, behindBoundary, head, done
  }

  /// More than any head that a browser writes.
  static let longestHead = 4 << 10
  static let mostParts = 1000

  private let delimiter: [UInt8]
  private var state = State.start
  /// What has arrived and is not understood yet. The line end before the first boundary is taken for granted.
  private var rest: [UInt8] = [13, 10]
  private var parts = 0
  /// Whether the line end that closes a part's head has been passed.
  private var isWithin = false

  /// - Parameter type: the content type, which names the boundary.
  init(contentType type: String) throws(Flaw) {
    guard let boundary = MultipartParser.boundary(in: type) else { throw .noBoundary }
    delimiter = Array("\r\n--\(boundary)".utf8)
  }

  /// Takes in what has arrived.
  mutating func feed(_ bytes: some Sequence<UInt8>, _ take: (Event) throws -> Void) throws {
    if state == .done { return }
    rest.append(contentsOf: bytes)
    var place = 0
    while let next = try step(from: place, take) { place = next }
    rest.removeFirst(place)
  }

  /// Says that nothing more comes.
  func finish() throws(Flaw) {
    guard state == .done else { throw .unfinished }
  }

  /// Goes on from a place in the rest as far as one step leads; nil where more has to arrive first.
  private mutating func step(from place: Int, _ take: (Event) throws -> Void) throws -> Int? {
    switch state {
    case .done: return nil
    case .start:
      guard rest.count - place >= delimiter.count else { return nil }
      guard rest[place...].starts(with: delimiter) else { throw Flaw.stray }
      state = .behindBoundary
      return place + delimiter.count
    case .behindBoundary:
      guard rest.count - place >= 2 else { return nil }
      switch (rest[place], rest[place + 1]) {
      case (13, 10): state = .head
      case (45, 45): state = .done
      default: throw Flaw.stray
      }
      return place + 2
    case .head:
      guard let end = find([13, 10, 13, 10], from: place) else {
        guard rest.count - place <= MultipartParser.longestHead else { throw Flaw.longHead }
        return nil
      }
      guard end - place <= MultipartParser.longestHead else { throw Flaw.longHead }
      parts += 1
      guard parts <= MultipartParser.mostParts else { throw Flaw.tooManyParts }
      let (name, file) = try MultipartParser.names(in: rest[place..<end])
      try take(.part(name: name, file: file))
      state = .body
      // The boundary of an empty part begins with the very line end that closes its head.
      return end + 2
    case .body: return try body(from: place, take)
    }
  }

  private mutating func body(from place: Int, _ take: (Event) throws -> Void) throws -> Int? {
    let first = isWithin ? place : place + 2
    if let end = find(delimiter, from: place) {
      if end > first { try take(.bytes(Array(rest[first..<end]))) }
      try take(.end)
      isWithin = false
      state = .behindBoundary
      return end + delimiter.count
    }
    let safe = rest.count - delimiter.count
    guard safe > first else { return nil }
    try take(.bytes(Array(rest[first..<safe])))
    isWithin = true
    return safe
  }

  private func find(_ wanted: [UInt8], from place: Int) -> Int? {
    guard let head = wanted.first, rest.count - place >= wanted.count else { return nil }
    return rest.withUnsafeBytes { bytes -> Int? in
      guard let start = bytes.baseAddress else { return nil }
      let last = bytes.count - wanted.count
      var at = place
      // Most of a file has no line end: it is passed over by the fastest means there is.
      while at <= last, let hit = memchr(start + at, Int32(head), last - at + 1) {
        at = start.distance(to: UnsafeRawPointer(hit))
        if bytes[at..<(at + wanted.count)].elementsEqual(wanted) { return at }
        at += 1
      }
      return nil
    }
  }

  // Heads.

  private static func boundary(in type: String) -> String? {
    guard type.lowercased().hasPrefix("multipart/form-data") else { return nil }
    let values = type.split(separator: ";").dropFirst().compactMap { part -> String? in
      let pair = part.trimmingPrefix { $0 == " " }
      guard pair.lowercased().hasPrefix("boundary=") else { return nil }
      var value = pair.dropFirst("boundary=".count)
      if value.count >= 2, value.first == "\"", value.last == "\"" { value = value.dropFirst().dropLast() }
      return String(value)
    }
    guard values.count == 1, let value = values.first, (1...70).contains(value.utf8.count),
      value.utf8.allSatisfy({ 33...126 ~= $0 && $0 != 34 })
    else { return nil }
    return value
  }

  /// What a part is called: exactly one `Content-Disposition: form-data` with one name.
  private static func names(in head: ArraySlice<UInt8>) throws -> (name: String, file: String?) {
    guard let text = String(validating: head, as: UTF8.self) else { throw Flaw.badHead }
    let lines = text.components(separatedBy: "\r\n").filter { !$0.isEmpty }
    let found = lines.filter { $0.lowercased().hasPrefix("content-disposition:") }
    guard found.count == 1, let line = found.first else { throw Flaw.badHead }
    var rest = line.dropFirst("content-disposition:".count).trimmingPrefix { $0 == " " }
    guard rest.lowercased().hasPrefix("form-data") else { throw Flaw.badHead }
    rest = rest.dropFirst("form-data".count)
    var values: [String: String] = [:]
    while !rest.isEmpty {
      guard rest.first == ";" else { throw Flaw.badHead }
      rest = rest.dropFirst().trimmingPrefix { $0 == " " }
      let key = rest.prefix { $0 != "=" }.lowercased()
      rest = rest.dropFirst(key.count)
      guard rest.hasPrefix("=\"") else { throw Flaw.badHead }
      rest = rest.dropFirst(2)
      guard let close = rest.firstIndex(of: "\"") else { throw Flaw.badHead }
      guard values.updateValue(String(rest[..<close]), forKey: key) == nil else { throw Flaw.badHead }
      rest = rest[rest.index(after: close)...]
    }
    guard let name = values["name"], !name.isEmpty,
      values.keys.allSatisfy({ $0 == "name" || $0 == "filename" })
    else { throw Flaw.badHead }
    return (plain(name), values["filename"].map(plain))
  }

  /// Browsers write a quotation mark and line ends within names in per cent.
  private static func plain(_ name: String) -> String {
    name.replacing("%22", with: "\"").replacing("%0D", with: "\r").replacing("%0A", with: "\n")
  }
}
