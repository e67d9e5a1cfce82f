public import Integrity

/// What is put forward, and what an assessor sees of it.
extension ExampleYear {
  /// The main office's disclosure that the head of its group sends back.
  public var returned: Item { main.disclosures[1] }
  /// The one that its director takes back.
  public var recalled: Item { main.disclosures[main.disclosures.count / 2] }

  /// What an office puts forward in the end: that it discloses this, and where.
  public func draft(of item: Item, by participant: Participant) -> DraftEntry {
    let isMain = participant.office.code == ExampleDistrict.main
    let known = isMain ? district?.evidence.first { $0.item == item.code } : nil
    return draft(
      item, participant, ExampleYear.link(to: item, of: participant.office), page: known?.page ?? "1",
      quote: known?.note ?? item.elements.map(\.title.thai).joined(separator: "; "))
  }

  /// What it puts forward first: last year's page, or no place to look, for two of the main office's.
  public func firstDraft(of item: Item, by participant: Participant) -> DraftEntry {
    guard participant.office.code == main.office.code else { return draft(of: item, by: participant) }
    if item.code == returned.code {
      let link = ExampleYear.link(to: item, of: participant.office, year: rubric.year.buddhist - 1)
      return draft(item, participant, link)
    }
    if item.code == recalled.code {
      return draft(item, participant, ExampleYear.link(to: item, of: participant.office))
    }
    return draft(of: item, by: participant)
  }

  private func draft(
    _ item: Item, _ participant: Participant, _ link: String, page: String = "", quote: String = ""
  ) -> DraftEntry {
    DraftEntry(
      office: participant.office.code, item: item.code, isDisclosed: true,
      evidence: [Evidence(.link(link), pointer: page, quote: quote)])
  }

  /// Whether the link opened when the assessor looked.
  public func linkState(for finding: Finding) -> LinkState {
    finding.reason.hasPrefix("ลิงก์เปิดไม่ได้") ? .notFound : .opened
  }

  /// Where a disclosure stands; a site that cannot exist.
  static func link(to item: Item, of office: Office, year: Int = 2567) -> String {
    let site = office.code == ExampleDistrict.main ? "thanthong1" : "area-\(office.code.text.lowercased())"
    return "https://www.\(site).example/ita\(year)/\(item.code.text.lowercased())"
  }
}
