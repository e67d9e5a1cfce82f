import Foundation
import Testing

/// What commands on a registry read from files and write to them.
@Suite struct RegistryFilesTests {
  /// A cycle that is open, on the day it is collected.
  private func inOpenCycle(_ body: (Story) throws -> Void) throws {
    try HandedOver.inFolder { folder in
      let story = Story(folder: folder)
      try story.tell(
        """
        = 2025-11-01
        $ init --administrator admin --name A
        admin$ cycle new 2569 --rubric small
        admin$ office import offices.csv
        admin$ person import people.csv
        admin$ cycle schedule schedule.yaml
        admin$ cycle open
        """)
      try body(story)
    }
  }

  private func permissions(_ name: String, _ story: Story) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: "\(story.folder)/\(name)")[.posixPermissions] as? Int
  }

  private func text(_ name: String, _ story: Story) throws -> String {
    try String(contentsOfFile: "\(story.folder)/\(name)", encoding: .utf8)
  }

  @Test func `letters are one sheet a person, in both languages, for their owner alone`() throws {
    try inOpenCycle { story in
      try story.tell(
        """
        = 2025-11-02
        admin$ letters --office 4001 -o letters.html --address ita.office.example
        letters.html: 3 letters
        """)
      #expect(try permissions("letters.html", story) == 0o600)
      let page = try text("letters.html", story)
      #expect(page.matches(of: /<section class="sheet">/).count == 3)
      #expect(page.matches(of: /<dd class="secret">[0-9A-Z]{4}(-[0-9A-Z]{4}){5}<\/dd>/).count == 3)
      for word in ["ดารา ดี", "ผู้อำนวยการ", "การเข้าใช้ระบบครั้งแรก", "Your first sign-in", "ita.office.example"] {
        #expect(page.contains(word), "\(word)")
      }
      #expect(page.contains("รหัสใช้ได้ก่อน 2 ธ.ค. 2568 เวลา 00.00 น."))
      #expect(page.contains("The code may be used before 2 Dec 2025, 00:00."))
    }
  }

  @Test func `no code is made where the sheets cannot be written`() throws {
    try inOpenCycle { story in
      try story.tell(
        """
        = 2025-11-02
        admin! letters -o nowhere/letters.html
        nowhere/letters.html: the file cannot be written; check that the folder exists and may be written to
        admin! letters --office 4002 -o letters.html
        everybody has signed in already; there is nobody to write to
        admin$ trail --limit 1000 --json
        """)
      let trail = try Program.run(
        ["trail", "--as", "admin", "--json", "--now", "2025-11-02"], in: story.folder,
        environment: ["ITA_REHEARSAL": "1"])
      // The administrator's own, made with the registry.
      #expect(trail.output.matches(of: /letter/).count == 1, "\(trail.output)")
      #expect(!FileManager.default.fileExists(atPath: "\(story.folder)/letters.html"))
    }
  }

  @Test func `what is held on a person is written for its owner alone`() throws {
    try inOpenCycle { story in
      try story.tell(
        """
        = 2025-11-02
        arun$ person export arun -o arun.json
        arun.json
        arun! person export dara
        cannot export what is held on a person: only the administrator concerned may
        """)
      #expect(try permissions("arun.json", story) == 0o600)
      #expect(try text("arun.json", story).contains("อรุณ ดี"))
    }
  }

  @Test func `the calendar keeps to RFC 5545, and its entries keep their identity`() throws {
    try inOpenCycle { story in
      try story.tell(
        """
        = 2025-11-02
        admin$ cycle extend 4001 OIT --until 2026-04-03 --reason "น้ำท่วม; ไฟดับ, สามวัน และถนนเข้าสำนักงานขาด"
        $ late --ics first.ics --language th
        first.ics
        = 2025-11-03
        $ late --ics second.ics
        """)
      let calendar = try text("first.ics", story)
      let lines = calendar.split(separator: "\r\n", omittingEmptySubsequences: false)
      #expect(lines.last == "" && !calendar.replacing("\r\n", with: "").contains("\n"))
      #expect(lines.allSatisfy { $0.utf8.count <= 75 })
      let unfolded = calendar.replacing("\r\n ", with: "")
      #expect(unfolded.contains("DTSTART:20260104T170000Z\r\nDTEND:20260331T170000Z\r\n"))
      #expect(
        unfolded.contains(
          "DESCRIPTION:น้ำท่วม\\; ไฟดับ\\, สามวัน และถนนเข้าสำนักงานขาด · ปิด 3 เม.ย. 2569 เวลา 00.00 น.\r\n"))
      #expect(unfolded.contains("SUMMARY:OIT: ขยายเวลาให้ สพป.ธารทอง เขต 1 (2569)\r\n"))
      func identities(_ text: String) -> [String] {
        text.matches(of: /UID:(.+?)\r\n/).map { String($0.output.1) }
      }
      #expect(Set(identities(calendar)).count == 5)
      #expect(identities(calendar) == identities(try text("second.ics", story)))
      #expect(calendar.contains("DTSTAMP:20251101T170000Z"))
    }
  }

  @Test func `files of evidence come from the folder of their table and nowhere else`() throws {
    try inOpenCycle { story in
      let table = "office,item,answer,link,file\n4001,O1,มี,https://office.example,"
      try Program.write(table + "sub/secret.txt\n", to: "handed/evidence.csv", in: story.folder)
      try Program.write(table + "none.txt\n", to: "handed/none.csv", in: story.folder)
      try Program.write("secret\n", to: "secret.txt", in: story.folder)
      try FileManager.default.createSymbolicLink(
        atPath: "\(story.folder)/handed/sub", withDestinationPath: story.folder)
      try story.tell(
        """
        = 2026-02-01
        arun! draft import handed/evidence.csv
        handed/evidence.csv:2:5: 'sub/secret.txt' leads out of the folder of this table; put the file itself there
        1 problem
        arun! draft import handed/none.csv
        handed/none.csv:2:5: there is no file 'none.txt'; check its name and the folder
        1 problem
        """)
    }
  }

  @Test func `every bad row of every file is named, and nothing comes in`() throws {
    try inOpenCycle { story in
      try Program.write(
        "office,i1.a,i1.b,i2,i3\n4001,9,4,4,1\n4009,4,4,4,1\n", to: "bad.csv", in: story.folder)
      try Program.write("office,node,figure\n4001,XX,9\n4001,IIT,900\n", to: "given.csv", in: story.folder)
      try Program.write("office,node,figure\n4001,IIT,90\n", to: "good.csv", in: story.folder)
      try story.tell(
        """
        = 2026-02-01
        admin! answers import IIT=iit.csv IIT=bad.csv
        bad.csv:2:2: '9' is no answer to i1.a; …
        bad.csv:3:1: there is no office '4009' among the offices; …
        2 problems
        admin$ answers import IIT=iit.csv
        24 filled questionnaires of 2 offices
        admin! given import given.csv
        given.csv:2:2: 'XX' is no node of small; …
        given.csv:3:3: 900 is more than the full marks of IIT, 100; correct the figure
        2 problems
        admin$ given import good.csv
        figures: 1 new or changed, 0 unchanged
        admin$ given import good.csv
        figures: 0 new or changed, 1 unchanged
        """)
    }
  }

  @Test func `results are written for the committee as page, workbook, table and document`() throws {
    try inOpenCycle { story in
      try story.tell(
        """
        = 2026-02-01
        admin$ answers import IIT=iit.csv
        = 2026-04-02
        somsri$ scorecard 4001 --html 4001.html --language th
        4001.html
        somsri$ results --xlsx all.xlsx --language th
        all.xlsx
        somsri$ results --csv
        …
        4001,…
        …
        somsri$ results --json
        {
          "schema": "sucharit.scorecard/1",
        …
        somsri! scorecard 4009
        there is no office '4009'
        somsri! scorecard 4001 --html 4001.html --templates nowhere
        nowhere:1:1: there is no such folder; check --templates
        1 problem
        """)
      #expect(try text("4001.html", story).contains("สพป.ธารทอง เขต 1"))
      #expect(
        try Data(contentsOf: URL(fileURLWithPath: "\(story.folder)/all.xlsx")).prefix(2) == Data("PK".utf8))
    }
  }

  @Test func `a byte changed behind the registry's back is found`() throws {
    try inOpenCycle { story in
      try story.tell("$ verify\n…\nno fault")
      let path = URL(fileURLWithPath: "\(story.folder)/data/registry.sqlite")
      var bytes = try Data(contentsOf: path)
      let name = try #require(bytes.firstRange(of: Data("ดารา ดี".utf8)))
      bytes.replaceSubrange(name, with: Data("ดารา ดำ".utf8))
      try bytes.write(to: path)
      let result = try Program.run(["verify"], in: story.folder)
      #expect(result.status == 1 && result.output.hasSuffix("\n1 fault\n"), "\(result.output)")
      #expect(result.output.contains("person"), "\(result.output)")
    }
  }
}
