import Documents

/// libFuzzer's entry: any bytes as a table.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCsv(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  _ = try? Table(bytes: Array(UnsafeBufferPointer(start: start, count: count)), file: "t.csv")
  return 0
}
