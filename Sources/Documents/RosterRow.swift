import Integrity

/// One row of a table of people: who it is, where they serve, and at most one role.
struct RosterRow {
  let line: Table.Row
  /// nil, with a complaint, where the row names nobody.
  let person: Code<Person>?
  /// What must agree in every row of a person, by column.
  let details: [(column: String, text: String)]
  let nationalID: NationalID?
  let postings: [PostingEntry]
  /// nil for a row without a role.
  let grant: Grant?
  /// Whether there is nothing to complain of.
  let isSound: Bool

  static let columns: [Sheet.Column] = [
    .init("person", "ชื่อผู้ใช้", required: true), .init("name", "ชื่อ-สกุล", required: true),
    .init("post", "ตำแหน่ง"), .init("email", "อีเมล"), .init("phone", "โทรศัพท์"),
    .init("national_id", "เลขประจำตัวประชาชน"), .init("office", "รหัสหน่วยงาน", "หน่วยงาน"),
    .init("hosting", "หน่วยงานที่ปฏิบัติงาน"), .init("from", "ตั้งแต่"), .init("until", "ถึง"), .init("role", "บทบาท"),
    .init("group", "กลุ่ม"), .init("scope", "ขอบเขต"), .init("acting", "ปฏิบัติหน้าที่ในฐานะ"),
    .init("order", "คำสั่งที่"),
    .init("order_date", "ลงวันที่"),
  ]

  /// Reads a row, naming all that is wrong with it.
  struct Reader {
    let groups: Set<Code<Group>>
    let offices: Set<Code<Office>>
    let day: Day

    func read(_ line: Table.Row, _ sheet: Sheet) -> RosterRow {
      let before = sheet.faults.all.count
      let cells = Cells(line: line, sheet: sheet, groups: groups, offices: offices, day: day)
      let id = cells.nationalID
      let details = ["name", "post", "email", "phone"].map { ($0, sheet.text(line, $0)) }
      cells.inspectEmail()
      let (person, postings, grant) = (cells.person, cells.postings, cells.grant)
      return RosterRow(
        line: line, person: person, details: details + [("national_id", id?.digits ?? "")], nationalID: id,
        postings: postings, grant: grant, isSound: sheet.faults.all.count == before)
    }
  }
}

/// The cells of one row as they are asked for.
private struct Cells {
  let line: Table.Row
  let sheet: Sheet
  let groups: Set<Code<Group>>
  let offices: Set<Code<Office>>
  private let from: Day
  private let until: Day?

  init(line: Table.Row, sheet: Sheet, groups: Set<Code<Group>>, offices: Set<Code<Office>>, day: Day) {
    self.line = line
    self.sheet = sheet
    self.groups = groups
    self.offices = offices
    let from = sheet.day(line, "from")
    until = sheet.day(line, "until")
    self.from = from ?? day
    let isGiven = !sheet.text(line, "from").isEmpty
    // Of a day that cannot be read nothing more is said.
    if let until, until <= self.from, from != nil || !isGiven {
      sheet.fault(
        line, "until", "the row begins on \(self.from) and ends on \(until), which is not later",
        isGiven ? "correct one of the two days" : "fill in 'from' as well")
    }
  }

  private func text(_ column: String) -> String { sheet.text(line, column) }

  private func fault(_ column: String, _ problem: String, _ remedy: String) {
    sheet.fault(line, column, problem, remedy)
  }

  var person: Code<Person>? {
    guard let text = sheet.required(line, "person") else { return nil }
    guard text.withoutLongNumbers == text else {
      fault("person", "a number as long as a national ID is no user name", "choose one, such as somchai.j")
      return nil
    }
    if text.isPlainName(of: 2...40, and: "._-") { return Code(text) }
    let small = text.lowercased()
    fault(
      "person", "'\(text)' is no user name",
      small.isPlainName(of: 2...40, and: "._-")
        ? "write '\(small)'" : "use 2 to 40 of a-z, 0-9, '.', '_' and '-', such as somchai.j")
    return nil
  }

  var nationalID: NationalID? {
    let text = text("national_id")
    guard !text.isEmpty else { return nil }
    if let id = NationalID(text) { return id }
    fault(
      "national_id", "this is not a national ID: thirteen digits of which the last checks the others",
      "correct it, or leave the cell empty")
    return nil
  }

  func inspectEmail() {
    let text = text("email")
    let sides = text.split(separator: "@", omittingEmptySubsequences: false)
    if text.isEmpty || sides.count == 2 && !sides.contains("") && !text.contains(where: \.isWhitespace) {
      return
    }
    fault("email", "'\(text)' is not an e-mail address", "write one such as somchai@office.example")
  }

  var postings: [PostingEntry] {
    [(Posting.Kind.employing, "office"), (.hosting, "hosting")].compactMap { kind, column in
      text(column).nonEmpty.flatMap { sheet.office($0, line, column, among: offices) }.map {
        PostingEntry(kind, at: $0, from: from, until: until)
      }
    }
  }

  // The role.

  var grant: Grant? {
    guard !text("role").isEmpty else {
      for column in ["group", "scope", "acting", "order", "order_date"] where !text(column).isEmpty {
        fault(column, "the row has a '\(column)' but no role", "name the role, or leave the cell empty")
      }
      return nil
    }
    let role: Role? = sheet.choice(line, "role", "role") { $0.title }
    let scope = scope(of: role)
    let group = group(of: role)
    let acting = acting
    guard let role, let scope else { return nil }
    return Grant(role, for: scope, group: group, from: from, until: until, acting: acting)
  }

  private func scope(of role: Role?) -> Grant.Scope? {
    let text = text("scope")
    if text == "*" {
      guard let role, role.belongsToAnOffice else { return .everywhere }
      fault(
        "scope", "\(role.rawValue) is a role of an office and cannot be held everywhere",
        "write the codes of the offices, separated by semicolons")
      return nil
    }
    let codes = text.isEmpty ? [self.text("office")].filter { !$0.isEmpty } : text.listed
    if codes.isEmpty {
      fault(
        "scope", "the row has a role, and nothing says for which office",
        role?.belongsToAnOffice == false
          ? "write the codes of the offices, or * for all" : "write the codes of the offices")
      return nil
    }
    if codes.contains("*") {
      fault("scope", "'*' stands beside other offices", "write * alone, or the offices alone")
      return nil
    }
    // What the cell 'office' says has been looked at with the postings.
    if text.isEmpty { return .offices(Set(codes.map { Code($0) })) }
    return .offices(Set(codes.compactMap { sheet.office($0, line, "scope", among: offices) }))
  }

  private func group(of role: Role?) -> Code<Group>? {
    guard let text = text("group").nonEmpty else { return nil }
    if let role, role != .officer, role != .groupHead {
      fault(
        "group", "\(role.rawValue) is not a role in a group, only officer and group_head are",
        "leave the cell empty")
    } else if !groups.isEmpty, !groups.contains(Code(text)) {
      fault("group", "'\(text)' is no group", Spelling.suggestion(for: text, among: groups.map(\.text)))
    }
    return Code(text)
  }

  private var acting: Acting? {
    let order = text("order")
    let date = sheet.day(line, "order_date")
    guard !text("acting").isEmpty else {
      for column in ["order", "order_date"] where !text(column).isEmpty {
        fault(
          column, "the row has an '\(column)', and 'acting' is empty",
          "write in_place_of or on_behalf_of there, or leave the cell empty")
      }
      return nil
    }
    let capacity: Acting.Capacity? = sheet.choice(line, "acting", "capacity in which to act") { $0.title }
    if order.isEmpty {
      fault("order", "somebody acts without an order", "write its number in 'order', such as 123/2569")
    }
    if text("order_date").isEmpty {
      fault("order_date", "the order has no date", "write its day in 'order_date', as 2026-10-01")
    }
    guard let capacity, let date else { return nil }
    return Acting(capacity, order: order, date: date)
  }
}
