import Foundation
import HTTPTypes
import Hummingbird
import Integrity
import NIOCore
import Reports
import Storage

/// What may be taken away of a cycle's results: a menu of reports, each made while its page shows how far it is.
enum DownloadsPage {
  private static let base = "/{cycle}/downloads"

  static let routes: [Route] =
    form.routes + [
      .page(base + "/{job}", job), .page(base + "/{job}/state", state),
      .page(base + "/{job}/file", load: .export, file),
      .page(Paths.home + "/scorecard.xlsx", load: .export, scorecard), dropping.sent,
    ]

  private static let form = Form(
    path: base, fields: Fields.Names(once: ["report", "language"]), show: show, act: begin)

  private static let dropping = Form(
    path: base + "/{job}/drop", fields: Fields.Names(), show: show, act: drop)

  static func path(_ cycle: Code<Cycle>) -> String { "/\(cycle.text.queryEscaped)/downloads" }

  private static func desk(_ signedIn: SignedIn) async throws -> Registry.DownloadsDesk {
    let code: Code<Cycle> = try signedIn.part("cycle")
    return try await signedIn.read { registry, signer, now in
      try registry.downloadsDesk(of: code, by: signer, at: now)
    }
  }

  private static func orders(_ signedIn: SignedIn, _ cycle: Cycle, _ language: Language) -> ReportOrders {
    ReportOrders(
      registry: signedIn.portal.registry, templates: signedIn.portal.templates,
      asked: ReportOrders.Asked(
        cycle: cycle, signer: signedIn.signer, now: signedIn.now, language: language))
  }

  private static func frame(_ signedIn: SignedIn, _ cycle: Cycle) throws -> ReportData {
    let rooms = Room.all(for: signedIn.session.who, on: signedIn.now.day)
    guard let room = rooms.first(where: { $0.places.contains(.downloads) }) else {
      return try signedIn.bareFrame()
    }
    return try signedIn.frame(room, .downloads, in: cycle)
  }

  private static func show(_ signedIn: SignedIn, _ entered: Entered) async throws -> Response {
    let desk = try await desk(signedIn)
    let (cycle, words, visit) = (desk.cycle, try signedIn.words(), signedIn.visit)
    if let way = try await officeAsked(signedIn, cycle) { return .redirect(to: way) }
    let jobs = signedIn.portal.exports.jobs(of: signedIn.session.person, in: cycle.code, at: signedIn.now)
    let data = DownloadsData(desk, words, Dates(visit.visitor))
    let menu = data.menu(try ReportOrders.workbooks(in: signedIn.portal.templates))
    var fields = data.fields(menu)
    fields["form"] = try visit.form(path(cycle.code), entered)
    fields["jobs"] = .list(jobs.map { .record(data.one($0, menu)) })
    fields["has_jobs"] = .flag(!jobs.isEmpty)
    let office = visit.asked("office")
    fields["office"] = .text(String((office ?? "").prefix(200)))
    fields["office_fault"] = office.map { _ in .text(words.say("amending.office_missing")) } ?? .absent
    return try signedIn.page(
      "pages/downloads", title: words.say("downloads.title"), fields, frame: try frame(signedIn, cycle))
  }

  /// To the workbook of the office that is asked for; nil where it is not plain which office is meant.
  private static func officeAsked(_ signedIn: SignedIn, _ cycle: Cycle) async throws -> String? {
    guard let asked = signedIn.visit.asked("office")?.trimmingBlanks, !asked.isEmpty else { return nil }
    let offices = try await signedIn.read { registry, _, _ in try registry.participants(of: cycle.code) }
    guard let office = try signedIn.finder(offices).one(asked) else { return nil }
    return Paths(cycle: cycle.code, office: office.code).scorecardWorkbook
  }

  // Making one.

  private static func begin(_ signedIn: SignedIn, _ sent: Fields) async throws -> String {
    let desk = try await desk(signedIn)
    let (cycle, words) = (desk.cycle, try signedIn.words())
    let language = Language(rawValue: sent.text("language")) ?? signedIn.language
    let report = sent.text("report")
    let menu = DownloadsData(desk, words, Dates(signedIn.visit.visitor))
      .menu(try ReportOrders.workbooks(in: signedIn.portal.templates))
    guard menu.contains(where: { $0.name == report }),
      let order = try orders(signedIn, cycle, language).order(report)
    else {
      throw FieldFaults(nil, words.say("downloads.report_missing"))
    }
    let job = try signedIn.portal.exports.begin(
      order, in: cycle.code, by: signedIn.session.person, form: sent.key, at: signedIn.now)
    return path(cycle.code) + "/" + job.id
  }

  private static func drop(_ signedIn: SignedIn, _ sent: Fields) async throws -> String {
    let (desk, job) = try await found(signedIn)
    signedIn.portal.exports.drop(job.id, of: signedIn.session.person)
    return path(desk.cycle.code)
  }

  private static func found(
    _ signedIn: SignedIn
  ) async throws -> (desk: Registry.DownloadsDesk, job: Exports.Job) {
    let desk = try await desk(signedIn)
    guard let id = signedIn.visit.visitor.parameters.get("job"),
      let job = signedIn.portal.exports.job(id, of: signedIn.session.person, at: signedIn.now),
      job.cycle == desk.cycle.code
    else { throw Problem.notFound }
    return (desk, job)
  }

  private static func job(_ signedIn: SignedIn) async throws -> Response {
    let (desk, job) = try await found(signedIn)
    let (words, visit) = (try signedIn.words(), signedIn.visit)
    let data = DownloadsData(desk, words, Dates(visit.visitor))
    var fields = data.one(job, data.menu(try ReportOrders.workbooks(in: signedIn.portal.templates)))
    let title = fields["title"]?.shown ?? ""
    fields["form"] = try visit.form(path(desk.cycle.code) + "/\(job.id)/drop")
    return try signedIn.page(
      "pages/download", title: title, fields, frame: try frame(signedIn, desk.cycle))
  }

  /// How far it is, for the script of the page.
  private static func state(_ signedIn: SignedIn) async throws -> Response {
    let (desk, job) = try await found(signedIn)
    let data = DownloadsData(desk, try signedIn.words(), Dates(signedIn.visit.visitor))
    let json = JSON.object([
      ("is_over", .flag(job.isOver)), ("share", .number(data.share(job))), ("text", .text(data.state(job))),
    ])
    return Response(
      status: .ok, headers: [.contentType: "application/json"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: json.text())))
  }

  private static func file(_ signedIn: SignedIn) async throws -> Response {
    let (_, job) = try await found(signedIn)
    guard case .ready(let file) = job.state else { throw Problem.notFound }
    return Response(
      status: .ok,
      headers: [.contentType: job.type, .contentDisposition: "attachment; filename=\"\(job.name)\""],
      body: file.body)
  }

  // One office.

  private static func scorecard(_ signedIn: SignedIn) async throws -> Response {
    let paths = try signedIn.paths()
    let (portal, language) = (signedIn.portal, signedIn.language)
    let bytes = try await signedIn.read { registry, signer, now in
      let asked = ReportOrders.Asked(
        cycle: try registry.cycle(paths.cycle), signer: signer, now: now, language: language)
      return try ReportOrders(registry: registry, templates: portal.templates, asked: asked).office(
        paths.office)
    }
    let name = "\(paths.cycle.text.plain)-\(paths.office.text.plain).xlsx"
    return Response(
      status: .ok,
      headers: [.contentType: ReportOrders.xlsx, .contentDisposition: "attachment; filename=\"\(name)\""],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}

extension Paths {
  /// The office's result as a workbook.
  var scorecardWorkbook: String { home + "/scorecard.xlsx" }
}
