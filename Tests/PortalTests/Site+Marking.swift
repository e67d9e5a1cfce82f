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
}
