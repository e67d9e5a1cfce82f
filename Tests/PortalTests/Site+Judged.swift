import Foundation
import Integrity
import Storage

@testable import Portal

extension Site {
  /// What everybody types where the hostile tests type something else.
  struct Typed {
    var reason = "ไม่พบผลการใช้จ่าย"
    var statement = "อยู่ในตารางที่ 3"
    var page = "หน้า 12"
  }

  static let second: Code<Person> = "assessor.two"

  /// Both offices have submitted O1 and O2, and an assessor has judged them: O1 is met, O2 is not. A second assessor is
  /// there to decide.
  func judge(_ typed: Typed = Typed()) throws {
    let from = Site.day("2025-10-01")
    _ = try registry.keep(
      people: [
        PersonEntry(
          code: Site.second, name: "ผู้ตรวจคนที่สอง",
          grants: [Grant(.assessor, for: .everywhere, from: from)])
      ], isDryRun: false, by: Signer("admin"), at: Site.collecting)
    let lead = Signer(Site.name(.leadAssessor))
    for (office, mark) in [(Site.own, ""), (Site.foreign, Site.canary)] {
      _ = try registry.pass(
        "O2", of: office, in: Site.cycle, by: Signer(Site.name(.groupHead, of: office)), at: Site.collecting)
      _ = try registry.submit(
        nil, of: office, in: Site.cycle, by: Signer(Site.name(.director, of: office)), at: Site.collecting)
      try registry.assign(
        Site.name(.assessor), to: office, items: nil, in: Site.cycle, by: lead, at: Site.assessing)
      for item in ["O1", "O2"] as [Code<Node>] {
        let link = "https://www.example.test/\(item)\(mark.isEmpty ? "" : "-canary")"
        try registry.judge(
          item == "O1" ? Finding(.met) : Finding(.notMet, reason: typed.reason + mark), on: item, of: office,
          in: Site.cycle, seen: [Registry.Seen(link: link, state: .opened, at: Site.assessing)],
          by: Signer(Site.name(.assessor)), at: Site.assessing)
      }
    }
    clock.now = Site.clarifying
  }

  /// The director of each office opens the results and contests O2.
  func contest(_ typed: Typed = Typed()) throws {
    for (office, mark) in [(Site.own, ""), (Site.foreign, Site.canary)] {
      let director = Signer(Site.name(.director, of: office))
      try registry.acknowledge(office, in: Site.cycle, by: director, at: clock.now)
      let link = "https://www.example.test/O2\(mark.isEmpty ? "" : "-canary")"
      try registry.contest(
        "O2", of: office, in: Site.cycle, statement: typed.statement + mark,
        evidence: [Evidence(.link(link), pointer: typed.page + mark, quote: typed.page + mark)], by: director,
        at: clock.now)
    }
  }

  /// A browser in which somebody has signed in by their name.
  func browser(named person: Code<Person>) throws -> Browser {
    let browser = browser()
    try browser.bring(session: registry, of: person, at: clock.now)
    return browser
  }
}
