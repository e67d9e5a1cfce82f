import Integrity
import Reports

/// Links as a form holds them: a row each with its page, a quote and what it is, and always one to type in.
struct LinkRows: Hashable, Sendable {
  struct Link: Hashable, Sendable {
    var address = ""
    var page = ""
    var quote = ""
    var nature = Evidence.Nature.document

    var isEmpty: Bool { address.isEmpty && page.isEmpty && quote.isEmpty }
  }

  /// What the buttons at the rows ask for.
  enum Wish: Hashable, Sendable {
    case add
    /// By its place from 1.
    case remove(Int)

    init?(_ button: String) {
      if button == "add_link" {
        self = .add
      } else if button.hasPrefix("remove_"), let number = Int(button.dropFirst("remove_".count)), number > 0 {
        self = .remove(number)
      } else {
        return nil
      }
    }
  }

  private var rows: [Link]
  /// The row to type in next, by its place from 1.
  private(set) var fresh: Int?

  static let names: Set = ["link", "link_page", "link_quote", "link_nature"]

  /// Those among some evidence.
  init(_ evidence: [Evidence] = []) { rows = evidence.compactMap(Link.init) }

  /// - Throws: `Problem.oddForm` for a form that is not as our page made it.
  init(_ fields: Fields) throws {
    let columns = ["link", "link_page", "link_quote", "link_nature"].map(fields.all)
    guard Set(columns.map(\.count)).count == 1 else { throw Problem.oddForm("link") }
    rows = columns[0].indices.map { row in
      Link(
        address: columns[0][row], page: columns[1][row], quote: columns[2][row],
        nature: Evidence.Nature(rawValue: columns[3][row]) ?? .document)
    }
  }

  /// Without the rows that are still empty.
  var filled: [Link] { rows.filter { !$0.isEmpty } }

  var evidence: [Evidence] { rows.compactMap(\.evidence) }

  mutating func carryOut(_ wish: Wish) {
    switch wish {
    case .add:
      rows = filled + [Link()]
      fresh = rows.count
    case .remove(let number):
      guard rows.indices.contains(number - 1) else { return }
      rows.remove(at: number - 1)
      fresh = max(1, min(number, rows.count))
    }
  }

  /// Takes over links that are not there yet.
  ///
  /// - Returns: how many these are.
  mutating func take(over evidence: [Evidence]) -> Int {
    let known = Set(rows.map(\.address))
    let new = evidence.compactMap(Link.init).filter { !known.contains($0.address) }
    rows = filled + new
    return new.count
  }

  func faults(most: Int, _ words: Wording) -> [FieldFault] {
    var faults: [FieldFault] = []
    for (index, link) in rows.enumerated() where !link.isEmpty {
      let number = index + 1
      let flaw =
        link.address.isEmpty
        ? words.say("disclosure.fault_no_address") : Evidence.flaw(ofLink: link.address)?.in(words.language)
      if let flaw {
        faults.append(
          FieldFault(
            "link-\(number)", words.say("disclosure.fault_link", ["number": "\(number)", "flaw": flaw])))
      }
      faults.append(tooLong: link.page, most: 200, "page-\(number)", words)
      faults.append(tooLong: link.quote, most: 1000, "quote-\(number)", words)
    }
    if filled.count > most {
      faults.append(FieldFault("link-1", words.say("disclosure.fault_many", ["most": "\(most)"])))
    }
    return faults
  }

  /// To type in. Without the page's script there is always an empty row; with it, that row is spare until it is asked for.
  func data(_ entered: Entered, _ words: Wording) -> ReportData {
    let shown = rows.last?.isEmpty == true ? rows : rows + [Link()]
    let spare = shown.count > 1 && fresh == nil ? shown.count : nil
    return .list(
      shown.enumerated().map { data($1, $0 + 1, isSpare: $0 + 1 == spare, entered, words) })
  }

  /// To read.
  func filledData(_ words: Wording) -> ReportData {
    .list(filled.enumerated().map { data($1, $0 + 1, isSpare: false, .nothing, words) })
  }

  private func data(
    _ link: Link, _ number: Int, isSpare: Bool, _ entered: Entered, _ words: Wording
  ) -> ReportData {
    let quoteFault = entered.fault("quote-\(number)")
    return [
      "number": .text("\(number)"), "address": .text(link.address), "page": .text(link.page),
      "quote": .text(link.quote), "has_page": .flag(!link.page.isEmpty),
      "has_quote": .flag(!link.quote.isEmpty), "fault": ReportData(entered.fault("link-\(number)")),
      "page_fault": ReportData(entered.fault("page-\(number)")), "quote_fault": ReportData(quoteFault),
      "is_spare": .flag(isSpare), "is_fresh": .flag(number == fresh),
      "open": Evidence.flaw(ofLink: link.address) == nil ? .text(link.address) : .absent,
      "nature": .text(link.nature.title.in(words.language)),
      "has_more": .flag(!link.quote.isEmpty || link.nature != .document || quoteFault != nil),
      "natures": .list(
        Evidence.Nature.allCases.map { nature in
          [
            "code": .text(nature.rawValue),
            "title": .text(nature.title.in(words.language).sentence(in: words.language)),
            "is_chosen": .flag(nature == link.nature),
          ]
        }),
    ]
  }
}

extension LinkRows.Link {
  fileprivate init?(_ evidence: Evidence) {
    guard case .link(let address) = evidence.content else { return nil }
    self.init(address: address, page: evidence.pointer, quote: evidence.quote, nature: evidence.nature)
  }

  fileprivate var evidence: Evidence? {
    isEmpty ? nil : Evidence(.link(address), pointer: page, quote: quote, nature: nature)
  }
}
