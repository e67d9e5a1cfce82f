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
  var links = LinkRows()
  var isSure = false

  static let fields = Fields.Names(
    once: ["statement", "sure", "do"],
    many: LinkRows.names.union(["piece", "piece_of", "page", "quote"]))

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
    links = try LinkRows(fields)
  }

  /// What the statement points to.
  func evidence(in submission: Submission?) -> [Evidence] {
    let pieces = zip(submission?.evidence ?? [], pointers).filter { $0.1.isChosen }.map { piece, pointer in
      Evidence(piece.content, pointer: pointer.page, quote: pointer.quote, nature: piece.nature)
    }
    return pieces + links.evidence
  }

  // What is wrong with it.

  private static let longestStatement = 2000
  private static let mostLinks = 10

  func faults(_ words: Wording) -> [FieldFault] {
    var faults: [FieldFault] = []
    if statement.isEmpty { faults.append(FieldFault("statement", words.say("contest.statement_missing"))) }
    faults.append(tooLong: statement, most: ContestSheet.longestStatement, "statement", words)
    if !pointers.isEmpty, links.filled.isEmpty, !pointers.contains(where: \.isChosen) {
      faults.append(FieldFault("piece-0", words.say("contest.piece_missing")))
    }
    for (place, pointer) in pointers.enumerated() where pointer.isChosen {
      faults.append(tooLong: pointer.page, most: 200, "page-of-\(place)", words)
      faults.append(tooLong: pointer.quote, most: 1000, "quote-of-\(place)", words)
    }
    faults += links.faults(most: ContestSheet.mostLinks, words)
    if !isSure { faults.append(FieldFault("sure", words.say("contest.sure_missing"))) }
    return faults
  }
}
