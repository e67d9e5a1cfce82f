import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Integrity
import Reports
import Storage

/// One office: added, changed, or ended with what it became.
enum OfficePage {
  static let new = "/offices/new"

  static let routes: [Route] =
    SettingUp.form(new, fields, show: { try await show($0, nil, $1) }, act: { try await act($0, nil, $1) })
    .routes
    + SettingUp.form(
      SettingUp.offices + "/{office}", fields,
      show: { signedIn, entered in try await show(signedIn, try await kept(signedIn), entered) },
      act: { signedIn, sent in try await act(signedIn, try await kept(signedIn), sent) }
    ).routes

  private static let fields = Fields.Names(
    once: [
      "code", "name_th", "name_en", "kind", "parent", "provinces", "provinces_en", "region", "region_en",
      "from", "until",
      "successor", "seen",
    ], many: ["condition"])

  private struct Kept {
    let office: Office
    let groups: [GroupEntry]
  }

  private static func kept(_ signedIn: SignedIn) async throws -> Kept {
    let code: Code<Office> = try signedIn.part("office")
    let found = try await signedIn.read { registry, signer, now in
      try registry.office(code, by: signer, at: now)
    }
    guard let found else { throw Problem.notFound }
    return Kept(office: found.office, groups: found.groups)
  }

  private static func show(_ signedIn: SignedIn, _ kept: Kept?, _ entered: Entered) async throws -> Response {
    let (words, visit, office) = (try signedIn.words(), signedIn.visit, kept?.office)
    let setUp = try await signedIn.read { registry, signer, now in try registry.setUp(by: signer, at: now) }
    let names = OfficeKinds(setUp.rubric, signedIn.portal.shippedRubrics, words)
    let path = office.map { SettingUp.office($0.code) } ?? new
    func field(_ name: String, _ saved: String, _ more: [String: ReportData] = [:]) throws -> ReportData {
      try visit.field(name, in: "setup_office", entered, or: saved).with(["autocomplete": "off"]).with(more)
    }
    let kind = entered.value("kind", or: office?.kind?.text ?? "")
    let stated = entered.fields?.all("condition") ?? office?.conditions.map(\.text) ?? []
    let title = office.map { $0.name.in(words.language) } ?? words.say("setup_office.new_title")
    return try signedIn.page(
      "pages/setup-office", title: title,
      [
        "form": try visit.form(path, entered), "heading": .text(title), "is_new": .flag(office == nil),
        "code_text": ReportData(office?.code.text), "back": .text(SettingUp.offices),
        "seen": .text(entered.value("seen", or: mark(of: office))),
        "code": office == nil ? try field("code", "", ["width": "short", "is_code": true]) : .absent,
        "name_th": try field("name_th", office?.name.thai ?? ""),
        "name_en": try field("name_en", office?.name.english ?? "", ["is_optional": true]),
        "kinds": .list(
          names.all.map { one in
            [
              "code": .text(one.code.text), "title": .text(one.title.in(words.language)),
              "is_chosen": .flag(one.code.text == kind),
            ]
          }), "kind_fault": ReportData(entered.fault("kind")),
        "parent": try field(
          "parent", office?.parent?.text ?? "", ["width": "short", "is_optional": true, "is_code": true]),
        "provinces": try field(
          "provinces", office?.provinces.map(\.thai).joined(separator: "; ") ?? "", ["is_optional": true]),
        "provinces_en": try field(
          "provinces_en", office?.provinces.map(\.english).joined(separator: "; ") ?? "",
          ["is_optional": true]),
        "region": try field("region", office?.region?.thai ?? "", ["width": "medium", "is_optional": true]),
        "region_en": try field(
          "region_en", office?.region?.english ?? "", ["width": "medium", "is_optional": true]),
        "conditions": .list(
          names.conditions.map { one in
            [
              "code": .text(one.code.text), "title": .text(one.title.in(words.language)),
              "is_chosen": .flag(stated.contains(one.code.text)),
            ]
          }), "has_conditions": .flag(!names.conditions.isEmpty),
        "from": try field(
          "from", office?.from.map(TypedDay.written) ?? "", ["width": "short", "is_optional": true]),
        "until": try field(
          "until", office?.until.map { TypedDay.written($0.adding(days: -1)) } ?? "",
          ["width": "short", "is_optional": true]),
        "successor": try field(
          "successor", office?.successor?.text ?? "",
          ["width": "short", "is_optional": true, "is_code": true]),
        "has_end": .flag(!entered.value("until", or: office?.until.map { _ in "x" } ?? "").isEmpty),
        "groups": .list(
          (kept?.groups ?? []).map { .text(words.facts([$0.group.text, $0.title.in(words.language)])) }),
        "has_groups": .flag(!(kept?.groups ?? []).isEmpty),
        "people": ReportData(
          office.flatMap { office in
            setUp.cycle.map { Paths(cycle: $0.code, office: office.code).people }
          }),
      ], frame: try signedIn.frame(settingUp: .offices, in: setUp.cycle))
  }

  /// An office's mark: a form filled from another state of it is told so.
  private static func mark(of office: Office?) -> String {
    guard let office else { return "new" }
    let text = OfficeTable.rows(of: [office]).dropFirst().joined().joined(separator: "\n")
    return SHA256.hash(data: Data(text.utf8)).prefix(8).hex
  }

  private static func act(_ signedIn: SignedIn, _ kept: Kept?, _ sent: Fields) async throws -> String {
    let words = try signedIn.words()
    guard sent.text("seen") == mark(of: kept?.office) else {
      throw FieldFaults(nil, words.say("setup_office.stale"))
    }
    let offices = try await signedIn.portal.read { try $0.offices() }
    let setUp = try await signedIn.read { registry, signer, now in try registry.setUp(by: signer, at: now) }
    let sheet = OfficeSheet(
      kept: kept?.office, known: Set(offices.map(\.code)),
      kinds: OfficeKinds(setUp.rubric, signedIn.portal.shippedRubrics, words), words: words)
    let office = try sheet.office(sent)
    try await signedIn.write(sent) { registry, signer, now in
      let found = try registry.rehearse(.offices([office]), by: signer, at: now)
      if let obstacle = found.obstacles.first {
        throw StorageProblem.invalid(obstacle.words.english, thai: obstacle.words.thai)
      }
      try registry.take(.offices([office]), expecting: found.changes, by: signer, at: now)
    }
    return SettingUp.offices + "?told=\(kept == nil ? "office_added" : "office_changed")"
  }
}

/// What was typed about an office.
struct OfficeSheet {
  /// As it is kept; nil for a new one.
  let kept: Office?
  let known: Set<Code<Office>>
  let kinds: OfficeKinds
  let words: Wording

  /// - Throws: `FieldFaults`, each at its field.
  func office(_ fields: Fields) throws -> Office {
    var faults: [FieldFault] = []
    func fault(_ field: String, _ name: String, _ blanks: [String: String] = [:]) {
      faults.append(FieldFault(field, words.say("setup_office.\(name)", blanks)))
    }
    let code = kept?.code ?? Code(fields.text("code"))
    if kept == nil {
      if code.text.isEmpty || code.text.count > 40
        || code.text.contains(where: { $0.isWhitespace || ";|,".contains($0) })
      {
        fault("code", "code_wrong")
      } else if known.contains(code) || OfficeSheet.reserved.contains(code.text) {
        fault("code", "code_taken", ["code": code.text])
      }
    }
    let (thai, english) = (fields.text("name_th"), fields.text("name_en"))
    if thai.isEmpty { fault("name_th", "name_missing") }
    for (field, text) in [("name_th", thai), ("name_en", english)] where text.count > 300 {
      fault(field, "too_long")
    }
    let kind = fields.text("kind")
    if !kind.isEmpty, kinds.all.contains(where: { $0.code.text == kind }) == false, kind != kept?.kind?.text {
      fault("kind", "kind_unknown")
    }
    func other(_ field: String) -> Code<Office>? {
      let text = fields.text(field)
      guard !text.isEmpty else { return nil }
      if !known.contains(Code(text)) { fault(field, "office_unknown", ["code": text]) }
      if text == code.text { fault(field, "office_itself") }
      return Code(text)
    }
    let provinces = listed(fields.text("provinces"))
    let inEnglish = listed(fields.text("provinces_en"))
    if !inEnglish.isEmpty, inEnglish.count != provinces.count { fault("provinces_en", "provinces_differ") }
    let (region, regionInEnglish) = (fields.text("region"), fields.text("region_en"))
    if region.isEmpty, !regionInEnglish.isEmpty { fault("region", "region_missing") }
    func day(_ field: String) -> Day? {
      let text = fields.text(field)
      guard !text.isEmpty else { return nil }
      let day = TypedDay.read(text)
      if day == nil { fault(field, "day_wrong") }
      return day
    }
    let from = day("from")
    // The last day it exists, as people say it; kept is the first on which it does not.
    let until = day("until").map { $0.adding(days: 1) }
    if let from, let until, until <= from { fault("until", "until_early") }
    let (parent, successor) = (other("parent"), other("successor"))
    if successor != nil, fields.text("until").isEmpty { fault("until", "until_missing") }
    guard faults.isEmpty else { throw FieldFaults(faults) }
    return Office(
      code: code, name: Words(thai: thai, english: english.isEmpty ? thai : english),
      kind: kind.isEmpty ? nil : Code(kind), parent: parent,
      provinces: provinces.enumerated().map { index, name in
        Words(thai: name, english: inEnglish.indices.contains(index) ? inEnglish[index] : name)
      },
      region: region.isEmpty
        ? nil : Words(thai: region, english: regionInEnglish.isEmpty ? region : regionInEnglish),
      from: from, until: until, successor: successor,
      conditions: Set(fields.all("condition").map { Code($0) }))
  }

  /// Addresses of pages that stand beside those of offices.
  private static let reserved: Set<String> = ["new", "import", "groups"]

  private func listed(_ text: String) -> [String] {
    text.split { $0 == ";" || $0 == "|" }.map { String($0).trimmingBlanks }.filter { !$0.isEmpty }
  }
}
