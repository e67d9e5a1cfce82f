import Foundation
import HTTPTypes
import Hummingbird
import Integrity
import NIOHTTP1
import Reports
import Storage

/// What keeps a request from being answered, other than the registry's and the permission room's words.
enum Problem: Error {
  /// Not there, or not for this visitor: the two look alike.
  case notFound
  case signInFirst
  /// The password was given, the second factor was not.
  case secondFactorFirst
  /// The form was not made by one of our pages for this visitor.
  case foreignForm
  /// The form is not as our page made it: a field too many, or twice.
  case oddForm(String)
  case tooLarge
  /// Too many at once; try again after so many seconds.
  case busy(Int)
  /// The host or the method is none of ours.
  case misdirected
  case tooSlow
}

/// An error as a page: its status, its words and what to do.
struct ErrorPage: Sendable {
  let status: HTTPResponse.Status
  /// Names the words `error.NAME_title` and `error.NAME_text`.
  let name: String
  /// In place of the text, where something more exact is known.
  var detail: String?
  var retryAfter: Int?

  /// The only place where errors become statuses and words.
  init(_ error: any Error, in language: Language) {
    switch error {
    case Problem.notFound, Problem.misdirected: self.init(.notFound, "not_found")
    case Problem.signInFirst, Problem.secondFactorFirst: self.init(.unauthorized, "sign_in")
    case Problem.foreignForm: self.init(.forbidden, "foreign_form")
    case Problem.oddForm: self.init(.badRequest, "odd_form")
    case Problem.tooLarge: self.init(.contentTooLarge, "too_large")
    case is HTTPParserError: self.init(.badRequest, "odd_form")
    // The site is being stopped, and has waited as long as it does.
    case is CancellationError: self.init(.serviceUnavailable, "busy", retryAfter: 20)
    case Problem.tooSlow: self.init(.requestTimeout, "too_slow")
    case Problem.busy(let seconds): self.init(.serviceUnavailable, "busy", retryAfter: seconds)
    case let refusal as Refusal:
      // That a foreign office exists is not said either.
      if refusal.isAboutRole {
        self.init(.notFound, "not_found")
      } else {
        self.init(.forbidden, "refused", detail: refusal.said(in: language))
      }
    case StorageProblem.unknown: self.init(.notFound, "not_found")
    case StorageProblem.full: self.init(.insufficientStorage, "full")
    case let problem as StorageProblem where problem.isOfForm:
      self.init(.conflict, "conflict", detail: problem.said(in: language))
    case let error as any HTTPResponseError where error.status == .contentTooLarge:
      self.init(.contentTooLarge, "too_large")
    case let error as any HTTPResponseError where error.status == .notFound: self.init(.notFound, "not_found")
    case let error as any HTTPResponseError where error.status.code < 500: self.init(error.status, "odd_form")
    default: self.init(.internalServerError, "fault", detail: nil)
    }
  }

  private init(
    _ status: HTTPResponse.Status, _ name: String, detail: String? = nil, retryAfter: Int? = nil
  ) {
    self.status = status
    self.name = name
    self.detail = detail
    self.retryAfter = retryAfter
  }

  /// Whether nobody foresaw it: its detail belongs in the log.
  var isFault: Bool { status == .internalServerError }
}

extension Refusal {
  /// Whether the person has nothing to do with the office at all.
  var isAboutRole: Bool {
    switch reason {
    case .role, .notAssigned, .conflict: act.isReading
    default: false
    }
  }
}

extension HTTPResponse.Status {
  static let insufficientStorage = HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage")
}
