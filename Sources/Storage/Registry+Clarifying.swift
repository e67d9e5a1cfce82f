import Foundation
import GRDB
public import Integrity

/// What was contested: for the lead assessor, who names who decides, and for whoever was named.
extension Registry {
  public enum ClarificationState: String, Hashable, Sendable, CaseIterable {
    case notNamed = "not_named"
    case named, decided
  }

  /// Which contested findings are asked for.
  public struct ClarificationFilter: Hashable, Sendable {
    public var state: ClarificationState?
    public var decider: Code<Person>?
    /// A part of the office's name, or the beginning of its code or of the item's.
    public var search = ""

    public init() {}
  }

  /// A contested finding in a list.
  public struct ContestedItem: Sendable {
    public let office: Code<Office>
    public let officeName: Words
    public let item: Code<Node>
    public let title: Words
    public let statement: String
    public let at: Moment
    public let state: ClarificationState
    /// Who made the finding that is contested; nil for a reader who is not told.
    public let judge: String?
    public let decider: Code<Person>?
    public let deciderName: String?
    /// Whether the reader may name who decides it.
    public let mayName: Bool
    /// When it was decided, and whether the finding is another now.
    public let decidedAt: Moment?
    public let isChanged: Bool
  }

  /// What was contested in a cycle: all of it for the lead assessor and the committee, else what the reader decides.
  public struct ClarificationsDesk: Sendable {
    public let cycle: Cycle
    public let rubric: Rubric
    public let counts: [ClarificationState: Int]
    /// How many match the filter; the page has a hundred of them at most.
    public let found: Int
    public let rows: [ContestedItem]
    /// Those who could decide, with how many they have to; empty for a reader who names nobody.
    public let deciders: [AssessorLoad]
    /// Whether the reader sees everything that was contested.
    public let isLead: Bool
  }

  /// One contested finding, or one that could be.
  public struct ClarificationPlace: Hashable, Sendable {
    public let office: Code<Office>
    public let item: Code<Node>

    public init(_ office: Code<Office>, _ item: Code<Node>) { (self.office, self.item) = (office, item) }
  }

  /// A page of what was contested.
  ///
  /// - Parameter page: nil for all of it.
  public func clarificationsDesk(
    _ filter: ClarificationFilter = ClarificationFilter(), page: Int? = 1, in code: Code<Cycle>,
    by signer: Signer, at now: Moment
  ) throws -> ClarificationsDesk {
    try reading(signer, at: now) { desk in
      let (id, cycle, rubric) = try desk.cycle(code)
      let reader = try desk.signer()
      let instrument = rubric.instruments.first { $0.questionnaire == nil }
      let all = Matter(cycle: cycle, instrument: instrument)
      let refusal = Conduct.may(.readResults, in: all, by: reader, at: now)
      var isEarly = false
      if let refusal {
        // Nothing can have been contested yet.
        if case .phase = refusal.reason { isEarly = true }
        // An assessor sees what they were named for, whoever else sees nothing here.
        if !isEarly, !reader.holds(.assessor, on: now.day) { throw refusal }
      }
      let namesPeople = refusal == nil || isEarly
      let list = try isEarly ? [] : desk.contested(filter, id, only: namesPeople ? nil : desk.actor?.id)
      let asked = filter.state.map { state in list.filter { $0.state == state } } ?? list
      let shown = asked.page(page)
      let mayName = Conduct.may(.nameDecider, in: all.contested, by: reader, at: now) == nil
      return ClarificationsDesk(
        cycle: cycle, rubric: rubric, counts: Dictionary(grouping: list, by: \.state).mapValues(\.count),
        found: asked.count,
        rows: try desk.contested(shown, id, rubric, all, namesPeople: namesPeople),
        deciders: mayName ? try LeadPlace(desk, code).loads().filter(\.isActive) : [],
        isLead: namesPeople)
    }
  }

  /// How many contested findings the reader was named for and has not decided.
  public func undecidedClarifications(in code: Code<Cycle>, by signer: Signer, at now: Moment) throws -> Int {
    try reading(signer, at: now) { desk in
      let (id, _, _) = try desk.cycle(code)
      let actor = try desk.insistOnAssessor()
      return try desk.db.integer(
        "SELECT count(*) FROM clarification WHERE cycle = ? AND decider = ? AND \(Database.isUndecided)", id,
        actor.id
      ).map { Int($0) } ?? 0
    }
  }

  /// Somebody who could be named to decide, and what keeps them from it.
  public struct Candidate: Sendable {
    public let load: AssessorLoad
    public let refusal: Refusal?
  }

  /// One contested finding with all that is known of it.
  public struct ClarificationDesk: Sendable {
    public let cycle: Cycle
    public let rubric: Rubric
    public let office: Office
    public let instrument: Instrument
    public let item: Item
    public let submission: Submission?
    public let first: Judged?
    public let final: Judged?
    public let contest: Contest
    public let firstLine: Line?
    public let finalLine: Line?
    /// The number of the last finding: whoever decides says which they have seen.
    public let last: Int64
    /// Empty for a reader who names nobody.
    public let candidates: [Candidate]
    /// Why the reader may not decide it now; nil where they may.
    public let refusal: Refusal?
    /// Whether the reader sees everything that was contested.
    public let isLead: Bool
  }

  /// One contested finding, for whoever names or was named, and for the committee.
  public func clarificationDesk(
    _ item: Code<Node>, of office: Code<Office>, in cycle: Code<Cycle>, by signer: Signer, at now: Moment
  ) throws -> ClarificationDesk {
    try reading(signer, at: now) { desk in
      let place = try DeskPlace(desk, office, cycle)
      let reader = try desk.signer()
      guard !reader.isOwn(of: office, on: now.day) else {
        throw StorageProblem.unknown(what: "office", code: office.text)
      }
      let disclosure = try desk.disclosure(item, of: office, in: cycle)
      try desk.allow(.readFinding, disclosure.matter)
      let all = Matter(cycle: place.cycle, instrument: disclosure.matter.instrument)
      let isLead = Conduct.may(.readResults, in: all, by: reader, at: now) == nil
      guard let contest = try desk.db.contests(of: place.officeID, in: place.cycleID, item: item)[item],
        let instrument = disclosure.matter.instrument
      else { throw StorageProblem.unknown(what: "clarification", code: item.text) }
      let found = try desk.db.findings(
        on: place.officeID, in: place.cycleID, item: item, namesAssessors: isLead)[item]
      func line(_ judged: Judged?) -> Line? {
        let findings = judged.map { [item: $0.finding] } ?? [:]
        return place.rubric.scorecard(of: Assessment(office: place.office, findings: findings)).line(item)
      }
      return ClarificationDesk(
        cycle: place.cycle, rubric: place.rubric, office: place.office, instrument: instrument,
        item: disclosure.item,
        submission: disclosure.matter.submission == .submitted
          ? try disclosure.latest.map { try desk.db.submission($0["id"]) } : nil,
        first: found?.first, final: found?.final, contest: contest, firstLine: line(found?.first),
        finalLine: line(found?.final ?? found?.first), last: found?.last ?? 0,
        candidates: try desk.candidates(disclosure, cycle),
        refusal: Conduct.may(.decideClarification, in: disclosure.matter, by: reader, at: now),
        isLead: isLead)
    }
  }

  /// The lead assessor names who decides several at once: all of them, or where one does not go none.
  ///
  /// - Throws: `NamingProblems` with everything that does not go.
  public func nameDeciders(
    _ assessor: Code<Person>, of places: [ClarificationPlace], in cycle: Code<Cycle>, by signer: Signer,
    at now: Moment
  ) throws {
    try write(signer, at: now) { desk in
      let id = try desk.db.personID(assessor)
      let person = try desk.db.person(id)
      var problems: [NamingProblems.One] = []
      for place in places {
        let disclosure = try desk.disclosure(place.item, of: place.office, in: cycle, subject: person)
        do {
          try desk.allow(.nameDecider, disclosure.matter)
        } catch let refusal as Refusal where refusal.isOfSubject {
          problems.append(NamingProblems.One(place: place, refusal: refusal))
          continue
        }
        guard let row = disclosure.clarification?["id"] as Int64? else { continue }
        if try desk.db.integer("SELECT 1 FROM clarification WHERE id = ? AND \(Database.isUndecided)", row)
          == nil
        {
          throw StorageProblem.changed(
            "\(place.office) \(place.item) has been decided",
            thai: "\(place.office) \(place.item) มีผลการพิจารณาแล้ว")
        }
        try desk.db.run("UPDATE clarification SET decider = ? WHERE id = ?", id, row)
        try desk.record(
          .nameDecider, place.item.text, cycle: disclosure.cycle, office: disclosure.office,
          row: "clarification", row)
      }
      if !problems.isEmpty { throw NamingProblems(all: problems) }
    }
  }

  /// Why somebody cannot decide what they were to be named for.
  public struct NamingProblems: Error {
    public struct One: Sendable {
      public let place: ClarificationPlace
      public let refusal: Refusal
    }

    public let all: [One]
  }
}

extension Refusal {
  /// Whether it is about whoever is named, not about whoever names.
  fileprivate var isOfSubject: Bool {
    switch reason {
    case .sameAssessor, .conflict, .role([.assessor]): true
    default: false
    }
  }
}

extension Matter {
  /// The same with something contested, of which no matter who judged it.
  fileprivate var contested: Matter {
    Matter(
      cycle: cycle, office: office, lineage: lineage, instrument: instrument, firstAssessor: ID(0),
      isContested: true)
  }
}

extension Desk {
  /// A contested finding and where it stands.
  fileprivate struct Standing {
    let id: Int64
    let state: Registry.ClarificationState
  }

  /// Whatever a filter leaves, of any state, in the order in which it was contested.
  fileprivate func contested(
    _ filter: Registry.ClarificationFilter, _ cycle: Int64, only decider: Int64?
  ) throws -> [Standing] {
    var conditions = ["clarification.cycle = ?"]
    var arguments: StatementArguments = [cycle]
    let named = try filter.decider.map { try db.personID($0) }
    for person in [decider, named].compactMap({ $0 }) {
      conditions.append("decider = ?")
      arguments += [person]
    }
    if !filter.search.isEmpty {
      conditions.append(
        """
        (code LIKE ? ESCAPE '\\' OR name_th LIKE ? ESCAPE '\\' OR name_en LIKE ? ESCAPE '\\' OR item LIKE ? ESCAPE '\\')
        """)
      let text = filter.search.escapedForLike
      arguments += ["\(text)%", "%\(text)%", "%\(text)%", text]
    }
    return try Row.fetchAll(
      db,
      sql: """
        SELECT clarification.id AS id, decider, \(Database.isUndecided) AS is_open FROM clarification
        JOIN office ON office.id = clarification.office
        WHERE \(conditions.joined(separator: " AND ")) ORDER BY clarification.id
        """, arguments: arguments
    ).map { row in
      Standing(
        id: row["id"],
        state: !row["is_open"] ? .decided : (row["decider"] as Int64?) == nil ? .notNamed : .named)
    }
  }

  fileprivate func contested(
    _ standings: [Standing], _ cycle: Int64, _ rubric: Rubric, _ all: Matter, namesPeople: Bool
  ) throws -> [Registry.ContestedItem] {
    let states = Dictionary(standings.map { ($0.id, $0.state) }) { a, _ in a }
    let among = standings.map { "\($0.id)" }.joined(separator: ", ")
    let lineages = try db.lineages(of: "SELECT office FROM clarification WHERE id IN (\(among))")
    let reader = try signer()
    // What counts now, and what counted when it was contested.
    let counting = "ORDER BY CASE stage WHEN 'corrected' THEN 1 ELSE 2 END, id DESC LIMIT 1"
    return try Row.fetchAll(
      db,
      sql: """
        SELECT clarification.id AS id, office.id AS office_id, office.code AS office, office.name_th AS name_th,
          office.name_en AS name_en, clarification.item AS item, statement, clarification.made_at AS made_at,
          judge.name AS judge, named.code AS decider, named.name AS decider_name, final.made_at AS decided_at,
          final.judgement IS NOT contested.judgement OR final.value IS NOT contested.value AS is_changed
        FROM clarification JOIN office ON office.id = clarification.office
        LEFT JOIN finding AS contested ON contested.id = clarification.finding
        LEFT JOIN person AS judge ON judge.id = contested.assessor
        LEFT JOIN person AS named ON named.id = decider
        LEFT JOIN finding AS final ON final.id = (SELECT id FROM finding WHERE finding.cycle = clarification.cycle
          AND finding.office = clarification.office AND finding.item = clarification.item
          AND stage IN ('clarified', 'corrected') \(counting))
        WHERE clarification.id IN (\(among)) ORDER BY clarification.id
        """
    ).map { row in
      let item = Code<Node>(row["item"])
      let office = Code<Office>(row["office"])
      let matter = Matter(
        cycle: all.cycle, office: office, lineage: lineages[row["office_id"]], instrument: all.instrument
      ).contested
      let state = states[row["id"]] ?? .notNamed
      return Registry.ContestedItem(
        office: office, officeName: Words(thai: row["name_th"], english: row["name_en"]), item: item,
        title: rubric.disclosure(item)?.item.title ?? Words(thai: item.text, english: item.text),
        statement: row["statement"], at: Moment(seconds: row["made_at"]), state: state,
        judge: namesPeople ? row["judge"] : nil, decider: (row["decider"] as String?).map { Code($0) },
        deciderName: row["decider_name"],
        mayName: state != .decided && Conduct.may(.nameDecider, in: matter, by: reader, at: now) == nil,
        decidedAt: (row["decided_at"] as Int64?).map { Moment(seconds: $0) },
        isChanged: state == .decided && row["is_changed"])
    }
  }

  /// Everybody who could be named, with what keeps them from it; nobody where the reader names nobody.
  fileprivate func candidates(_ disclosure: Disclosure, _ cycle: Code<Cycle>) throws -> [Registry.Candidate] {
    let reader = try signer()
    guard Conduct.may(.nameDecider, in: disclosure.matter, by: reader, at: now) == nil else { return [] }
    let place = try LeadPlace(self, cycle)
    let people = Dictionary(place.assessors.map { (ID<Person>($0.id), $0.person) }) { a, _ in a }
    return try place.loads().filter(\.isActive).map { load in
      Registry.Candidate(
        load: load,
        refusal: Conduct.may(
          .nameDecider, in: disclosure.matter.about(people[load.id]), by: reader, at: now))
    }
  }
}

extension Matter {
  /// The same about somebody.
  fileprivate func about(_ subject: Person?) -> Matter {
    Matter(
      cycle: cycle, office: office, lineage: lineage, instrument: instrument, groups: groups,
      submission: submission, assignees: assignees, firstAssessor: firstAssessor, decider: decider,
      isContested: isContested, subject: subject)
  }
}
