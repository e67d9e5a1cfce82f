import Foundation
import Hummingbird
import Integrity
import NIOCore
import Reports
import Storage

/// How far something is that takes longer than a page may. The page's script asks again by itself; without it there is a
/// link.
enum ErrandPage {
  static let routes: [Route] = [
    SettingUp.page(SettingUp.errand("{errand}")) { signedIn in
      guard let id = signedIn.visit.visitor.parameters.get("errand"),
        let errand = signedIn.portal.errands.errand(id, of: signedIn.session.person)
      else { throw Problem.notFound }
      let words = try signedIn.words()
      let state = ErrandState(errand.state, signedIn.language, words)
      if signedIn.visit.asked("auto") != nil { return try state.reply() }
      if let path = state.path { return .redirect(to: path) }
      return try signedIn.page(
        "pages/setup-errand", title: words.text("errands", "\(errand.name)_title"),
        [
          "heading": .text(words.text("errands", "\(errand.name)_title")),
          "path": .text(SettingUp.errand(id)), "watch": .text(SettingUp.errand(id) + "?auto=1"),
          "said": .text(state.said), "share": ReportData(state.share.map { "\($0)" }),
          "failed": ReportData(state.fault), "is_over": .flag(state.fault != nil),
        ], frame: try await signedIn.frame(settingUp: nil))
    }
  ]
}

/// An errand's state in words, and for the page's script.
private struct ErrandState: Encodable {
  var said = ""
  /// In hundredths; nil where it cannot be told.
  var share: Int?
  var path: String?
  var fault: String?

  init(_ state: Errands.State, _ language: Language, _ words: Wording) {
    switch state {
    case .waiting: said = words.say("errands.waiting")
    case .running(_, of: 0): said = words.say("errands.running")
    case .running(let done, let all):
      said = words.say("errands.progress", ["done": done.shown, "all": all.shown])
      share = min(100, done * 100 / max(1, all))
    case .done(let path): self.path = path
    case .failed(let error): fault = ErrandState.words(error, language, words)
    }
  }

  private static func words(_ error: any Error, _ language: Language, _ words: Wording) -> String {
    switch error {
    case let problem as StorageProblem: problem.said(in: language)
    case let refusal as Refusal: refusal.said(in: language)
    case let faults as FieldFaults: faults.faults.map(\.text).joined(separator: " ")
    default: words.say("errands.fault")
    }
  }

  func reply() throws -> Response {
    Response(
      status: .ok, headers: [.contentType: "application/json"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: try JSONEncoder().encode(self))))
  }
}
