import Integrity
import Storage

extension Site {
  /// What was ready in the first office is signed, and is judged.
  func judging(at moment: Moment = Site.assessing) throws -> Site {
    _ = try registry.submit(
      nil, of: Site.own, in: Site.cycle, by: Signer(Site.name(.director)), at: Site.collecting)
    clock.now = moment
    return self
  }
}
