import Integrity
import Reports
import Storage

/// The disclosures of an office as a table for a spreadsheet.
struct DisclosureTable {
  private let desk: Registry.OfficeDesk
  private let range: ScoreRange?
  private let words: Wording

  init(_ desk: Registry.OfficeDesk, at now: Moment, _ words: Wording) {
    self.desk = desk
    range = ScoreRange(desk, at: now)
    self.words = words
  }

  /// What a spreadsheet would take for a formula is marked as text.
  var text: String { ScorecardCSV.table([header] + SubIndicator.all(of: desk).flatMap(rows)) + "\r\n" }

  private var header: [String] {
    [
      "disclosures.column_section", "disclosures.column_code", "disclosures.column_title",
      "disclosures.column_group",
      "disclosures.column_with", "disclosures.column_owner", "disclosures.column_state",
      "disclosures.column_elements",
      "disclosures.column_all_elements", "disclosures.column_links", "disclosures.column_files",
      "disclosures.column_points", "disclosures.column_changed", "disclosures.column_note",
    ].map { words.say($0) }
  }

  private func rows(_ section: SubIndicator) -> [[String]] {
    section.works.map { work in
      let evidence = work.submission?.evidence ?? []
      let shown = Set(work.submission?.elements.map(\.element) ?? [])
      let links = evidence.count { if case .link = $0.content { true } else { false } }
      let files = evidence.count { if case .file = $0.content { true } else { false } }
      return [
        "\(section.code) \(section.title.in(words.language))", work.item.code.text,
        work.item.title.in(words.language),
        desk.name(of: work.item.group, words),
        work.item.contributing.map { desk.name(of: $0, words) }.joined(separator: "; "), work.owner ?? "",
        work.shownState.title(words), "\(work.item.elements.count { shown.contains($0.key) })",
        "\(work.item.elements.count)", "\(links)", "\(files)",
        range?.stake(of: work.item.code).description ?? "", work.changedAt?.description ?? "",
        work.returnNote ?? "",
      ]
    }
  }
}
