public import Integrity

/// What offices mean to put forward for their disclosures, read from a table of one row a link or file: `office, item,
/// answer, link, file, page, quote, note, nature, elements`.
public struct DraftsFile: Sendable {
  /// One an office and item, in the order in which the file first names them.
  public let entries: [Entry]

  /// A draft, and the files that belong to it and are not read here.
  public struct Entry: Hashable, Sendable {
    /// With links and notes as evidence.
    public let draft: DraftEntry
    /// What the draft holds besides.
    public let files: [FileEntry]
    /// Whether the table has a column for what kind of thing each piece of evidence is, and one for what is shown where.
    public let (saysNatures, saysElements): (Bool, Bool)

    /// A draft with its files, as a caller puts one together.
    public init(
      draft: DraftEntry, files: [FileEntry] = [], saysNatures: Bool = false, saysElements: Bool = false
    ) {
      self.draft = draft
      self.files = files
      (self.saysNatures, self.saysElements) = (saysNatures, saysElements)
    }

    /// The draft with its files, over what stands: what the table has no column for stays as it is.
    ///
    /// - Parameter kept: the files, in the order of `files`.
    public func draft(over current: Submission?, files kept: [Evidence.Content] = []) -> DraftEntry {
      let added = zip(files, kept).map { file, content in
        Evidence(content, pointer: file.pointer, quote: file.quote, nature: file.nature)
      }
      let evidence = (draft.evidence + added).map { piece -> Evidence in
        let before = current?.evidence.first { $0.content.isSame(as: piece.content) }
        guard !saysNatures, let before else { return piece }
        return Evidence(piece.content, pointer: piece.pointer, quote: piece.quote, nature: before.nature)
      }
      return DraftEntry(
        office: draft.office, item: draft.item, isDisclosed: draft.isDisclosed, note: draft.note,
        evidence: evidence, elements: saysElements ? draft.elements : current?.elements ?? [])
    }
  }

  /// A file that a row names, to be kept as evidence by whoever reads its bytes.
  public struct FileEntry: Hashable, Sendable {
    /// Below the folder of the table; it never leads out of it by name.
    public let path: String
    /// Where in it to look.
    public let pointer: String
    /// The words it is about.
    public let quote: String
    public let nature: Evidence.Nature
    /// Of the cell, for a complaint that there is no such file.
    public let place: Place

    /// A file named at a place.
    public init(
      path: String, pointer: String = "", quote: String = "", nature: Evidence.Nature = .document,
      place: Place
    ) {
      self.path = path
      self.pointer = pointer
      self.quote = quote
      self.nature = nature
      self.place = place
    }
  }

  /// Reads a table of evidence against a rubric's disclosures.
  ///
  /// - Parameter offices: known offices; empty where any code will do.
  /// - Throws: `Complaints`: every bad row.
  public init(
    _ file: Intake.File, rubric: Rubric, offices: Set<Code<Office>> = []
  ) throws(Complaints) {
    let table = try Table(bytes: file.bytes, file: file.name)
    entries = try DraftsReader(rubric: rubric, offices: offices).read(table)
  }
}

/// Puts the rows of one disclosure of an office together.
private struct DraftsReader {
  let rubric: Rubric
  let offices: Set<Code<Office>>
  let faults = Faults()

  private static let columns: [Sheet.Column] = [
    .init("office", "code", "รหัสหน่วยงาน", "หน่วยงาน", required: true), .init("item", "ข้อ", required: true),
    .init("answer", "คำตอบ"), .init("link", "ลิงก์"), .init("file", "ไฟล์"), .init("page", "หน้า"),
    .init("quote", "ข้อความ"), .init("note", "หมายเหตุ"), .init("nature", "ลักษณะ", "ชนิดหลักฐาน"),
    .init("elements", "องค์ประกอบ"),
  ]

  private struct Disclosure: Hashable {
    let office: Code<Office>
    let item: Code<Node>
  }

  /// What the rows of one disclosure have said so far.
  private struct Gathered {
    var answer: (text: String, isDisclosed: Bool, line: Int)?
    var notes: [String] = []
    var evidence: [Evidence] = []
    var files: [DraftsFile.FileEntry] = []
    /// In the order in which rows name them, with all the places they say.
    var elements: [(key: Key, places: [String])] = []
    /// Of each link and file.
    var lines: [String: Int] = [:]
  }

  func read(_ table: Table) throws(Complaints) -> [DraftsFile.Entry] {
    let sheet = Sheet(table, columns: DraftsReader.columns, faults: faults)
    let known = rubric.items.filter { $0.instrument.questionnaire == nil }.map(\.item)
    let disclosures = known.map(\.code)
    let elements = Dictionary(known.map { ($0.code, $0.elements.map(\.key)) }) { a, _ in a }
    let items = Dictionary(disclosures.map { ($0.text.folded, $0) }) { a, _ in a }
    var order: [Disclosure] = []
    var drafts: [Disclosure: Gathered] = [:]
    for row in table.rows {
      let office = sheet.requiredOffice(row, among: offices)
      let item = item(row, items, disclosures, sheet)
      guard let office, let item else {
        // What stands in the other cells is looked at all the same.
        var nobodys = Gathered()
        add(row, to: &nobodys, of: nil, sheet)
        continue
      }
      let disclosure = Disclosure(office: office, item: item)
      if drafts[disclosure] == nil { order.append(disclosure) }
      add(row, to: &drafts[disclosure, default: Gathered()], of: disclosure, sheet)
      addElements(row, to: &drafts[disclosure, default: Gathered()], among: elements[item] ?? [], item, sheet)
    }
    try faults.throwIfAny()
    return order.compactMap { disclosure in drafts[disclosure].map { entry(disclosure, $0, sheet) } }
  }

  private func item(
    _ row: Table.Row, _ items: [String: Code<Node>], _ disclosures: [Code<Node>], _ sheet: Sheet
  ) -> Code<Node>? {
    guard let text = sheet.required(row, "item") else { return nil }
    if let item = items[text.folded] { return item }
    sheet.fault(
      row, "item", "'\(text)' is no disclosure of \(rubric.code)",
      Spelling.nearest(to: text, among: disclosures.map(\.text)).map { "did you mean '\($0)'?" }
        ?? "use a code such as \(disclosures.first?.text ?? "O1")")
    return nil
  }

  private func add(
    _ row: Table.Row, to draft: inout Gathered, of disclosure: Disclosure?, _ sheet: Sheet
  ) {
    addAnswer(row, to: &draft, of: disclosure, sheet)
    let (pointer, quote) = (sheet.text(row, "page"), sheet.text(row, "quote"))
    let (link, file) = (sheet.text(row, "link"), sheet.text(row, "file"))
    let (note, nature) = (sheet.text(row, "note"), nature(row, sheet))
    if let link = link.nonEmpty, isSound(link: link, row, sheet), isNew("link", link, row, &draft, sheet) {
      draft.evidence.append(Evidence(.link(link), pointer: pointer, quote: quote, nature: nature))
    }
    if let file = file.nonEmpty, isSound(path: file, row, sheet), isNew("file", file, row, &draft, sheet) {
      let place = sheet.place(row, "file")
      draft.files.append(
        DraftsFile.FileEntry(path: file, pointer: pointer, quote: quote, nature: nature, place: place))
    }
    if link.isEmpty, file.isEmpty, !(pointer.isEmpty && quote.isEmpty) {
      // What hangs on a wall has a place and words, and neither link nor file.
      if note.isEmpty {
        sheet.fault(
          row, pointer.isEmpty ? "quote" : "page",
          "the row points into something, and names no link, file or note",
          "say in one of them what is meant")
      } else {
        draft.evidence.append(Evidence(.note(note), pointer: pointer, quote: quote, nature: nature))
      }
    } else if !note.isEmpty, !draft.notes.contains(note) {
      draft.notes.append(note)
    }
  }

  private func nature(_ row: Table.Row, _ sheet: Sheet) -> Evidence.Nature {
    let text = sheet.text(row, "nature")
    if text.isEmpty { return .document }
    let found = Evidence.Nature.allCases.first { nature in
      [nature.rawValue, nature.title.thai, nature.title.english].contains { $0.folded == text.folded }
    }
    if let found { return found }
    let names = Evidence.Nature.allCases.map(\.rawValue)
    sheet.fault(
      row, "nature", "'\(text)' is no kind of evidence",
      Spelling.nearest(to: text, among: names).map { "did you mean '\($0)'?" }
        ?? "write \(names.joined(separator: ", ")), or leave the cell empty")
    return .document
  }

  /// `plan, results (page 3)`: what the row shows of the disclosure, and where.
  private func addElements(
    _ row: Table.Row, to draft: inout Gathered, among keys: [Key], _ item: Code<Node>, _ sheet: Sheet
  ) {
    for part in DraftsReader.parts(of: sheet.text(row, "elements")) {
      let name = part.prefix { $0 != "(" }.trimmed
      let place = part.dropFirst(name.isEmpty ? 0 : part.prefix { $0 != "(" }.count).trimmed
      guard let key = keys.first(where: { $0.text.folded == name.folded }) else {
        sheet.fault(
          row, "elements", "'\(name)' is no element of \(item)",
          Spelling.nearest(to: name, among: keys.map(\.text)).map { "did you mean '\($0)'?" }
            ?? (keys.isEmpty
              ? "\(item) has none: leave the cell empty"
              : "its elements are \(keys.map(\.text).joined(separator: ", "))"))
        continue
      }
      guard place.isEmpty || place.hasSuffix(")") else {
        sheet.fault(
          row, "elements", "the bracket behind '\(name)' is not closed", "write it as \(name) (page 3)")
        continue
      }
      let said = place.dropFirst().dropLast().trimmed
      let index = draft.elements.firstIndex { $0.key == key } ?? draft.elements.count
      if index == draft.elements.count { draft.elements.append((key, [])) }
      if !said.isEmpty, !draft.elements[index].places.contains(said) {
        draft.elements[index].places.append(said)
      }
    }
  }

  /// Divided at commas and semicolons that stand outside brackets.
  private static func parts(of text: String) -> [String] {
    var (parts, depth) = ([""], 0)
    for character in text {
      switch character {
      case "(": depth += 1
      case ")": depth = max(0, depth - 1)
      case ",", ";":
        if depth == 0 {
          parts.append("")
          continue
        }
      default: break
      }
      parts[parts.count - 1].append(character)
    }
    return parts.map(\.trimmed).filter { !$0.isEmpty }
  }

  private static let answers: [String: Bool] = ["มี": true, "yes": true, "ไม่มี": false, "no": false]

  private func addAnswer(
    _ row: Table.Row, to draft: inout Gathered, of disclosure: Disclosure?, _ sheet: Sheet
  ) {
    let text = sheet.text(row, "answer")
    if text.isEmpty { return }
    guard let isDisclosed = DraftsReader.answers[text.folded] else {
      sheet.fault(
        row, "answer", "'\(text)' does not say whether it is disclosed",
        "write มี or ไม่มี (yes or no), or leave the cell empty")
      return
    }
    if let answer = draft.answer, answer.isDisclosed != isDisclosed, let disclosure {
      sheet.fault(
        row, "answer",
        "\(disclosure.item) of '\(disclosure.office)' is answered '\(text)', and '\(answer.text)' in row \(answer.line)",
        "let the rows agree, or answer in one of them")
    }
    draft.answer = draft.answer ?? (text, isDisclosed, row.line)
  }

  private func isSound(link: String, _ row: Table.Row, _ sheet: Sheet) -> Bool {
    guard let flaw = Evidence.flaw(ofLink: link) else { return true }
    let start = link.count > 60 ? "\(link.prefix(60))…" : link
    sheet.fault(
      row, "link", "'\(start)' cannot be opened: \(flaw.english)", "copy it from where a browser shows it")
    return false
  }

  private func isSound(path: String, _ row: Table.Row, _ sheet: Sheet) -> Bool {
    let steps = path.split(separator: "/", omittingEmptySubsequences: false)
    let isBroken = path.unicodeScalars.contains { $0.value < 32 || $0 == "\\" || $0.value == 127 }
    if !isBroken, path.utf8.count <= 1000, !steps.contains(where: { ["", ".", ".."].contains($0) }) {
      return true
    }
    sheet.fault(
      row, "file", "'\(path.prefix(60))' is no path below the folder of this table",
      "write it from there, with '/' between folders, such as evidence/O1.pdf")
    return false
  }

  private func isNew(
    _ column: String, _ text: String, _ row: Table.Row, _ draft: inout Gathered, _ sheet: Sheet
  ) -> Bool {
    guard let line = draft.lines.updateValue(row.line, forKey: "\(column) \(text)") else { return true }
    sheet.fault(
      row, column, "the \(column) stands twice for this item, also in row \(line)",
      "keep one of the rows, and name all its pages there")
    return false
  }

  private func entry(_ disclosure: Disclosure, _ draft: Gathered, _ sheet: Sheet) -> DraftsFile.Entry {
    DraftsFile.Entry(
      draft: DraftEntry(
        office: disclosure.office, item: disclosure.item, isDisclosed: draft.answer?.isDisclosed,
        note: draft.notes.joined(separator: "\n"), evidence: draft.evidence,
        elements: draft.elements.map { Coverage($0.key, place: $0.places.joined(separator: ", ")) }),
      files: draft.files, saysNatures: sheet.has("nature"), saysElements: sheet.has("elements"))
  }
}

extension Evidence.Content {
  fileprivate func isSame(as other: Evidence.Content) -> Bool {
    switch (self, other) {
    case (.file(_, let one, _), .file(_, let two, _)): one == two
    default: self == other
    }
  }
}
