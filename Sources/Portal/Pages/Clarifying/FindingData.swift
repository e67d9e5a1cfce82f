import Integrity
import Reports
import Storage

/// What the page of one finding shows: the first and the final finding side by side, and the form that contests it.
struct FindingData {
  private let desk: Registry.FindingsDesk
  private let result: Registry.ItemResult
  private let entered: Entered
  private let signedIn: SignedIn
  private let words: Wording
  private let dates: Dates
  private let paths: Paths
  private let sheet: ContestSheet

  init(
    _ desk: Registry.FindingsDesk, _ result: Registry.ItemResult, _ entered: Entered, _ signedIn: SignedIn
  ) throws {
    (self.desk, self.result, self.entered, self.signedIn) = (desk, result, entered, signedIn)
    words = try signedIn.words()
    dates = Dates(signedIn.visit.visitor)
    paths = Paths(cycle: desk.cycle.code, office: desk.office.code)
    var sheet = ContestSheet(result.submission)
    if let fields = entered.fields, fields.has("statement") {
      sheet = try ContestSheet(fields, result.submission)
      if case .links(let wish) = try ContestWish(fields) { sheet.links.carryOut(wish) }
    }
    self.sheet = sheet
  }

  private var item: Item { result.item }
  private var first: Outcome { Outcome(item, result.firstLine, result.first, words) }

  var title: String { words.facts([item.code.text, item.title.in(words.language)]) }

  /// Whether the reader may contest it now; what has full marks leaves nothing to contest.
  private var mayContest: Bool {
    result.refusal == nil && result.first != nil && (first.kind == .notMet || first.kind == .partly)
  }

  var fields: [String: ReportData] {
    get throws {
      let card = SubmittedCard(submission: result.submission, item: item, paths: paths, words: words)
      let final = result.final.map { Outcome(item, result.finalLine, $0, words).data(dates) }
      return [
        "back": .text(paths.findings), "code": .text(item.code.text),
        "place": .text(
          words.facts([
            desk.office.shortName(words).held,
            words.say("banner.year", ["year": words.year(desk.cycle.year)]).held,
          ])),
        "heading": .text(item.title.in(words.language).held),
        "state": result.isUndecided ? WorkState.contested.data(words) : .absent,
        "first": first.data(dates), "final": final ?? .absent,
        "is_waiting": .flag(result.isUndecided), "accepted": .flag(isAccepted),
        "seen": result.first?.seenLinks(words, dates) ?? .list([]),
        "has_seen": .flag(!(result.first?.seen ?? []).isEmpty),
        "submitted": card.data, "statement": result.contest?.data(card, dates) ?? .absent,
        "contest": mayContest ? try contest(card) : .absent,
        "note": ReportData(note), "unsaved": ReportData(unsaved), "next": next,
      ]
    }
  }

  private var phase: Phase {
    desk.cycle.phase(of: result.instrument, for: desk.office.code, at: signedIn.now)
  }

  /// Not contested in time: the first finding stands. Derived, never kept.
  private var isAccepted: Bool {
    phase > .clarifying && result.contest == nil && result.final == nil && first.kind != .met
      && result.first != nil
  }

  /// Why there is nothing to do here for whoever might think so.
  private var note: String? {
    guard phase == .clarifying, result.contest == nil, first.kind == .notMet || first.kind == .partly else {
      return nil
    }
    return result.refusal == nil ? nil : words.say("contest.director_only")
  }

  /// What was typed and cannot be sent any more.
  private var unsaved: String? {
    guard !mayContest, let fields = entered.fields, fields.has("statement") else { return nil }
    let text = ([sheet.statement] + sheet.pointers.flatMap { [$0.page, $0.quote] })
      .filter { !$0.isEmpty }.joined(separator: "\n")
    return text.isEmpty ? nil : text
  }

  // The form.

  private func contest(_ card: SubmittedCard) throws -> ReportData {
    let closes = desk.cycle.schedule?.clarifying.closes ?? signedIn.now
    let admits = desk.cycle.schedule?.admitsFurtherProof ?? false
    let pieces = (result.submission?.evidence ?? []).enumerated().map { place, evidence in
      piece(place, evidence, card)
    }
    return [
      "form": try signedIn.visit.form(paths.finding(item.code), entered).with([
        "faults_title": .text(words.say("contest.faults", ["count": "\(entered.faults.count)"]))
      ]),
      "consequence": .text(
        words.say(
          "contest.consequence",
          [
            "moment": dates.moment(closes).kept,
            "left": dates.left(until: closes, from: signedIn.now, words).kept,
          ])),
      "statement": try signedIn.visit.field("statement", in: "contest", entered, or: sheet.statement),
      "pieces": .list(pieces), "has_pieces": .flag(!pieces.isEmpty),
      "admits": .flag(admits),
      "links": sheet.links.data(entered, words),
      "is_sure": .flag(sheet.isSure), "sure_fault": ReportData(entered.fault("sure")),
    ]
  }

  private func piece(_ place: Int, _ evidence: Evidence, _ card: SubmittedCard) -> ReportData {
    let pointer = sheet.pointers.indices.contains(place) ? sheet.pointers[place] : ContestSheet.Pointer()
    var fields: [String: ReportData] = [
      "place": .text("\(place)"), "is_chosen": .flag(pointer.isChosen), "typed_page": .text(pointer.page),
      "typed_quote": .text(pointer.quote), "fault": ReportData(entered.fault("piece-\(place)")),
      "page_fault": ReportData(entered.fault("page-of-\(place)")),
      "quote_fault": ReportData(entered.fault("quote-of-\(place)")),
    ]
    if case .record(let own) = card.piece(evidence) { fields.merge(own) { a, _ in a } }
    return .record(fields)
  }

  /// The next disclosure that lost points, or else the next one.
  private var next: ReportData {
    guard let place = desk.results.firstIndex(where: { $0.item.code == item.code }) else { return .absent }
    let rest = desk.results[(place + 1)...]
    let short = rest.first { result in
      let kind = Outcome(result.item, result.firstLine, result.first, words).kind
      return kind == .notMet || kind == .partly
    }
    guard let next = short ?? rest.first else { return .absent }
    return ["href": .text(paths.finding(next.item.code)), "code": .text(next.item.code.text)]
  }
}
