import HTTPTypes
import Hummingbird
import Integrity
import NIOCore
import Reports
import Storage

/// The administrator's room: its addresses, and its door, which for anybody else is not there.
enum SettingUp {
  static let checklist = "/setting-up"
  static let offices = "/offices"
  static let importOffices = "/offices/import"
  static let importGroups = "/offices/groups/import"
  static let people = "/people"
  static let importPeople = "/people/import"
  static let letters = "/letters"
  static let newCycle = "/setting-up/cycles"
  static let trail = "/trail"
  static let retention = "/retention"
  static let backups = "/backups"

  static let routes: [Route] = [
    ChecklistPage.routes, OfficesPage.routes, ImportPage.routes, OfficePage.routes, RubricPage.routes,
    CyclePage.routes, SchedulePage.routes, OpeningPage.routes, ExtensionsPage.routes, AllPeoplePage.routes,
    NewAccountPage.routes, AccountPage.routes, LettersPage.routes, LatePage.routes, TrailPage.routes,
    RetentionPage.routes, BackupsPage.routes, ErrandPage.routes,
  ].flatMap { $0 }

  static func errand(_ id: String) -> String { "\(checklist)/errands/\(id)" }
  static func office(_ code: Code<Office>) -> String { "\(offices)/\(code.text.queryEscaped)" }
  static func person(_ code: Code<Person>) -> String { "\(people)/\(code.text.queryEscaped)" }
  static func cycle(_ code: Code<Cycle>) -> String { "\(newCycle)/\(code.text.queryEscaped)" }
  static func schedule(_ code: Code<Cycle>) -> String { cycle(code) + "/schedule" }
  static func opening(_ code: Code<Cycle>) -> String { cycle(code) + "/open" }
  static func extensions(_ code: Code<Cycle>) -> String { cycle(code) + "/extensions" }
  static func figures(_ code: Code<Cycle>) -> String { cycle(code) + "/figures" }
  static func late(_ code: Code<Cycle>) -> String { "/\(code.text.queryEscaped)/late" }

  /// The cycle that the address names, with what it is judged by.
  static func cycle(_ signedIn: SignedIn) async throws -> (cycle: Cycle, rubric: Rubric) {
    let code: Code<Cycle> = try signedIn.part("cycle")
    return try await signedIn.portal.read { (try $0.cycle(code), try $0.rubric(of: code)) }
  }

  /// A page of the room.
  static func page(
    _ path: String, load: Crowd.Load = .page,
    _ answer: @escaping @Sendable (SignedIn) async throws -> Response
  ) -> Route {
    .page(path, load: load) { signedIn in
      try signedIn.administering()
      return try await answer(signedIn)
    }
  }

  /// A form of the room.
  static func form(
    _ path: String, _ fields: Fields.Names,
    show: @escaping @Sendable (SignedIn, Entered) async throws -> Response,
    act: @escaping @Sendable (SignedIn, Fields) async throws -> String
  ) -> Form {
    Form(
      path: path, fields: fields,
      show: { signedIn, entered in
        try signedIn.administering()
        return try await show(signedIn, entered)
      },
      act: { signedIn, fields in
        try signedIn.administering()
        return try await act(signedIn, fields)
      })
  }

  /// Where a form was sent to, its page may be asked for again: in the other language, or by going back.
  static func back(
    from path: String, to page: @escaping @Sendable (SignedIn) throws -> String
  ) -> Route {
    SettingUp.page(path) { signedIn in .redirect(to: try page(signedIn)) }
  }

  /// A table to take away.
  static func table(_ rows: [[String]], named name: String) -> Response {
    Response(
      status: .ok,
      headers: [
        .contentType: "text/csv; charset=utf-8",
        .contentDisposition: "attachment; filename=\"\(name)\"",
      ], body: ResponseBody(byteBuffer: ByteBuffer(string: ScorecardCSV.table(rows) + "\r\n")))
  }
}

extension Upload {
  /// Reads what an administrator hands over; of anybody else nothing gets onto the disk.
  static func administered(
    _ visit: Visit, _ names: Fields.Names, file: String, largest: Int, most: Int = 1
  ) async throws -> (signedIn: SignedIn, upload: Upload) {
    let signedIn = try visit.signedIn()
    let isAdministrator = (try? signedIn.administering()) != nil
    let upload = try await read(
      visit, names, file: file, largest: isAdministrator ? largest : 0, most: most)
    guard Forgery.matches(upload.fields.token, visit.visitor.token) else { throw Problem.foreignForm }
    try signedIn.administering()
    return (signedIn, upload)
  }
}

extension SignedIn {
  /// - Throws: `Problem.notFound` for whoever is no administrator.
  func administering() throws {
    guard Conduct.may(.keepOffices, in: Matter(), by: session.who, at: now) == nil else {
      throw Problem.notFound
    }
  }

  /// Around a page of the room, with what was just done there.
  ///
  /// - Parameter cycle: the one being prepared or under way.
  func frame(settingUp place: RoomPlace?, in cycle: Cycle?) throws -> ReportData {
    let frame = try frame(.settingUp, place, in: cycle)
    guard let told = visit.asked("told") else { return frame }
    let text = try words().text("setup_done", "\(told)")
    // The address may have been typed by anybody.
    return text == told ? frame : frame.with(["done": .text(text)])
  }

  /// Where a step of setting up goes on, just after it was done: while nothing is open, back to the steps.
  func wayOn(_ cycle: Cycle?) -> ReportData {
    let isPreparing = (cycle?.stage ?? .preparing) == .preparing
    return ReportData(isPreparing && visit.asked("told") != nil ? SettingUp.checklist : nil)
  }

  /// The same for a page that belongs to no cycle: the one under way stands around it.
  func frame(settingUp place: RoomPlace?) async throws -> ReportData {
    let cycles = try await portal.read { try $0.cycles() }
    return try frame(settingUp: place, in: cycles.last { $0.stage != .published })
  }
}
