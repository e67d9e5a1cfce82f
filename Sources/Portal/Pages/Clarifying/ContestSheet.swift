import Integrity
import Reports
import Storage

/// What the form holds with which an office contests a finding: a statement, where it points to in what was submitted,
/// and further links where the schedule admits them.
struct ContestSheet: Hashable, Sendable {
  /// Where in a piece of evidence to look.
  struct Pointer: Hashable, Sendable {
    var isChosen = false
    var page = ""
    var quote = ""
  }

  var statement = ""
  /// By the place of the piece among what was submitted.
  var pointers: [Pointer] = []
  var links: [DisclosureSheet.Link] = []
  var isSure = false

  static let fields = Fields.Names(
    once: ["statement", "sure", "do"],
    many: [
      "piece", "piece_of", "page", "quote", "link", "link_page", "link_quote", "link_nature",
    ])

  /// Empty, with each piece's own pointer where it has one.
  init(_ submission: Submission?) {
    pointers = (submission?.evidence ?? []).map { Pointer(page: $0.pointer, quote: $0.quote) }
  }

  /// - Throws: `Problem.oddForm` for a form that is not as our page made it.
  init(_ fields: Fields, _ submission: Submission?) throws {
    statement = fields.text("statement")
    isSure = fields.text("sure") == "yes"
    let count = submission?.evidence.count ?? 0
    let (places, pages, quotes) = (fields.all("piece_of"), fields.all("page"), fields.all("quote"))
    guard places == (0..<count).map({ "\($0)" }), pages.count == count, quotes.count == count else {
      throw Problem.oddForm("piece_of")
    }
    let chosen = Set(fields.all("piece"))
    guard chosen.isSubset(of: places) else { throw Problem.oddForm("piece") }
    pointers = places.indices.map { place in
      Pointer(isChosen: chosen.contains("\(place)"), page: pages[place], quote: quotes[place])
    }
    let columns = ["link", "link_page", "link_quote", "link_nature"].map(fields.all)
    guard Set(columns.map(\.count)).count == 1 else { throw Problem.oddForm("link") }
    links = columns[0].indices.map { row in
      DisclosureSheet.Link(
        address: columns[0][row], page: columns[1][row], quote: columns[2][row],
        nature: Evidence.Nature(rawValue: columns[3][row]) ?? .document)
    }
  }

  /// What the statement points to.
  func evidence(in submission: Submission?) -> [Evidence] {
    let pieces = zip(submission?.evidence ?? [], pointers).filter { $0.1.isChosen }.map { piece, pointer in
      Evidence(piece.content, pointer: pointer.page, quote: pointer.quote, nature: piece.nature)
    }
    return pieces + links.compactMap(\.evidence)
  }

  // What is wrong with it.

  private static let longestStatement = 2000
  private static let mostLinks = 10

  func faults(_ words: Wording) -> [FieldFault] {
    var faults: [FieldFault] = []
    func long(_ text: String, _ most: Int, _ field: String) {
      guard text.count > most else { return }
      let counts = ["most": most.shown, "count": text.count.shown]
      faults.append(FieldFault(field, words.say("disclosure.fault_long", counts)))
    }
    if statement.isEmpty { faults.append(FieldFault("statement", words.say("contest.statement_missing"))) }
    long(statement, ContestSheet.longestStatement, "statement")
    let hasLink = links.contains { !$0.isEmpty }
    if !pointers.isEmpty, !hasLink, !pointers.contains(where: \.isChosen) {
      faults.append(FieldFault("piece-0", words.say("contest.piece_missing")))
    }
    for (place, pointer) in pointers.enumerated() where pointer.isChosen {
      long(pointer.page, 200, "page-of-\(place)")
      long(pointer.quote, 1000, "quote-of-\(place)")
    }
    for (index, link) in links.enumerated() where !link.isEmpty {
      let number = index + 1
      let flaw =
        link.address.isEmpty
        ? words.say("disclosure.fault_no_address") : Evidence.flaw(ofLink: link.address)?.in(words.language)
      if let flaw {
        faults.append(
          FieldFault(
            "link-\(number)", words.say("disclosure.fault_link", ["number": "\(number)", "flaw": flaw])))
      }
      long(link.page, 200, "page-\(number)")
      long(link.quote, 1000, "quote-\(number)")
    }
    if links.count(where: { !$0.isEmpty }) > ContestSheet.mostLinks {
      faults.append(
        FieldFault("link-1", words.say("disclosure.fault_many", ["most": "\(ContestSheet.mostLinks)"])))
    }
    if !isSure { faults.append(FieldFault("sure", words.say("contest.sure_missing"))) }
    return faults
  }
}
