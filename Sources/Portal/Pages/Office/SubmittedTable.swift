import Integrity
import Reports
import Storage

/// Everything that was submitted with a receipt, for a spreadsheet: a row a piece of evidence.
struct SubmittedTable {
  private let number: String
  private let submissions: [Submission]
  private let items: [Code<Node>: Item]
  private let words: Wording

  init(_ number: String, _ submissions: [Submission], _ desk: Registry.OfficeDesk, _ words: Wording) {
    self.number = number
    self.submissions = submissions
    items = Dictionary(desk.works.map { ($0.item.code, $0.item) }) { a, _ in a }
    self.words = words
  }

  /// What a spreadsheet would take for a formula is marked as text.
  var text: String { ScorecardCSV.table([header] + submissions.flatMap(rows)) + "\r\n" }

  private var header: [String] {
    [
      "receipt.column_receipt", "receipt.column_code", "receipt.column_title", "receipt.column_version",
      "receipt.column_answer", "receipt.column_note", "receipt.column_elements", "receipt.column_kind",
      "receipt.column_evidence", "receipt.column_digest", "receipt.column_page", "receipt.column_quote",
      "receipt.column_nature",
    ].map { words.say($0) }
  }

  private func rows(_ submission: Submission) -> [[String]] {
    let item = items[submission.item]
    let elements = submission.elements.map { coverage in
      let title = item?.elements.first { $0.key == coverage.element }?.title.in(words.language)
      return [title ?? coverage.element.text, coverage.place].filter { !$0.isEmpty }.joined(separator: ": ")
    }
    let head = [
      number, submission.item.text, item?.title.in(words.language) ?? "", "\(submission.version)",
      submission.isDisclosed.map { words.say($0 ? "receipt.answer_yes" : "receipt.answer_no") } ?? "",
      submission.note, elements.joined(separator: "; "),
    ]
    if submission.evidence.isEmpty { return [head + Array(repeating: "", count: 6)] }
    return submission.evidence.map { evidence in
      let (kind, text, digest): (String, String, String) =
        switch evidence.content {
        case .link(let link): (words.say("receipt.kind_link"), link, "")
        case .file(let name, let digest, _): (words.say("receipt.kind_file"), name, digest)
        case .note(let note): (words.say("receipt.kind_note"), note, "")
        }
      return head + [
        kind, text, digest, evidence.pointer, evidence.quote,
        evidence.nature.title.in(words.language).sentence(in: words.language),
      ]
    }
  }
}
