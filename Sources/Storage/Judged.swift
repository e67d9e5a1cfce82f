import Foundation
import GRDB
public import Integrity

extension Registry {
  /// A finding as it was made.
  public struct Judged: Hashable, Sendable {
    public let finding: Finding
    public let stage: Stage
    public let at: Moment
    /// Links that were looked at, and in what state they were.
    public let seen: [Seen]
    /// Who made it; nil for a reader who is not told.
    public let assessor: String?
    let row: Int64
    let assessorID: Int64
  }

  /// What an office has put against a finding.
  public struct Contest: Hashable, Sendable {
    public let statement: String
    /// Where the statement points to.
    public let evidence: [Evidence]
    /// Who contested for the office.
    public let who: String
    public let at: Moment
    public let decider: Code<Person>?
    public let deciderName: String?
  }
}

/// The findings on an office's disclosures, and what was put against them: a fixed number of queries.
extension Database {
  /// Of one disclosure: what was found before the office could contest it, and what counts since.
  struct Findings {
    /// The latest of the first two stages.
    var first: Registry.Judged?
    /// The latest of the later ones; nil where the first counts.
    var final: Registry.Judged?

    /// The number of the last one.
    var last: Int64 { max(first?.row ?? 0, final?.row ?? 0) }
  }

  /// - Parameter namesAssessors: whether the reader is told who judged.
  func findings(
    on office: Int64, in cycle: Int64, item: Code<Node>? = nil, namesAssessors: Bool
  ) throws -> [Code<Node>: Findings] {
    let one = item?.text
    var seen: [Int64: [Registry.Seen]] = [:]
    for row in try rows(
      """
      SELECT finding, link, state, seen_at FROM finding_seen JOIN finding ON finding.id = finding
      WHERE cycle = ? AND office = ? AND (? IS NULL OR item = ?) ORDER BY finding_seen.id
      """, cycle, office, one, one)
    {
      guard let state = LinkState(rawValue: row["state"]) else { continue }
      seen[row["finding"], default: []].append(
        Registry.Seen(link: row["link"], state: state, at: Moment(seconds: row["seen_at"])))
    }
    var found: [Code<Node>: Findings] = [:]
    for row in try rows(
      """
      SELECT finding.id AS id, item, stage, judgement, value, reason, finding.made_at AS made_at, assessor, name
      FROM finding JOIN person ON person.id = assessor
      WHERE cycle = ? AND office = ? AND (? IS NULL OR item = ?) ORDER BY finding.id
      """, cycle, office, one, one)
    {
      guard let stage = Stage(rawValue: row["stage"]),
        let judgement = Judgement(kind: row["judgement"], value: row["value"])
      else { continue }
      let judged = Registry.Judged(
        finding: Finding(judgement, reason: row["reason"]), stage: stage, at: Moment(seconds: row["made_at"]),
        seen: seen[row["id"]] ?? [], assessor: namesAssessors ? row["name"] : nil, row: row["id"],
        assessorID: row["assessor"])
      let item = Code<Node>(row["item"])
      if stage < .clarified {
        if (found[item]?.first?.stage ?? .first) <= stage { found[item, default: Findings()].first = judged }
      } else if (found[item]?.final?.stage ?? .clarified) <= stage {
        found[item, default: Findings()].final = judged
      }
    }
    return found
  }

  func contests(of office: Int64, in cycle: Int64, item: Code<Node>? = nil) throws -> [Code<Node>:
    Registry.Contest]
  {
    let one = item?.text
    let found = try rows(
      """
      SELECT item, statement, evidence, clarification.made_at AS made_at, person.name AS name,
        named.code AS decider, named.name AS decider_name FROM clarification
      JOIN person ON person.id = clarification.person LEFT JOIN person AS named ON named.id = decider
      WHERE cycle = ? AND office = ? AND (? IS NULL OR item = ?)
      """, cycle, office, one, one
    ).map { row in
      (
        Code<Node>(row["item"]),
        Registry.Contest(
          statement: row["statement"], evidence: try Evidence.list(row["evidence"]), who: row["name"],
          at: Moment(seconds: row["made_at"]), decider: (row["decider"] as String?).map { Code($0) },
          deciderName: row["decider_name"])
      )
    }
    return Dictionary(found) { a, _ in a }
  }
}

extension Evidence {
  /// What a clarification keeps of its evidence.
  private struct Kept: Decodable {
    let kind, text, pointer, quote: String
  }

  /// The way back from what a clarification keeps.
  fileprivate static func list(_ json: String) throws -> [Evidence] {
    try JSONDecoder().decode([Kept].self, from: Data(json.utf8)).map { kept in
      let content: Content
      switch kept.kind {
      case "link": content = .link(kept.text)
      case "note": content = .note(kept.text)
      default:
        // The digest and, behind it, the name.
        let parts = kept.text.split(separator: " ", maxSplits: 1).map(String.init)
        content = .file(name: parts.dropFirst().first ?? "", digest: parts.first ?? "", bytes: 0)
      }
      return Evidence(content, pointer: kept.pointer, quote: kept.quote)
    }
  }
}
