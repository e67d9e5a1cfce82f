import Foundation
import Hummingbird
import Integrity
import NIOCore
import Reports
import Storage

/// A published cycle as data: what `docs/open-data.md` describes. Written piece by piece, so that a nation is never held as
/// one text.
struct PublishedTables: Sendable {
  /// Bumped whenever a field changes its meaning or goes.
  static let schema = "sucharit.results/1"

  private let index: PublishedIndex
  private let base: String
  private let license: Words
  private let note: Words

  init(_ index: PublishedIndex, _ page: PublicPage) throws {
    self.index = index
    base = page.visit.portal.settings.base
    let (thai, english) = (
      try page.visit.portal.pages.words(.thai), try page.visit.portal.pages.words(.english)
    )
    license = Words(thai: thai.say("published_data.license"), english: english.say("published_data.license"))
    note = Words(thai: thai.say("published_data.note"), english: english.say("published_data.note"))
  }

  private var publication: Registry.Publication { index.publication }
  private var cycle: Code<Cycle> { publication.cycle.code }
  private let paths = PublicPaths(asked: nil)

  /// Rows that are made at once.
  private static let piece = 250

  // One row an office.

  var csv: ResponseBody {
    let offices = publication.offices
    let head = header
    return ResponseBody { writer in
      try await writer.write(ByteBuffer(string: ScorecardCSV.table([head]) + "\r\n"))
      for start in stride(from: 0, to: offices.count, by: PublishedTables.piece) {
        let rows = offices[start..<min(start + PublishedTables.piece, offices.count)].map(row)
        try await writer.write(ByteBuffer(string: ScorecardCSV.lines(rows) + "\r\n"))
      }
      try await writer.finish(nil)
    }
  }

  private var header: [String] {
    [
      "office", "name_th", "name_en", "kind", "parent", "provinces_th", "provinces_en", "state", "total",
      "floor",
      "ceiling", "level", "level_th", "level_en",
    ] + publication.nodes.map { "figure_\($0.heading.code)" }
      + ["previous_total", "amendments", "digest", "latest_digest", "address"]
  }

  private func row(_ entry: Registry.PublishedOffice) -> [String] {
    let office = entry.office
    let (state, floor, ceiling) = standing(entry)
    let place = [
      office.code.text, office.name.thai, office.name.english, office.kind?.text ?? "",
      office.parent?.text ?? "",
      office.provinces.map(\.thai).joined(separator: ", "),
      office.provinces.map(\.english).joined(separator: ", "),
    ]
    let result = [
      state, entry.total?.description ?? "", floor, ceiling, entry.level?.level.code.text ?? "",
      entry.level?.level.title.thai ?? "", entry.level?.level.title.english ?? "",
    ]
    let history = [
      entry.previous?.description ?? "", "\(entry.sealed.amendments)", entry.sealed.first, entry.sealed.last,
      address(entry),
    ]
    return place + result + entry.figures.map { $0?.description ?? "" } + history
  }

  private func standing(_ entry: Registry.PublishedOffice) -> (state: String, floor: String, ceiling: String)
  {
    switch entry.standing {
    case .final: ("final", "", "")
    case .provisional(let floor, let ceiling): ("provisional", floor.description, ceiling.description)
    case .notApplicable: ("not_applicable", "", "")
    }
  }

  private func address(_ entry: Registry.PublishedOffice) -> String {
    base + paths.office(entry.office.code, in: cycle)
  }

  // The same for programs.

  var json: ResponseBody {
    let offices = publication.offices
    let head = JSON.object(about + [("offices", .list([]))]).text()
    return ResponseBody { writer in
      // All but the end of the empty list and of the document.
      let open = head.range(of: "[]\n}", options: .backwards).map { String(head[..<$0.lowerBound]) } ?? ""
      try await writer.write(ByteBuffer(string: open + "["))
      for start in stride(from: 0, to: offices.count, by: PublishedTables.piece) {
        let objects = offices[start..<min(start + PublishedTables.piece, offices.count)].map {
          "    " + object($0).text(indent: "    ")
        }
        try await writer.write(
          ByteBuffer(string: (start == 0 ? "\n" : ",\n") + objects.joined(separator: ",\n")))
      }
      try await writer.write(ByteBuffer(string: "\n  ]\n}\n"))
      try await writer.finish(nil)
    }
  }

  private var about: [(String, JSON)] {
    let rubric = publication.rubric
    return [
      ("schema", .text(PublishedTables.schema)), ("cycle", .text(cycle.text)),
      ("year", .number(publication.cycle.year.buddhist)), ("title", words(publication.cycle.title)),
      (
        "rubric",
        .object([
          ("code", .text(rubric.code.text)), ("edition", .text(rubric.edition)),
          ("title", words(rubric.title)),
        ])
      ),
      ("sealed_at", .text(publication.sealedAt.description)),
      ("published_at", .text(publication.publishedAt.description)), ("seal", .text(publication.seal)),
      ("license", words(license)), ("note", words(note)), ("address", .text(base + paths.results(cycle))),
      ("documentation", .text(base + paths.data(cycle))),
      (
        "nodes",
        .list(
          publication.nodes.map { node in
            .object([
              ("code", .text(node.heading.code.text)), ("title", words(node.heading.title)),
              ("place", .text(node.depth == 0 ? "instrument" : "indicator")),
              ("share", node.share.map { .text("\($0.numerator)/\($0.denominator)") } ?? .null),
            ])
          })
      ),
      (
        "levels",
        .list(
          rubric.levels.map { level in
            .object([
              ("code", .text(level.code.text)), ("title", words(level.title)),
              ("at_least", .text("\(level.atLeast)")),
            ])
          })
      ),
    ]
  }

  private func object(_ entry: Registry.PublishedOffice) -> JSON {
    let office = entry.office
    let (state, floor, ceiling) = standing(entry)
    func text(_ text: String) -> JSON { text.isEmpty ? .null : .text(text) }
    return .object([
      ("code", .text(office.code.text)), ("name", words(office.name)),
      ("kind", text(office.kind?.text ?? "")),
      ("parent", text(office.parent?.text ?? "")), ("provinces", .list(office.provinces.map(words))),
      ("state", .text(state)), ("total", text(entry.total?.description ?? "")), ("floor", text(floor)),
      ("ceiling", text(ceiling)), ("level", text(entry.level?.level.code.text ?? "")),
      (
        "figures",
        .object(
          zip(publication.nodes, entry.figures).map { ($0.heading.code.text, text($1?.description ?? "")) })
      ),
      ("previous_total", text(entry.previous?.description ?? "")),
      ("amendments", .number(entry.sealed.amendments)), ("digest", .text(entry.sealed.first)),
      ("latest_digest", .text(entry.sealed.last)), ("address", .text(address(entry))),
    ])
  }

  private func words(_ words: Words) -> JSON {
    .object([("th", .text(words.thai)), ("en", .text(words.english))])
  }

  // One office.

  /// The scorecard without option counts, the findings that were looked at again, and the amendments.
  func json(of entry: Registry.PublishedOffice, _ result: Registry.PublishedScorecard) -> ResponseBody {
    let least = publication.rubric.policy.smallestCount
    let judged = result.reviewed.map { change in
      JSON.object([
        ("item", .text(change.item.text)),
        ("cause", .text(change.cause == .clarified ? "clarified" : "corrected")),
        ("first", change.first.map(finding) ?? .null), ("final", finding(change.last)),
      ])
    }
    let sealed = result.sealed.map { version in
      JSON.object([
        ("version", .number(version.version)),
        ("total", version.total.map { .text($0.description) } ?? .null),
        ("reason", .text(version.reason)), ("at", .text(version.at.description)),
        ("digest", .text(version.digest)),
      ])
    }
    let document = JSON.object(
      about.filter { $0.0 != "levels" && $0.0 != "nodes" && $0.0 != "address" } + [
        ("address", .text(address(entry))),
        ("first_total", result.first.map { .text($0.description) } ?? .null),
        ("previous_total", entry.previous.map { .text($0.description) } ?? .null),
        ("reviewed", .list(judged)), ("sealed", .list(sealed)),
        ("scorecard", ScorecardJSON.json(result.card, detail: .published(smallestCount: least))),
      ])
    return ResponseBody(byteBuffer: ByteBuffer(string: document.text() + "\n"))
  }

  private func finding(_ finding: Finding) -> JSON {
    let (kind, value): (String, JSON) =
      switch finding.judgement {
      case .met: ("met", .null)
      case .notMet: ("not_met", .null)
      case .option(let code): ("option", .text(code.text))
      case .number(let number): ("number", .text("\(number)"))
      case .elements(let present): ("elements", .list(present.map(\.text).sorted().map { .text($0) }))
      case .notApplicable: ("not_applicable", .null)
      case .pending: ("pending", .null)
      }
    return .object([("judgement", .text(kind)), ("value", value), ("reason", .text(finding.reason))])
  }
}
