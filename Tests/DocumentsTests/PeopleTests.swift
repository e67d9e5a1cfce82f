import Documents
import Integrity
import Testing

@Suite struct PeopleTests {
  private let opening = Day(number: 20_454)

  private func people(
    _ text: String, groups: Set<Code<Group>> = [], offices: Set<Code<Office>> = []
  ) throws(Complaints) -> [PersonEntry] {
    try PeopleFile(Files.handed("p.csv", text), groups: groups, offices: offices, asOf: opening).people
  }

  private func refusals(_ text: String) -> [String] {
    Files.refusals { () throws(Complaints) in
      try people(text, groups: ["admin", "legal"], offices: ["4001", "4002"])
    }
  }

  @Test func `the rows of a person become one entry with the grants of each`() throws {
    let found = try people(
      """
      person,name,post,email,phone,national_id,office,hosting,from,until,role,group,scope,acting,order,order_date
      somchai.j,นายสมชาย ใจดี,นิติกร,s@office.example,043 000 000,1-2345-67890-12-1,4001,4002,2025-10-01,2026-10-01,officer,legal,,,,
      malee,นางมาลี รุ่งเรือง,,,,,4002,,,,,,,,,
      somchai.j,,,,,1234567890121,,,2026-03-01,,เจ้าหน้าที่ผู้รับผิดชอบ,admin,4001;4002,,,
      somchai.j,,นิติกร,,,,4001,,2026-10-01,,director,,,รักษาราชการแทน,ที่ 12/2569,2026-09-15
      lek_1,เล็ก,,,,,,,,,Lead Assessor,,*,,,
      """)
    let october = try #require(Day("2025-10-01"))
    let march = try #require(Day("2026-03-01"))
    let end = try #require(Day("2026-10-01"))
    #expect(
      found == [
        PersonEntry(
          code: "somchai.j", name: "นายสมชาย ใจดี", post: "นิติกร", email: "s@office.example",
          phone: "043 000 000", nationalID: NationalID("1234567890121"),
          postings: [
            PostingEntry(.employing, at: "4001", from: october),
            PostingEntry(.hosting, at: "4002", from: october, until: end),
          ],
          grants: [
            Grant(.officer, for: .offices(["4001"]), group: "legal", from: october, until: end),
            Grant(.officer, for: .offices(["4001", "4002"]), group: "admin", from: march),
            Grant(
              .director, for: .offices(["4001"]), from: end,
              acting: Acting(.inPlaceOf, order: "ที่ 12/2569", date: try #require(Day("2026-09-15")))),
          ]),
        PersonEntry(
          code: "malee", name: "นางมาลี รุ่งเรือง",
          postings: [PostingEntry(.employing, at: "4002", from: opening)]),
        PersonEntry(
          code: "lek_1", name: "เล็ก", grants: [Grant(.leadAssessor, for: .everywhere, from: opening)]),
      ])
  }

  @Test func `the columns may have Thai names, in any order`() throws {
    let found = try people(
      """
      บทบาท;ชื่อ-สกุล;ชื่อผู้ใช้;ตำแหน่ง;อีเมล;โทรศัพท์;เลขประจำตัวประชาชน;หน่วยงาน;หน่วยงานที่ปฏิบัติงาน;ตั้งแต่;ถึง;กลุ่ม;ขอบเขต;ปฏิบัติหน้าที่ในฐานะ;คำสั่งที่;ลงวันที่
      ผู้อำนวยการกลุ่ม;มาลี;malee;นักวิชาการ;m@x.example;02;1234567890121;4001;4002;2026-01-01;2026-02-01;admin;"4001;4002";ปฏิบัติราชการแทน;7/2569;2025-12-30
      """)
    let grant = try #require(found.first?.grants.first)
    #expect(grant.role == .groupHead)
    #expect(grant.scope == .offices(["4001", "4002"]))
    #expect(grant.acting?.capacity == .onBehalfOf)
    #expect(found.first?.postings.map(\.kind) == [.employing, .hosting])
  }

  @Test func `days of a posting that meet become one posting, days apart stay two`() throws {
    let found = try people(
      """
      person,name,office,from,until
      a1,ก,4001,2024-01-01,2025-01-01
      a1,,4001,2025-01-01,2025-06-01
      a1,,4001,2026-01-01,
      a1,,4001,2024-05-01,2024-06-01
      """)
    let (first, second) = (try #require(Day("2024-01-01")), try #require(Day("2026-01-01")))
    #expect(
      found.first?.postings == [
        PostingEntry(.employing, at: "4001", from: first, until: Day("2025-06-01")),
        PostingEntry(.employing, at: "4001", from: second),
      ])
  }

  @Test(
    arguments: [
      (
        "person,name\nSomchai,ก\n",
        ["p.csv:2:1: 'Somchai' is no user name; write 'somchai'"]
      ),
      (
        "person,name\nสมชาย,ก\na,ข\n,ค\n",
        [
          "p.csv:2:1: 'สมชาย' is no user name; use 2 to 40 of a-z, 0-9, '.', '_' and '-', such as somchai.j",
          "p.csv:3:1: 'a' is no user name; use 2 to 40 of a-z, 0-9, '.', '_' and '-', such as somchai.j",
          "p.csv:4:1: the cell 'person' is empty; fill it in",
        ]
      ),
      (
        "person,name\n1234567890121,ก\n1-2345-67890-12-2,ข\n1040130001,ค\n",
        [
          "p.csv:2:1: a number as long as a national ID is no user name; choose one, such as somchai.j",
          "p.csv:3:1: a number as long as a national ID is no user name; choose one, such as somchai.j",
        ]
      ),
      (
        "person,name,post\na1,,นิติกร\na1,,\n",
        [
          "p.csv:2:2: the cell 'name' is empty; fill it in",
          "p.csv:3:1: 'a1' stands twice, also in row 2; keep one of the rows, or name a role in each",
        ]
      ),
      (
        "person,name,email\na1,ก,a b@c\na2,ข,a@\na3,ค,a@b@c\na4,ง,a.example\n",
        [
          "p.csv:2:3: 'a b@c' is not an e-mail address; write one such as somchai@office.example",
          "p.csv:3:3: 'a@' is not an e-mail address; write one such as somchai@office.example",
          "p.csv:4:3: 'a@b@c' is not an e-mail address; write one such as somchai@office.example",
          "p.csv:5:3: 'a.example' is not an e-mail address; write one such as somchai@office.example",
        ]
      ),
      (
        "person,name,national_id\na1,ก,1234567890122\na2,ข,1-2345-67890-12\n",
        [
          "p.csv:2:3: this is not a national ID: thirteen digits of which the last checks the others; correct it, or leave the cell empty",
          "p.csv:3:3: this is not a national ID: thirteen digits of which the last checks the others; correct it, or leave the cell empty",
        ]
      ),
      (
        "person,name,national_id\na1,ก,1234567890121\na2,ข,1-2345-67890-12-1\n",
        ["p.csv:3:3: 'a2' has the national ID of 'a1' in row 2; give one person one user name"]
      ),
      (
        "person,name,phone,national_id,role,scope\na1,ก,02,1234567890121,assessor,*\na1,ข,03,0000000000001,committee,*\n",
        [
          "p.csv:3:2: the 'name' of 'a1' is not that of row 2; write it in one of the rows, or the same in both",
          "p.csv:3:3: the 'phone' of 'a1' is not that of row 2; write it in one of the rows, or the same in both",
          "p.csv:3:4: the 'national_id' of 'a1' is not that of row 2; write it in one of the rows, or the same in both",
        ]
      ),
      (
        "person,name,office,hosting\na1,ก,4003,9999\n",
        [
          "p.csv:2:3: there is no office '4003' among the offices; did you mean '4001'?",
          "p.csv:2:4: there is no office '9999' among the offices; add it to the table of offices",
        ]
      ),
      (
        "person,name,from,until\na1,ก,1/10/2568,\na2,ข,2568-10-01,2026-10-01\na3,ค,2026-10-01,2026-10-01\na4,ง,,2026-01-01\n",
        [
          "p.csv:2:3: '1/10/2568' is not a day; write year-month-day in the common era, as 2026-10-01",
          "p.csv:3:3: '2568-10-01' is in the Buddhist era; write the year of the common era, 2025 for 2568",
          "p.csv:4:4: the row begins on 2026-10-01 and ends on 2026-10-01, which is not later; correct one of the two days",
          "p.csv:5:4: the row begins on 2026-01-01 and ends on 2026-01-01, which is not later; fill in 'from' as well",
        ]
      ),
      (
        "person,name,office,role\na1,ก,4001,oficer\na2,ข,4001,หัวหน้า\n",
        [
          "p.csv:2:4: 'oficer' is no role; did you mean 'officer'?",
          "p.csv:3:4: 'หัวหน้า' is no role; it may be administrator, assessor, committee, director, group_head, lead_assessor, office_administrator, officer",
        ]
      ),
      (
        "person,name,office,role,scope\na1,ก,4001,director,*\na2,ข,,officer,\na3,ค,,assessor,\na4,ง,,assessor,*;4001\na5,จ,,assessor,4001;402\n",
        [
          "p.csv:2:5: director is a role of an office and cannot be held everywhere; write the codes of the offices, separated by semicolons",
          "p.csv:3:5: the row has a role, and nothing says for which office; write the codes of the offices",
          "p.csv:4:5: the row has a role, and nothing says for which office; write the codes of the offices, or * for all",
          "p.csv:5:5: '*' stands beside other offices; write * alone, or the offices alone",
          "p.csv:6:5: there is no office '402' among the offices; did you mean '4002'?",
        ]
      ),
      (
        "person,name,office,role,group\na1,ก,4001,officer,admn\na2,ข,4001,director,admin\n",
        [
          "p.csv:2:5: 'admn' is no group; did you mean 'admin'?",
          "p.csv:3:5: director is not a role in a group, only officer and group_head are; leave the cell empty",
        ]
      ),
      (
        "person,name,office,role,acting,order,order_date\na1,ก,4001,director,in_place_of,,\na2,ข,4001,director,acting,1/2569,2569-01-01\na3,ค,4001,director,,1/2569,2026-01-01\n",
        [
          "p.csv:2:6: somebody acts without an order; write its number in 'order', such as 123/2569",
          "p.csv:2:7: the order has no date; write its day in 'order_date', as 2026-10-01",
          "p.csv:3:5: 'acting' is no capacity in which to act; it may be in_place_of, on_behalf_of",
          "p.csv:3:7: '2569-01-01' is in the Buddhist era; write the year of the common era, 2026 for 2569",
          "p.csv:4:6: the row has an 'order', and 'acting' is empty; write in_place_of or on_behalf_of there, or leave the cell empty",
          "p.csv:4:7: the row has an 'order_date', and 'acting' is empty; write in_place_of or on_behalf_of there, or leave the cell empty",
        ]
      ),
      (
        "person,name,office,role,group,scope\na1,ก,4001,,admin,4002\n",
        [
          "p.csv:2:5: the row has a 'group' but no role; name the role, or leave the cell empty",
          "p.csv:2:6: the row has a 'scope' but no role; name the role, or leave the cell empty",
        ]
      ),
      (
        "person,name,office,role,scope,from\na1,ก,4001,officer,,2026-01-01\na1,,4001,officer,4001,2026-01-01\na2,ข,,assessor,*,\na2,,,administrator,*,\n",
        [
          "p.csv:3:4: 'a1' has this role twice, also in row 2; keep one of the rows",
          "p.csv:5:4: 'a2' cannot be administrator and, in row 4, assessor; give one of the roles to somebody else, or another time",
        ]
      ),
      (
        "name,roll\nก,officer\n",
        [
          "p.csv:1:1: there is no column 'person'; add it; the columns are person, name, post, email, phone, national_id, office, hosting, from, until, role, group, scope, acting, order, order_date",
          "p.csv:1:2: 'roll' is not a column of this file; did you mean 'role'?",
        ]
      ),
    ] as [(String, [String])])
  func `every bad row is named with its remedy`(text: String, complaints: [String]) {
    #expect(refusals(text) == complaints)
  }

  @Test func `roles that conflict may follow one another`() throws {
    let found = try people(
      """
      person,name,role,scope,from,until
      a1,ก,assessor,*,2025-01-01,2026-01-01
      a1,,administrator,*,2026-01-01,
      """)
    #expect(found.first?.grants.count == 2)
  }

  @Test(arguments: ["1234567890122", "1-2345-67890-12-2", "1 2345 67890 12 2", "123456789012"])
  func `no complaint shows a national ID, wherever it stands`(number: String) {
    let columns = [
      "person", "name", "post", "email", "phone", "national_id", "office", "hosting", "from", "until", "role",
      "group", "scope", "acting", "order", "order_date",
    ]
    let header = columns.joined(separator: ",")
    for place in columns.indices {
      let filled = ["person": "a1", "name": "ก", "office": "4001", "role": "officer"]
      var cells = columns.map { filled[$0] ?? "" }
      cells[place] = number
      let row = cells.joined(separator: ",")
      for text in ["\(header)\n\(row)\n", "\(row)\n\(header)\n"] {
        let said = refusals(text).joined(separator: "\n")
        #expect(!said.contains(number), "\(said)")
        #expect(!said.filter(\.isNumber).contains("123456789012"), "\(said)")
      }
    }
  }

  @Test func `the manual's example reads`() throws {
    let groups = try GroupsFile(Files.example("groups.csv", of: "inputs.md")).groups
    let found = try PeopleFile(
      Files.example("people.csv", of: "inputs.md"), groups: Set(groups.map(\.group)), asOf: opening)
    #expect(found.people.contains { $0.grants.count == 2 })
    #expect(found.people.contains { $0.grants.contains { $0.acting != nil } })
    #expect(found.people.contains { $0.grants.contains { $0.scope == .everywhere } })
  }
}

@Suite struct GroupsTests {
  private func groups(_ text: String) throws(Complaints) -> [GroupEntry] {
    try GroupsFile(Files.handed("g.csv", text), offices: ["4001", "4002"]).groups
  }

  @Test func `groups are read with both names, the Thai one where there is no other`() throws {
    #expect(
      try groups("office,group,name_th,name_en\n4001,admin,กลุ่มอำนวยการ,Administration\n4002,admin,อำนวยการ,\n")
        == [
          GroupEntry(
            office: "4001", group: "admin", title: Words(thai: "กลุ่มอำนวยการ", english: "Administration")),
          GroupEntry(office: "4002", group: "admin", title: Words(thai: "อำนวยการ", english: "อำนวยการ")),
        ])
    #expect(try groups("ชื่อกลุ่ม,กลุ่ม,หน่วยงาน\nกฎหมาย,legal,4001\n").map(\.group) == ["legal"])
  }

  @Test func `every bad row is named with its remedy`() {
    let text = """
      office,group,name_th
      4001,Admin,ก
      4001,legal,ข
      4001,legal,ค
      4002,,ง
      4003,ict,
      """
    #expect(
      Files.refusals { () throws(Complaints) in try groups(text) } == [
        "g.csv:2:2: 'Admin' is no code of a group; use at most 40 of a-z, 0-9, '_' and '-', such as admin",
        "g.csv:4:2: the group 'legal' of '4001' stands twice, also in row 3; keep one of the rows",
        "g.csv:5:2: the cell 'group' is empty; fill it in",
        "g.csv:6:1: there is no office '4003' among the offices; did you mean '4001'?",
        "g.csv:6:3: the cell 'name_th' is empty; fill it in",
      ])
  }
}
