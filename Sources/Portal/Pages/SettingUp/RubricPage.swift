import Documents
import HTTPTypes
import Hummingbird
import Integrity
import Reports
import Storage

/// A new cycle with its rubric, and another rubric for a cycle that is being prepared: chosen, looked at, accepted.
struct RubricPage: Sendable {
  /// As routes name it.
  private let path: String
  private let isNew: Bool

  static let routes: [Route] =
    RubricPage(path: SettingUp.newCycle, isNew: true).routes
    + RubricPage(path: SettingUp.newCycle + "/{cycle}/rubric", isNew: false).routes

  private static let fields = Fields.Names(once: ["code", "year", "title_th", "title_en", "rubric"])
  /// An edition over another, and so on.
  private static let mostFiles = 6

  private var routes: [Route] {
    let choosing = SettingUp.form(
      path, RubricPage.fields, show: show, act: { _, _ in throw Problem.notFound })
    let looked = path + "/looked/{looked}"
    let accepting = SettingUp.form(looked + "/accept", Fields.Names(), show: showLooked, act: accept)
    return [
      choosing.routes[0], upload(choosing), SettingUp.page(looked) { try await showLooked($0, .nothing) },
      accepting.sent,
      SettingUp.back(from: looked + "/accept") { try address(looked: try digest($0), $0) },
    ]
  }

  private func own(_ signedIn: SignedIn) throws -> String {
    isNew ? path : SettingUp.cycle(try signedIn.part("cycle")) + "/rubric"
  }

  private func address(looked digest: String, _ signedIn: SignedIn) throws -> String {
    "\(try own(signedIn))/looked/\(digest)"
  }

  private func digest(_ signedIn: SignedIn) throws -> String {
    guard let digest = signedIn.visit.visitor.parameters.get("looked") else { throw Problem.notFound }
    return digest
  }

  private func cycle(_ signedIn: SignedIn) async throws -> Cycle? {
    if isNew { return nil }
    let code: Code<Cycle> = try signedIn.part("cycle")
    return try await signedIn.portal.read { try $0.cycle(code) }
  }

  // Choosing.

  private func show(_ signedIn: SignedIn, _ entered: Entered) async throws -> Response {
    let (words, visit, cycle) = (try signedIn.words(), signedIn.visit, try await cycle(signedIn))
    let shipped = signedIn.portal.shippedRubrics.all
    let year = cycle?.year ?? FiscalYear(of: signedIn.now.day)
    let chosen = entered.value("rubric", or: shipped.first?.name ?? "own")
    func field(_ name: String, or saved: String) throws -> ReportData {
      try visit.field(name, in: "setup_cycle", entered, or: saved).with(["autocomplete": "off"])
    }
    let title = words.text("setup_cycle", isNew ? "new_heading" : "rubric_heading")
    return try signedIn.page(
      "pages/setup-cycle-new", title: title,
      [
        "form": try visit.form(try own(signedIn), entered), "heading": .text(title),
        "lead": .text(words.text("setup_cycle", isNew ? "new_lead" : "rubric_lead")),
        "back": .text(cycle.map { SettingUp.cycle($0.code) } ?? SettingUp.checklist),
        "back_name": .text(cycle?.title.in(words.language) ?? words.say("setup.title")),
        "is_new": .flag(isNew),
        "code": try field("code", or: "\(year.buddhist)").with(["width": "short", "is_code": true]),
        "year": try field("year", or: "\(year.buddhist)").with(["width": "short", "inputmode": "numeric"]),
        "title_th": try field("title_th", or: RubricPage.title(year).thai),
        "title_en": try field("title_en", or: RubricPage.title(year).english).with(["lang": "en"]),
        "shipped": .list(
          shipped.map { one in
            let rubric = one.file.rubric
            return [
              "name": .text(one.name), "title": .text(rubric.title.in(words.language)),
              "facts": .text(
                words.say(
                  "setup_cycle.shipped_facts",
                  ["code": one.name, "year": words.year(rubric.year), "items": rubric.items.count.shown])),
              "is_chosen": .flag(chosen == one.name),
            ]
          }), "is_own": .flag(chosen == "own"), "rubric_fault": ReportData(entered.fault("rubric")),
        "files_fault": ReportData(entered.fault("files")),
      ], frame: try await frame(signedIn, cycle))
  }

  private func frame(_ signedIn: SignedIn, _ cycle: Cycle?) async throws -> ReportData {
    if let cycle { return try signedIn.frame(settingUp: .checklist, in: cycle) }
    return try await signedIn.frame(settingUp: .checklist)
  }

  private static func title(_ year: FiscalYear) -> Words {
    Words(
      thai: "การประเมินคุณธรรมและความโปร่งใส ปีงบประมาณ พ.ศ. \(year.buddhist)",
      english: "Integrity and transparency assessment, fiscal year \(year.buddhist) (\(year.common))")
  }

  private func upload(_ form: Form) -> Route {
    Route(method: .post, path: path, load: .upload, isOpen: false) { visit in
      let (signedIn, upload) = try await Upload.administered(
        visit, RubricPage.fields, file: "files", largest: RubricFile.largest, most: RubricPage.mostFiles)
      var form = form
      form.act = { signedIn, _ in try await look(signedIn, upload) }
      return try await form.answer(signedIn, upload.fields)
    }
  }

  private func look(_ signedIn: SignedIn, _ upload: Upload) async throws -> String {
    let words = try signedIn.words()
    let cycle = try await cycle(signedIn)
    var faults: [FieldFault] = []
    let new = isNew ? try await newCycle(signedIn, upload.fields, words, &faults) : nil
    let source = source(signedIn, upload, words, &faults)
    guard faults.isEmpty, let source, let year = cycle?.year ?? new?.year else { throw FieldFaults(faults) }
    let order = RubricOrder(cycle: new?.cycle, year: year, source: source)
    let look = try order.look(signedIn.portal.shippedRubrics, words)
    if let rubric = look.rubric, rubric.year != year {
      throw FieldFaults(
        "files",
        words.say(
          "setup_cycle.other_year", ["rubric": "\(rubric.year.buddhist)", "cycle": "\(year.buddhist)"]))
    }
    var files: [LookedAt.File] = []
    if case .own(let own) = source { files = own }
    // The form's own words are part of what was looked at.
    let said = try LookedAt.File(
      name: "", text: "\(upload.fields.text("rubric")) \(year.buddhist) \(new.map { "\($0.cycle)" } ?? "")")
    let digest = try signedIn.portal.lookedAt.keep(
      try own(signedIn), files + [said], .rubric(look), for: signedIn.session.person, at: signedIn.now)
    return try address(looked: digest, signedIn)
  }

  private func newCycle(
    _ signedIn: SignedIn, _ fields: Fields, _ words: Wording, _ faults: inout [FieldFault]
  ) async throws -> (cycle: RubricOrder.Cycle, year: FiscalYear)? {
    let year = TypedNumber.read(fields.text("year")).flatMap {
      (2400...2700).contains($0) ? FiscalYear($0) : nil
    }
    if year == nil { faults.append(FieldFault("year", words.say("setup_cycle.year_wrong"))) }
    let code = fields.text("code")
    let isPlain = code.utf8.allSatisfy {
      (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-")
    }
    // An address of a cycle begins with its code: one that begins with a digit is never another page's.
    let first = code.utf8.first.map { (48...57).contains($0) } ?? false
    let cycles = try await signedIn.portal.read { try $0.cycles() }
    if !first || !isPlain || code.utf8.count > 20 {
      faults.append(FieldFault("code", words.say("setup_cycle.code_wrong")))
    } else if cycles.contains(where: { $0.code.text == code }) {
      faults.append(FieldFault("code", words.say("setup_cycle.code_taken", ["code": code])))
    }
    let (thai, english) = (fields.text("title_th"), fields.text("title_en"))
    if thai.isEmpty { faults.append(FieldFault("title_th", words.say("setup_cycle.title_missing"))) }
    for (name, text) in [("title_th", thai), ("title_en", english)] where text.count > 200 {
      faults.append(FieldFault(name, words.say("setup_cycle.title_long")))
    }
    guard let year else { return nil }
    return (
      RubricOrder.Cycle(
        code: Code(code), title: Words(thai: thai, english: english.isEmpty ? thai : english)), year
    )
  }

  private func source(
    _ signedIn: SignedIn, _ upload: Upload, _ words: Wording, _ faults: inout [FieldFault]
  ) -> RubricOrder.Source? {
    let chosen = upload.fields.text("rubric")
    if signedIn.portal.shippedRubrics[chosen] != nil { return .shipped(chosen) }
    guard chosen == "own" else {
      faults.append(FieldFault("rubric", words.say("setup_cycle.rubric_missing")))
      return nil
    }
    guard !upload.files.isEmpty else {
      faults.append(FieldFault("files", words.say("setup_cycle.files_missing")))
      return nil
    }
    if let large = upload.files.first(where: \.isTooLarge) {
      faults.append(
        FieldFault(
          "files",
          words.say(
            "setup_cycle.file_large", ["name": large.name.text, "most": "\(RubricFile.largest >> 10)"])))
      return nil
    }
    let names = upload.files.map(\.name.text)
    guard Set(names).count == names.count else {
      faults.append(FieldFault("files", words.say("setup_cycle.files_alike")))
      return nil
    }
    return .own(upload.files.map { LookedAt.File(name: $0.name.text, content: $0.content) })
  }

  // What it holds, or what is wrong with it.

  private func showLooked(_ signedIn: SignedIn, _ entered: Entered) async throws -> Response {
    let (words, digest, cycle) = (try signedIn.words(), try digest(signedIn), try await cycle(signedIn))
    guard let look = look(digest, signedIn) else {
      return .redirect(to: try own(signedIn) + "?told=looked_long_ago")
    }
    var fields: [String: ReportData] = [
      "form": try signedIn.visit.form(try address(looked: digest, signedIn) + "/accept", entered),
      "back": .text(try own(signedIn)), "is_new": .flag(isNew),
      "heading": .text(words.text("setup_rubric", look.rubric == nil ? "faults_heading" : "heading")),
      "cycle": ReportData(
        look.order.cycle.map { words.facts([$0.code.text, $0.title.in(words.language)]) }
          ?? cycle?.title.in(words.language)),
    ]
    if let rubric = look.rubric {
      fields["summary"] = RubricSummary(rubric: rubric, words: words).fields
      fields["files"] = .list(
        look.texts.map { ["name": .text($0.name), "size": .text(ByteCount.shown($0.bytes.count))] })
      if case .shipped(let name) = look.order.source, let one = signedIn.portal.shippedRubrics[name],
        one.file.rubric.year != rubric.year
      {
        fields["moved"] = .text(
          words.say(
            "setup_rubric.moved",
            ["name": name, "from": "\(one.file.rubric.year.buddhist)", "to": "\(rubric.year.buddhist)"]))
        fields["made"] = ReportData(look.texts.first?.text)
      }
    } else {
      fields["faults"] = [
        "count": .text(words.say("setup_rubric.faults_count", ["count": look.faults.count.shown])),
        "rows": .list(look.faults.map { fault($0, words) }),
      ]
    }
    return try signedIn.page(
      "pages/setup-rubric", title: words.text("setup_rubric", "title"), fields,
      frame: try await frame(signedIn, cycle))
  }

  private func fault(_ fault: RubricFault, _ words: Wording) -> ReportData {
    [
      "place": .text(
        words.say(
          "setup_rubric.place",
          ["file": fault.file, "line": "\(fault.line)", "column": "\(fault.column)"])),
      "text": .text(fault.text), "line": .text("\(fault.line)"),
      "problem": .text(fault.problem.in(words.language).sentence(in: words.language)),
      "remedy": .text(fault.remedy.in(words.language).sentence(in: words.language)),
      "lang": .text(fault.isInThai ? words.language.rawValue : Language.english.rawValue),
    ]
  }

  private func look(_ digest: String, _ signedIn: SignedIn) -> RubricLook? {
    guard let own = try? own(signedIn),
      let thing = signedIn.portal.lookedAt.thing(
        digest, of: signedIn.session.person, for: own, at: signedIn.now),
      case .rubric(let look) = thing.finding
    else { return nil }
    return look
  }

  // Accepting it.

  private func accept(_ signedIn: SignedIn, _ sent: Fields) async throws -> String {
    let existing = try await cycle(signedIn)
    guard let look = look(try digest(signedIn), signedIn), look.rubric != nil else {
      return try own(signedIn) + "?told=looked_long_ago"
    }
    let texts = look.texts
    if let new = look.order.cycle {
      let year = look.order.year
      try await signedIn.write(sent) { registry, signer, now in
        try registry.newCycle(new.code, year: year, title: new.title, rubric: texts, by: signer, at: now)
      }
      return SettingUp.checklist + "?told=cycle_made"
    }
    guard let existing else { throw Problem.notFound }
    try await signedIn.write(sent) { registry, signer, now in
      try registry.changeCycle(
        existing.code, title: existing.title, rubric: texts, by: signer, at: now)
    }
    return SettingUp.cycle(existing.code) + "?told=rubric_changed"
  }
}

extension FiscalYear {
  /// The fiscal year a day falls in.
  init(of day: Day) { self.init(day.year + 543 + (day.month >= 10 ? 1 : 0)) }
}
