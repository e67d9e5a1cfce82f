import Integrity
import Storage

extension Site {
  /// The first office is the assessor's to judge.
  func assigned() throws -> Site {
    try registry.assign(
      Site.name(.assessor), to: Site.own, items: nil, in: Site.cycle, by: Signer(Site.name(.leadAssessor)),
      at: clock.now)
    return self
  }

  /// The same, with what was ready signed, while it is judged.
  func judging(at moment: Moment = Site.assessing) throws -> Site {
    _ = try assigned()
    _ = try registry.submit(
      nil, of: Site.own, in: Site.cycle, by: Signer(Site.name(.director)), at: Site.collecting)
    clock.now = moment
    return self
  }

  func markDesk(_ item: Code<Node> = "O1") throws -> Registry.MarkDesk {
    try registry.markDesk(
      item, of: Site.own, in: Site.cycle, by: Signer(Site.name(.assessor)), at: clock.now)
  }

  /// The form as a page without a script sends it.
  static func mark(
    _ sighting: String = "0.0.", elements: [String] = [], verdict: String? = nil, code: String = "",
    reason: String = "", note: String = "", seen: String? = nil, do wish: String = "finish",
    _ more: [(String, String)] = []
  ) -> [(String, String)] {
    [("sighting", sighting), ("reason_code", code), ("reason", reason), ("note", note), ("do", wish)]
      + (verdict.map { [("verdict", $0)] } ?? [])
      + elements.enumerated().map { ("element_\($0 + 1)", $1) }
      + (seen.map { [("link", "https://www.example.test/O1"), ("seen", $0)] } ?? []) + more
  }
}
