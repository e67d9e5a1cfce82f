import HTTPTypes
import Hummingbird
import Integrity
import NIOCore
import Reports
import Storage

/// Which pages are printed alike: the same question, in the same language, of everybody who is asked the same.
struct AnswerPrint: Hashable, Sendable {
  enum Page: Hashable, Sendable {
    case opening
    /// Counted from 0, with nothing chosen yet.
    case questions(Int)
  }

  let page: Page
  let rubric: ObjectIdentifier
  let collected: Collected
  let items: [Code<Node>]
  let language: Language
}

/// A print, and what it was made from, which has to stay where it is as long as it names the print.
struct KeptPrint: Sendable {
  let print: Print
  let rubric: Rubric
}

extension Respondent {
  /// A page from its print; what is the respondent's own, or their office's, is filled in.
  ///
  /// - Parameters:
  ///   - own: by the names under which the page has them.
  ///   - render: makes the page where there is no print of it, with blanks for these.
  func printed(
    _ page: AnswerPrint.Page, _ own: [String: String], _ render: ([String: String]) throws -> String
  ) throws -> Response {
    let key = AnswerPrint(
      page: page, rubric: ObjectIdentifier(form.rubric), collected: form.place.collected,
      items: form.items.map(\.code), language: language)
    let kept = try visit.portal.prints.value(key) {
      let blanks = Dictionary(uniqueKeysWithValues: own.keys.map { ($0, Print.blank($0)) })
      return KeptPrint(print: Print(try render(blanks)), rubric: form.rubric)
    }
    return Response(
      status: .ok, headers: [.contentType: "text/html; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: kept.print.filled(own))))
  }
}
