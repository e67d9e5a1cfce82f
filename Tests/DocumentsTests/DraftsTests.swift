import Documents
import Integrity
import Specimen
import Testing

@Suite struct DraftsTests {
  private func entries(_ text: String) throws -> [DraftsFile.Entry] {
    let rubric = try Files.rubric("small")
    return try DraftsFile(Files.handed("d.csv", text), rubric: rubric, offices: ["4001", "4002"]).entries
  }

  private func refusals(_ text: String) throws -> [String] {
    let rubric = try Files.rubric("small")
    return Files.refusals { () throws(Complaints) in
      try DraftsFile(Files.handed("d.csv", text), rubric: rubric, offices: ["4001", "4002"])
    }
  }

  @Test func `the rows of a disclosure become one draft with its evidence`() throws {
    let found = try entries(
      """
      office,item,answer,link,file,page,quote,note
      4001,O1,มี,https://a.example/o1,,3,แผนผัง,แผนผังโครงสร้าง
      4002,O1,ไม่มี,,,,,ยังไม่ได้จัดทำ
      4001,o1,,https://a.example/o1.pdf,o1/plan.pdf,4,,แผนผังโครงสร้าง
      4001,O1,yes,,,ป้ายหน้าสำนักงาน,,ป้ายประกาศ
      4001,O1,,,o1/sign.jpg,,,ปรับปรุงเดือนมีนาคม
      4001,O2,,,,,,
      """)
    #expect(
      found.map(\.draft) == [
        DraftEntry(
          office: "4001", item: "O1", isDisclosed: true, note: "แผนผังโครงสร้าง\nปรับปรุงเดือนมีนาคม",
          evidence: [
            Evidence(.link("https://a.example/o1"), pointer: "3", quote: "แผนผัง"),
            Evidence(.link("https://a.example/o1.pdf"), pointer: "4"),
            Evidence(.note("ป้ายประกาศ"), pointer: "ป้ายหน้าสำนักงาน"),
          ]),
        DraftEntry(office: "4002", item: "O1", isDisclosed: false, note: "ยังไม่ได้จัดทำ"),
        DraftEntry(office: "4001", item: "O2", isDisclosed: nil),
      ])
    #expect(
      found.first?.files == [
        DraftsFile.FileEntry(
          path: "o1/plan.pdf", pointer: "4", quote: "", place: Place(file: "d.csv", line: 4, column: 5)),
        DraftsFile.FileEntry(
          path: "o1/sign.jpg", pointer: "", quote: "", place: Place(file: "d.csv", line: 6, column: 5)),
      ])
    #expect(found.dropFirst().allSatisfy { $0.files.isEmpty })
  }

  @Test(
    arguments: [
      (
        "office,item,answer\n4001,O9,yes\n4003,O1,yes\n4001,i2,yes\n4001,,yes\n",
        [
          "d.csv:2:2: 'O9' is no disclosure of small; did you mean 'O1'?",
          "d.csv:3:1: there is no office '4003' among the offices; did you mean '4001'?",
          "d.csv:4:2: 'i2' is no disclosure of small; did you mean 'O2'?",
          "d.csv:5:2: the cell 'item' is empty; fill it in",
        ]
      ),
      (
        "office,item,answer\n4001,O1,มี\n4001,O1,no\n4001,O2,maybe\n4001,O1,ไม่มี\n",
        [
          "d.csv:3:3: O1 of '4001' is answered 'no', and 'มี' in row 2; let the rows agree, or answer in one of them",
          "d.csv:4:3: 'maybe' does not say whether it is disclosed; write มี or ไม่มี (yes or no), or leave the cell empty",
          "d.csv:5:3: O1 of '4001' is answered 'ไม่มี', and 'มี' in row 2; let the rows agree, or answer in one of them",
        ]
      ),
      (
        "office,item,link\n4001,O1,www.a.example\n4009,O1,ftp://a.example\n4001,O1,https://\n4001,O1,https://a.example/a b\n",
        [
          "d.csv:2:3: 'www.a.example' cannot be opened: a link begins with https:// or http://; copy it from where a browser shows it",
          "d.csv:3:1: there is no office '4009' among the offices; did you mean '4001'?",
          "d.csv:3:3: 'ftp://a.example' cannot be opened: a link begins with https:// or http://; copy it from where a browser shows it",
          "d.csv:4:3: 'https://' cannot be opened: the link names no site; copy it from where a browser shows it",
          "d.csv:5:3: 'https://a.example/a b' cannot be opened: the link has a space in it; copy it from where a browser shows it",
        ]
      ),
      (
        "office,item,link,file\n4001,O1,https://a.example,a.pdf\n4002,O1,https://a.example,a.pdf\n4001,O1,https://a.example,a.pdf\n",
        [
          "d.csv:4:3: the link stands twice for this item, also in row 2; keep one of the rows, and name all its pages there",
          "d.csv:4:4: the file stands twice for this item, also in row 2; keep one of the rows, and name all its pages there",
        ]
      ),
      (
        "office,item,file\n4001,O1,/etc/passwd\n4001,O1,a/../../b\n4001,O1,C:\\b.pdf\n4001,O1,a//b\n",
        [
          "d.csv:2:3: '/etc/passwd' is no path below the folder of this table; write it from there, with '/' between folders, such as evidence/O1.pdf",
          "d.csv:3:3: 'a/../../b' is no path below the folder of this table; write it from there, with '/' between folders, such as evidence/O1.pdf",
          "d.csv:4:3: 'C:\\b.pdf' is no path below the folder of this table; write it from there, with '/' between folders, such as evidence/O1.pdf",
          "d.csv:5:3: 'a//b' is no path below the folder of this table; write it from there, with '/' between folders, such as evidence/O1.pdf",
        ]
      ),
      (
        "office,item,page,quote,note\n4001,O1,3,,\n4001,O1,,คำ,\n",
        [
          "d.csv:2:3: the row points into something, and names no link, file or note; say in one of them what is meant",
          "d.csv:3:4: the row points into something, and names no link, file or note; say in one of them what is meant",
        ]
      ),
      (
        "item,lnk\nO1,https://a.example\n",
        [
          "d.csv:1:1: there is no column 'office'; add it; the columns are office, item, answer, link, file, page, quote, note, nature, elements",
          "d.csv:1:2: 'lnk' is not a column of this file; did you mean 'link'?",
        ]
      ),
    ] as [(String, [String])])
  func `every bad row is named with its remedy`(text: String, complaints: [String]) throws {
    #expect(try refusals(text) == complaints)
  }

  @Test func `a link of a novel's length is cut in the complaint`() throws {
    let link = "https://a.example/" + String(repeating: "ก", count: 3000)
    let said = try refusals("office,item,link\n4001,O1,\(link)\n")
    #expect(said.count == 1)
    #expect(said.first?.contains("…' cannot be opened: the link is too long;") == true)
    #expect(said.joined().count < 200)
  }

  @Test func `links alone say nothing of the answer, and the example district's read`() throws {
    let rubric = try Files.rubric("ita-2567")
    let evidence = ExampleDistrict(rubric: rubric).evidence
    let rows = evidence.map { "4001,\($0.item),\($0.link),\($0.page),\"\($0.note)\"\n" }
    let file = Files.handed("d.csv", "office,item,link,page,note\n" + rows.joined())
    let drafts = try DraftsFile(file, rubric: rubric).entries.map(\.draft)
    #expect(drafts.count == evidence.count && drafts.count > 20)
    #expect(drafts.map(\.note) == evidence.map(\.note))
    #expect(drafts.allSatisfy { $0.isDisclosed == nil && $0.evidence.count == 1 })
    #expect(drafts.first?.evidence.first?.pointer == evidence.first?.page)
  }

  @Test func `the manual's example reads`() throws {
    let rubric = try Files.rubric("small")
    let found = try DraftsFile(Files.example("evidence.csv", of: "inputs.md"), rubric: rubric).entries
    #expect(found.count == 3)
    #expect(found.flatMap(\.files).count == 1)
    #expect(found[0].draft.elements == [Coverage("chart"), Coverage("divisions")])
    #expect(
      found[1].draft.elements == [
        Coverage("results", place: "หน้า 12"), Coverage("spending", place: "หน้า 15"),
      ])
  }

  @Test func `kinds of evidence and what is shown where are read, from several rows`() throws {
    let found = try entries(
      """
      office,item,link,file,nature,elements
      4001,O2,https://a.example/1,,order,"Results (p. 3, 4), spending"
      4001,O2,,a.pdf,ประกาศเจตนารมณ์,results (p. 9);results (p. 9)
      4001,O2,https://a.example/2,,,
      """)
    #expect(found[0].draft.evidence.map(\.nature) == [.order, .document])
    #expect(found[0].files.map(\.nature) == [.declaration])
    #expect(
      found[0].draft.elements == [Coverage("results", place: "p. 3, 4, p. 9"), Coverage("spending")])
  }

  @Test func `what is no element or no kind is named with what it may be`() throws {
    let text = """
      office,item,link,nature,elements
      4001,O2,https://a.example/1,ordre,resluts
      4001,O2,https://a.example/2,,results (p. 3
      """
    #expect(
      try refusals(text) == [
        "d.csv:2:4: 'ordre' is no kind of evidence; did you mean 'order'?",
        "d.csv:2:5: 'resluts' is no element of O2; did you mean 'results'?",
        "d.csv:3:5: the bracket behind 'results' is not closed; write it as results (page 3)",
      ])
  }

  @Test func `a table without these columns leaves ticks and kinds as they stand`() throws {
    let standing = Submission(
      id: ID(1), office: "4001", item: "O2", version: 1, state: .draft, isDisclosed: true, note: "",
      evidence: [
        Evidence(.link("https://a.example/1"), nature: .order),
        Evidence(.file(name: "old.pdf", digest: "aa", bytes: 1), nature: .training),
      ], elements: [Coverage("results", place: "p. 3")])
    func draft(_ columns: String, _ cells: String) throws -> DraftEntry {
      let found = try entries(
        "office,item,link,file\(columns)\n4001,O2,https://a.example/1,a.pdf\(cells)\n4001,O2,https://a.example/2,\(cells)\n"
      )
      return found[0].draft(over: standing, files: [.file(name: "a.pdf", digest: "aa", bytes: 1)])
    }
    let old = try draft("", "")
    #expect(old.elements == standing.elements)
    #expect(old.evidence.map(\.nature) == [.order, .document, .training])
    let new = try draft(",nature,elements", ",,")
    #expect(new.elements.isEmpty && new.evidence.allSatisfy { $0.nature == .document })
    #expect(try entries("office,item\n4001,O2\n")[0].draft(over: nil).elements.isEmpty)
  }
}
