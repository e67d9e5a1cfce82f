import Documents
import HTTPTypes
import Hummingbird
import Integrity
import Reports
import Storage

/// Bringing a table in: it is handed over, looked at, and then taken in exactly as it was looked at.
struct ImportPage: Sendable {
  /// As routes name it.
  let path: String
  let kinds: [TableImport.Kind]
  /// Where its own words stand among `setup_import`.
  let room: String
  let place: RoomPlace?
  /// Where it leads to once the table is in, and where one goes back to.
  let onward: @Sendable (SignedIn) throws -> String

  static let all: [ImportPage] = [
    ImportPage(path: SettingUp.importOffices, kinds: [.offices], room: "offices", place: .offices) { _ in
      SettingUp.offices
    },
    ImportPage(path: SettingUp.importGroups, kinds: [.groups], room: "groups", place: .offices) { _ in
      SettingUp.offices
    },
    ImportPage(path: SettingUp.importPeople, kinds: [.people], room: "people", place: .people) { _ in
      SettingUp.people
    },
    ImportPage(
      path: SettingUp.newCycle + "/{cycle}/figures", kinds: [.given, .earlier], room: "figures",
      place: .checklist
    ) { signedIn in SettingUp.cycle(try signedIn.part("cycle")) },
  ]

  static let routes: [Route] = all.flatMap(\.routes)

  /// A table of every officer of the country has a fifth of it.
  private static let largest = 64 << 20
  private static let fields = Fields.Names(once: ["text", "rubric", "kind", "year"])

  private init(
    path: String, kinds: [TableImport.Kind], room: String, place: RoomPlace?,
    onward: @escaping @Sendable (SignedIn) throws -> String
  ) {
    self.path = path
    self.kinds = kinds
    self.room = room
    self.place = place
    self.onward = onward
  }

  var routes: [Route] {
    let looking = SettingUp.form(path, ImportPage.fields, show: show, act: { _, _ in throw Problem.notFound })
    let taking = SettingUp.form(
      path + "/{looked}/take", Fields.Names(), show: showLooked, act: take)
    return [
      looking.routes[0], upload(looking),
      SettingUp.page(path + "/{looked}") { try await showLooked($0, .nothing) },
      taking.sent,
      SettingUp.back(from: path + "/{looked}/take") { signedIn in
        "\(try own(signedIn))/\(try digest(signedIn))"
      },
    ]
  }

  /// Its address, where it is of a cycle with that in it.
  private func own(_ signedIn: SignedIn) throws -> String {
    guard path.contains("{cycle}") else { return path }
    return SettingUp.figures(try signedIn.part("cycle"))
  }

  private func digest(_ signedIn: SignedIn) throws -> String {
    guard let digest = signedIn.visit.visitor.parameters.get("looked") else { throw Problem.notFound }
    return digest
  }

  // Handing over.

  private func show(_ signedIn: SignedIn, _ entered: Entered) async throws -> Response {
    let (words, visit) = (try signedIn.words(), signedIn.visit)
    let data = ImportData(page: self, words)
    let (cycles, cycle) = try await cycles(signedIn)
    var fields: [String: ReportData] = [
      "form": try visit.form(try own(signedIn), entered), "back": .text(try onward(signedIn)),
      "heading": .text(words.text("setup_import", "\(room)_heading")),
      "lead": .text(words.text("setup_import", "\(room)_lead")),
      "back_name": .text(words.text("setup_import", "\(room)_back")),
      "columns": .list(data.columns), "template": .text(data.template),
      "file_fault": ReportData(entered.fault("file")),
      "text": .text(entered.value("text")),
      "is_pasted": .flag(!entered.value("text").isEmpty),
    ]
    if kinds.contains(.offices) {
      fields["has_rubrics"] = true
      fields["rubrics"] = .list(
        choices(cycles, signedIn, chosen: entered.value("rubric"), words))
    }
    if kinds.contains(.given) {
      let kind = entered.value("kind", or: TableImport.Kind.given.rawValue)
      fields["figures"] = [
        "is_given": .flag(kind == "given"), "is_earlier": .flag(kind == "earlier"),
        "year": try visit.field("year", in: "setup_import", entered).with([
          "width": "short", "inputmode": "numeric", "autocomplete": "off",
        ]),
      ]
    }
    return try signedIn.page(
      "pages/setup-import", title: words.text("setup_import", "\(room)_heading"), fields,
      frame: try signedIn.frame(settingUp: place, in: cycle))
  }

  private func cycles(_ signedIn: SignedIn) async throws -> (all: [Cycle], current: Cycle?) {
    let cycles = try await signedIn.portal.read { try $0.cycles() }
    if path.contains("{cycle}") {
      let code: Code<Cycle> = try signedIn.part("cycle")
      guard let own = cycles.first(where: { $0.code == code }) else { throw Problem.notFound }
      return (cycles, own)
    }
    return (cycles, cycles.last { $0.stage != .published })
  }

  /// Rubrics by which kinds of offices may be named: a cycle's first, the latest before all others.
  private func choices(
    _ cycles: [Cycle], _ signedIn: SignedIn, chosen: String, _ words: Wording
  ) -> [ReportData] {
    let own = cycles.reversed().map { cycle in
      (
        TableImport.RubricChoice.cycle(cycle.code).text,
        words.say("setup_import.rubric_of_cycle", ["cycle": cycle.title.in(words.language)])
      )
    }
    let shipped = signedIn.portal.shippedRubrics.all.map { one in
      (TableImport.RubricChoice.shipped(one.name).text, one.file.rubric.title.in(words.language))
    }
    return (own + shipped).map { value, title in
      ["value": .text(value), "title": .text(title), "is_chosen": .flag(value == chosen)]
    }
  }

  private func upload(_ form: Form) -> Route {
    Route(method: .post, path: path, load: .upload, isOpen: false) { visit in
      let (signedIn, upload) = try await Upload.administered(
        visit, ImportPage.fields, file: "file", largest: ImportPage.largest)
      var form = form
      form.act = { signedIn, _ in try await look(signedIn, upload) }
      return try await form.answer(signedIn, upload.fields)
    }
  }

  private func look(_ signedIn: SignedIn, _ upload: Upload) async throws -> String {
    let words = try signedIn.words()
    let file = try handedOver(upload, words)
    let order = try await order(signedIn, upload.fields, words)
    let (portal, signer, now, own) = (signedIn.portal, signedIn.signer, signedIn.now, try own(signedIn))
    return try await signedIn.undertake("look") { progress in
      let table = Intake.File(name: file.name, bytes: try file.bytes)
      let finding = try order.look(
        at: table, portal.registry, portal.shippedRubrics, by: signer, at: now, progress)
      let digest = try portal.lookedAt.keep(own, [file], finding, for: signer.person, at: now)
      return "\(own)/\(digest)"
    }
  }

  /// A file, or what was pasted.
  private func handedOver(_ upload: Upload, _ words: Wording) throws -> LookedAt.File {
    let text = upload.fields.raw("text")
    if let file = upload.file {
      guard !file.isTooLarge else {
        throw FieldFaults(
          "file", words.say("setup_import.too_large", ["most": "\(ImportPage.largest >> 20)"]))
      }
      guard file.content.size > 0 else { throw FieldFaults("file", words.say("setup_import.empty")) }
      return LookedAt.File(name: file.name.text, content: file.content)
    }
    guard !text.trimmingBlanks.isEmpty else {
      throw FieldFaults("file", words.say("setup_import.nothing"))
    }
    return try LookedAt.File(name: words.say("setup_import.pasted"), text: text)
  }

  private func order(_ signedIn: SignedIn, _ fields: Fields, _ words: Wording) async throws -> TableImport {
    let (cycles, cycle) = try await cycles(signedIn)
    guard kinds.count > 1 else {
      var order = TableImport(kind: kinds[0])
      if kinds.contains(.offices) {
        guard let choice = TableImport.RubricChoice(fields.text("rubric")), isThere(choice, cycles, signedIn)
        else { throw Problem.oddForm("rubric") }
        order.rubric = choice
      }
      return order
    }
    guard let kind = TableImport.Kind(rawValue: fields.text("kind")), kinds.contains(kind) else {
      throw FieldFaults("kind", words.say("setup_import.kind_missing"))
    }
    var order = TableImport(kind: kind, cycle: cycle?.code)
    if kind == .earlier {
      guard let year = TypedNumber.read(fields.text("year")), (2400...2700).contains(year) else {
        throw FieldFaults("year", words.say("setup_import.year_wrong"))
      }
      order.year = FiscalYear(year)
    }
    return order
  }

  private func isThere(_ choice: TableImport.RubricChoice, _ cycles: [Cycle], _ signedIn: SignedIn) -> Bool {
    switch choice {
    case .cycle(let code): cycles.contains { $0.code == code }
    case .shipped(let name): signedIn.portal.shippedRubrics[name] != nil
    }
  }

  // What was found.

  private func showLooked(_ signedIn: SignedIn, _ entered: Entered) async throws -> Response {
    let (words, digest, own) = (try signedIn.words(), try digest(signedIn), try own(signedIn))
    let (_, cycle) = try await cycles(signedIn)
    let frame = try signedIn.frame(settingUp: place, in: cycle)
    guard let thing = thing(digest, signedIn) else {
      // Kept for an hour: what was looked at longer ago is handed over anew.
      return .redirect(to: own + "?told=looked_long_ago")
    }
    let data = ImportData(page: self, words)
    var fields: [String: ReportData] = [
      "form": try signedIn.visit.form("\(own)/\(digest)/take", entered), "back": .text(own),
      "file": .text(thing.files.map(\.name).joined(separator: ", ")),
    ]
    switch thing.finding {
    case .faults(let found):
      fields["heading"] = .text(words.say("setup_import.faults_heading"))
      fields["faults"] = data.faults(found)
    case .table(let look):
      fields["heading"] = .text(words.text("setup_import", "\(room)_check_heading"))
      fields["look"] = data.look(look)
    case .rubric: throw Problem.notFound
    }
    return try signedIn.page(
      "pages/setup-looked", title: words.text("setup_import", "\(room)_heading"), fields, frame: frame)
  }

  private func thing(_ digest: String, _ signedIn: SignedIn) -> LookedAt.Thing? {
    guard let own = try? own(signedIn) else { return nil }
    return signedIn.portal.lookedAt.thing(digest, of: signedIn.session.person, for: own, at: signedIn.now)
  }

  // Taking in.

  private func take(_ signedIn: SignedIn, _ sent: Fields) async throws -> String {
    let (portal, now, own) = (signedIn.portal, signedIn.now, try own(signedIn))
    guard let thing = thing(try digest(signedIn), signedIn), case .table(let look) = thing.finding,
      let file = thing.files.first
    else { return own + "?told=looked_long_ago" }
    let signer = Signer(signedIn.session.person, form: sent.key)
    let onward = try onward(signedIn)
    return try await signedIn.undertake("take") { progress in
      let table = Intake.File(name: file.name, bytes: try file.bytes)
      let entries: TableImport.Entries
      do {
        entries = try look.order.read(table, portal.registry, portal.shippedRubrics, at: now)
      } catch is Complaints {
        // It was without a fault; what it refers to is there no more.
        throw StorageProblem.changed(
          "the registry has changed since the table was looked at; hand it over once more",
          thai: "มีผู้แก้ไขข้อมูลหลังจากที่ท่านตรวจตารางนี้ ระบบยังไม่ได้นำเข้าข้อมูลใด โปรดเลือกไฟล์แล้วตรวจอีกครั้ง")
      }
      do {
        try portal.registry.take(entries.table, expecting: look.changes, by: signer, at: now) { done in
          if done.isMultiple(of: 100) { progress(done, entries.count) }
        }
      } catch StorageProblem.repeated {
        // Sent twice: it is in.
      }
      return "\(onward)?told=taken_in"
    }
  }
}
