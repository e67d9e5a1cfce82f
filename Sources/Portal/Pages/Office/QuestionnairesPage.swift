import Hummingbird
import Integrity
import Reports
import Storage

/// How far an office's questionnaires have come, in steps too coarse to tell on anybody, and whom they may ask.
enum QuestionnairesPage {
  static let routes: [Route] =
    [
      .page(Paths.home + "/questionnaires") { signedIn in
        let (desk, words, paths) = (try await signedIn.ownDesk(), try signedIn.words(), try signedIn.paths())
        let dates = Dates(signedIn.visit.visitor)
        let cards = desk.questionnaires.map { QuestionnaireCard($0, desk, at: signedIn.now, words, dates) }
        let may = desk.questionnaires.contains {
          desk.refusalToCount($0, by: signedIn.session.who, at: signedIn.now) == nil
        }
        let ways = try await WaysToAnswer(desk, signedIn).data
        return try signedIn.page(
          "pages/questionnaires", title: words.say("questionnaires.title"),
          [
            "heading": .text(words.say("questionnaires.heading", ["codes": codes(desk)])),
            "place": .text(desk.place(words)), "cards": .list(cards.map(\.data)), "may": .flag(may),
            "stakeholders": .text(paths.stakeholders), "ways": .list(ways), "has_ways": .flag(!ways.isEmpty),
          ], frame: try signedIn.frame(.questionnaires, desk))
      }
    ] + StakeholdersPage.routes

  static func codes(_ desk: Registry.OfficeDesk) -> String {
    desk.questionnaires.map(\.code.text).joined(separator: " / ")
  }
}

extension Registry.OfficeDesk {
  var questionnaires: [Instrument] { rubric.instruments.filter { $0.questionnaire != nil } }

  /// What the permission room says to entering how many people a questionnaire may ask.
  func refusalToCount(_ questionnaire: Instrument, by who: Person, at now: Moment) -> Refusal? {
    Conduct.may(
      .enterStakeholders, in: Matter(cycle: cycle, office: office.code, instrument: questionnaire), by: who,
      at: now)
  }
}

/// One questionnaire of an office.
struct QuestionnaireCard {
  private let instrument: Instrument
  private let desk: Registry.OfficeDesk
  private let now: Moment
  private let words: Wording
  private let dates: Dates

  init(
    _ instrument: Instrument, _ desk: Registry.OfficeDesk, at now: Moment, _ words: Wording, _ dates: Dates
  ) {
    (self.instrument, self.desk, self.now) = (instrument, desk, now)
    (self.words, self.dates) = (words, dates)
  }

  private var responses: Registry.Responses? { desk.responses[instrument.code] }

  var data: ReportData {
    let progress = responses?.progress
    let filled = progress == .full ? 2 : progress == .half ? 1 : 0
    return [
      "code": .text(instrument.code.text), "title": .text(instrument.title.in(words.language).held),
      "progress": .text(progress.map { words.say("home.progress_\($0.rawValue)") } ?? "–"),
      "is_full": .flag(progress == .full), "has_number": .flag(responses?.stakeholders != nil),
      "segments": .list((1...2).map { ["is_filled": .flag($0 <= filled)] }),
      "stakeholders": .text(
        responses?.stakeholders.map { words.say("questionnaires.people", ["count": $0.shown]) }
          ?? words.say("questionnaires.not_given")),
      "minimum": .text(
        responses?.minimum.map { words.say("questionnaires.people", ["count": $0.shown]) }
          ?? words.say("questionnaires.unknown")),
      "rule": ReportData(instrument.sampleRule(words)), "window": window,
    ]
  }

  private var window: ReportData {
    guard let window = desk.cycle.window(of: instrument.code, for: desk.office.code) else { return .absent }
    switch desk.cycle.phase(of: instrument, for: desk.office.code, at: now) {
    case .preparing:
      return [
        "label": .text(words.say("questionnaires.opens")), "moment": .text(dates.moment(window.opens).kept),
        "left": .absent,
      ]
    case .collecting:
      return [
        "label": .text(words.say("questionnaires.closes")), "moment": .text(dates.moment(window.closes).kept),
        "left": .text(dates.left(until: window.closes, from: now, words)),
      ]
    default:
      return [
        "label": .text(words.say("questionnaires.closed")), "moment": .text(dates.moment(window.closes).kept),
        "left": .absent,
      ]
    }
  }
}

extension Instrument {
  /// How the minimum comes about, as a sentence; nil where there is no such rule.
  func sampleRule(_ words: Wording) -> String? {
    guard let questionnaire else { return nil }
    guard let sample = questionnaire.sample else {
      guard case .number(let least) = questionnaire.least else { return nil }
      return words.say("questionnaires.rule_number", ["count": least.shown])
    }
    let rest = words.say(
      "questionnaires.rule_share", ["share": sample.share.shown, "least": sample.atLeast.shown])
    let small = words.say("questionnaires.rule_everyone", ["count": sample.everyoneUpTo.shown])
    var parts = sample.everyoneUpTo > 0 ? [small, rest] : [rest]
    if let above = sample.above, let then = sample.then {
      parts.append(words.say("questionnaires.rule_above", ["above": above.shown, "count": then.shown]))
    }
    return parts.joined(separator: words.say("questionnaires.rule_join"))
  }

  /// What the rule means for a number: `124 คน (ร้อยละ 10 และไม่น้อยกว่า 30 คน)`.
  func minimum(of stakeholders: Int, _ words: Wording) -> String? {
    guard let questionnaire, let minimum = questionnaire.minimum(ofStakeholders: stakeholders) else {
      return nil
    }
    let people = words.say("questionnaires.people", ["count": minimum.shown])
    guard let sample = questionnaire.sample else { return people }
    let why: String
    if stakeholders <= sample.everyoneUpTo {
      why = words.say("questionnaires.why_everyone")
    } else if let above = sample.above, stakeholders > above {
      why = words.say("questionnaires.why_above", ["above": above.shown])
    } else {
      why = words.say(
        "questionnaires.why_share", ["share": sample.share.shown, "least": sample.atLeast.shown])
    }
    return "\(people) (\(why))"
  }
}
