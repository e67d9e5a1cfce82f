import Documents

/// libFuzzer's entry: any bytes as a rubric file, read, checked and its cases run.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzYaml(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  _ = try? RubricFile(name: "r.yaml") { _ in bytes }.caseComplaints
  return 0
}
