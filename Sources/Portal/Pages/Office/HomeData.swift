import Integrity
import Reports
import Storage

/// The overview of an office: the year's steps, a card an instrument, what to do next and what may still be reached.
struct HomeData {
  let desk: Registry.OfficeDesk
  let may: Set<Act>
  let now: Moment
  let words: Wording
  let dates: Dates
  let paths: Paths
  let range: ScoreRange?

  init(_ desk: Registry.OfficeDesk, may: Set<Act>, at now: Moment, _ words: Wording, _ dates: Dates) {
    self.desk = desk
    self.may = may
    self.now = now
    self.words = words
    self.dates = dates
    paths = Paths(cycle: desk.cycle.code, office: desk.office.code)
    range = ScoreRange(desk, at: now)
  }

  /// The instrument of disclosures, which sets the pace of an office's year.
  private var disclosures: Instrument? { desk.works.first?.instrument }

  var phase: Phase {
    disclosures.map { desk.cycle.phase(of: $0, for: desk.office.code, at: now) } ?? desk.cycle.phase(at: now)
  }

  var fields: [String: ReportData] {
    let tasks = HomeTasks(self)
    let groups = tasks.groups
    return [
      "office": .text(desk.office.name.in(words.language)),
      "heading": .text(words.say("home.heading", ["year": words.year(desk.cycle.year)])),
      "action": action, "steps": steps, "cards": .list(cards),
      "tasks": .list(groups), "has_tasks": .flag(!groups.isEmpty),
      "nothing": .text(tasks.nothing),
      // What was found is shown with the results; until then nothing is known but what the office says itself.
      "range": desk.cycle.stage == .published
        ? .absent : range.map { ScoreRangeChart($0, desk, phase, words).data } ?? .absent,
    ]
  }

  /// The one blue button of whoever has something to decide.
  private var action: ReportData {
    if phase == .clarifying {
      let name = words.say(desk.openedAt == nil ? "findings.to_open" : "findings.to_read")
      return ["href": .text(paths.findings), "name": .text(name)]
    }
    if phase == .published {
      let published = PublicPaths(asked: nil).office(desk.office.code, in: desk.cycle.code)
      return ["href": .text(published), "name": .text(words.say("home.see_published"))]
    }
    if may.contains(.submit) { return ["href": .text(paths.signOff), "name": .text(words.say("home.sign"))] }
    if may.contains(.pass) { return ["href": .text(paths.review), "name": .text(words.say("home.review"))] }
    return .absent
  }

  // The year.

  private var steps: ReportData {
    let now = phase
    let all = Phase.allCases
    let list = all.map { step -> ReportData in
      [
        "name": .text(step.title.in(words.language).sentence(in: words.language)),
        "dates": ReportData(span(of: step)),
        "is_done": .flag(step < now), "is_now": .flag(step == now), "is_coming": .flag(now < step),
      ]
    }
    let index = all.firstIndex(of: now) ?? 0
    let next = all.indices.contains(index + 1) ? all[index + 1] : nil
    return [
      "list": .list(list),
      "spoken": words.pieces(
        "home.step", strong: ["phase": now.title.in(words.language)],
        plain: ["number": "\(index + 1)", "all": "\(all.count)"]),
      "next": ReportData(
        next.map { next in
          let name = next.title.in(words.language)
          return words.say(
            "home.next_step", ["phase": [name, span(of: next)].compactMap { $0 }.joined(separator: " ")])
        }),
    ]
  }

  /// When a step is, as far as the schedule says.
  private func span(of step: Phase) -> String? {
    guard let schedule = desk.cycle.schedule else { return nil }
    switch step {
    case .preparing, .published: return nil
    case .collecting:
      guard let window = disclosures.flatMap({ desk.cycle.window(of: $0.code, for: desk.office.code) }) else {
        return nil
      }
      if now < window.opens { return dates.span(window) }
      return words.say("home.until", ["day": dates.short(window.lastDay)])
    case .assessing: return dates.span(schedule.assessing)
    case .clarifying: return dates.span(schedule.clarifying)
    case .deciding: return words.say("home.from", ["day": dates.short(desk.cycle.end.day)])
    }
  }

  // Cards.

  private var cards: [ReportData] {
    let shown = desk.rubric.instruments.filter { instrument in
      instrument.questionnaire != nil || desk.works.contains { $0.instrument.code == instrument.code }
    }
    // What the office itself does comes first.
    return (shown.filter { $0.questionnaire == nil } + shown.filter { $0.questionnaire != nil }).map(card)
  }

  private func card(_ instrument: Instrument) -> ReportData {
    var fields: [String: ReportData] = [
      "code": .text(instrument.code.text), "title": .text(instrument.title.in(words.language).held),
      "disclosures": .absent,
      "questionnaire": .absent,
    ]
    if instrument.questionnaire == nil {
      fields["disclosures"] = disclosuresCard(instrument)
    } else {
      fields["questionnaire"] = questionnaireCard(desk.responses[instrument.code])
    }
    return .record(fields)
  }

  private func disclosuresCard(_ instrument: Instrument) -> ReportData {
    let works = desk.counted.filter { $0.instrument.code == instrument.code }
    let sent = works.count { $0.state == .submitted }
    let isOpen = phase <= .collecting
    let done = isOpen ? works.count { $0.state.isReady } : sent
    let left = works.filter { isOpen ? !$0.state.isReady : $0.state != .submitted }
    let rest = !isOpen ? "home.card_sent" : sent == 0 ? "home.card_ready" : "home.card_ready_or_sent"
    let stake = range?.stake(of: Set(left.map(\.item.code))).shown ?? "–"
    let blanks = ["count": left.count.shown, "points": stake]
    return [
      "count": .text(done.shown),
      "rest": .text(words.say(rest, ["all": works.count.shown])),
      "share": .text(share(done, of: works.count)),
      "foot": .text(
        left.isEmpty ? words.say("home.none_left") : words.say(isOpen ? "home.left" : "home.not_sent", blanks)
      ),
      "href": .text(paths.disclosures), "link": .text(words.say("home.all", ["count": works.count.shown])),
    ]
  }

  private func questionnaireCard(_ responses: Registry.Responses?) -> ReportData {
    let progress = responses?.progress
    var foot = ""
    if let minimum = responses?.minimum {
      foot =
        responses?.stakeholders.map {
          words.say("home.minimum_of", ["count": minimum.shown, "all": $0.shown])
        } ?? words.say("home.minimum", ["count": minimum.shown])
    }
    return [
      "progress": .text(progress.map { words.say(name(of: $0)) } ?? "–"),
      "is_full": .flag(progress == .full),
      // A segment is half of the minimum.
      "segments": .list((1...2).map { ["is_filled": .flag($0 <= filled(progress))] }),
      "foot": .text(foot), "href": .text(paths.questionnaires),
      "link": .text(words.say(progress == .noNumber ? "home.enter_number" : "home.see_progress")),
    ]
  }

  private func name(of progress: Registry.Progress) -> String {
    switch progress {
    case .noNumber: "home.progress_no_number"
    case .belowHalf: "home.progress_below_half"
    case .half: "home.progress_half"
    case .full: "home.progress_full"
    }
  }

  private func filled(_ progress: Registry.Progress?) -> Int {
    switch progress {
    case nil, .noNumber, .belowHalf: 0
    case .half: 1
    case .full: 2
    }
  }
}

/// Per cent of a whole in hundredths, without a sign, for the width of a bar.
func share(_ part: Int, of whole: Int) -> String {
  let hundredths = whole > 0 ? part * 10_000 / whole : 0
  return "\(hundredths / 100).\(hundredths % 100 / 10)\(hundredths % 10)"
}
