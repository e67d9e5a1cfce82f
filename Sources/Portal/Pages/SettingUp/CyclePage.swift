import Foundation
import Hummingbird
import Integrity
import NIOCore
import Reports
import Storage

/// One cycle as it is set up: its titles, its rubric, its dates, and what may be done with each.
enum CyclePage {
  private static let path = SettingUp.newCycle + "/{cycle}"

  static let routes: [Route] =
    SettingUp.form(path, Fields.Names(once: ["title_th", "title_en"]), show: show, act: rename).routes + [
      SettingUp.page(path + "/rubric-files/{name}") { signedIn in
        let code: Code<Cycle> = try signedIn.part("cycle")
        let texts = try await signedIn.portal.read { try $0.rubricTexts(of: code) }
        let name = signedIn.visit.visitor.parameters.get("name")?.removingPercentEncoding
        guard let text = texts.first(where: { $0.name == name }) else { throw Problem.notFound }
        return Response(
          status: .ok,
          headers: [
            .contentType: "text/plain; charset=utf-8",
            .contentDisposition: "attachment; \(FileName(text.name).disposition)",
          ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: text.bytes)))
      }
    ]

  private static func show(_ signedIn: SignedIn, _ entered: Entered) async throws -> Response {
    let code: Code<Cycle> = try signedIn.part("cycle")
    let words = try signedIn.words()
    let (cycle, rubric, texts) = try await signedIn.portal.read {
      (try $0.cycle(code), try $0.rubric(of: code), try $0.rubricTexts(of: code))
    }
    let isPreparing = cycle.stage == .preparing
    let mayChange = isPreparing || cycle.stage == .open
    return try signedIn.page(
      "pages/setup-cycle", title: cycle.title.in(words.language),
      [
        "form": try signedIn.visit.form(SettingUp.cycle(code), entered),
        "heading": .text(cycle.title.in(words.language).held), "code": .text(cycle.code.text),
        "year": .text(words.say("banner.year", ["year": words.year(cycle.year)])),
        "stage": .text(CycleWords(words).stage(cycle)),
        "back": .text(SettingUp.checklist), "is_preparing": .flag(isPreparing),
        "may_change": .flag(mayChange),
        "title_th": try signedIn.visit.field("title_th", in: "setup_cycle", entered, or: cycle.title.thai),
        "title_en": try signedIn.visit.field("title_en", in: "setup_cycle", entered, or: cycle.title.english)
          .with(["lang": "en"]),
        "rubric": .text(words.facts([rubric.code.text, rubric.title.in(words.language)])),
        "edition": .text(rubric.edition),
        "files": .list(
          texts.map {
            [
              "name": .text($0.name),
              "href": .text("\(SettingUp.cycle(code))/rubric-files/\($0.name.queryEscaped)"),
            ]
          }), "change_rubric": .text(SettingUp.cycle(code) + "/rubric"),
        "schedule": .text(SettingUp.schedule(code)), "has_schedule": .flag(cycle.schedule != nil),
        "windows": .list(CycleWords(words).windows(cycle, rubric, Dates(signedIn.visit.visitor))),
        "proof": .text(
          words.say("setup_schedule.\(cycle.schedule?.admitsFurtherProof == true ? "proof_yes" : "proof_no")")
        ),
        "open": .text(SettingUp.opening(code)), "extensions": .text(SettingUp.extensions(code)),
        "extension_count": .text(
          words.say("setup_cycle.extension_count", ["count": cycle.extensions.count.shown])),
        "figures": .text(SettingUp.figures(code)),
      ], frame: try signedIn.frame(settingUp: .checklist, in: cycle))
  }

  private static func rename(_ signedIn: SignedIn, _ sent: Fields) async throws -> String {
    let code: Code<Cycle> = try signedIn.part("cycle")
    let words = try signedIn.words()
    let (thai, english) = (sent.text("title_th"), sent.text("title_en"))
    guard !thai.isEmpty else { throw FieldFaults("title_th", words.say("setup_cycle.title_missing")) }
    for (name, text) in [("title_th", thai), ("title_en", english)] where text.count > 200 {
      throw FieldFaults(name, words.say("setup_cycle.title_long"))
    }
    try await signedIn.write(sent) { registry, signer, now in
      try registry.changeCycle(
        code, title: Words(thai: thai, english: english.isEmpty ? thai : english), rubric: nil, by: signer,
        at: now)
    }
    return SettingUp.cycle(code) + "?told=saved"
  }
}
