extension Rubric {
  /// The disclosures that apply to an office, each with the instrument it belongs to, in the order of the rubric.
  public func disclosures(for office: Office) -> [(instrument: Instrument, item: Item)] {
    func items(_ parts: Parts) -> [Item] {
      switch parts {
      case .items(let items): items.filter { $0.heading.applies.includes(office) }
      case .indicators(let indicators):
        indicators.filter { $0.heading.applies.includes(office) }.flatMap { items($0.parts) }
      }
    }
    return instruments.filter { $0.questionnaire == nil && $0.heading.applies.includes(office) }
      .flatMap { instrument in items(instrument.parts).map { (instrument, $0) } }
  }
}

extension Applicability {
  /// Whether it reaches an office of this kind that states these conditions.
  func includes(_ office: Office) -> Bool {
    guard office.kind.map(includes) ?? only.isEmpty else { return false }
    return !(unless.map(office.conditions.contains) ?? false)
  }
}
