import GRDB
import Integrity

/// Figures that come from elsewhere.
extension Desk {
  /// Figures assessed elsewhere, for nodes of a cycle's rubric.
  func enter(
    given: [Code<Office>: [Code<Node>: Given]], in code: Code<Cycle>, isDryRun: Bool
  ) throws -> Changes {
    let (id, cycle, _) = try cycle(code)
    try allow(.enterGiven, Matter(cycle: cycle))
    var changes = Changes()
    for (office, figures) in given.sorted(by: { $0.key < $1.key }) {
      let officeID = try db.officeID(office)
      for (node, figure) in figures.sorted(by: { $0.key < $1.key }) {
        let before = try db.row(
          "SELECT millionths, source FROM given_figure WHERE cycle = ? AND office = ? AND node = ?", id,
          officeID, node.text)
        let kind = Desk.kind(of: figure, before)
        changes.note(kind, "\(office) \(node)")
        if isDryRun || kind == .unchanged { continue }
        try db.run(
          """
          INSERT INTO given_figure (cycle, office, node, millionths, source) VALUES (?, ?, ?, ?, ?)
          ON CONFLICT (cycle, office, node) DO UPDATE SET millionths = excluded.millionths, source = excluded.source
          """, id, officeID, node.text, figure.figure.millionths, figure.source)
        let row = try db.integer(
          "SELECT id FROM given_figure WHERE cycle = ? AND office = ? AND node = ?", id, officeID, node.text)
        try record(
          .enterGiven, "\(office) \(node)", cycle: id, office: officeID, row: "given_figure", row ?? 0)
        touch(cycle: id, office: officeID)
      }
    }
    return changes
  }

  /// Figures published for an earlier year.
  func enter(
    earlier figures: [Code<Office>: [Code<Node>: Given]], of year: FiscalYear, isDryRun: Bool
  ) throws -> Changes {
    try allow(.enterGiven, Matter())
    var changes = Changes()
    for (office, nodes) in figures.sorted(by: { $0.key < $1.key }) {
      let officeID = try db.officeID(office)
      for (node, given) in nodes.sorted(by: { $0.key < $1.key }) {
        let before = try db.row(
          "SELECT millionths, source FROM earlier_figure WHERE office = ? AND year = ? AND node = ?",
          officeID,
          year.buddhist, node.text)
        let kind = Desk.kind(of: given, before)
        changes.note(kind, "\(office) \(node)")
        if isDryRun || kind == .unchanged { continue }
        try db.run(
          """
          INSERT INTO earlier_figure (office, year, node, millionths, source) VALUES (?, ?, ?, ?, ?)
          ON CONFLICT (office, year, node) DO UPDATE SET millionths = excluded.millionths, source = excluded.source
          """, officeID, year.buddhist, node.text, given.figure.millionths, given.source)
        let row = try db.integer(
          "SELECT id FROM earlier_figure WHERE office = ? AND year = ? AND node = ?", officeID, year.buddhist,
          node.text)
        try record(
          .enterGiven, "\(year.buddhist) \(node)", office: officeID, row: "earlier_figure", row ?? 0)
      }
    }
    if !isDryRun, !changes.added.isEmpty || !changes.changed.isEmpty { touchEarlier() }
    return changes
  }

  private static func kind(of given: Given, _ before: Row?) -> Changes.Kind {
    guard let before else { return .added }
    let isSame = before["millionths"] == given.figure.millionths && before["source"] == given.source
    return isSame ? .unchanged : .changed
  }
}
