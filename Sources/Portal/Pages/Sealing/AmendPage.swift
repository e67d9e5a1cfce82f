import Hummingbird
import Integrity
import Reports
import Storage

/// Where a member proposes to amend what was found on one disclosure of a sealed result.
enum AmendPage {
  static let routes = Form(
    path: Paths.home + "/amend/{item}",
    fields: Fields.Names(once: ["mark", "number", "reason", "password"], many: ["element"]), show: show,
    act: act
  ).routes

  private static func desk(_ signedIn: SignedIn) async throws -> Registry.AmendDesk {
    let paths = try signedIn.paths()
    let item: Code<Node> = try signedIn.part("item")
    return try await signedIn.read { registry, signer, now in
      try registry.amendDesk(item, of: paths.office, in: paths.cycle, by: signer, at: now)
    }
  }

  private static func show(_ signedIn: SignedIn, _ entered: Entered) async throws -> Response {
    let desk = try await desk(signedIn)
    let (words, visit) = (try signedIn.words(), signedIn.visit)
    let paths = SealingPaths(cycle: desk.cycle.code)
    let marks = MarkChoices(desk.item, words)
    var fields = marks.fields(entered, now: desk.finding?.judgement)
    fields["form"] = try visit.form(paths.amend(desk.item.code, of: desk.office.code), entered)
    fields["back"] = .text(paths.amendments)
    fields["heading"] = .text(words.say("amending.propose_heading", ["code": desk.item.code.text]))
    fields["title"] = .text(desk.item.title.in(words.language))
    fields["place"] = .text(
      words.facts([
        desk.office.shortName(words).held, words.say("banner.year", ["year": words.year(desk.cycle.year)]),
      ]))
    fields["finding"] = FindingWords(words).data(desk.finding, of: desk.item)
    fields["total"] = .text(desk.card.total.figure?.shown ?? "–")
    fields["reason"] = try visit.field("reason", in: "amending", entered)
    fields["password"] = try visit.passwordField(in: "amending", entered)
    return try signedIn.page(
      "pages/amend", title: words.say("amending.propose_title"), fields,
      frame: try signedIn.frame(.committee, .sealing, in: desk.cycle))
  }

  private static func act(_ signedIn: SignedIn, _ sent: Fields) async throws -> String {
    let received = signedIn.now
    let (desk, words) = (try await desk(signedIn), try signedIn.words())
    let (mark, faults) = MarkChoices(desk.item, words).read(sent, now: desk.finding?.judgement)
    var all = faults
    if sent.text("reason").isEmpty { all.append(FieldFault("reason", words.say("amending.reason_missing"))) }
    if sent.raw("password").isEmpty {
      all.append(FieldFault("password", words.say("account.password_missing")))
    }
    guard let mark, all.isEmpty else { throw FieldFaults(all) }
    try await signedIn.confirm(sent.raw("password"))
    let (cycle, office, item, reason) = (
      desk.cycle.code, desk.office.code, desk.item.code, sent.text("reason")
    )
    let outcome = try await signedIn.write(sent) { registry, signer, _ in
      try registry.amend(
        Finding(mark), on: item, of: office, in: cycle, reason: reason, by: signer, at: received)
    }
    let page = SealingPaths(cycle: cycle).amendments
    switch outcome {
    case .agreed?: return page + "?done=amendment_proposed"
    case .amended?: return page + "?done=amended"
    case nil: return page
    }
  }
}

/// The judgements an item may be given, as a form offers and reads them.
struct MarkChoices {
  private let item: Item
  private let words: Wording

  init(_ item: Item, _ words: Wording) { (self.item, self.words) = (item, words) }

  private var takesElements: Bool { item.judgement(from: .elements([])) != nil }

  /// Whole judgements, by the value that the form has for each.
  private var marks: [(value: String, mark: Judgement, title: String)] {
    let said = FindingWords(words)
    var marks: [(value: String, mark: Judgement, title: String)] = []
    func offer(_ value: String, _ mark: Judgement) {
      if item.judgement(from: mark) == mark { marks.append((value, mark, said.said(mark, of: item))) }
    }
    if !takesElements {
      offer("met", .met)
      offer("not_met", .notMet)
    }
    for option in item.form.options { offer("option:\(option.code)", .option(option.code)) }
    offer("not_applicable", .notApplicable)
    return marks
  }

  private var takesNumber: Bool {
    switch item.form {
    case .band, .count: true
    case .scale(let scale, _): scale.isInterpolated
    case .stars, .checklist, .text: false
    }
  }

  func fields(_ entered: Entered, now: Judgement?) -> [String: ReportData] {
    let chosen = entered.fields?.text("mark") ?? ""
    var choices = marks.map { mark -> ReportData in
      ["value": .text(mark.value), "title": .text(mark.title), "is_chosen": .flag(chosen == mark.value)]
    }
    if takesElements {
      choices.insert(
        [
          "value": "elements", "title": .text(words.say("amending.by_elements")),
          "is_chosen": .flag(chosen.isEmpty || chosen == "elements"),
        ], at: 0)
    }
    if takesNumber {
      choices.append([
        "value": "number", "title": .text(words.say("amending.by_number")),
        "is_chosen": .flag(chosen == "number"),
      ])
    }
    return [
      "marks": .list(choices), "mark_fault": ReportData(entered.fault("mark")),
      "elements": .list(elements(entered, now)), "has_elements": .flag(takesElements),
      "number": takesNumber
        ? ["value": .text(entered.value("number")), "fault": ReportData(entered.fault("number"))] : .absent,
    ]
  }

  /// Ticked as they were typed, or as they count now.
  private func elements(_ entered: Entered, _ now: Judgement?) -> [ReportData] {
    var present: Set<String> = []
    if let fields = entered.fields {
      present = Set(fields.all("element"))
    } else if case .elements(let keys) = now {
      present = Set(keys.map(\.text))
    } else if now == .met {
      present = Set(item.elements.map(\.key.text))
    }
    return item.elements.map { element in
      [
        "key": .text(element.key.text), "title": .text(element.title.in(words.language)),
        "is_there": .flag(present.contains(element.key.text)),
      ]
    }
  }

  /// What was chosen, and what is wrong with it.
  func read(_ sent: Fields, now: Judgement?) -> (mark: Judgement?, faults: [FieldFault]) {
    let value = sent.text("mark")
    var mark: Judgement?
    if value == "elements", takesElements {
      mark = .elements(Set(sent.all("element").map { Key($0) }))
    } else if value == "number", takesNumber {
      guard let number = Points(sent.text("number")), item.judgement(from: .number(number)) != nil else {
        return (nil, [FieldFault("number", words.say("amending.number_wrong"))])
      }
      mark = .number(number)
    } else {
      mark = marks.first { $0.value == value }?.mark
    }
    guard let mark, let whole = item.judgement(from: mark) else {
      return (nil, [FieldFault("mark", words.say("amending.mark_missing"))])
    }
    if whole == now { return (nil, [FieldFault("mark", words.say("amending.mark_same"))]) }
    return (whole, [])
  }
}
