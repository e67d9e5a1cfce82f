extension Rubric {
  /// The disclosures that apply to an office, each with the instrument it belongs to, in the order of the rubric.
  public func disclosures(for office: Office) -> [(instrument: Instrument, item: Item)] {
    instruments.filter { $0.questionnaire == nil }
      .flatMap { instrument in items(of: instrument, for: office).map { (instrument, $0) } }
  }

  /// The items of an instrument that apply to an office, in the order of the rubric.
  public func items(of instrument: Instrument, for office: Office) -> [Item] {
    func items(_ parts: Parts) -> [Item] {
      switch parts {
      case .items(let items): items.filter { $0.heading.applies.includes(office) }
      case .indicators(let indicators):
        indicators.filter { $0.heading.applies.includes(office) }.flatMap { items($0.parts) }
      }
    }
    return instrument.heading.applies.includes(office) ? items(instrument.parts) : []
  }
}

extension Applicability {
  /// Whether it reaches an office of this kind that states these conditions.
  func includes(_ office: Office) -> Bool {
    guard office.kind.map(includes) ?? only.isEmpty else { return false }
    return !(unless.map(office.conditions.contains) ?? false)
  }
}
