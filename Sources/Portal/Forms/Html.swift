import Foundation
import HTTPTypes
import Hummingbird
import Integrity
import NIOCore
import Reports
import Storage

extension Response {
  static func html(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
    Response(
      status: status, headers: [.contentType: "text/html; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }
}

extension Visit {
  /// A page from its template, in the frame every page has.
  ///
  /// - Parameters:
  ///   - room: where its words stand; `ROOM.title` is the title of the window.
  ///   - frame: the places, the banner and the person, where somebody has signed in.
  func page(
    _ template: String, title: String, _ data: [String: ReportData], frame: ReportData = .absent,
    status: HTTPResponse.Status = .ok
  ) throws -> Response {
    try portal.page(
      template, title: title, data, frame: frame, status: status, to: visitor, path: request.uri.path)
  }
}

extension Portal {
  func page(
    _ template: String, title: String, _ data: [String: ReportData], frame: ReportData = .absent,
    status: HTTPResponse.Status = .ok, to visitor: Visitor, path: String
  ) throws -> Response {
    .html(
      try pageText(template, title: title, data, frame: frame, to: visitor, path: path), status: status)
  }

  /// A page's text, for whoever sends it in pieces.
  func pageText(
    _ template: String, title: String, _ data: [String: ReportData], frame: ReportData = .absent,
    to visitor: Visitor, path: String
  ) throws -> String {
    let words = try pages.words(visitor.language)
    let other: Language = visitor.language == .thai ? .english : .thai
    var fields = data
    fields["words"] = words.data
    fields["lang"] = .text(visitor.language.rawValue)
    fields["title"] = .text(title)
    fields["frame"] = frame
    fields["site"] = [
      "other_language": .text(other.rawValue), "path": .text(path.sameSite), "style": .text(assets.style),
      "script": .text(assets.script), "icon": .text(assets.icon), "font": ReportData(assets.fontStyle),
      "is_example": .flag(settings.isExample),
    ]
    return try pages.render(template, .record(fields))
  }

  /// An error as a page.
  func show(_ error: ErrorPage, reference: String, to visitor: Visitor) -> Response {
    var response: Response
    do {
      let words = try pages.words(visitor.language)
      let title = words.text("error", "\(error.name)_title")
      response = try page(
        "pages/error", title: title,
        [
          "heading": .text(title),
          "text": .text(error.detail ?? words.text("error", "\(error.name)_text")),
          "reference": error.isFault ? .text(reference) : .absent,
          "code": .text("\(error.status.code)"), "is_busy": .flag(error.retryAfter != nil),
        ], status: error.status, to: visitor, path: "/")
    } catch {
      response = Response(status: .internalServerError)
      response.headers[.contentType] = "text/plain; charset=utf-8"
    }
    if let seconds = error.retryAfter { response.headers[.retryAfter] = "\(seconds)" }
    return response
  }
}
