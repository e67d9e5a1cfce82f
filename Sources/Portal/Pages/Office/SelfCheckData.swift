import Integrity
import Reports
import Storage

/// An office's own marks as a score, and for each sub-indicator what is lost by them and why.
struct SelfCheckData {
  private let desk: Registry.OfficeDesk
  private let words: Wording
  private let paths: Paths
  private let card: Scorecard
  private let stakes: Stakes

  private let pilots: Set<Code<Node>>

  init(_ desk: Registry.OfficeDesk, _ words: Wording) {
    self.desk = desk
    self.words = words
    paths = Paths(cycle: desk.cycle.code, office: desk.office.code)
    card = SelfCheck.scorecard(of: desk.office, by: desk.rubric, from: desk.works.compactMap(\.submission))
    stakes = Stakes(of: desk.office, by: desk.rubric)
    pilots = desk.rubric.pilots
  }

  var fields: [String: ReportData] {
    [
      "heading": .text(words.say("self_check.heading")),
      "office": .text(
        words.facts([
          desk.office.name.in(words.language),
          words.say("banner.year", ["year": words.year(desk.cycle.year)]),
        ])),
      "total": .text(figure(card.total)), "bar": bar,
      "maximum": .text(card.total.maximum.map { words.say("self_check.of", ["points": $0.shown]) } ?? ""),
      "sentence": .list(sentence), "instruments": .list(card.total.parts.map(instrument)),
      "sections": .list(sections),
    ]
  }

  private var sentence: [ReportData] {
    guard let least = card.total.floor, let most = card.total.ceiling else { return [] }
    let pieces = words.pieces(
      desk.responses.isEmpty ? "self_check.sentence_alone" : "self_check.sentence",
      strong: ["floor": least.shown, "ceiling": most.shown])
    if case .list(let list) = pieces { return list }
    return []
  }

  /// From the least to the most, of full marks.
  private var bar: ReportData {
    guard let least = card.total.floor, let most = card.total.ceiling, let full = card.total.maximum,
      full.units > 0
    else { return .absent }
    func place(_ figure: Figure) -> String {
      share(Int(figure.points.millionths), of: Int(full.points.millionths))
    }
    return [
      "width": .text(place(least)), "passX": .absent,
      "span": ["x": .text(place(least)), "width": .text(place(most - least))],
    ]
  }

  /// `62.68–92.90`, or the one figure it can only be.
  private func figure(_ line: Line) -> String {
    guard let floor = line.floor, let ceiling = line.ceiling else { return "–" }
    return floor == ceiling ? floor.shown : "\(floor.shown)–\(ceiling.shown)"
  }

  private func instrument(_ line: Line) -> ReportData {
    let isQuestionnaire = desk.rubric.instrument(line.code)?.questionnaire != nil
    return [
      "code": .text(line.code.text), "title": .text(line.title.in(words.language)),
      "figure": .text(figure(line)),
      "note": isQuestionnaire ? .text(words.say("self_check.open")) : .absent,
      "parts": .list(isQuestionnaire ? [] : line.parts.filter { $0.place == .indicator }.map(indicator)),
    ]
  }

  private func indicator(_ line: Line) -> ReportData {
    [
      "code": .text(line.code.text), "title": .text(line.title.in(words.language)),
      "figure": .text(figure(line)),
    ]
  }

  // What is lost.

  private var sections: [ReportData] {
    SubIndicator.all(of: desk).map { section in
      let rows = section.works.compactMap(row)
      let met = section.works.count - rows.count
      return [
        "code": .text(section.code), "title": .text(section.title.in(words.language).held),
        "figure": .text(card.line(Code(section.code)).map(figure) ?? "–"),
        "met": .text(words.say("self_check.met", ["count": met.shown, "all": section.works.count.shown])),
        "share": .text(share(met, of: section.works.count)),
        "rows": .list(rows.map { $0.data(words) }), "is_whole": .flag(rows.isEmpty),
      ]
    }
  }

  /// nil where the office's own mark is full.
  private func row(_ work: Registry.DisclosureWork) -> TaskRow? {
    let finding = work.submission.map { $0.ownMark(for: work.item) } ?? Finding(.pending)
    let loss = stakes.loss([work.item.code: finding])
    var row = TaskRow(
      code: work.item.code.text, title: work.item.title.in(words.language),
      href: paths.disclosure(work.item.code),
      state: work.state)
    switch finding.judgement {
    case .pending:
      guard work.submission?.isDisclosed == nil else { return nil }
      // Nothing has been said, so nothing is lost yet; it is all still to be had.
      row.meta = [work.progress(words)]
      row.fact = words.say(
        "self_check.to_gain", ["points": stakes.loss([work.item.code: Finding(.notMet)]).shown])
    case .elements(let shown):
      let missing = work.item.elements.filter { !shown.contains($0.key) }
      if missing.isEmpty { return nil }
      row.meta = [
        words.say("self_check.missing", ["elements": words.list(missing.map { $0.title.in(words.language) })])
      ]
      row.points = minus(loss)
    case .notMet:
      row.meta = [work.progress(words)]
      row.points = minus(loss)
    default: return nil
    }
    if pilots.contains(work.item.code) {
      row.points = nil
      row.fact = words.say("disclosures.pilot")
    }
    return row
  }

  private func minus(_ figure: Figure) -> String { Figure(units: -figure.units, places: figure.places).shown }
}
