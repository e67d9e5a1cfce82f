/// From a figure to points.
public enum Conversion: Hashable, Sendable {
  /// The first step whose bound holds, highest first.
  case steps([Step])
  /// Straight lines between these points, lowest first, clamped at both ends.
  case lines([Knot])

  public struct Step: Hashable, Sendable {
    public let bound: Bound
    public let gives: Points

    public init(bound: Bound, gives: Points) {
      self.bound = bound
      self.gives = gives
    }
  }

  public enum Bound: Hashable, Sendable {
    case atLeast(Points)
    case above(Points)
    case otherwise
  }

  public struct Knot: Hashable, Sendable {
    public let at: Points
    public let gives: Points

    public init(at: Points, gives: Points) {
      self.at = at
      self.gives = gives
    }
  }

  /// The least and the most it gives.
  public var range: ClosedRange<Points> {
    let all =
      switch self {
      case .steps(let steps): steps.map(\.gives)
      case .lines(let knots): knots.map(\.gives)
      }
    guard let least = all.min(), let most = all.max() else { return Points.zero...Points.zero }
    return least...most
  }
}
