import Integrity
import Specimen
import Testing

@testable import Documents

/// Whatever stands in the files that set up a cycle: read, or refused with a place; never a trap.
@Suite struct HostileRegistryTests {
  private static let people = """
    person,name,email,national_id,office,hosting,from,until,role,group,scope,acting,order,order_date
    somchai.j,นายสมชาย ใจดี,s@office.example,1-2345-67890-12-1,4001,4002,2025-10-01,2026-10-01,officer,legal,,,,
    somchai.j,,,,4001,,2026-10-01,,director,,,รักษาราชการแทน,ที่ 12/2569,2026-09-15
    lek_1,"เล็ก",,,,,,,lead_assessor,,*,,,

    """
  private static let drafts = #"""
    office,item,answer,link,file,page,quote,note
    4001,O1,มี,https://a.example/o1,o1/plan.pdf,3,แผนผัง,"หมายเหตุ, ""ต่อ"""
    4001,O2,ไม่มี,,,,,ยังไม่ได้จัดทำ

    """#
  private static let groups = "office,group,name_th,name_en\n4001,admin,กลุ่มอำนวยการ,\"Admin\"\n"
  private static let answers = "office,i1.a,i1.b,i2,i3\n4001,4,มาก,4 มากที่สุด,1\n4002,,2.0,,\n"

  @Test func `mutated files never trap a reader`() throws {
    var random = SeededGenerator(seed: 2569)
    let rubric = try Files.rubric("small")
    let seeds = [
      HostileRegistryTests.people, HostileRegistryTests.drafts, HostileRegistryTests.groups,
      HostileRegistryTests.answers, ScheduleFileTests.sound,
    ].map { Array($0.utf8) }
    for round in 0..<1_000 {
      var bytes = seeds[round % seeds.count]
      for _ in 0..<Int.random(in: 1...10, using: &random) where !bytes.isEmpty {
        HostileRegistryTests.mutate(&bytes, &random)
      }
      read(Intake.File(name: "f", bytes: bytes), rubric)
    }
    for seed in seeds { read(Intake.File(name: "f", bytes: seed), rubric) }
  }

  private static func mutate(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
    let place = Int.random(in: 0..<bytes.count, using: &random)
    switch Int.random(in: 0..<5, using: &random) {
    case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
    case 1: bytes.remove(at: place)
    case 2:
      let words = [
        "9999999999999999999", "*", ";", "|", "@", "..", "2569-", "-", "\u{E47}\u{301}", "\n", ",", "\"",
        ": ", "{",
        "T24:00", "0000-00-00", "9999-12-31T23:59:59Z", "https://",
      ]
      bytes.insert(contentsOf: Array((words.randomElement(using: &random) ?? "").utf8), at: place)
    case 3: bytes.removeSubrange(place..<min(bytes.count, place + 20))
    default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 60)], at: place)
    }
  }

  /// Every reader gets every file; what is refused has a place in it.
  private func read(_ file: Intake.File, _ rubric: Rubric) {
    let responses = Intake.Inputs.Responses(instrument: "IIT", part: nil, file: file)
    let all = [
      Files.refusals { () throws(Complaints) in try PeopleFile(file, asOf: Day(number: 20_000)) },
      Files.refusals { () throws(Complaints) in try GroupsFile(file) },
      Files.refusals { () throws(Complaints) in try DraftsFile(file, rubric: rubric) },
      Files.refusals { () throws(Complaints) in try ScheduleFile(file, rubric: rubric) },
      Files.refusals { () throws(Complaints) in
        try AnswersFile(responses, rubric: rubric, mapping: file, office: "4001")
      },
      Files.refusals { () throws(Complaints) in try AnswersFile(responses, rubric: rubric, office: "4001") },
    ]
    #expect(all.joined().allSatisfy { $0.hasPrefix("f:") })
    // No file is two of them at once.
    #expect(all.count(where: \.isEmpty) <= 1)
  }
}
