import HTTPTypes
import Hummingbird
import Integrity
import Reports
import Storage

/// The pages themselves, from what was asked and answered so far.
extension Respondent {
  /// The form as it is first shown.
  func begun(_ nonce: String, _ slip: SlipCode?) -> AnswerSheet {
    AnswerSheet(nonce: nonce, began: visit.now.seconds, slip: slip, steps)
  }

  /// Counts one more from where this request comes from; kept in memory alone, and only where the link is open.
  func toll() -> AnswerPace.Toll {
    guard isByLink else { return AnswerPace.Toll(bits: 0, wait: 0) }
    return visit.portal.answerPace.toll(from: Addresses.network(visit.visitor.address))
  }

  /// What this is, who sees what, how long it takes.
  func opening(_ faults: [FieldFault] = [], slip: String = "") throws -> Response {
    let words = try words()
    let (nonce, bits) = (Sessions.newToken(), toll().bits)
    let minutes = max(1, (steps.places.count + 1) / 2)
    let from = form.cycle.year.firstDay.map { $0.written(in: language) } ?? ""
    let office = form.office.shortName(words)
    let audience = form.instrument.questionnaire?.audiences.first { $0.code == paths.audience }
    let lead =
      if !isByLink {
        words.say("answering.lead_codes", ["office": office])
      } else if let audience {
        words.say("answering.lead_audience", ["audience": audience.title.within(language), "day": from])
      } else {
        words.say("answering.lead_link", ["day": from])
      }
    let own = [
      "title": names.title, "heading": names.title.held, "lead": lead.held, "action": paths.form,
      "nonce": nonce,
      "bits": "\(bits)", "seal": try seal.opening(nonce, bits: bits), "slip": slip, "office": names.office,
      "dealt": words.say("answering.dealt", ["office": office, "day": from]).held,
      "other": paths.form(in: visit.otherLanguage),
    ]
    func render(_ own: [String: String]) throws -> String {
      var fields = own.mapValues { ReportData.text($0) }
      fields["over"] = .text(over)
      fields["protection"] = .text(AnswerPaths.protection(in: language))
      fields["time"] = .text(words.say("answering.time", ["count": "\(minutes)"]))
      fields["questions"] = .text(words.say("answering.questions", ["count": "\(steps.count)"]))
      (fields["by_link"], fields["by_code"]) = (.flag(isByLink), .flag(!isByLink))
      fields["fault"] = ReportData(faults.first?.text)
      fields["fault_href"] = ReportData(faults.first?.field.map { "#\($0)" })
      fields["form"] = [
        "has_faults": .flag(!faults.isEmpty), "is_kept": .absent,
        "faults_title": .text(words.say("answering.faults", ["count": "\(faults.count)"])),
        "faults": .list(faults.map { ["href": .text("#\($0.field ?? "")"), "text": .text($0.text)] }),
      ]
      return try visit.answeringText(
        "pages/answering", title: own["title"] ?? "", fields,
        other: ["href": .text(own["other"] ?? ""), "action": .absent])
    }
    guard faults.isEmpty else { return .html(try render(own), status: .unprocessableContent) }
    return try printed(.opening, own, render)
  }

  /// A short wait for whoever has no script that works instead. The ticket is in the page and in no address, where a proxy
  /// would keep it: by the number in it the answer could be found.
  func queue(_ nonce: String, _ from: Int64) throws -> Response {
    let left = max(1, from - visit.now.seconds)
    let words = try words()
    let shown = AnswerPace.waits.first { left <= $0 } ?? left
    return try page(
      "pages/answering-queue",
      [
        "seconds": .text("\(shown)"), "action": .text(paths.form),
        "ticket": .text(try seal.ticket(nonce, from: from)),
        "text": .text(words.say("answering.queue_text", ["count": "\(left)"])),
      ])
  }

  /// A page of questions, or behind the last what was chosen; counted from 1.
  func shown(_ sheet: AnswerSheet, at number: Int) throws -> Response {
    number > steps.steps.count ? try review(sheet) : try question(sheet, at: number - 1)
  }

  /// - Parameters:
  ///   - index: of the page, from 0.
  ///   - missing: questions that have to be answered before it goes on.
  func question(_ sheet: AnswerSheet, at index: Int, missing: [Int] = []) throws -> Response {
    let words = try words()
    guard steps.steps.indices.contains(index) else { throw Problem.oddForm("at") }
    let step = steps.steps[index]
    let number = index + 1
    let ownTexts = Set(step.asked.filter(\.isText).map(\.item.code))
    let title = step.title.in(language).held
    let lost = missing.map { place -> ReportData in
      let text = words.say("answering.missing", ["question": name(place)])
      return ["href": .text("#\(AnswerSheet.field(of: place))-1"), "text": .text(text)]
    }
    let chosen = step.places.count { sheet.answers[$0] > 0 }
    var own = try self.own(sheet)
    own["before"] = "\(sheet.count(steps) - chosen)"
    func render(_ own: [String: String]) throws -> String {
      let fields: [String: ReportData] = [
        "part": .text(
          words.say("answering.part", ["number": "\(number)", "all": "\(steps.steps.count)"])),
        "heading": .text(step.goesOn ? words.say("answering.goes_on", ["title": title]) : title),
        "at": .text("\(number)"), "is_first": .flag(index == 0),
        "is_last": .flag(number == steps.steps.count),
        "asked": .list(step.asked.map { asked($0, sheet, Set(missing), words) }),
        "form": [
          "has_faults": .flag(!missing.isEmpty), "is_kept": .absent, "faults": .list(lost),
          "faults_title": .text(words.say("answering.faults", ["count": "\(missing.count)"])),
        ],
        "template": .text(words.say("answering.answered", ["count": "%", "all": "\(steps.places.count)"])),
        "before": ReportData(own["before"]), "total": .text("\(steps.places.count)"),
      ]
      return try text(
        "pages/answering-questions", own, fields, texts: carried(sheet, without: ownTexts))
    }
    // Where nothing was chosen yet it looks the same for everybody.
    if missing.isEmpty, chosen == 0, steps.texts.isEmpty {
      return try printed(.questions(index), own, render)
    }
    return .html(try render(own), status: missing.isEmpty ? .ok : .unprocessableContent)
  }

  /// Everything that was chosen, before it is sent.
  func review(_ sheet: AnswerSheet) throws -> Response {
    let words = try words()
    let none = words.say("answering.none")
    func chosen(_ place: Int) -> String {
      let options = steps.questions[place].options
      let answer = Int(sheet.answers[place])
      return answer > 0 && answer <= options.count ? options[answer - 1].title.in(language) : none
    }
    let groups = steps.steps.enumerated().map { index, step -> ReportData in
      let title = step.title.in(language).held
      let rows = step.asked.flatMap { asked -> [ReportData] in
        let number = "\(asked.number)"
        if asked.isText {
          let text = sheet.texts[asked.item.code] ?? none
          return [
            ["number": .text(number), "title": .text(asked.item.title.in(language)), "chosen": .text(text)]
          ]
        }
        return asked.questions.map { place, question in
          let own = question.title.in(language)
          let title = question.sub == nil ? own : "\(asked.item.title.in(language)) – \(own)"
          return [
            "number": .text(number), "title": .text(title.held), "chosen": .text(chosen(place)),
            "is_missing": .flag(sheet.answers[place] == 0),
          ]
        }
      }
      return [
        "heading": .text(step.goesOn ? words.say("answering.goes_on", ["title": title]) : title),
        "to": .text("\(index + 1)"), "rows": .list(rows),
        "change": .text(words.say("answering.change_part", ["title": title])),
      ]
    }
    return .html(
      try text(
        "pages/answering-review", try own(sheet),
        ["groups": .list(groups), "at": .text("\(steps.steps.count + 1)")],
        texts: carried(sheet, without: [])))
  }

  /// A question as it is called where it was forgotten: `3 title`, with the sub-item behind.
  private func name(_ place: Int) -> String {
    let question = steps.questions[place]
    let asked = steps.steps.flatMap(\.asked).first { $0.item.code == question.item }
    let number = asked.map { "\($0.number)" } ?? ""
    return question.sub == nil ? number : "\(number) (\(question.title.in(language)))"
  }

  private func asked(
    _ asked: AnswerSteps.Asked, _ sheet: AnswerSheet, _ missing: Set<Int>, _ words: Wording
  ) -> ReportData {
    let hasSub = asked.questions.contains { $0.question.sub != nil }
    let field = AnswerSheet.field(of: asked)
    let rows = asked.questions.map { place, question -> ReportData in
      let name = AnswerSheet.field(of: place)
      let isMissing = missing.contains(place)
      return [
        "name": .text(name), "is_missing": .flag(isMissing), "fault": .text("\(name)-fault"),
        "title": .text(question.title.in(language).held), "number": .text("\(asked.number)"),
        "count": .text("\(min(question.options.count, 10))"),
        "options": .list(
          question.options.enumerated().map { index, option in
            [
              "id": .text("\(name)-\(index + 1)"), "name": .text(name), "value": .text("\(index + 1)"),
              "label": .text(option.title.in(language)),
              "is_chosen": .flag(Int(sheet.answers[place]) == index + 1),
              "described_by": isMissing ? .text("\(name)-fault") : .absent,
            ]
          }),
      ]
    }
    return [
      "number": .text("\(asked.number)"), "title": .text(asked.item.title.in(language).held),
      "is_text": .flag(asked.isText), "field": .text(field),
      "text": .text(sheet.texts[asked.item.code] ?? ""), "has_sub": .flag(hasSub),
      "is_plain": .flag(!hasSub && !asked.isText), "rows": .list(rows),
    ]
  }

  /// Words that were written on other pages.
  private func carried(_ sheet: AnswerSheet, without own: Set<Code<Node>>) -> [ReportData] {
    steps.texts.filter { !own.contains($0.item.code) }.compactMap { asked in
      sheet.texts[asked.item.code].map {
        ["name": .text(AnswerSheet.field(of: asked)), "value": .text($0)]
      }
    }
  }
}

extension Words {
  /// Within a sentence, where English begins a name of people with a small letter.
  func within(_ language: Language) -> String {
    let text = self.in(language)
    return language == .english ? text.prefix(1).lowercased() + text.dropFirst() : text
  }
}
