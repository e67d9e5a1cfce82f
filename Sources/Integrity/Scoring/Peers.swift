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

extension Comparison {
  /// The same of every kind at once, for many offices.
  public func peers(rounding: Rounding) -> [Code<OfficeKind>?: Peers] {
    var columns: [Code<OfficeKind>?: Columns] = [:]
    for place in scorecards.indices {
      // Taken out and put back, so that what is in it is not copied.
      let kind = scorecards[place].office.kind
      var own = columns.removeValue(forKey: kind) ?? Columns()
      own.add(scorecards[place].total)
      columns[kind] = own
    }
    return columns.mapValues { columns in
      Peers(Dictionary(zip(columns.codes, columns.figures)) { a, _ in a }, rounding: rounding)
    }
  }

  /// Figures by node. The lines of one kind's scorecards stand in one order, so hardly any has to be looked for.
  private struct Columns {
    private(set) var codes: [Code<Node>] = []
    private(set) var figures: [[Figure]] = []
    private var next = 0

    mutating func add(_ total: Line) {
      next = 0
      put(total)
      for instrument in total.parts.indices where total.parts[instrument].place == .instrument {
        put(total.parts[instrument])
        for part in total.parts[instrument].parts.indices
        where total.parts[instrument].parts[part].place == .indicator {
          put(total.parts[instrument].parts[part])
        }
      }
    }

    private mutating func put(_ line: Line) {
      var place = next
      if place >= codes.count || codes[place] != line.code {
        place = codes.firstIndex(of: line.code) ?? codes.count
      }
      if place == codes.count {
        codes.append(line.code)
        figures.append([])
      }
      if let figure = line.figure { figures[place].append(figure) }
      next = place + 1
    }
  }
}

extension Scorecard {
  /// The total, the instruments and the indicators directly below them: what a reader sees first.
  public var mainLines: [Line] {
    let instruments = total.parts.filter { $0.place == .instrument }
    return [total] + instruments.flatMap { [$0] + $0.parts.filter { $0.place == .indicator } }
  }
}
