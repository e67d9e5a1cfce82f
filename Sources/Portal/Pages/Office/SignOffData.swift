import Integrity
import Reports
import Storage

/// What a director has to know before signing: what would be sent, what would not, and what that costs.
struct SignOffData {
  private let desk: Registry.OfficeDesk
  private let session: Registry.Session
  private let now: Moment
  private let words: Wording
  private let dates: Dates
  private let paths: Paths
  private let range: ScoreRange?
  private let ready: [Registry.DisclosureWork]
  private let sent: [Registry.DisclosureWork]
  private let left: [Registry.DisclosureWork]

  private let pilots: Set<Code<Node>>

  init(
    _ desk: Registry.OfficeDesk, by session: Registry.Session, at now: Moment, _ words: Wording,
    _ dates: Dates
  ) {
    (self.desk, self.session, self.now, self.words, self.dates) = (desk, session, now, words, dates)
    paths = Paths(cycle: desk.cycle.code, office: desk.office.code)
    range = ScoreRange(desk, at: now)
    pilots = desk.rubric.pilots
    ready = desk.works.filter { $0.state == .ready }
    sent = desk.works.filter { $0.state == .submitted }
    left = desk.works.filter { !$0.state.isReady }
  }

  private var code: String { desk.instrument?.code.text ?? "" }
  private var window: Window? { desk.openWindow(at: now) }
  private func count(_ works: [Registry.DisclosureWork]) -> String { works.count.shown }

  private func unit(_ works: [Registry.DisclosureWork]) -> String {
    words.say(works.count == 1 ? "sign_off.item" : "sign_off.items")
  }

  var fields: [String: ReportData] {
    let refusal = desk.refusal(.submit, standing: .ready, by: session.who, at: now)
    return [
      "heading": .text(words.say("sign_off.heading", ["code": code])), "place": .text(desk.place(words)),
      "ready": .text(count(ready)), "ready_unit": .text(unit(ready)), "left": .text(count(left)),
      "left_unit": .text(unit(left)), "most": .text(range?.today.shown ?? "–"),
      "sent": sent.isEmpty ? .absent : .text(words.say("sign_off.sent", ["count": count(sent)])),
      "receipts": desk.receipts.isEmpty ? .absent : .text(paths.receipts),
      "share": .text(share(ready.count + sent.count, of: desk.works.count)), "consequence": consequence,
      "rows": .list(rows), "has_rows": .flag(!left.isEmpty),
      "stake": .text(range.map { words.say("sign_off.stake", ["points": stake(left, in: $0).shown]) } ?? ""),
      "see_ready": ready.isEmpty
        ? .absent
        : [
          "href": .text(paths.disclosures + "?state=ready"),
          "text": .text(words.say("sign_off.see_ready", ["count": count(ready)])),
        ],
      "sign": refusal == nil && !ready.isEmpty ? sign : .absent,
      "nothing": refusal == nil && ready.isEmpty ? .text(nothing) : .absent,
      "refusal": ReportData(refusal?.said(in: words.language).sentence(in: words.language)),
      "back": .text(left.isEmpty ? paths.home : paths.disclosures),
      "back_name": .text(words.say(left.isEmpty ? "sign_off.home" : "sign_off.back")),
    ]
  }

  /// What a pilot is worth counts for nothing.
  private func stake(_ works: [Registry.DisclosureWork], in range: ScoreRange) -> Figure {
    range.stake(of: Set(works.filter { !pilots.contains($0.item.code) }.map(\.item.code)))
  }

  // What it costs.

  private var consequence: ReportData {
    guard window != nil, let range, let level = range.level?.title.in(words.language) else { return .absent }
    guard let obstacle = range.obstacles.first else {
      return ["is_best": true, "text": words.pieces("sign_off.best_level", strong: ["level": level])]
    }
    let blanks = [
      "most": obstacle.most.shown, "least": obstacle.least.shown, "code": obstacle.node.text,
      "next": range.next?.title.in(words.language) ?? "",
    ]
    let name = obstacle.isTotal ? "sign_off.level_by_total" : "sign_off.level_by_part"
    return ["is_best": .absent, "text": words.pieces(name, strong: ["level": level], plain: blanks)]
  }

  private var rows: [ReportData] {
    let entries = left.enumerated().map { place, work in
      (place: place, work: work, points: range?.stake(of: work.item.code))
    }
    // The dearest first.
    let sorted = entries.sorted { a, b in
      (b.points?.units ?? 0, a.place) < (a.points?.units ?? 0, b.place)
    }
    return sorted.map { _, work, points in
      var row = work.row(desk, paths, words, points: points)
      row.points = points?.lost
      if pilots.contains(work.item.code) {
        row.points = nil
        row.fact = words.say("sign_off.pilot")
      }
      return row.data(words)
    }
  }

  // Signing.

  private var sign: ReportData {
    let signing = Signing(session.who, for: desk.office, on: now.day)
    let closes = window.map { dates.moment($0.closes) } ?? "–"
    return [
      "seen": .text(Seen(ready).text),
      "what": words.pieces(
        left.isEmpty ? "sign_off.all_sent" : "sign_off.what_sent",
        strong: ["not_sent": words.say("sign_off.not_sent")],
        plain: ["count": count(ready), "left": count(left)]),
      "until": .text(words.say("sign_off.until", ["moment": closes])),
      "links": .text(links), "signer": .text(session.name),
      "title": .text(signing.title(of: desk.office, words)),
      "order": ReportData(signing.order(words, dates)),
      "accept": .text(
        words.say(
          left.isEmpty ? "sign_off.accept_all" : "sign_off.accept",
          ["count": count(ready), "left": count(left)])),
      "button": .text(words.say("sign_off.button", ["count": count(ready)])),
    ]
  }

  /// Until when what is linked must be there to be seen.
  private var links: String {
    guard let end = desk.cycle.schedule?.assessing else { return words.say("sign_off.links") }
    return words.say("sign_off.links_until", ["day": dates.last(of: end)])
  }

  private var nothing: String {
    if left.isEmpty { return words.say("sign_off.nothing_all_sent") }
    return words.say(sent.isEmpty ? "sign_off.nothing_ready" : "sign_off.nothing_more")
  }
}
