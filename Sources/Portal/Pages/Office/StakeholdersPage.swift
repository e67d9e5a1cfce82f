import Hummingbird
import Integrity
import Reports
import Storage

/// Where an office says how many people each questionnaire may ask; from that comes how many have to answer.
enum StakeholdersPage {
  static let routes = Form(
    path: Paths.home + "/questionnaires/stakeholders", fields: Fields.Names(many: ["instrument", "number"]),
    show: show, act: act
  ).routes

  /// More are nowhere asked.
  private static let most = 10_000_000

  private static func show(_ signedIn: SignedIn, _ entered: Entered) async throws -> Response {
    let (desk, words, paths) = (try await signedIn.ownDesk(), try signedIn.words(), try signedIn.paths())
    let may = may(signedIn, desk)
    let codes = entered.fields?.all("instrument") ?? []
    let numbers = entered.fields?.all("number") ?? []
    let typed = Dictionary(zip(codes, numbers).map { ($0, $1) }) { a, _ in a }
    let rows = desk.questionnaires.map { instrument -> ReportData in
      let code = instrument.code.text
      let saved = desk.responses[instrument.code]?.stakeholders
      let fault = entered.fault("number-\(code)")
      return [
        "code": .text(code), "id": .text("number-\(code)"),
        "label": .text(label(instrument, words)), "value": .text(typed[code] ?? saved?.shown ?? ""),
        "hint": .text(hint(instrument, saved, words)), "fault": ReportData(fault),
        "described_by": .text(
          ["number-\(code)-hint", fault == nil ? "" : "number-\(code)-fault"].joined(separator: " ")),
        "may": .flag(may.contains(instrument.code)), "saved": .text(saved?.shown ?? "–"),
      ]
    }
    let refusal = desk.questionnaires.first.flatMap {
      desk.refusalToCount($0, by: signedIn.session.who, at: signedIn.now)
    }
    return try signedIn.page(
      "pages/stakeholders", title: words.say("questionnaires.count_title"),
      [
        "form": try signedIn.visit.form(paths.stakeholders, entered), "rows": .list(rows),
        "back": .text(paths.questionnaires), "may": .flag(!may.isEmpty),
        "back_name": .text(words.say("questionnaires.back", ["codes": QuestionnairesPage.codes(desk)])),
        "refusal": may.isEmpty
          ? ReportData(refusal?.said(in: words.language).sentence(in: words.language)) : .absent,
      ], frame: try signedIn.frame(.questionnaires, desk))
  }

  private static func may(_ signedIn: SignedIn, _ desk: Registry.OfficeDesk) -> Set<Code<Node>> {
    Set(
      desk.questionnaires.filter {
        desk.refusalToCount($0, by: signedIn.session.who, at: signedIn.now) == nil
      }.map(\.code))
  }

  /// `จำนวนผู้มีส่วนได้ส่วนเสียภายใน (IIT)`: whom it asks, without the words for what it is.
  private static func label(_ instrument: Instrument, _ words: Wording) -> String {
    let title = instrument.title.in(words.language)
      .replacing(words.say("questionnaires.title_beginning"), with: "", maxReplacements: 1)
    return words.say("questionnaires.count_label", ["title": title, "code": instrument.code.text]).held
  }

  private static func hint(_ instrument: Instrument, _ saved: Int?, _ words: Wording) -> String {
    if let saved, let minimum = instrument.minimum(of: saved, words) {
      return words.say("questionnaires.minimum_is", ["minimum": minimum])
    }
    return instrument.sampleRule(words).map { words.say("questionnaires.minimum_rule", ["rule": $0]) } ?? ""
  }

  private static func act(_ signedIn: SignedIn, _ sent: Fields) async throws -> String {
    let (desk, words, paths) = (try await signedIn.ownDesk(), try signedIn.words(), try signedIn.paths())
    let may = may(signedIn, desk)
    if may.isEmpty, let first = desk.questionnaires.first,
      let refusal = desk.refusalToCount(first, by: signedIn.session.who, at: signedIn.now)
    {
      throw refusal
    }
    let (codes, typed) = (sent.all("instrument"), sent.all("number"))
    guard codes.count == typed.count, Set(codes).count == codes.count else { throw Problem.oddForm("number") }
    var numbers: [Code<Node>: Int] = [:]
    var faults: [FieldFault] = []
    for (code, text) in zip(codes, typed) {
      guard let instrument = desk.questionnaires.first(where: { $0.code.text == code }),
        may.contains(instrument.code)
      else { throw Problem.oddForm("instrument") }
      // What nobody has counted yet may wait.
      if text.isEmpty, desk.responses[instrument.code]?.stakeholders == nil { continue }
      switch TypedNumber.read(text) {
      case .some(let number) where (1...most).contains(number): numbers[instrument.code] = number
      case .some(0): faults.append(fault(instrument, "questionnaires.count_zero", words))
      case .some: faults.append(fault(instrument, "questionnaires.count_large", words))
      case nil: faults.append(fault(instrument, "questionnaires.count_digits", words))
      }
    }
    if numbers.isEmpty, faults.isEmpty, let first = desk.questionnaires.first {
      faults.append(fault(first, "questionnaires.count_missing", words))
    }
    guard faults.isEmpty else { throw FieldFaults(faults) }
    try await signedIn.write(sent) { [numbers] registry, signer, now in
      try registry.enterStakeholders(numbers, of: paths.office, in: paths.cycle, by: signer, at: now)
    }
    return paths.questionnaires + "?done=saved"
  }

  private static func fault(_ instrument: Instrument, _ name: String, _ words: Wording) -> FieldFault {
    let text = words.say(name)
    return FieldFault(
      "number-\(instrument.code)", text,
      summary: words.say(
        "questionnaires.fault_of", ["field": label(instrument, words), "fault": text]))
  }
}
