import Integrity
import Reports
import Storage

/// What was found on a disclosure, in words: whether it is met, with how many points, by what and why.
struct Outcome {
  enum Kind: String {
    case met, partly
    case notMet = "not_met"
    case notApplicable = "not_applicable"
    /// Not judged, or left open.
    case open
  }

  let kind: Kind
  private let line: Line?
  private let judged: Registry.Judged?
  private let item: Item
  private let words: Wording

  init(_ item: Item, _ line: Line?, _ judged: Registry.Judged?, _ words: Wording) {
    (self.item, self.line, self.judged, self.words) = (item, line, judged, words)
    if case .notApplicable? = line?.outcome {
      kind = .notApplicable
    } else if let figure = line?.figure {
      kind = figure == line?.maximum ? .met : figure.points == .zero ? .notMet : .partly
    } else {
      kind = .open
    }
  }

  var title: String { words.say("outcome.\(kind.rawValue)") }

  /// `50 จาก 100`; nil without points.
  var points: String? {
    guard let figure = line?.figure else { return nil }
    return words.say(
      "outcome.points", ["points": figure.points.shown, "all": line?.maximum?.points.shown ?? "–"])
  }

  /// As a tag: its look and its words.
  var tag: ReportData {
    [
      "title": .text(title), "is_met": .flag(kind == .met),
      "is_short": .flag(kind == .notMet || kind == .partly),
    ]
  }

  /// For `parts/clarifying-outcome`.
  func data(_ dates: Dates) -> ReportData {
    let reason = judged?.finding.reason ?? ""
    let elements = elements
    return [
      "tag": tag, "points": ReportData(points), "reason": .text(reason), "has_reason": .flag(!reason.isEmpty),
      "elements": .list(elements), "has_elements": .flag(!elements.isEmpty),
      "when": ReportData(judged.map { words.say("outcome.on", ["day": dates.day($0.at.day)]) }),
      "who": ReportData(judged?.assessor),
    ]
  }

  /// What the item must show, and which of it was found, where that was judged one by one.
  private var elements: [ReportData] {
    guard case .elements(let found)? = judged?.finding.judgement else { return [] }
    return item.elements.map { element in
      [
        "title": .text(element.title.in(words.language).held),
        "is_found": .flag(found.contains(element.key)),
      ]
    }
  }
}

extension Registry.Judged {
  /// Links as they were seen, for `parts/clarifying-seen`.
  func seenLinks(_ words: Wording, _ dates: Dates) -> ReportData {
    .list(
      seen.map { look in
        [
          "link": .text(look.link),
          "open": Evidence.flaw(ofLink: look.link) == nil ? .text(look.link) : .absent,
          "state": .text(words.say("seen_state.\(look.state.rawValue)")),
          "is_opened": .flag(look.state == .opened),
          "when": .text(words.say("outcome.seen_at", ["moment": dates.moment(look.at)])),
        ]
      })
  }
}
