import HTTPTypes
import Hummingbird

/// One entry of the table of contents: where it is and what answers there.
struct Route: Sendable {
  let method: HTTPRequest.Method
  /// As the router takes it: `/{cycle}/offices/{office}`.
  let path: String
  let load: Crowd.Load
  /// Whether it answers without signing in.
  let isOpen: Bool
  /// What its form sends; nil for pages.
  var fields: Fields.Names?
  let answer: @Sendable (Visit) async throws -> Response

  /// A page for everybody.
  static func open(
    _ method: HTTPRequest.Method, _ path: String, load: Crowd.Load = .page,
    _ answer: @escaping @Sendable (Visit) async throws -> Response
  ) -> Route {
    Route(method: method, path: path, load: load, isOpen: true, answer: answer)
  }

  /// A page for people who have signed in; what they see there the permission room decides.
  static func page(
    _ path: String, load: Crowd.Load = .page,
    _ answer: @escaping @Sendable (SignedIn) async throws -> Response
  ) -> Route {
    Route(method: .get, path: path, load: load, isOpen: false) { try await answer(try $0.signedIn()) }
  }
}

/// The table of contents: every page and every form.
enum Routes {
  static let all: [Route] = [
    Assets.routes,
    GeneralPages.routes,
    SignInPage.routes,
    AccountPages.routes,
    LandingPage.routes,
    HomePage.routes,
    DisclosuresPage.routes,
    SelfCheckPage.routes,
    DisclosurePage.routes,
    EvidencePage.routes,
    ReviewPage.routes,
    SignOffPage.routes,
    ReceiptPage.routes,
    RecallPage.routes,
    PeoplePage.routes,
    QuestionnairesPage.routes,
    SlipsPage.routes,
    PosterPage.routes,
    AnswerPages.routes,
    PublishedPages.routes,
    FindingsPage.routes,
    ClarificationsPage.routes,
    AssigningPage.routes,
    ProgressPage.routes,
    NotOpenedPage.routes,
    AskingProgressPage.routes,
    ResultsPage.routes,
    IndicatorsPage.routes,
    DistributionPage.routes,
    QualityPage.routes,
    FreeTextsPage.routes,
    ScorecardPage.routes,
    CorrectPage.routes,
    MarkQueuePage.routes,
    MarkPage.routes,
    CommentsPage.routes,
    ConflictsPage.routes,
    SealingPage.routes,
    AmendmentsPage.routes,
    DownloadsPage.routes,
    SettingUp.routes,
  ].flatMap { $0 }
}
