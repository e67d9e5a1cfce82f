import Documents
import Foundation
import GRDB
import Hummingbird
import Integrity
import Reports
import Storage
import Synchronization

@testable import Portal

/// The site on a registry of its own: two offices alike but for the canaries in everything the second one has, the people
/// of a year, and a clock that is set by hand. Every test makes one.
final class Site {
  let folder: String
  let registry: Registry
  let portal: Portal
  let responder: any HTTPResponder<Visitor>
  let clock: Clock
  /// A second connection to the registry's file.
  let onlooker: DatabaseQueue

  final class Clock: Sendable {
    private let moment = Mutex(Moment(seconds: 0))
    var now: Moment {
      get { moment.withLock { $0 } }
      set { moment.withLock { $0 = newValue } }
    }
  }

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path
  static let cycle: Code<Cycle> = "2569"
  static let own: Code<Office> = "4001"
  static let foreign: Code<Office> = "4002"
  /// Stands in everything the second office has, and nowhere else.
  static let canary = "คานารี"
  static let password = "ท้องฟ้าเหนือทุ่งนา 2569"

  // The year, by its days.
  static let setUp = moment("2026-01-01T09:00")
  static let collecting = moment("2026-02-10T09:00")
  static let assessing = moment("2026-04-10T09:00")
  static let clarifying = moment("2026-05-10T09:00")
  static let deciding = moment("2026-07-10T09:00")

  static func moment(_ text: String) -> Moment { Moment(text) ?? Moment(seconds: 0) }
  static func day(_ text: String) -> Day { Day(text) ?? Day(number: 0) }

  /// Everybody who signs in, by what they are; the same for either office where they belong to one.
  static let roles: [Role] = [
    .officer, .groupHead, .director, .officeAdministrator, .assessor, .leadAssessor, .committee,
    .administrator,
  ]

  static func name(_ role: Role, of office: Code<Office> = own) -> Code<Person> {
    role == .administrator
      ? "admin" : Code(role.rawValue + (role.belongsToAnOffice && office != own ? "2" : ""))
  }

  /// - Parameters:
  ///   - isEmpty: with an administrator alone, as `ita init` makes it.
  ///   - hasBackups: with a folder for copies.
  ///   - change: of the registry's settings.
  init(
    isEmpty: Bool = false, hasBackups: Bool = false,
    registry change: (inout Registry.Settings) -> Void = { _ in }
  ) throws {
    folder = NSTemporaryDirectory() + "sucharit-\(UUID().uuidString)"
    let clock = Clock()
    clock.now = Site.setUp
    self.clock = clock
    var kept = Registry.Settings()
    kept.reserve = 0
    change(&kept)
    registry = try isEmpty ? Site.founded(folder, kept) : Site.filled(folder, kept)
    var settings = Settings()
    settings.port = 80
    settings.cost = Site.cost
    settings.patience = Site.ample
    settings.backups = hasBackups ? "\(folder)/backups" : nil
    // For the throttle no time passes, however long the machine takes.
    portal = try Portal(
      registry, templates: Library(folders: ["\(Site.root)/Templates"]), settings: settings,
      clock: { clock.now }, throttle: Throttle(clock: { .zero }))
    responder = portal.responder
    onlooker = try DatabaseQueue(path: "\(folder)/registry.sqlite")
    clock.now = Site.collecting
  }

  deinit {
    try? registry.close()
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Nobody is cut off for being slow, however long the machine takes; tests of that give their own span.
  static let ample = Duration.seconds(600)

  /// Hardly any work: what is tested is not how long a guess takes.
  static let cost = Passwords.Cost(log2N: 4, r: 1, p: 1)

  /// Changes whenever anything is written to the registry's file.
  func dataVersion() throws -> Int64? {
    try onlooker.read { db in try Int64.fetchOne(db, sql: "PRAGMA data_version") }
  }

  func browser() -> Browser { Browser(portal, on: self) }

  /// A browser in which somebody has signed in.
  func browser(of role: Role, at office: Code<Office> = Site.own) async throws -> Browser {
    let browser = browser()
    try browser.bring(session: portal.registry, of: Site.name(role, of: office), at: clock.now)
    return browser
  }

  // Filling.

  private static func founded(_ folder: String, _ settings: Registry.Settings) throws -> Registry {
    let formats = Registry.Formats(
      rubric: { texts in
        try RubricFile(name: texts.first?.name ?? "") { name in
          guard let text = texts.first(where: { $0.name == name }) else { throw CocoaError(.fileNoSuchFile) }
          return text.bytes
        }.rubric
      },
      scorecard: { ScorecardJSON.text(of: [$0], cycle: $0.rubric.year) })
    return try Registry.create(
      in: folder, administrator: PersonEntry(code: "admin", name: "ผู้ดูแลระบบ"), formats: formats,
      settings: settings,
      at: setUp)
  }

  private static func filled(_ folder: String, _ settings: Registry.Settings) throws -> Registry {
    let registry = try founded(folder, settings)
    let (admin, now) = (Signer("admin"), setUp)
    _ = try registry.keep(
      offices: [office(own, ""), office(foreign, canary)], isDryRun: false, by: admin, at: now)
    var people: [PersonEntry] = []
    for role in roles where role != .administrator {
      for place in role.belongsToAnOffice ? [own, foreign] : [own] {
        people.append(person(role, of: place))
      }
    }
    _ = try registry.keep(people: people, isDryRun: false, by: admin, at: now)
    let text = RubricText(
      name: "small.yaml",
      bytes: [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(root)/Rubrics/small.yaml"))))
    try registry.newCycle(
      cycle, year: FiscalYear(2569), title: Words(thai: "รอบ 2569", english: "Cycle 2569"), rubric: [text],
      by: admin,
      at: now)
    try registry.setSchedule(schedule, of: cycle, reason: "", by: admin, at: now)
    for place in [own, foreign] {
      try registry.enterStakeholders(["IIT": 40], of: place, in: cycle, by: admin, at: now)
    }
    _ = try registry.openCycle(cycle, by: admin, at: now)
    for (place, mark) in [(own, ""), (foreign, canary)] {
      let officer = Signer(name(.officer, of: place))
      for item: Code<Node> in ["O1", "O2"] {
        _ = try registry.draft(
          DraftEntry(
            office: place, item: item, isDisclosed: true, note: "หมายเหตุ\(mark)",
            evidence: [
              Evidence(
                .link("https://www.example.test/\(item)\(mark.isEmpty ? "" : "-canary")"),
                pointer: "หน้า 3\(mark)")
            ]), in: cycle, by: officer, at: collecting.adding(days: -3))
      }
      _ = try registry.pass(
        "O1", of: place, in: cycle, by: Signer(name(.groupHead, of: place)), at: collecting.adding(days: -2))
    }
    return registry
  }

  private static func office(_ code: Code<Office>, _ mark: String) -> Office {
    Office(
      code: code,
      name: Words(thai: "เขตตัวอย่าง\(mark)", english: "Example Area\(mark.isEmpty ? "" : " Canary")"),
      kind: "primary", provinces: [Words(thai: "ธารทอง", english: "Than Thong")])
  }

  private static func person(_ role: Role, of office: Code<Office>) -> PersonEntry {
    let from = day("2025-10-01")
    let mark = office == own ? "" : canary
    return PersonEntry(
      code: name(role, of: office), name: "\(role.title.thai)\(mark)", post: role.title.thai,
      postings: role.belongsToAnOffice ? [PostingEntry(.employing, at: office, from: from)] : [],
      grants: [Grant(role, for: role.belongsToAnOffice ? .offices([office]) : .everywhere, from: from)])
  }

  private static let schedule = Schedule(
    collecting: ["IIT": window("2026-02-01", "2026-06-30"), "OIT": window("2026-02-01", "2026-04-01")],
    assessing: window("2026-04-01", "2026-05-01"), clarifying: window("2026-05-01", "2026-06-01"))

  private static func window(_ opens: String, _ closes: String) -> Window {
    guard let window = Window(opens: moment(opens), closes: moment(closes)) else { fatalError("no window") }
    return window
  }
}
