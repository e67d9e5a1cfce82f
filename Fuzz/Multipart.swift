/// libFuzzer's entry: any bytes as a form with a file, first in one piece, then in pieces of as many bytes as the first
/// one says; both have to come to the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzMultipart(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  let whole = parts(of: bytes, by: bytes.count)
  precondition(whole == parts(of: bytes, by: Int(bytes.first ?? 0)), "it depends on how it arrives")
  return 0
}

/// What each part holds; nil where it cannot be read.
private func parts(of bytes: [UInt8], by piece: Int) -> [String: [UInt8]]? {
  guard var parser = try? MultipartParser(contentType: "multipart/form-data; boundary=b") else { return nil }
  var parts: [String: [UInt8]] = [:]
  var open = ""
  var place = 0
  do {
    while place < bytes.count {
      let end = min(bytes.count, place + max(1, piece))
      try parser.feed(bytes[place..<end]) { event in
        switch event {
        case .part(let name, let file): open = "\(name)\n\(file ?? "")"
        case .bytes(let some): parts[open, default: []] += some
        case .end: open = ""
        }
      }
      place = end
    }
    try parser.finish()
  } catch {
    return nil
  }
  return parts
}
