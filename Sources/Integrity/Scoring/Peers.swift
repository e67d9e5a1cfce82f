/// The means of the offices of one kind, which one of them is compared with: little, however many offices there are.
public struct Peers: Sendable {
  public struct Mean: Hashable, Sendable {
    public let figure: Figure
    /// How many offices it is of.
    public let offices: Int
  }

  private let means: [Code<Node>: Mean]

  /// - Parameter figures: every published figure of each node. One alone is no mean.
  public init(_ figures: [Code<Node>: [Figure]], rounding: Rounding) {
    means = figures.compactMapValues { all in
      all.count > 1
        ? Mean(figure: Comparison.mean(of: all, rounding: rounding), offices: all.count) : nil
    }
  }

  /// nil where fewer than two have a figure.
  public func mean(of node: Code<Node>) -> Mean? { means[node] }
}

extension Comparison {
  /// The means of a kind: of the total, the instruments and the indicators directly below them.
  public func peers(of kind: Code<OfficeKind>?, rounding: Rounding) -> Peers {
    var figures: [Code<Node>: [Figure]] = [:]
    for card in scorecards where card.office.kind == kind {
      for line in card.mainLines {
        if let figure = line.figure { figures[line.code, default: []].append(figure) }
      }
    }
    return Peers(figures, rounding: rounding)
  }
}

extension Scorecard {
  /// The total, the instruments and the indicators directly below them: what a reader sees first.
  public var mainLines: [Line] {
    let instruments = total.parts.filter { $0.place == .instrument }
    return [total] + instruments.flatMap { [$0] + $0.parts.filter { $0.place == .indicator } }
  }
}
