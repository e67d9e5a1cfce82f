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
    try inspect(texts, of: year)
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
      try desk.put(texts, of: id)
    }
  }

  /// Reads a rubric before anything of it is kept, and refuses one of another year.
  func inspect(_ texts: [RubricText], of year: FiscalYear) throws {
    let rubric = try formats.rubric(texts)
    guard rubric.year == year else {
      throw StorageProblem.invalid(
        "the rubric \(rubric.code) is of the year \(rubric.year.buddhist), the cycle of \(year.buddhist); choose the other",
        thai:
          "เกณฑ์ \(rubric.code) เป็นของปีงบประมาณ \(rubric.year.buddhist) แต่รอบการประเมินเป็นของปี \(year.buddhist) โปรดเลือกให้ตรงกัน"
      )
    }
  }

  /// Sets all dates of a cycle; once it is open, with a reason.
  public func setSchedule(
    _ schedule: Schedule, of code: Code<Cycle>, reason: String, by signer: Signer, at now: Moment
  ) throws {
    try write(signer, at: now) { desk in
      let (id, cycle, rubric) = try desk.cycle(code)
      try desk.allow(.changeSchedule, Matter(cycle: cycle))
      let misfits = schedule.misfits(for: rubric)
      guard misfits.isEmpty else {
        throw StorageProblem.invalid(
          misfits.map { $0.said(in: .english) }.joined(separator: "\n"),
          thai: misfits.map { $0.said(in: .thai) }.joined(separator: "\n"))
      }
      guard cycle.stage == .preparing || !reason.isEmpty else {
        throw StorageProblem.invalid(
          "the cycle is open; say why its dates change",
          thai: "รอบการประเมินเปิดแล้ว โปรดระบุเหตุผลที่เปลี่ยนกำหนดการ")
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
      try desk.dropWindows(of: id, but: windows.map(\.0))
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
        throw StorageProblem.invalid(
          "\(code) has no schedule; set one with 'ita cycle schedule'",
          thai: "รอบการประเมิน \(code) ยังไม่มีกำหนดการ โปรดกำหนดก่อนเปิดรอบ")
      }
      let offices = try Registry.eligible(desk.db, rubric, cycle.year)
      guard !offices.isEmpty else {
        throw StorageProblem.invalid(
          "no office of the kinds in \(rubric.code) exists in \(cycle.year.buddhist); import them",
          thai:
            "ยังไม่มีหน่วยงานตามประเภทในเกณฑ์ \(rubric.code) ในปีงบประมาณ \(cycle.year.buddhist) โปรดนำเข้าหน่วยงานก่อน"
        )
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
      desk.touch(cycle: id, office: nil)
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
        throw StorageProblem.invalid("an extension needs a reason", thai: "โปรดระบุเหตุผลของการขยายเวลา")
      }
      guard let window = cycle.schedule?.collecting[`extension`.instrument], `extension`.until > window.closes
      else {
        throw StorageProblem.invalid(
          "\(`extension`.until) is not later than the window closes for everybody",
          thai: "วันที่ขยายต้องอยู่หลังวันปิดรับของทุกหน่วยงาน")
      }
      let isJudged = rubric.instrument(`extension`.instrument)?.questionnaire == nil
      if isJudged, let clarifying = cycle.schedule?.clarifying.opens, `extension`.until >= clarifying {
        throw StorageProblem.invalid(
          "\(`extension`.until) leaves no time to judge: clarifying begins on \(clarifying)",
          thai: "วันที่ขยายไม่เหลือเวลาให้ตรวจ เพราะเริ่มชี้แจงวันที่ \(clarifying.written(in: .thai))")
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
      let changes = try desk.enter(given: given, in: code, isDryRun: false)
      return changes.added.count + changes.changed.count
    }
  }

  /// Figures published for an earlier year, which the results of a cycle are compared with.
  ///
  /// - Returns: how many are new or other than before.
  public func enterEarlier(
    _ figures: [Code<Office>: [Code<Node>: Given]], of year: FiscalYear, by signer: Signer, at now: Moment
  ) throws -> Int {
    try write(signer, at: now) { desk in
      let changes = try desk.enter(earlier: figures, of: year, isDryRun: false)
      return changes.added.count + changes.changed.count
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
