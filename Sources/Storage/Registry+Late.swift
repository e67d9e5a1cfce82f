import GRDB
public import Integrity

/// Who is late in a cycle: every office with what it is missing, in as many queries for a country as for a district.
extension Registry {
  /// What may be missing.
  public enum LateWhat: String, Hashable, Sendable, CaseIterable {
    case stakeholders, submissions, answers, findings, acknowledgement, decisions
  }

  /// One kind of thing that an office, or those who judge it, have still to do.
  public struct LateGap: Hashable, Sendable {
    public let what: LateWhat
    /// The disclosures or questionnaires it is about; empty where it is about the office.
    public let nodes: [Code<Node>]
    /// When it is or was due.
    public let due: Moment?
    /// Of answers: whether half of the minimum was there when the day began. More is nowhere told.
    public let isHalf: Bool
  }

  public struct LateOffice: Sendable {
    public let office: Office
    public let gaps: [LateGap]
    /// Whom to call; empty for a reader who may not see people.
    public fileprivate(set) var contacts: [LateContact]
  }

  /// Somebody at an office who can do something about it.
  public struct LateContact: Hashable, Sendable {
    public let name: String
    public let role: Role
    public let email: String
    public let phone: String
  }

  public struct LateFilter: Hashable, Sendable {
    public var what: LateWhat?
    public var kind: Code<OfficeKind>?
    /// The Thai name of a province.
    public var province: String
    /// A part of a code or a name.
    public var text: String

    public init(
      what: LateWhat? = nil, kind: Code<OfficeKind>? = nil, province: String = "", text: String = ""
    ) {
      self.what = what
      self.kind = kind
      self.province = province
      self.text = text
    }
  }

  public struct LateDesk: Sendable {
    public let cycle: Cycle
    public let rubric: Rubric
    /// Those that are asked for.
    public let offices: [LateOffice]
    /// How many the filter finds, and how many take part.
    public let found: Int
    public let participants: Int
    /// How many offices miss each, whatever the filter.
    public let counts: [LateWhat: Int]
    public let provinces: [Words]
  }

  /// - Parameter most: nil for all that the filter finds.
  public func lateDesk(
    _ code: Code<Cycle>, _ filter: LateFilter, from first: Int = 0, most: Int?, by signer: Signer,
    at now: Moment
  ) throws -> LateDesk {
    try reading(signer, at: now) { desk in
      let (id, _, rubric, matter) = try desk.matter(of: nil, in: code)
      try desk.allow(.readProgress, matter)
      let cycle = try desk.db.cycle(id)
      let all = try LateLook(desk.db, id, cycle, rubric, now).offices()
      var counts: [LateWhat: Int] = [:]
      for (_, office) in all { for gap in office.gaps { counts[gap.what, default: 0] += 1 } }
      let found = all.filter { filter.finds($0.office) }
      var shown = Array(found.dropFirst(max(0, first)).prefix(most ?? found.count))
      if Conduct.may(.readPeople, in: Matter(), by: try desk.signer(), at: now) == nil {
        let contacts = try desk.db.contacts(of: shown.map(\.id), on: now.day)
        for index in shown.indices { shown[index].office.contacts = contacts[shown[index].id] ?? [] }
      }
      let provinces = Set(all.flatMap { $0.office.office.provinces })
      return LateDesk(
        cycle: cycle, rubric: rubric, offices: shown.map(\.office), found: found.count,
        participants: all.count, counts: counts,
        provinces: provinces.sorted { ThaiOrder.key($0.thai) < ThaiOrder.key($1.thai) })
    }
  }
}

extension Registry.LateFilter {
  fileprivate func finds(_ late: Registry.LateOffice) -> Bool {
    guard !late.gaps.isEmpty else { return false }
    if let what, !late.gaps.contains(where: { $0.what == what }) { return false }
    if let kind, late.office.kind != kind { return false }
    if !province.isEmpty, !late.office.provinces.contains(where: { $0.thai == province }) { return false }
    if text.isEmpty { return true }
    let wanted = text.lowercased()
    return [late.office.code.text, late.office.name.thai, late.office.name.english].contains {
      $0.lowercased().contains(wanted)
    }
  }
}

/// One look over a cycle.
struct LateLook {
  private let db: Database
  private let id: Int64
  private let cycle: Cycle
  private let rubric: Rubric
  private let now: Moment

  init(_ db: Database, _ id: Int64, _ cycle: Cycle, _ rubric: Rubric, _ now: Moment) {
    (self.db, self.id, self.cycle, self.rubric, self.now) = (db, id, cycle, rubric, now)
  }

  func offices() throws -> [(id: Int64, office: Registry.LateOffice)] {
    guard cycle.stage == .open || cycle.stage == .sealed else { return [] }
    let submitted = try items("submission", where: "state = 'submitted'")
    let isJudging = cycle.schedule.map { $0.assessing.opens <= now } ?? false
    let judged = isJudging ? try items("finding", where: "1") : [:]
    let (steps, given) = (try db.askingSteps(id), try given())
    let isClarifying = cycle.schedule.map { $0.clarifying.opens <= now } ?? false
    let acknowledged = isClarifying ? try offices(in: "acknowledgement") : []
    let undecided = isClarifying ? try undecided() : [:]
    var due = DueItems(rubric)
    return try db.participants(id).map { id, office in
      var gaps: [Registry.LateGap] = []
      for instrument in rubric.instruments {
        let phase = cycle.phase(of: instrument, for: office.code, at: now)
        let closes = cycle.window(of: instrument.code, for: office.code)?.closes
        if let questionnaire = instrument.questionnaire {
          if given[id]?.contains(instrument.code) ?? false { continue }
          let step = steps[id]?[instrument.code] ?? .belowHalf
          // Whom to ask is said before anybody answers.
          if let gap = gap(instrument, questionnaire, office, step, closes),
            gap.what == .stakeholders || phase > .preparing
          {
            gaps.append(gap)
          }
          continue
        }
        if phase == .preparing { continue }
        let items = due.items(of: instrument, for: office)
        if phase <= .collecting {
          let sent = submitted[id] ?? []
          add(.submissions, items.filter { !sent.contains($0) }, closes, to: &gaps)
          continue
        }
        let found = judged[id] ?? []
        if isJudging {
          add(.findings, items.filter { !found.contains($0) }, cycle.schedule?.assessing.closes, to: &gaps)
        }
        guard phase >= .clarifying else { continue }
        if !acknowledged.contains(id) {
          gaps.append(
            Registry.LateGap(
              what: .acknowledgement, nodes: [], due: cycle.schedule?.clarifying.closes, isHalf: false))
        }
        add(.decisions, undecided[id] ?? [], cycle.end, to: &gaps)
      }
      return (id, Registry.LateOffice(office: office, gaps: gaps.merged, contacts: []))
    }
  }

  private func add(
    _ what: Registry.LateWhat, _ nodes: [Code<Node>], _ due: Moment?, to gaps: inout [Registry.LateGap]
  ) {
    if !nodes.isEmpty { gaps.append(Registry.LateGap(what: what, nodes: nodes, due: due, isHalf: false)) }
  }

  private func gap(
    _ instrument: Instrument, _ questionnaire: Questionnaire, _ office: Office, _ step: Registry.Progress,
    _ closes: Moment?
  ) -> Registry.LateGap? {
    let number = office.stakeholders[instrument.code]
    if number == nil {
      return Registry.LateGap(what: .stakeholders, nodes: [instrument.code], due: closes, isHalf: false)
    }
    guard questionnaire.minimum(ofStakeholders: number) != nil, step != .full else { return nil }
    return Registry.LateGap(
      what: .answers, nodes: [instrument.code], due: closes, isHalf: step == .half)
  }

  // One query each.

  /// Codes of items by office, from an index that holds all of it.
  private func items(_ table: String, where condition: String) throws -> [Int64: Set<Code<Node>>] {
    var found: [Int64: Set<Code<Node>>] = [:]
    // An office's list is mostly the same as another's: each text is cut once.
    var known: [String: Set<Code<Node>>] = [:]
    let cursor = try Row.fetchCursor(
      db,
      sql: """
        SELECT office, group_concat(item) AS items FROM (SELECT DISTINCT office, item FROM \(table)
          WHERE cycle = ? AND \(condition) ORDER BY office, item) GROUP BY office
        """, arguments: [id])
    while let row = try cursor.next() {
      let text: String = row["items"]
      let items = known[text] ?? Set(text.split(separator: ",").map { Code(String($0)) })
      known[text] = items
      found[row["office"]] = items
    }
    return found
  }

  /// Whose whole instruments were assessed elsewhere.
  private func given() throws -> [Int64: Set<Code<Node>>] {
    var found: [Int64: Set<Code<Node>>] = [:]
    for row in try db.rows("SELECT office, node FROM given_figure WHERE cycle = ?", id) {
      found[row["office"], default: []].insert(Code(row["node"]))
    }
    return found
  }

  private func offices(in table: String) throws -> Set<Int64> {
    Set(try db.rows("SELECT DISTINCT office FROM \(table) WHERE cycle = ?", id).map { $0["office"] })
  }

  private func undecided() throws -> [Int64: [Code<Node>]] {
    var found: [Int64: [Code<Node>]] = [:]
    for row in try db.rows(
      """
      SELECT office, item FROM clarification WHERE cycle = ?1 AND NOT EXISTS (
        SELECT 1 FROM finding WHERE finding.cycle = ?1 AND finding.office = clarification.office
          AND finding.item = clarification.item AND stage IN ('clarified', 'corrected')) ORDER BY id
      """, id)
    {
      found[row["office"], default: []].append(Code(row["item"]))
    }
    return found
  }
}

/// Disclosures that apply to an office; the same for all of a kind that state the same.
struct DueItems {
  private let rubric: Rubric
  private var known: [String: [(instrument: Code<Node>, item: Code<Node>)]] = [:]

  init(_ rubric: Rubric) { self.rubric = rubric }

  mutating func items(of instrument: Instrument, for office: Office) -> [Code<Node>] {
    let alike = ([office.kind?.text ?? ""] + office.conditions.map(\.text).sorted()).joined(separator: " ")
    let items =
      known[alike] ?? rubric.disclosures(for: office).map { ($0.instrument.code, $0.item.code) }
    known[alike] = items
    return items.filter { $0.instrument == instrument.code }.map(\.item)
  }
}

extension [Registry.LateGap] {
  /// Of several instruments' gaps of one kind that are due at once, one.
  fileprivate var merged: [Registry.LateGap] {
    var merged: [Registry.LateGap] = []
    for gap in self {
      guard
        let index = merged.firstIndex(where: {
          $0.what == gap.what && $0.due == gap.due && gap.what == .stakeholders
        })
      else {
        merged.append(gap)
        continue
      }
      merged[index] = Registry.LateGap(
        what: gap.what, nodes: merged[index].nodes + gap.nodes, due: gap.due, isHalf: false)
    }
    return merged
  }
}

extension Database {
  /// Whoever signs for an office or keeps its accounts today, with how they are reached as far as that is kept.
  fileprivate func contacts(of offices: [Int64], on day: Day) throws -> [Int64: [Registry.LateContact]] {
    var found: [Int64: [Registry.LateContact]] = [:]
    let list = "[" + offices.map { "\($0)" }.joined(separator: ",") + "]"
    for row in try rows(
      """
      SELECT role_grant_office.office AS office, name, role, coalesce(email, '') AS email, coalesce(phone, '') AS phone
      FROM role_grant_office JOIN role_grant ON role_grant.id = role_grant_office.role_grant
      JOIN person ON person.id = role_grant.person LEFT JOIN contact ON contact.person = person.id
      WHERE role_grant_office.office IN (SELECT value FROM json_each(?1))
        AND role IN ('office_administrator', 'director') AND is_closed = 0 AND from_day <= ?2
        AND (until_day IS NULL OR until_day > ?2) ORDER BY role DESC, role_grant.id
      """, list, day.description)
    {
      let role = Role(rawValue: row["role"]) ?? .director
      found[row["office"], default: []].append(
        Registry.LateContact(name: row["name"], role: role, email: row["email"], phone: row["phone"]))
    }
    return found
  }
}
