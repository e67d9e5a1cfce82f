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
    .html(try pageText(template, title: title, data, frame: frame), status: status)
  }

  /// A page's text, for whoever sends it in pieces.
  func pageText(
    _ template: String, title: String, _ data: [String: ReportData], frame: ReportData = .absent
  ) throws -> String {
    let (words, assets) = (try words(), portal.assets)
    let other: Language = language == .thai ? .english : .thai
    var fields = data
    fields["words"] = words.data
    fields["lang"] = .text(language.rawValue)
    fields["title"] = .text(title)
    fields["frame"] = frame
    fields["site"] = [
      "other_language": .text(other.rawValue), "switch": .text(Languages.way(to: other, from: request)),
      "style": .text(assets.style), "script": .text(assets.script), "icon": .text(assets.icon),
      "font": ReportData(assets.fontStyle), "is_example": .flag(portal.settings.isExample),
    ]
    return try portal.pages.render(template, .record(fields))
  }
}
