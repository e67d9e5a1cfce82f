import Documents

/// A formula as a template's author writes it: `=[Score]-85`, where `[Head]` is this row's cell of that column.
struct Formula {
  let text: String

  init(_ text: String) { self.text = text }

  /// With cell names in the place of heads.
  ///
  /// - Throws: `Complaints` for a bracket that is not closed or names no column.
  func resolved(heads: [String: Int], row: Int) throws(Complaints) -> String {
    var result = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "[") {
      result += rest[..<open]
      guard let close = rest[open...].firstIndex(of: "]") else {
        throw refused("a bracket is not closed", "write [Head]")
      }
      let head = String(rest[rest.index(after: open)..<close])
      guard let column = heads[head] else {
        throw refused(
          "there is no column '\(head)'", Spelling.suggestion(for: head, among: Array(heads.keys)))
      }
      result += Workbook.cellName(row, column)
      rest = rest[rest.index(after: close)...]
    }
    result += rest
    guard result.hasPrefix("="), !result.contains("{") else {
      throw refused("it is no plain formula", "begin it with = and use no array braces")
    }
    return result
  }

  private func refused(_ problem: String, _ remedy: String) -> Complaints {
    Complaints([Complaint(Place(file: "workbook"), "the formula '\(text)': \(problem)", remedy)])
  }
}
