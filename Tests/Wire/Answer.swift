extension Wire {
  /// An answer of a server, as it came.
  public struct Answer: Sendable {
    public let status: Int
    /// Names in small letters, in their order.
    public let headers: [(name: String, value: String)]
    public private(set) var body: [UInt8] = []

    public var text: String { String(decoding: body, as: UTF8.self) }

    public subscript(name: String) -> [String] { headers.filter { $0.name == name }.map(\.value) }

    /// Takes the first answer out of what has arrived; nil, and nothing taken, where not all of it has.
    init?(taking arrived: inout [UInt8], hasBody: Bool) {
      guard let end = arrived.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
      self.init(head: arrived[..<end.lowerBound])
      var rest = arrived[end.upperBound...]
      guard !hasBody || readBody(&rest) else { return nil }
      arrived = Array(rest)
    }

    private init(head: ArraySlice<UInt8>) {
      let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n").map(String.init)
      let parts = lines.first?.split(separator: " ") ?? []
      status = parts.dropFirst().first.flatMap { Int($0) } ?? 0
      headers = lines.dropFirst().map { line in
        let pair = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        return (pair[0].lowercased(), pair.count > 1 ? String(pair[1].drop { $0 == " " }) : "")
      }
    }

    /// False where not all of it is here.
    private mutating func readBody(_ rest: inout ArraySlice<UInt8>) -> Bool {
      guard self["transfer-encoding"] == ["chunked"] else {
        let length = self["content-length"].first.flatMap { Int($0) } ?? 0
        guard rest.count >= length else { return false }
        body = Array(rest.prefix(length))
        rest.removeFirst(length)
        return true
      }
      while true {
        guard let end = rest.firstRange(of: [13, 10]),
          let size = Int(String(decoding: rest[..<end.lowerBound], as: UTF8.self), radix: 16)
        else { return false }
        rest = rest[end.upperBound...]
        guard rest.count >= size + 2 else { return false }
        body += rest.prefix(size)
        rest.removeFirst(size + 2)
        if size == 0 { return true }
      }
    }
  }
}
