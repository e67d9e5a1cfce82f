import HTTPTypes
import Hummingbird
import Integrity
import NIOCore
import Reports
import Storage

/// What was found on an office's disclosures. Whoever comes the first time opens it, which is recorded; before that
/// nothing of it is shown.
enum FindingsPage {
  static let path = Paths.home + "/findings"

  static let routes: [Route] =
    Form(path: path, fields: Fields.Names(), show: show, act: open).routes
    + [
      .page(path + ".csv", load: .export) { signedIn in
        let (desk, words) = (try await desk(signedIn), try signedIn.words())
        guard desk.isOpen else { throw Problem.notFound }
        return .table(FindingsTable(desk, words).text, named: "findings", desk.cycle.code, desk.office.code)
      }
    ] + FindingPage.routes

  static func desk(_ signedIn: SignedIn) async throws -> Registry.FindingsDesk {
    let paths = try signedIn.paths()
    return try await signedIn.read { registry, signer, now in
      try registry.findingsDesk(paths.office, in: paths.cycle, by: signer, at: now)
    }
  }

  static func frame(_ signedIn: SignedIn, _ desk: Registry.FindingsDesk) throws -> ReportData {
    try signedIn.frame(.disclosures, desk.cycle, desk.rubric, desk.office)
  }

  private static func show(_ signedIn: SignedIn, _ entered: Entered) async throws -> Response {
    let (desk, words) = (try await desk(signedIn), try signedIn.words())
    let data = FindingsData(desk, at: signedIn.now, words, Dates(signedIn.visit.visitor))
    if desk.isOpen {
      return try signedIn.page(
        "pages/clarifying-findings", title: words.say("findings.title"), data.fields,
        frame: try frame(signedIn, desk))
    }
    var fields = data.opening(by: signedIn.session)
    fields["form"] = try signedIn.visit.form(try signedIn.paths().findings, entered)
    return try signedIn.page(
      "pages/clarifying-opening", title: words.say("findings.title"), fields, frame: try frame(signedIn, desk)
    )
  }

  private static func open(_ signedIn: SignedIn, _ sent: Fields) async throws -> String {
    let paths = try signedIn.paths()
    try await signedIn.write(sent) { registry, signer, now in
      try registry.acknowledge(paths.office, in: paths.cycle, by: signer, at: now)
    }
    return paths.findings + "?done=opened"
  }
}

extension Response {
  /// A table to be taken away, under a name that may stand anywhere.
  static func table(_ text: String, named name: String, _ cycle: Code<Cycle>, _ office: Code<Office>? = nil)
    -> Response
  {
    let parts = [name, cycle.text, office?.text].compactMap { $0 }.map { part in
      part.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    }
    return Response(
      status: .ok,
      headers: [
        .contentType: "text/csv; charset=utf-8",
        .contentDisposition: "attachment; filename=\"\(parts.joined(separator: "-")).csv\"",
      ], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }
}
