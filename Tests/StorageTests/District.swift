import Documents
import Foundation
import Integrity
import Reports

@testable import Storage

/// A small district in a registry of its own: two offices, the people of a year, the small rubric. Every test makes one.
final class District {
  let folder: String
  let registry: Registry
  let rubric: Rubric

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  static let formats = Registry.Formats(
    rubric: { texts in
      try RubricFile(name: texts.first?.name ?? "") { name in
        guard let text = texts.first(where: { $0.name == name }) else { throw CocoaError(.fileNoSuchFile) }
        return text.bytes
      }.rubric
    },
    scorecard: { ScorecardJSON.text(of: [$0], cycle: $0.rubric.year) })

  static let cycle: Code<Cycle> = "2569"
  /// The main office and another; a school below the main one is not assessed.
  static let main: Code<Office> = "4001"
  static let other: Code<Office> = "4002"

  // The year, by its days.
  static let setUp = moment("2026-01-01")
  static let collecting = moment("2026-02-10T09:00")
  static let assessing = moment("2026-04-10T09:00")
  static let clarifying = moment("2026-05-10T09:00")
  static let deciding = moment("2026-07-10T09:00")

  static func moment(_ text: String) -> Moment { Moment(text) ?? Moment(seconds: 0) }
  static func day(_ text: String) -> Day { Day(text) ?? Day(number: 0) }

  static let schedule = Schedule(
    collecting: [
      "IIT": window("2026-02-01", "2026-06-30"), "OIT": window("2026-02-01", "2026-04-01"),
    ],
    assessing: window("2026-04-01", "2026-05-01"), clarifying: window("2026-05-01", "2026-06-01"))

  static func window(_ opens: String, _ closes: String) -> Window {
    guard let window = Window(opens: moment(opens), closes: moment(closes)) else { fatalError("no window") }
    return window
  }

  static let offices = [
    Office(
      code: main, name: Words(thai: "เขตหนึ่ง", english: "Area One"), kind: "primary",
      provinces: [Words(thai: "ธารทอง", english: "Than Thong")], stakeholders: ["IIT": 12]),
    Office(
      code: other, name: Words(thai: "เขตสอง", english: "Area Two"), kind: "secondary",
      provinces: [Words(thai: "ชลธาร", english: "Chonlathan"), Words(thai: "ภูผา", english: "Phupha")],
      stakeholders: ["IIT": 40]),
    Office(code: "4001-01", name: Words(thai: "โรงเรียน", english: "A school"), parent: main),
  ]

  static func person(
    _ code: Code<Person>, at office: Code<Office>? = nil, _ role: Role, group: Code<Group>? = nil
  ) -> PersonEntry {
    let from = day("2025-10-01")
    let scope: Grant.Scope = role.belongsToAnOffice ? .offices([office ?? main]) : .everywhere
    return PersonEntry(
      code: code, name: "\(code)", post: role.title.english, email: "\(code)@example.test",
      postings: office.map { [PostingEntry(.employing, at: $0, from: from)] } ?? [],
      grants: [Grant(role, for: scope, group: group, from: from)])
  }

  static let people = [
    person("officer", at: main, .officer), person("head", at: main, .groupHead),
    person("director", at: main, .director), person("office.admin", at: main, .officeAdministrator),
    person("officer2", at: other, .officer), person("head2", at: other, .groupHead),
    person("director2", at: other, .director),
    person("assessor1", .assessor), person("assessor2", .assessor), person("lead", .leadAssessor),
    person("member1", .committee), person("member2", .committee),
  ]

  /// - Parameter isOpen: with an open cycle, people and offices in it; else with an administrator alone.
  init(isOpen: Bool = true, settings: Registry.Settings = District.settings) throws {
    folder = NSTemporaryDirectory() + "sucharit-\(UUID().uuidString)"
    registry = try Registry.create(
      in: folder, administrator: PersonEntry(code: "admin", name: "ผู้ดูแลระบบ"), formats: District.formats,
      settings: settings, at: District.setUp)
    let text = RubricText(
      name: "small.yaml",
      bytes: [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(District.root)/Rubrics/small.yaml"))))
    rubric = try District.formats.rubric([text])
    guard isOpen else { return }
    let now = District.setUp
    _ = try registry.keep(offices: District.offices, isDryRun: false, by: by("admin"), at: now)
    _ = try registry.keep(people: District.people, isDryRun: false, by: by("admin"), at: now)
    try registry.newCycle(
      District.cycle, year: FiscalYear(2569), title: Words(thai: "รอบ 2569", english: "Cycle 2569"),
      rubric: [text],
      by: by("admin"), at: now)
    try registry.setSchedule(District.schedule, of: District.cycle, reason: "", by: by("admin"), at: now)
    for (office, number) in [(District.main, 12), (District.other, 40)] {
      try registry.enterStakeholders(
        ["IIT": number], of: office, in: District.cycle, by: by("admin"), at: now)
    }
    _ = try registry.openCycle(District.cycle, by: by("admin"), at: now)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Disks of testing machines are small.
  static var settings: Registry.Settings {
    var settings = Registry.Settings()
    settings.reserve = 0
    return settings
  }

  func by(_ person: Code<Person>) -> Signer { Signer(person) }

  static let links = [
    "O1": "https://one.example/structure", "O2": "https://one.example/report",
    "O3": "https://one.example/gift",
  ]

  static let elements: [String: Key] = ["O1": "chart", "O2": "results", "O3": "signed"]

  static func draft(_ item: Code<Node>, of office: Code<Office> = main) -> DraftEntry {
    DraftEntry(
      office: office, item: item, isDisclosed: true,
      evidence: [Evidence(.link(links[item.text] ?? "https://one.example"), pointer: "1", quote: "โครงสร้าง")],
      elements: elements[item.text].map { [Coverage($0, place: "1")] } ?? [])
  }

  // A year in steps.

  /// Both offices put all three disclosures forward and sign.
  func submitAll(at now: Moment = District.collecting) throws {
    for (office, suffix) in [(District.main, ""), (District.other, "2")] {
      for item in ["O1", "O2", "O3"] as [Code<Node>] {
        _ = try registry.draft(
          District.draft(item, of: office), in: District.cycle, by: by("officer\(suffix)"), at: now)
        _ = try registry.pass(item, of: office, in: District.cycle, by: by("head\(suffix)"), at: now)
      }
      _ = try registry.submit(nil, of: office, in: District.cycle, by: by("director\(suffix)"), at: now)
    }
  }

  /// Twelve staff of the first office and four of the second answer; the second has too few.
  func answerAll(at now: Moment = District.collecting) throws {
    let rows: [[UInt8]] = (0..<12).map { $0.isMultiple(of: 2) ? [4, 4, 3, 1] : [3, 4, 3, 2] }
    _ = try registry.bringAnswers(
      [District.main: [Collected("IIT"): rows], District.other: [Collected("IIT"): Array(rows.prefix(4))]],
      in: District.cycle, by: by("admin"), at: now)
    // How far an office is, is counted the next morning.
    try registry.refreshProgress(at: now.adding(days: 1))
  }

  func assignAll(at now: Moment = District.collecting) throws {
    for office in [District.main, District.other] {
      try registry.assign("assessor1", to: office, items: nil, in: District.cycle, by: by("lead"), at: now)
    }
  }

  func judgeAll(at now: Moment = District.assessing) throws {
    for office in [District.main, District.other] {
      for item in ["O1", "O2", "O3"] as [Code<Node>] {
        let finding = item == "O2" ? Finding(.notMet, reason: "ไม่พบผลการใช้จ่าย") : Finding(.met)
        try registry.judge(
          finding, on: item, of: office, in: District.cycle,
          seen: [Registry.Seen(link: District.links[item.text] ?? "", state: .opened, at: now)],
          by: by("assessor1"), at: now)
      }
    }
  }

  func sealAll(at now: Moment = District.deciding) throws {
    _ = try registry.seal(District.cycle, by: by("member1"), at: now)
    _ = try registry.seal(District.cycle, by: by("member2"), at: now)
  }

  /// Up to sealed results.
  func wholeYear() throws {
    try judgedYear()
    try sealAll()
  }

  private func judgedYear() throws {
    try assignAll()
    try submitAll()
    try answerAll()
    try judgeAll()
  }

  /// Everything is judged and answered; the first office's O2 is not met.
  static func judged() throws -> District {
    let district = try District()
    try district.judgedYear()
    return district
  }

  /// What a refusal or a problem says, or nothing where there was none.
  func said(_ body: () throws -> Void) -> String {
    do {
      try body()
      return ""
    } catch {
      return "\(error)"
    }
  }
}
