/// The options an item may be answered with.
public struct Scale: Hashable, Sendable {
  /// nil for options written in place at an item.
  public let code: Code<Scale>?
  public let options: [Option]
  /// The codes are rising numbers, and a finding may lie between two of them.
  public let isInterpolated: Bool

  public init(code: Code<Scale>?, options: [Option], isInterpolated: Bool = false) {
    self.code = code
    self.options = options
    self.isInterpolated = isInterpolated
  }

  /// The least and the most points among the options that count.
  public var range: ClosedRange<Points> {
    let points = options.compactMap(\.points)
    guard let least = points.min(), let most = points.max() else { return Points.zero...Points.zero }
    return least...most
  }

  /// The options as a question uses them; reversed, points are mirrored: highest + lowest − points.
  public func options(isReversed: Bool) -> [Option] {
    guard isReversed else { return options }
    let mirror = range.lowerBound + range.upperBound
    return options.map { option in
      Option(code: option.code, title: option.title, points: option.points.map { mirror - $0 })
    }
  }
}

/// One answer that may be chosen.
public struct Option: Hashable, Sendable {
  public let code: Code<Option>
  public let title: Words
  /// nil for an answer that does not count, such as "don't know".
  public let points: Points?

  public init(code: Code<Option>, title: Words, points: Points?) {
    self.code = code
    self.title = title
    self.points = points
  }
}
