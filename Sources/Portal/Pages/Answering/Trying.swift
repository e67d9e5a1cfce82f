public import Integrity
import Reports
public import Storage

/// How a visitor of an example may answer a questionnaire: through the open link, or with a slip that nobody has drawn.
public struct Trying: Hashable, Sendable {
  /// The address of the open link, without scheme and host.
  public let link: String
  /// Where a slip is good.
  public let slipped: String
  public let slips: [SlipCode]

  public init(link: AnswerPlace, slipped: AnswerPlace, slips: [SlipCode]) {
    self.init(link: AnswerPaths.plain(link), slipped: AnswerPaths.plain(slipped), slips: slips)
  }

  public init(link: String, slipped: String, slips: [SlipCode]) {
    (self.link, self.slipped, self.slips) = (link, slipped, slips)
  }

  /// For the guide of the site.
  func data(_ language: Language) -> ReportData {
    let query = "?lang=\(language.rawValue)"
    return [
      "link": .text(link + query),
      "slips": .list(
        slips.map { ["href": .text("\(slipped)\(query)#\($0.text)"), "code": .text($0.grouped)] }),
    ]
  }
}
