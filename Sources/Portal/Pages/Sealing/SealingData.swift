import Integrity
import Reports
import Storage

/// What the committee sees before it seals: what keeps from it, what is to be known, and who has agreed to what.
struct SealingData {
  private let desk: Registry.SealingDesk
  private let reader: Code<Person>
  private let words: Wording
  private let dates: Dates
  private let paths: SealingPaths

  init(_ desk: Registry.SealingDesk, by reader: Code<Person>, _ words: Wording, _ dates: Dates) {
    (self.desk, self.reader, self.words, self.dates) = (desk, reader, words, dates)
    paths = SealingPaths(cycle: desk.cycle.code)
  }

  private var stage: Cycle.Stage { desk.cycle.stage }
  private var isSealed: Bool { stage == .sealed || stage == .published }
  private var language: Language { words.language }

  var title: String { words.say(isSealed ? "sealing.title_sealed" : "sealing.title") }

  var fields: [String: ReportData] {
    var fields: [String: ReportData] = [
      "heading": .text(title), "place": .text(place), "results": .text(paths.results),
      "is_sealed": .flag(isSealed), "has_check": .flag(desk.check != nil && !isSealed),
      "amendments_href": .text(paths.amendments), "amend": amending,
    ]
    fields["sealed"] = sealed
    fields["publish"] = publishing
    fields["published"] = published
    if let check = desk.check, !isSealed {
      fields["figures"] = figures(check)
      fields["checks"] = .list(checks(check))
      fields["digest"] = .list(check.digest.digestGroups.map { .text($0) })
      fields["agreements"] = .list(current.map(agreement))
      fields["has_agreements"] = .flag(!current.isEmpty)
      fields["outdated"] = outdated(check)
      fields["agree"] = agreeing(check)
    }
    fields["refusal"] = refusal
    return fields
  }

  private var place: String {
    words.facts([
      words.say("banner.year", ["year": words.year(desk.cycle.year)]),
      desk.check.map { words.say("published.count", ["count": $0.offices.shown]) } ?? "",
    ])
  }

  // What is there.

  private func figures(_ check: Registry.SealingCheck) -> ReportData {
    let open = count(check.pending) + count(check.undecided)
    return [
      "offices": .text(check.offices.shown), "final": .text((check.offices - check.unranked.count).shown),
      "open": .text(open.shown),
    ]
  }

  private func count(_ places: [Registry.SealingCheck.Place]) -> Int {
    places.reduce(0) { $0 + $1.nodes.count }
  }

  /// The most offices a list names.
  private static let most = 40

  private func checks(_ check: Registry.SealingCheck) -> [ReportData] {
    [
      schedule(),
      row("judged", check.pending, isBlocking: true, detail: { self.words.list($0.nodes.map(\.text)) }),
      row("decided", check.undecided, isBlocking: true, detail: { self.words.list($0.nodes.map(\.text)) }),
      row(
        "unranked", check.unranked, isBlocking: false,
        detail: { self.words.say("sealing.lacks", ["codes": self.words.list($0.nodes.map(\.text))]) }),
      row("withheld", check.withheld, isBlocking: false, detail: { self.words.list($0.nodes.map(\.text)) }),
      row("opened", check.unopened, isBlocking: false, detail: { _ in "" }),
      row("corrected", check.corrected, isBlocking: false, detail: { self.words.list($0.nodes.map(\.text)) }),
    ]
  }

  /// The last window has closed, or when it will.
  private func schedule() -> ReportData {
    let isOver: Bool =
      switch desk.sealing?.reason {
      case .phase?: false
      default: true
      }
    return [
      "tone": .text(isOver ? "ok" : "stop"), "is_ok": .flag(isOver), "is_stop": .flag(!isOver),
      "is_known": .absent,
      "title": .text(words.say(isOver ? "sealing.schedule_over" : "sealing.schedule_open")),
      "fact": .text(words.say("sealing.schedule_fact", ["moment": dates.moment(desk.cycle.end).kept])),
      "offices": .list([]), "has_offices": .absent, "more": .absent, "see": .absent,
    ]
  }

  private func row(
    _ name: String, _ places: [Registry.SealingCheck.Place], isBlocking: Bool,
    detail: (Registry.SealingCheck.Place) -> String
  ) -> ReportData {
    let isClear = places.isEmpty
    let blanks = ["offices": places.count.shown, "items": count(places).shown]
    return [
      "tone": .text(isClear ? "ok" : isBlocking ? "stop" : "known"), "is_ok": .flag(isClear),
      "is_stop": .flag(!isClear && isBlocking), "is_known": .flag(!isClear && !isBlocking),
      "title": .text(words.say(isClear ? "sealing.\(name)_none" : "sealing.\(name)_some", blanks)),
      "fact": .text(isClear ? "" : words.say("sealing.\(name)_fact")),
      "has_offices": .flag(!isClear), "see": .text(words.say("sealing.see", blanks)),
      "offices": .list(
        places.prefix(SealingData.most).map { place in
          [
            "href": .text(paths.scorecard(place.office)),
            "name": .text(Office(code: place.office, name: place.name).shortName(words).held),
            "detail": .text(detail(place)),
          ]
        }),
      "more": places.count > SealingData.most
        ? .text(words.say("sealing.more", ["count": (places.count - SealingData.most).shown])) : .absent,
    ]
  }

  // Agreeing.

  /// To what would be sealed now, or was sealed.
  private var current: [Registry.SealingAgreement] {
    desk.agreements.filter { $0.digest == desk.check?.digest }
  }

  private func agreement(_ agreement: Registry.SealingAgreement) -> ReportData {
    [
      "name": .text(agreement.name), "at": .text(dates.exact(agreement.at)),
      "is_reader": .flag(agreement.person == reader),
    ]
  }

  /// Somebody has agreed to results that have changed since.
  private func outdated(_ check: Registry.SealingCheck) -> ReportData {
    guard current.isEmpty, let last = desk.agreements.last else { return .absent }
    return .text(
      words.say("sealing.outdated", ["name": last.name, "moment": dates.moment(last.at).kept]))
  }

  private func agreeing(_ check: Registry.SealingCheck) -> ReportData {
    guard desk.sealing == nil, check.isReady else { return .absent }
    let isSecond = !current.isEmpty
    let blanks = ["offices": check.offices.shown, "unranked": check.unranked.count.shown]
    var consequences = [words.say("sealing.what_same")]
    consequences.append(words.say(isSecond ? "sealing.what_second" : "sealing.what_first"))
    if !check.unranked.isEmpty { consequences.append(words.say("sealing.what_unranked", blanks)) }
    consequences.append(words.say("sealing.what_after"))
    return [
      "seen": .text(check.digest), "what": .list(consequences.map { .text($0) }),
      "heading": .text(words.say(isSecond ? "sealing.when_second" : "sealing.when_first")),
      "accept": .text(words.say("sealing.accept", blanks)),
      "button": .text(words.say(isSecond ? "sealing.button_second" : "sealing.button_first", blanks)),
    ]
  }

  /// Why there is no form, where none is there.
  private var refusal: ReportData {
    if stage == .published { return .absent }
    let refused = isSealed ? desk.publishing : desk.sealing
    if case .alreadyAgreed? = refused?.reason, let own = current.first(where: { $0.person == reader }) {
      return .text(words.say("sealing.waits", ["moment": dates.moment(own.at).kept]))
    }
    if let refused { return .text(refused.said(in: language).sentence(in: language)) }
    if !isSealed, let check = desk.check, !check.isReady { return .text(words.say("sealing.not_ready")) }
    return .absent
  }

  // Afterwards.

  private var sealed: ReportData {
    guard isSealed, let check = desk.check else { return .absent }
    return [
      "at": .text(desk.sealedAt.map { dates.exact($0) } ?? "–"),
      "members": .list(current.map(agreement)), "offices": .text(check.offices.shown),
      "final": .text((check.offices - check.unranked.count).shown),
      "digest": .list(check.digest.digestGroups.map { .text($0) }),
    ]
  }

  private var publishing: ReportData {
    guard stage == .sealed, desk.publishing == nil, let check = desk.check else { return .absent }
    let blanks = ["offices": check.offices.shown]
    return [
      "what": .list(
        ["publish_what_all", "publish_what_data", "publish_what_final"].map {
          .text(words.say("sealing.\($0)", blanks))
        }),
      "accept": .text(words.say("sealing.publish_accept", blanks)),
      "button": .text(words.say("sealing.publish_button", blanks)),
    ]
  }

  private var published: ReportData {
    guard stage == .published else { return .absent }
    return [
      "at": .text(desk.publishedAt.map { dates.exact($0) } ?? "–"),
      "href": .text(PublicPaths(asked: nil).results(desk.cycle.code)),
    ]
  }

  private var amending: ReportData {
    guard isSealed else { return .absent }
    return [
      "waiting": desk.waiting == 0
        ? .absent : .text(words.say("sealing.amend_waiting", ["count": desk.waiting.shown])),
      "made": .text(
        desk.amended == 0
          ? words.say("sealing.amend_none") : words.say("sealing.amend_made", ["count": desk.amended.shown])),
    ]
  }
}
