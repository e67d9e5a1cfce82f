import Foundation
import GRDB
public import Integrity

/// Setting up a cycle and opening it.
extension Registry {
  public func newCycle(
    _ code: Code<Cycle>, year: FiscalYear, title: Words, rubric texts: [RubricText], by signer: Signer,
    at now: Moment
  ) throws {
    // Read before anything is kept: a rubric that cannot be read is no rubric.
    let rubric = try formats.rubric(texts)
    guard rubric.year == year else {
      throw StorageProblem.invalid(
        "the rubric \(rubric.code) is of the year \(rubric.year.buddhist), the cycle of \(year.buddhist); choose the other"
      )
    }
    try write(signer, at: now) { desk in
      try desk.allow(.setUpCycle, Matter())
      guard try desk.db.integer("SELECT id FROM cycle WHERE code = ?", code.text) == nil else {
        throw StorageProblem.taken(what: "cycle", code: code.text)
      }
      let id = try desk.db.insert(
        """
        INSERT INTO cycle (code, year, title_th, title_en, stage, scoring_version)
        VALUES (?, ?, ?, ?, 'preparing', ?)
        """, code.text, year.buddhist, title.thai, title.english, Scorecard.scoringVersion)
      try desk.record(.setUpCycle, code.text, cycle: id, row: "cycle", id)
      for (position, text) in texts.enumerated() {
        let digest = Digest.of(text.bytes)
        try desk.db.run(
          "INSERT INTO rubric_text (digest, bytes) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING", digest,
          Data(text.bytes))
        let row = try desk.db.insert(
          "INSERT INTO cycle_rubric (cycle, position, name, digest) VALUES (?, ?, ?, ?)", id, position,
          text.name,
          digest)
        try desk.record(.setUpCycle, text.name, cycle: id, row: "cycle_rubric", row)
      }
    }
  }

  /// Sets all dates of a cycle; once it is open, with a reason.
  public func setSchedule(
    _ schedule: Schedule, of code: Code<Cycle>, reason: String, by signer: Signer, at now: Moment
  ) throws {
    try write(signer, at: now) { desk in
      let (id, cycle, rubric) = try desk.cycle(code)
      try desk.allow(.changeSchedule, Matter(cycle: cycle))
      let flaws = schedule.flaws(for: rubric)
      guard flaws.isEmpty else { throw StorageProblem.invalid(flaws.joined(separator: "\n")) }
      guard cycle.stage == .preparing || !reason.isEmpty else {
        throw StorageProblem.invalid("the cycle is open; say why its dates change")
      }
      try desk.db.run(
        "UPDATE cycle SET admits_further_proof = ? WHERE id = ?", schedule.admitsFurtherProof, id)
      let windows =
        schedule.collecting.map { ($0.text, $1) } + [
          ("assessing", schedule.assessing), ("clarifying", schedule.clarifying),
        ]
      for (what, window) in windows.sorted(by: { $0.0 < $1.0 }) {
        try desk.db.run(
          """
          INSERT INTO cycle_window (cycle, what, opens, closes) VALUES (?, ?, ?, ?)
          ON CONFLICT (cycle, what) DO UPDATE SET opens = excluded.opens, closes = excluded.closes
          """, id, what, window.opens.seconds, window.closes.seconds)
        let row =
          try desk.db.integer("SELECT id FROM cycle_window WHERE cycle = ? AND what = ?", id, what) ?? 0
        try desk.record(.changeSchedule, what, cycle: id, row: "cycle_window", row)
      }
      try desk.record(.changeSchedule, code.text, cycle: id, row: "cycle", id)
      if !reason.isEmpty {
        try desk.record(
          .changeSchedule, code.text, cycle: id, payload: [("reason", Canonical.string(reason))])
      }
    }
  }

  /// Freezes the rubric and takes in every office of the rubric's kinds that exists in the year.
  ///
  /// - Returns: how many offices take part.
  public func openCycle(_ code: Code<Cycle>, by signer: Signer, at now: Moment) throws -> Int {
    try write(signer, at: now) { desk in
      let (id, cycle, rubric) = try desk.cycle(code)
      try desk.allow(.openCycle, Matter(cycle: cycle))
      guard cycle.schedule != nil else {
        throw StorageProblem.invalid("\(code) has no schedule; set one with 'ita cycle schedule'")
      }
      let offices = try Registry.eligible(desk.db, rubric, cycle.year)
      guard !offices.isEmpty else {
        throw StorageProblem.invalid(
          "no office of the kinds in \(rubric.code) exists in \(cycle.year.buddhist); import them")
      }
      for office in offices {
        let officeID = try desk.db.officeID(office.code)
        let row = try desk.db.insert(
          """
          INSERT INTO participant (cycle, office, name_th, name_en, kind, parent, provinces, region_th,
            region_en, conditions)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """, id, officeID, office.name.thai, office.name.english, office.kind?.text, office.parent?.text,
          office.provincesJSON, office.region?.thai, office.region?.english, office.conditionsJSON)
        try desk.record(.openCycle, office.code.text, cycle: id, office: officeID, row: "participant", row)
      }
      try desk.db.run("UPDATE cycle SET stage = 'open', opened_at = ? WHERE id = ?", now.seconds, id)
      try desk.record(.openCycle, code.text, cycle: id, row: "cycle", id)
      return offices.count
    }
  }

  /// Offices that a cycle of this rubric takes in.
  private static func eligible(_ db: Database, _ rubric: Rubric, _ year: FiscalYear) throws -> [Office] {
    let kinds = Set(rubric.kinds.map(\.code))
    return try db.offices().filter { office in
      guard office.exists(in: year) else { return false }
      return kinds.isEmpty || office.kind.map(kinds.contains) ?? false
    }
  }

  /// Gives one office longer for one instrument.
  public func extend(_ extension: Extension, in code: Code<Cycle>, by signer: Signer, at now: Moment) throws {
    try write(signer, at: now) { desk in
      let (id, cycle, rubric) = try desk.cycle(code)
      let office = try desk.db.officeID(`extension`.office)
      try desk.allow(.extendWindow, Matter(cycle: cycle, office: `extension`.office))
      guard rubric.instrument(`extension`.instrument) != nil else {
        throw StorageProblem.unknown(what: "instrument", code: `extension`.instrument.text)
      }
      guard !`extension`.reason.isEmpty else {
        throw StorageProblem.invalid("an extension needs a reason")
      }
      guard let window = cycle.schedule?.collecting[`extension`.instrument], `extension`.until > window.closes
      else {
        throw StorageProblem.invalid("\(`extension`.until) is not later than the window closes for everybody")
      }
      let isJudged = rubric.instrument(`extension`.instrument)?.questionnaire == nil
      if isJudged, let clarifying = cycle.schedule?.clarifying.opens, `extension`.until >= clarifying {
        throw StorageProblem.invalid(
          "\(`extension`.until) leaves no time to judge: clarifying begins on \(clarifying)")
      }
      let row = try desk.db.insert(
        "INSERT INTO extension (cycle, office, instrument, until, reason) VALUES (?, ?, ?, ?, ?)", id, office,
        `extension`.instrument.text, `extension`.until.seconds, `extension`.reason)
      try desk.record(
        .extendWindow, `extension`.office.text, cycle: id, office: office, row: "extension", row)
    }
  }

  /// Figures assessed elsewhere, for nodes of the rubric.
  ///
  /// - Returns: how many are new or other than before.
  public func enterGiven(
    _ given: [Code<Office>: [Code<Node>: Given]], in code: Code<Cycle>, by signer: Signer, at now: Moment
  ) throws -> Int {
    try write(signer, at: now) { desk in
      let (id, cycle, _) = try desk.cycle(code)
      try desk.allow(.enterGiven, Matter(cycle: cycle))
      var changed = 0
      for (office, figures) in given.sorted(by: { $0.key < $1.key }) {
        let officeID = try desk.db.officeID(office)
        for (node, figure) in figures.sorted(by: { $0.key < $1.key }) {
          let before = try desk.db.row(
            "SELECT millionths, source FROM given_figure WHERE cycle = ? AND office = ? AND node = ?", id,
            officeID,
            node.text)
          if before?["millionths"] == figure.figure.millionths, before?["source"] == figure.source {
            continue
          }
          try desk.db.run(
            """
            INSERT INTO given_figure (cycle, office, node, millionths, source) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (cycle, office, node) DO UPDATE SET millionths = excluded.millionths, source = excluded.source
            """, id, officeID, node.text, figure.figure.millionths, figure.source)
          let row = try desk.db.integer(
            "SELECT id FROM given_figure WHERE cycle = ? AND office = ? AND node = ?", id, officeID, node.text
          )
          try desk.record(
            .enterGiven, "\(office) \(node)", cycle: id, office: officeID, row: "given_figure", row ?? 0)
          desk.touch(cycle: id, office: officeID)
          changed += 1
        }
      }
      return changed
    }
  }

  /// Figures published for an earlier year, which the results of a cycle are compared with.
  ///
  /// - Returns: how many are new or other than before.
  public func enterEarlier(
    _ figures: [Code<Office>: [Code<Node>: Given]], of year: FiscalYear, by signer: Signer, at now: Moment
  ) throws -> Int {
    try write(signer, at: now) { desk in
      try desk.allow(.enterGiven, Matter())
      var changed = 0
      for (office, nodes) in figures.sorted(by: { $0.key < $1.key }) {
        let officeID = try desk.db.officeID(office)
        for (node, given) in nodes.sorted(by: { $0.key < $1.key }) {
          let before = try desk.db.row(
            "SELECT * FROM earlier_figure WHERE office = ? AND year = ? AND node = ?", officeID,
            year.buddhist,
            node.text)
          if before?["millionths"] == given.figure.millionths, before?["source"] == given.source { continue }
          try desk.db.run(
            """
            INSERT INTO earlier_figure (office, year, node, millionths, source) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (office, year, node) DO UPDATE SET millionths = excluded.millionths, source = excluded.source
            """, officeID, year.buddhist, node.text, given.figure.millionths, given.source)
          let row = try desk.db.integer(
            "SELECT id FROM earlier_figure WHERE office = ? AND year = ? AND node = ?", officeID,
            year.buddhist,
            node.text)
          try desk.record(
            .enterGiven, "\(year.buddhist) \(node)", office: officeID, row: "earlier_figure", row ?? 0)
          changed += 1
        }
      }
      if changed > 0 { desk.touchEarlier() }
      return changed
    }
  }

  /// What was published of a node in an earlier year, by office: entered here, or sealed in a cycle of that year.
  public func earlier(_ node: Code<Node> = Node.total, of year: FiscalYear) throws -> [Code<Office>: Points] {
    try read { db in try db.earlier(node, of: year) }
  }

  public func cycles() throws -> [Cycle] {
    try read { db in try db.rows("SELECT id FROM cycle ORDER BY year, id").map { try db.cycle($0["id"]) } }
  }

  public func cycle(_ code: Code<Cycle>) throws -> Cycle {
    try read { db in try db.cycle(try db.cycleID(code)) }
  }

  public func rubric(of cycle: Code<Cycle>) throws -> Rubric {
    try read { db in try rubric(db, try db.cycleID(cycle)) }
  }

  public func rubricTexts(of cycle: Code<Cycle>) throws -> [RubricText] {
    try read { db in try db.rubricTexts(try db.cycleID(cycle)) }
  }

  /// The offices of a cycle; before it is opened, those that would take part.
  public func participants(of code: Code<Cycle>) throws -> [Office] {
    try read { db in
      let id = try db.cycleID(code)
      let cycle = try db.cycle(id)
      if cycle.stage == .preparing { return try Registry.eligible(db, try rubric(db, id), cycle.year) }
      return try db.participants(id).map(\.office)
    }
  }
}

extension Database {
  /// What was published of a node in an earlier year, by office.
  func earlier(_ node: Code<Node>, of year: FiscalYear) throws -> [Code<Office>: Points] {
    var figures: [Code<Office>: Points] = [:]
    if node == Node.total {
      for row in try rows(
        """
        SELECT code, units, places FROM sealed_scorecard AS last JOIN office ON office.id = last.office
        WHERE units IS NOT NULL AND cycle IN (SELECT id FROM cycle WHERE year = ? AND stage = 'published')
          AND version = (SELECT max(version) FROM sealed_scorecard WHERE cycle = last.cycle AND office = last.office)
        """, year.buddhist)
      {
        figures[Code(row["code"])] = Figure(units: row["units"], places: row["places"]).points
      }
    }
    for row in try rows(
      """
      SELECT code, millionths FROM earlier_figure JOIN office ON office.id = earlier_figure.office
      WHERE year = ? AND node = ?
      """, year.buddhist, node.text)
    {
      figures[Code(row["code"])] = Points(millionths: row["millionths"])
    }
    return figures
  }
}
