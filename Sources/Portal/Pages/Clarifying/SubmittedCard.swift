import Foundation
import Integrity
import Reports
import Storage

/// What an office had submitted for a disclosure when collecting closed, for `parts/clarifying-submitted`.
struct SubmittedCard {
  let submission: Submission?
  let item: Item
  let paths: Paths
  let words: Wording

  var data: ReportData {
    guard let submission else { return ["is_there": false] }
    let shown = Dictionary(submission.elements.map { ($0.element, $0.place) }) { a, _ in a }
    let elements = item.elements.map { element -> ReportData in
      let place = shown[element.key] ?? ""
      return [
        "title": .text(element.title.in(words.language).held),
        "is_shown": .flag(shown[element.key] != nil), "place": .text(place),
        "has_place": .flag(!place.isEmpty),
      ]
    }
    return [
      "is_there": true,
      "answer": .text(
        words.say(submission.isDisclosed == true ? "as_submitted.answered" : "as_submitted.answered_no")),
      "note": .text(submission.note), "has_note": .flag(!submission.note.isEmpty),
      "pieces": .list(submission.evidence.map { piece($0) }),
      "has_pieces": .flag(!submission.evidence.isEmpty),
      "elements": .list(elements), "has_elements": .flag(!elements.isEmpty),
    ]
  }

  /// A piece of evidence for `parts/clarifying-piece`.
  func piece(_ evidence: Evidence) -> ReportData {
    var (text, href, isFile): (String, String?, Bool)
    switch evidence.content {
    case .link(let link):
      (text, href, isFile) = (link, Evidence.flaw(ofLink: link) == nil ? link : nil, false)
    case .file(let name, let digest, _): (text, href, isFile) = (name, paths.file(digest, name), true)
    case .note(let note): (text, href, isFile) = (note, nil, false)
    }
    return [
      "text": .text(text), "href": ReportData(href), "is_file": .flag(isFile),
      "is_link": .flag(evidence.isLink), "page": .text(evidence.pointer),
      "has_page": .flag(!evidence.pointer.isEmpty), "quote": .text(evidence.quote),
      "has_quote": .flag(!evidence.quote.isEmpty),
    ]
  }
}

extension Registry.Contest {
  /// What the office has put against a finding, for `parts/clarifying-statement`.
  func data(_ card: SubmittedCard, _ dates: Dates) -> ReportData {
    [
      "statement": .text(statement), "pieces": .list(evidence.map(card.piece)),
      "has_pieces": .flag(!evidence.isEmpty), "who": .text(who), "when": .text(dates.moment(at)),
    ]
  }
}
