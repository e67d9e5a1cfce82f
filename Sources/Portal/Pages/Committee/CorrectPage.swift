import HTTPTypes
import Hummingbird
import Integrity
import Reports
import Storage

/// Where the committee corrects a finding before sealing: what was found so far, what a correction would do to the score,
/// and a reason that stays on the trail.
enum CorrectPage {
  private static let path = Paths.home + "/items/{item}/correct"

  private static let form = Form(
    path: path,
    fields: Fields.Names(once: ["act", "mark", "number", "reason", "last", "checked"], many: ["element"]),
    show: { try await show($0, $1) }, act: save)

  static let routes: [Route] = form.routes.filter { $0.method == .get } + [sent]

  /// Looking at what a correction would do changes nothing; the page comes back with it.
  private static var sent: Route {
    Route(method: .post, path: path, load: .form, isOpen: false, fields: form.fields) { visit in
      let signedIn = try visit.signedIn()
      let sent = try await visit.fields(form.fields)
      guard Forgery.matches(sent.token, visit.visitor.token) else { throw Problem.foreignForm }
      guard sent.text("act") == "check" else { return try await form.answer(signedIn, sent) }
      let desk = try await desk(signedIn)
      let faults = CorrectionSheet(sent, on: desk).faults(try signedIn.words(), in: signedIn.language)
      var response = try await show(signedIn, Entered(fields: sent, faults: faults))
      if !faults.isEmpty { response.status = .unprocessableContent }
      return response
    }
  }

  private static func desk(_ signedIn: SignedIn) async throws -> Registry.CorrectionDesk {
    let (cycle, office): (Code<Cycle>, Code<Office>) = (
      try signedIn.part("cycle"), try signedIn.part("office")
    )
    let item: Code<Node> = try signedIn.part("item")
    return try await signedIn.read { registry, signer, now in
      try registry.correctionDesk(item, of: office, in: cycle, by: signer, at: now)
    }
  }

  private static func show(_ signedIn: SignedIn, _ entered: Entered) async throws -> Response {
    let desk = try await desk(signedIn)
    let words = try signedIn.words()
    let data = CorrectionData(desk, entered, Dates(signedIn.visit.visitor), words)
    var fields = data.fields
    let paths = CommitteePaths(cycle: desk.cycle.code)
    fields["form"] = try signedIn.visit.form(
      paths.correction(desk.judged.item.code, of: desk.office.code), entered)
    fields["reason"] = try signedIn.visit.field("reason", in: "correction", entered)
    return try signedIn.page(
      "pages/committee-correct", title: words.say("correction.title"), fields,
      frame: try signedIn.resultsFrame(.results, desk.cycle))
  }

  private static func save(_ signedIn: SignedIn, _ sent: Fields) async throws -> String {
    let (desk, words) = (try await desk(signedIn), try signedIn.words())
    let sheet = CorrectionSheet(sent, on: desk)
    let faults = sheet.faults(words, in: signedIn.language, isSaving: true)
    guard faults.isEmpty, let judgement = sheet.judgement else { throw FieldFaults(faults) }
    let (office, cycle, item) = (desk.office.code, desk.cycle.code, desk.judged.item.code)
    let finding = Finding(judgement, reason: sheet.reason)
    try await signedIn.write(sent) { registry, signer, now in
      try registry.correct(finding, on: item, of: office, in: cycle, seeing: sheet.last, by: signer, at: now)
    }
    return CommitteePaths(cycle: cycle).scorecard(office) + "?done=corrected#item-\(item.text.queryEscaped)"
  }
}

/// What somebody has filled in to correct a finding.
struct CorrectionSheet: Sendable {
  /// nil while it says nothing, or nothing that fits the item.
  let judgement: Judgement?
  let reason: String
  /// The finding that stood last when the page was made.
  let last: Registry.LastFinding
  private let mark: String
  private let checked: String
  private let desk: Registry.CorrectionDesk

  init(_ fields: Fields, on desk: Registry.CorrectionDesk) {
    self.desk = desk
    let item = desk.judged.item
    mark = fields.text("mark")
    reason = fields.text("reason")
    checked = fields.text("checked")
    last = Int64(fields.text("last")).map { .made(ID($0)) } ?? .none
    let said: Judgement? =
      switch mark {
      case "met": .met
      case "not_met": .notMet
      case "not_applicable": .notApplicable
      case "elements": .elements(Set(fields.all("element").map { Key($0) }))
      case "number": Points(fields.text("number").replacing(",", with: "")).map { .number($0) }
      default: mark.hasPrefix("option.") ? .option(Code(String(mark.dropFirst("option.".count)))) : nil
      }
    judgement = said.flatMap(item.judgement)
  }

  /// A judgement as one word, to tell whether it is the one whose effect was looked at.
  static func key(of judgement: Judgement?) -> String {
    switch judgement {
    case .met: "met"
    case .notMet: "not_met"
    case .option(let code): "option.\(code)"
    case .number(let number): "number.\(number)"
    case .elements(let keys): "elements." + keys.map(\.text).sorted().joined(separator: " ")
    case .notApplicable: "not_applicable"
    case .pending, nil: ""
    }
  }

  /// - Parameter isSaving: whether it is to be done, and not only looked at.
  func faults(_ words: Wording, in language: Language, isSaving: Bool = false) -> [FieldFault] {
    var faults: [FieldFault] = []
    let judged = desk.judged
    if last != judged.lastFinding, let latest = judged.findings.last {
      let problem = StorageProblem.stale(by: latest.who ?? "", at: latest.at)
      faults.append(FieldFault(nil, problem.said(in: language)))
    }
    if mark == "number", judgement == nil {
      faults.append(FieldFault("number", words.say("correction.number_wrong")))
    } else if judgement == nil {
      faults.append(FieldFault("mark", words.say("correction.mark_missing")))
    } else if let final = judged.final?.finding.judgement, let judgement, !judged.isOpen,
      judged.item.saysTheSame(final, judgement)
    {
      faults.append(FieldFault("mark", words.say("correction.mark_same")))
    }
    if reason.isEmpty { faults.append(FieldFault("reason", words.say("correction.reason_missing"))) }
    if isSaving, faults.isEmpty, checked != CorrectionSheet.key(of: judgement) {
      faults.append(FieldFault(nil, words.say("correction.unchecked")))
    }
    return faults
  }
}

extension Registry.JudgedItem {
  var lastFinding: Registry.LastFinding { findings.last.map { .made($0.id) } ?? .none }
}
