import Foundation
import Integrity
import Portal
import Specimen
import Storage

/// How a visitor of a demo answers a questionnaire of the main office: through the open link, or with a slip that nobody
/// has drawn. It stands among the lines of the demo's guide, and is read from them again.
struct DemoTrying {
  let trying: Trying

  /// How many slips are left for visitors.
  private static let most = 4

  /// nil while the questionnaires are not open.
  init?(_ story: DemoNow) {
    guard story.morning == .collecting || story.morning == .assessing,
      let rubric = try? story.registry.rubric(of: story.cycle)
    else { return nil }
    let office = story.offices[0]
    let open = rubric.instruments.flatMap { instrument -> [Collected] in
      guard let questionnaire = instrument.questionnaire else { return [] }
      let routes = questionnaire.routes.isEmpty ? [nil] : questionnaire.routes.map { Optional($0.code) }
      return routes.filter { questionnaire.access(by: $0) == .link }
        .map { Collected(instrument.code, route: $0) }
    }
    guard let linked = open.first, let own = rubric.slipRoutes.first else { return nil }
    let place = AnswerPlace(story.cycle, office, own)
    trying = Trying(
      link: AnswerPlace(story.cycle, office, linked), slipped: place,
      slips: Array(story.box.codes(for: place).prefix(DemoTrying.most)))
  }

  /// Reads it from a demo's guide; nil where none stands in it.
  init?(guide: String) {
    let lines = guide.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    guard let at = lines.firstIndex(where: { $0.first?.hasPrefix("/answer/") == true }),
      at + 2 < lines.count, let link = lines[at].first, let slipped = lines[at + 1].first
    else { return nil }
    trying = Trying(link: link, slipped: slipped, slips: lines[at + 2].compactMap { SlipCode(typed: $0) })
  }

  var text: String {
    """
    To answer a questionnaire, nobody has to sign in (ตอบแบบวัดโดยไม่ต้องเข้าสู่ระบบ):
      \(trying.link)  the open link of a poster (ลิงก์เปิดบนป้าย)
      \(trying.slipped)  with a slip, each good once (ใช้บัตรรหัส ใบละครั้ง):
        \(trying.slips.map(\.grouped).joined(separator: " "))

    """
  }
}
