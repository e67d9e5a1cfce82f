/// A line before it is rounded: what scoring builds from the leaves up, and publishing turns into a `Line` from the
/// root down. An object, since a parent sets what it knows of its parts.
final class Draft<Number: Arithmetic> {
  let place: Line.Place
  let heading: Heading
  var route: Code<Node>?
  let rounding: Rounding
  var state: State<Number>
  /// What full marks would be; meaningless where it does not apply.
  var maximum: Number
  var working: Working
  /// Among the siblings that count; set by the parent.
  var share: Ratio?
  /// What one point here adds to the parent; nil where that is not one number.
  var lever: Ratio?
  var people: People?
  var parts: [Draft]

  init(
    _ place: Line.Place, _ heading: Heading, rounding: Rounding, state: State<Number>, maximum: Number,
    working: Working, parts: [Draft] = []
  ) {
    self.place = place
    self.heading = heading
    self.rounding = heading.rounding ?? rounding
    self.state = state
    self.maximum = maximum
    self.working = working
    self.parts = parts
  }

  var counts: Bool { !heading.isPilot && state.applies }
}

/// What is known of an unrounded figure.
enum State<Number: Arithmetic> {
  case known(Number)
  case given(Number, source: String)
  case notApplicable(Exemption)
  case pending(floor: Number, ceiling: Number)
  case withheld(missing: Int?, floor: Number, ceiling: Number)
  case provisional(floor: Number, ceiling: Number)

  var applies: Bool {
    if case .notApplicable = self { false } else { true }
  }

  var isWithheld: Bool {
    if case .withheld = self { true } else { false }
  }

  var value: Number? {
    switch self {
    case .known(let number), .given(let number, _): number
    case .notApplicable, .pending, .withheld, .provisional: nil
    }
  }

  /// The least and the most it may turn out to be; nil where it does not apply.
  var bounds: (floor: Number, ceiling: Number)? {
    switch self {
    case .known(let number), .given(let number, _): (number, number)
    case .pending(let floor, let ceiling), .provisional(let floor, let ceiling),
      .withheld(_, let floor, let ceiling):
      (floor, ceiling)
    case .notApplicable: nil
    }
  }
}
