import Foundation
import Integrity
import Reports
import Storage

/// The cards of one disclosure: the answer, what must be shown, links, files and the note.
extension DisclosureData {
  private func fault(_ field: String) -> ReportData { ReportData(entered.fault(field)) }

  var answer: [String: ReportData] {
    let isYes = sheet.answer == .yes
    let needs = item.needsPublicLink ? "yes_link" : "yes_evidence"
    return [
      "answer": [
        "yes": .flag(isYes), "no": .flag(sheet.answer == .no), "fault": fault("answer-yes"),
        "yes_hint": .text(words.say("disclosure.\(needs)")),
        "said": .text(
          sheet.answer.map { words.say($0 == .yes ? "disclosure.yes" : "disclosure.no") }
            ?? words.say("disclosure.unanswered")),
      ]
    ]
  }

  var elements: [String: ReportData] {
    let all = item.elements
    let count = all.count { sheet.shown.contains($0.key) }
    let rule: String? =
      switch item.form {
      case .checklist(.all): words.say("disclosure.rule_all")
      case .checklist(.share): words.say("disclosure.rule_share")
      default: nil
      }
    // Without anything to tick the cards after it move up.
    let hasCard = !all.isEmpty || item.guidance != nil
    var number = 1
    var numbers: [String: ReportData] = ["answer": .text("1")]
    for card in [hasCard ? "elements" : nil, "links", "files", "note"].compactMap({ $0 }) {
      number += 1
      numbers[card] = .text("\(number)")
    }
    return [
      "number": .record(numbers), "has_elements_card": .flag(hasCard), "has_elements": .flag(!all.isEmpty),
      "guidance": ReportData(item.guidance?.in(words.language)),
      "rule": all.isEmpty ? .absent : ReportData(rule),
      "count": .text(words.say("disclosure.count", ["count": "\(count)", "all": "\(all.count)"])),
      "count_template": .text(words.say("disclosure.count", ["all": "\(all.count)"])),
      "elements": .list(all.map(data)),
    ]
  }

  private func data(_ element: Element) -> ReportData {
    let title = element.period.flatMap { code in desk.rubric.periods.first { $0.code == code } }?.title
    let period = title?.in(words.language) ?? ""
    // What stands in brackets goes on a line of its own.
    let open = period.hasSuffix(")") ? period.range(of: " (") : nil
    let place = sheet.places[element.key] ?? ""
    return [
      "key": .text(element.key.text), "id": .text("element-\(element.key)"),
      "place_id": .text("place-\(element.key)"),
      "title": .text(element.title.in(words.language).held),
      "is_shown": .flag(sheet.shown.contains(element.key)),
      "place": .text(place), "has_place": .flag(!place.isEmpty), "fault": fault("place-\(element.key)"),
      "period": .text(open.map { String(period[..<$0.lowerBound]) } ?? period),
      "period_span": ReportData(open.map { String(period[$0.upperBound...].dropLast()) }),
    ]
  }

  var evidence: [String: ReportData] {
    var notes: [ReportData] = []
    var files: [ReportData] = []
    for evidence in desk.work.submission?.evidence ?? [] {
      switch evidence.content {
      case .link: break
      case .note(let text): notes.append(["text": .text(words.facts([text, evidence.pointer]))])
      case .file(let name, let digest, let bytes):
        files.append([
          "name": .text(name), "href": .text(paths.file(digest, name)), "size": .text(ByteCount.shown(bytes)),
          "digest": .text(digest), "may_drop": .flag(mayDraft),
        ])
      }
    }
    return [
      "links": sheet.links.data(entered, words),
      "link_hint": .text(
        words.say(item.needsPublicLink ? "disclosure.links_needed" : "disclosure.links_useful")),
      "shown_links": sheet.links.filledData(words), "has_links": .flag(!sheet.links.filled.isEmpty),
      "notes": .list(notes),
      "has_notes": .flag(!notes.isEmpty),
      "files": .list(files), "has_files": .flag(!files.isEmpty), "upload_fault": fault("upload"),
      "accepted": .text(FileKind.accepted), "largest": .text("\(signedIn.portal.registry.largestFile)"),
      "files_hint": .text(
        words.say("disclosure.files_hint", ["most": "\(signedIn.portal.registry.largestFile >> 20)"])),
      "note": [
        "value": .text(sheet.note), "fault": fault("note"), "has_value": .flag(!sheet.note.isEmpty),
        "is_needed": .flag(sheet.answer == .no),
      ],
    ]
  }
}
