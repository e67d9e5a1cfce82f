public import Integrity

/// The working groups of offices, read from a table `office, group, name_th, name_en`: who answers for which disclosure
/// is said with their codes.
public struct GroupsFile: Sendable {
  /// In the order of the file.
  public let groups: [GroupEntry]

  /// Reads a table of groups.
  ///
  /// - Parameter offices: known offices; empty where any code will do.
  /// - Throws: `Complaints`: every bad row.
  public init(_ file: Intake.File, offices: Set<Code<Office>> = []) throws(Complaints) {
    let table = try Table(bytes: file.bytes, file: file.name)
    groups = try GroupsReader(offices: offices).read(table)
  }
}

private struct GroupsReader {
  let offices: Set<Code<Office>>
  let faults = Faults()

  private static let columns: [Sheet.Column] = [
    .init("office", "รหัสหน่วยงาน", "หน่วยงาน", required: true),
    .init("group", "code", "รหัสกลุ่ม", "กลุ่ม", required: true),
    .init("name_th", "name", "ชื่อกลุ่ม", required: true), .init("name_en"),
  ]

  func read(_ table: Table) throws(Complaints) -> [GroupEntry] {
    let sheet = Sheet(table, columns: GroupsReader.columns, faults: faults)
    var groups: [GroupEntry] = []
    var lines: [String: Int] = [:]
    for row in table.rows {
      let office = sheet.requiredOffice(row, among: offices)
      let name = sheet.required(row, "name_th")
      guard let group = group(row, sheet), let office else { continue }
      if let line = lines.updateValue(row.line, forKey: "\(office) \(group)") {
        sheet.fault(
          row, "group", "the group '\(group)' of '\(office)' stands twice, also in row \(line)",
          "keep one of the rows")
        continue
      }
      guard let name else { continue }
      let english = sheet.text(row, "name_en").nonEmpty ?? name
      groups.append(GroupEntry(office: office, group: group, title: Words(thai: name, english: english)))
    }
    try faults.throwIfAny()
    return groups
  }

  private func group(_ row: Table.Row, _ sheet: Sheet) -> Code<Group>? {
    guard let text = sheet.required(row, "group") else { return nil }
    if text.isPlainName(of: 1...40, and: "_-") { return Code(text) }
    sheet.fault(
      row, "group", "'\(text)' is no code of a group",
      "use at most 40 of a-z, 0-9, '_' and '-', such as admin")
    return nil
  }
}

extension String {
  /// Whether it is made of small ASCII letters, digits and some further characters alone.
  func isPlainName(of lengths: ClosedRange<Int>, and others: String) -> Bool {
    lengths.contains(utf8.count)
      && utf8.allSatisfy { byte in
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || others.utf8.contains(byte)
      }
  }
}
