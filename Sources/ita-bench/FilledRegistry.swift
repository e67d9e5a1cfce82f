import Documents
import Foundation
import GRDB
import Integrity
import Reports
import Specimen
import Storage

/// A registry of any size, filled past the permission room and the trail since only reading is timed here.
struct FilledRegistry {
  static let cycle: Code<Cycle> = "2567"

  let folder: String
  let rubric: Rubric
  let offices: Int
  /// Of each office.
  let respondents: Int
  /// With kinds, regions and provinces to filter by.
  var isVaried = false
  /// With a finding on every disclosure.
  var isJudged = true

  let now = Moment("2024-07-10T09:00") ?? Moment(seconds: 0)
  /// While people answer.
  var collecting: Moment { start.adding(days: 5) }
  /// While disclosures are judged.
  var assessing: Moment { start.adding(days: 40) }
  private let start = Moment("2024-01-05T09:00") ?? Moment(seconds: 0)

  func code(_ index: Int) -> Code<Office> { Code("A\(index)") }

  func open(_ access: Registry.Access) throws -> Registry {
    try Registry(in: folder, access, formats: Scene.formats, settings: Scene.settings, at: now)
  }

  func fill() throws {
    let admin = Signer("admin")
    let registry = try Registry.create(
      in: folder, administrator: PersonEntry(code: "admin", name: "admin"), formats: Scene.formats,
      settings: Scene.settings, at: start)
    let member = PersonEntry(
      code: "member", name: "member", grants: [Grant(.committee, for: .everywhere, from: start.day)])
    _ = try registry.keep(people: [member], isDryRun: false, by: admin, at: start)
    let all = (0..<offices).map { index in
      let region = index % 6 + 1
      return Office(
        code: code(index), name: Words(thai: "สำนักงานที่ \(index)", english: "Office \(index)"),
        kind: isVaried && index.isMultiple(of: 3) ? "secondary" : "primary",
        provinces: isVaried ? [Words(thai: "จังหวัด \(index % 77)", english: "Province \(index % 77)")] : [],
        region: isVaried ? Words(thai: "ภาค \(region)", english: "Region \(region)") : nil)
    }
    _ = try registry.keep(offices: all, isDryRun: false, by: admin, at: start)
    let text = RubricText(
      name: "ita-2567.yaml",
      bytes: [UInt8](try Data(contentsOf: URL(fileURLWithPath: Library.rubric(named: "ita-2567")))))
    try registry.newCycle(
      FilledRegistry.cycle, year: rubric.year, title: Words(thai: "2567", english: "2567"), rubric: [text],
      by: admin, at: start)
    try registry.setSchedule(schedule, of: FilledRegistry.cycle, reason: "", by: admin, at: start)
    _ = try registry.openCycle(FilledRegistry.cycle, by: admin, at: start)
    try registry.close()
    try insertRows()
  }

  private var schedule: Schedule {
    func window(_ from: Int, _ to: Int) -> Window {
      guard let window = Window(opens: start.adding(days: from), closes: start.adding(days: to)) else {
        preconditionFailure("a window that closes before it opens")
      }
      return window
    }
    let collecting = Dictionary(uniqueKeysWithValues: rubric.instruments.map { ($0.code, window(1, 30)) })
    return Schedule(collecting: collecting, assessing: window(30, 60), clarifying: window(60, 90))
  }

  private func insertRows() throws {
    let queue = try DatabaseQueue(path: folder + "/registry.sqlite")
    let disclosures = rubric.items.filter { $0.instrument.questionnaire == nil }.map(\.item.code.text)
    let forms = rubric.instruments.flatMap { instrument -> [(String, String, [Question])] in
      guard let questionnaire = instrument.questionnaire else { return [] }
      let questions = rubric.questions(of: instrument.code)
      if questionnaire.routes.isEmpty { return [(instrument.code.text, "", questions)] }
      return questionnaire.routes.map { (instrument.code.text, $0.code.text, questions) }
    }
    var random = SeededGenerator(seed: 2567)
    try queue.write { db in
      let finding = try db.makeStatement(
        sql: """
          INSERT INTO finding (cycle, office, item, assessor, stage, judgement, value, reason, made_at)
          VALUES (1, ?, ?, 2, 'first', ?, '', ?, 0)
          """)
      let response = try db.makeStatement(
        sql: "INSERT INTO response (cycle, office, instrument, route, key, answers) VALUES (1, ?, ?, ?, ?, ?)"
      )
      for (instrument, route, questions) in forms {
        for office in 1...offices {
          let keys = (0..<(respondents / forms.count)).map { _ in [random.next(), random.next()] }
            .sorted { $0.lexicographicallyPrecedes($1) }
          for key in keys {
            let answers = questions.map { UInt8(random.next() % UInt64($0.options.count)) + 1 }
            let bytes = key.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * $0)) }
            }
            try response.execute(arguments: [office, instrument, route, Data(bytes), Data(answers)])
          }
        }
      }
      for office in 1...offices where isJudged {
        for item in disclosures {
          let isMet = random.chance(88)
          try finding.execute(arguments: [office, item, isMet ? "met" : "not_met", isMet ? "" : "ไม่พบข้อมูล"])
        }
      }
    }
    try queue.close()
  }

  /// Every finding and every answer, read and looked at once: what no program can do without.
  func bareSelect(_ clock: ContinuousClock) throws -> Duration {
    var configuration = Configuration()
    configuration.readonly = true
    let queue = try DatabaseQueue(path: folder + "/registry.sqlite", configuration: configuration)
    return try (0..<3).map { _ in
      try clock.measure {
        try queue.read { db in
          var sum = 0
          let answers = try Row.fetchCursor(db, sql: "SELECT office, answers FROM response WHERE cycle = 1")
          while let row = try answers.next() {
            let office: Int64 = row[0]
            sum &+= Int(office)
            try row.withUnsafeData(atIndex: 1) { data in sum &+= data?.count ?? 0 }
          }
          let findings = try Row.fetchCursor(
            db, sql: "SELECT office, item, judgement, value, reason FROM finding WHERE cycle = 1")
          while let row = try findings.next() {
            let office: Int64 = row[0]
            let texts: [String] = [row[1], row[2], row[3], row[4]]
            sum &+= Int(office) &+ texts[0].utf8.count
          }
          precondition(sum != 0)
        }
      }
    }.min() ?? .zero
  }
}
