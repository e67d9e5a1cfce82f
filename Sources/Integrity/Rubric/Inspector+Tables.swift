/// What concerns scales and conversions: options, codes, and that no table turns back.
extension Inspector {
  mutating func inspect(_ scale: Scale, _ path: Path) {
    let options = path + ["options"]
    if scale.options.count < 2 {
      flag(options, "a scale needs at least two options", "add another")
    }
    if scale.options.count > 15 {
      flag(options, "a scale has at most 15 options", "merge some of them")
    }
    var seen: Set<Code<Option>> = []
    for (index, option) in scale.options.enumerated()
    where !option.code.text.isEmpty && !seen.insert(option.code).inserted {
      flag(
        options + [.index(index), "code"], "the option '\(option.code)' stands twice",
        "give it a code of its own")
    }
    for (index, option) in scale.options.enumerated() where Inspector.isBroken(option.code.text) {
      flag(
        options + [.index(index), "code"],
        "the code '\(option.code)' has a space, a comma, a semicolon or an @",
        "leave them out")
    }
    if scale.options.count >= 2, scale.options.allSatisfy({ $0.points == nil }) {
      flag(options, "no option carries points", "give points to at least one")
    }
    guard scale.isInterpolated else { return }
    let numbers = scale.options.map { Points($0.code.text) }
    for (index, number) in numbers.enumerated() {
      guard let number else {
        flag(
          options + [.index(index), "code"], "'\(scale.options[index].code)' is not a number",
          "an interpolated scale needs numbers as codes, rising")
        continue
      }
      if index > 0, let before = numbers[index - 1], number <= before {
        flag(
          options + [.index(index), "code"], "the codes must rise: \(number) stands behind \(before)",
          "reorder")
      }
    }
    inspectSlope(scale.options.compactMap(\.points), options, mayFall: true)
  }

  /// - Parameter mayFall: whether more of the input may give less; true only for counts.
  mutating func inspect(_ conversion: Conversion, _ path: Path, mayFall: Bool) {
    switch conversion {
    case .steps(let steps): inspect(steps, path + ["steps"], mayFall: mayFall)
    case .lines(let knots): inspect(knots, path + ["interpolate"], mayFall: mayFall)
    }
  }

  mutating func inspect(_ steps: [Conversion.Step], _ path: Path, mayFall: Bool) {
    func bound(_ step: Conversion.Step) -> (value: Points, isAbove: Bool)? {
      switch step.bound {
      case .atLeast(let value): (value, false)
      case .above(let value): (value, true)
      case .otherwise: nil
      }
    }
    guard let last = steps.last else {
      flag(path, "the step table is empty", "add a row such as '{ at_least: 90, gives: 10 }'")
      return
    }
    if last.bound != .otherwise {
      flag(path, "below the last step there is no row", "end with '{ otherwise: 0 }'")
    }
    for (index, step) in steps.dropLast().enumerated() where step.bound == .otherwise {
      flag(path + [.index(index)], "'otherwise' hides the rows behind it", "make it the last row")
    }
    for (index, (step, next)) in zip(steps, steps.dropFirst()).enumerated() {
      guard let here = bound(step), let below = bound(next) else { continue }
      let falls = below.value < here.value || (below.value == here.value && here.isAbove && !below.isAbove)
      if !falls {
        flag(
          path + [.index(index + 1)],
          "the step at \(below.value) does not lie below the one at \(here.value)",
          "write the highest first, each bound once")
      }
    }
    inspectSlope(steps.map(\.gives).reversed().map { $0 }, path, mayFall: mayFall)
  }

  mutating func inspect(_ knots: [Conversion.Knot], _ path: Path, mayFall: Bool) {
    if knots.count < 2 {
      flag(path, "a line needs two points", "add '{ at: …, gives: … }'")
    }
    for (index, (low, high)) in zip(knots, knots.dropFirst()).enumerated() where high.at <= low.at {
      flag(
        path + [.index(index + 1)], "the points must rise: \(high.at) stands behind \(low.at)", "reorder them"
      )
    }
    inspectSlope(knots.map(\.gives), path, mayFall: mayFall)
  }

  mutating func inspectSlope(_ gives: [Points], _ path: Path, mayFall: Bool) {
    let pairs = zip(gives, gives.dropFirst())
    let rises = pairs.allSatisfy { $0 <= $1 }
    let falls = pairs.allSatisfy { $0 >= $1 }
    if rises || (mayFall && falls) { return }
    flag(
      path, "the table is not monotone: more of one gives less of the other in places",
      mayFall ? "let it rise or fall throughout" : "a higher figure must never give fewer points")
  }
}
