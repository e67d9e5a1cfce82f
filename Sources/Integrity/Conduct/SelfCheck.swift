extension Submission {
  /// What the office's own marks would give, before anybody has judged: what `gaps` still asks for is not met, and of
  /// the elements those count that the office says are shown. Pending where nothing has been said, and where a level or
  /// a number is asked that an office does not give itself.
  public func ownMark(for item: Item) -> Finding {
    guard let isDisclosed else { return Finding(.pending) }
    guard isDisclosed else { return Finding(.notMet, reason: note) }
    guard gaps(for: item).isEmpty else { return Finding(.notMet) }
    guard case .checklist = item.form else {
      // Some scales have an option that says just this.
      if case .option(let code)? = item.judgement(from: .met) { return Finding(.option(code)) }
      return Finding(.pending)
    }
    if item.elements.isEmpty { return Finding(.met) }
    let shown = Set(elements.map(\.element))
    return Finding(.elements(Set(item.elements.map(\.key).filter(shown.contains))))
  }
}

/// A scorecard that an office draws up for itself while it still collects.
public enum SelfCheck {
  /// What an office says of itself, as if it had been found. Of its questionnaires nothing is known.
  public static func assessment(
    of office: Office, by rubric: Rubric, from submissions: [Submission]
  ) -> Assessment {
    let latest = Dictionary(submissions.map { ($0.item, $0) }) { $0.version > $1.version ? $0 : $1 }
    let items = rubric.disclosures(for: office).map(\.item) + rubric.deductions
    let findings = items.compactMap { item in latest[item.code].map { (item.code, $0.ownMark(for: item)) } }
    return Assessment(office: office, findings: Dictionary(findings) { a, _ in a })
  }

  /// The scorecard that the office's own marks would give. Whatever is not known is pending, also where the rubric would
  /// put zero in its place in the end: it may still come.
  public static func scorecard(
    of office: Office, by rubric: Rubric, from submissions: [Submission]
  ) -> Scorecard {
    rubric.waiting.scorecard(of: assessment(of: office, by: rubric, from: submissions))
  }
}
