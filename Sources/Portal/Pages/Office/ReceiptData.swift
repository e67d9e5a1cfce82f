import Integrity
import Reports
import Storage

/// A receipt as its page shows it, and what comes next.
struct ReceiptData {
  private let receipt: Registry.Receipt
  private let desk: Registry.OfficeDesk
  private let who: Person
  private let now: Moment
  private let words: Wording
  private let dates: Dates
  private let paths: Paths

  init(
    _ receipt: Registry.Receipt, _ desk: Registry.OfficeDesk, by who: Person, at now: Moment,
    _ words: Wording,
    _ dates: Dates
  ) {
    (self.receipt, self.desk, self.who, self.now) = (receipt, desk, who, now)
    (self.words, self.dates) = (words, dates)
    paths = Paths(cycle: desk.cycle.code, office: desk.office.code)
  }

  private var work: [Code<Node>: Registry.DisclosureWork] {
    Dictionary(desk.works.map { ($0.item.code, $0) }) { a, _ in a }
  }

  var fields: [String: ReportData] {
    let signing = Signing(receipt.acting)
    return [
      "heading": .text(
        words.say(
          "receipt.heading",
          [
            "code": receipt.items.first.flatMap { work[$0]?.instrument.code.text } ?? "",
            "count": receipt.items.count.shown,
          ])),
      "place": .text(desk.place(words)), "office": .text(desk.office.name.in(words.language)),
      "number": .text(receipt.number), "moment": .text(dates.exact(receipt.at)),
      "signer": .text(receipt.signer),
      "capacity": .text(signing.title(of: desk.office, words)),
      "order": ReportData(signing.order(words, dates)),
      "sent": .text(
        words.say(
          "receipt.sent",
          [
            "count": receipt.items.count.shown, "links": receipt.links.shown, "files": receipt.files.shown,
          ])),
      "not_sent": .text(
        receipt.notSent.isEmpty
          ? words.say("receipt.none") : receipt.notSent.map(\.text).joined(separator: ", ")),
      "digest": .list(digest), "since": since, "items": .list(items),
      "see_items": .text(words.say("receipt.see_items", ["count": receipt.items.count.shown])),
      "table": .text(paths.receipt(receipt.number) + "/submitted.csv"), "next": .list(next),
      "has_next": .flag(!next.isEmpty), "list": .text(paths.receipts), "more": .flag(desk.receipts.count > 1),
    ]
  }

  private var digest: [ReportData] { receipt.digest.digestGroups.map { .text($0) } }

  private var items: [ReportData] {
    receipt.items.map { item in
      [
        "code": .text(item.text), "title": .text(work[item]?.item.title.in(words.language).held ?? ""),
        "href": .text(paths.disclosure(item)),
      ]
    }
  }

  /// What has become of it since: the receipt stays as it was.
  private var since: ReportData {
    let later = Set(desk.receipts.prefix { $0.number != receipt.number }.flatMap(\.items))
    let again = receipt.items.filter { later.contains($0) && work[$0]?.state == .submitted }
    let recalled = receipt.items.filter { work[$0]?.state != .submitted }
    func said(_ name: String, _ items: [Code<Node>]) -> String {
      items.isEmpty ? "" : words.say(name, ["items": items.map(\.text).joined(separator: ", ")])
    }
    let text = [said("receipt.recalled", recalled), said("receipt.again", again)].filter { !$0.isEmpty }
    return text.isEmpty ? .absent : .text(text.joined(separator: " "))
  }

  // What comes next.

  private var next: [ReportData] {
    guard let schedule = desk.cycle.schedule, desk.cycle.stage == .open else { return [] }
    var steps: [ReportData] = []
    if let window = desk.openWindow(at: now) {
      let left = desk.works.count { $0.state != .submitted }
      let may = desk.refusal(.recall, standing: .submitted, by: who, at: now) == nil
      let hasSent = left < desk.works.count
      steps.append([
        "when": .text(words.say("receipt.until", ["moment": dates.shortMoment(window.closes)])),
        "what": .text(
          left == 0 ? words.say("receipt.next_recall") : words.say("receipt.next_left", ["count": left.shown])
        ),
        "link": may && hasSent
          ? ["href": .text(paths.recall), "text": .text(words.say("receipt.recall"))] : .absent,
      ])
    }
    if now < schedule.assessing.closes {
      steps.append([
        "when": .text(dates.span(schedule.assessing).kept),
        "what": .text(words.say("receipt.next_assessing")),
        "link": .absent,
      ])
    }
    if now < schedule.clarifying.closes {
      steps.append([
        "when": .text(dates.span(schedule.clarifying).kept),
        "what": .text(words.say("receipt.next_clarifying")),
        "link": .absent,
      ])
    }
    return steps
  }
}

/// Every receipt of an office.
struct ReceiptList {
  private let desk: Registry.OfficeDesk
  private let words: Wording
  private let dates: Dates

  init(_ desk: Registry.OfficeDesk, _ words: Wording, _ dates: Dates) {
    (self.desk, self.words, self.dates) = (desk, words, dates)
  }

  var fields: [String: ReportData] {
    let paths = Paths(cycle: desk.cycle.code, office: desk.office.code)
    return [
      "heading": .text(words.say("receipt.list_title")), "place": .text(desk.place(words)),
      "sign_off": .text(paths.signOff), "is_empty": .flag(desk.receipts.isEmpty),
      "receipts": .list(
        desk.receipts.map { receipt in
          [
            "number": .text(receipt.number), "href": .text(paths.receipt(receipt.number)),
            "moment": .text(dates.exact(receipt.at)), "signer": .text(receipt.signer),
            "count": .text(words.say("receipt.count", ["count": receipt.items.count.shown])),
          ]
        }),
    ]
  }
}
