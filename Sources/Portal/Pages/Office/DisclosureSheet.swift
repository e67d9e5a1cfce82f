import Integrity
import Reports
import Storage

/// What the form of one disclosure holds: as it was saved, or as it was typed.
struct DisclosureSheet: Hashable, Sendable {
  enum Answer: String, Sendable, CaseIterable {
    case yes, no
  }

  var answer: Answer?
  var shown: Set<Key> = []
  var places: [Key: String] = [:]
  var links = LinkRows()
  var note = ""
  /// What was read before it was changed.
  var revision = 0
  /// Digests of files that are to be taken out.
  var dropped: Set<String> = []

  init(_ submission: Submission?) {
    guard let submission else { return }
    answer = submission.isDisclosed.map { $0 ? .yes : .no }
    shown = Set(submission.elements.map(\.element))
    places = Dictionary(submission.elements.map { ($0.element, $0.place) }) { a, _ in a }
    links = LinkRows(submission.evidence)
    note = submission.note
    revision = submission.revision
  }

  // The form.

  static let fields = Fields.Names(
    once: ["answer", "note", "revision", "current", "do", "auto", "upload", "reason"],
    many: LinkRows.names.union(["element", "place_of", "place"]))

  /// - Throws: `Problem.oddForm` for a form that is not as our page made it.
  init(_ fields: Fields) throws {
    answer = Answer(rawValue: fields.text("answer"))
    shown = Set(fields.all("element").map { Key($0) })
    let (keys, texts) = (fields.all("place_of"), fields.all("place"))
    guard keys.count == texts.count else { throw Problem.oddForm("place") }
    places = Dictionary(zip(keys, texts).map { (Key($0), $1) }) { a, _ in a }
    links = try LinkRows(fields)
    note = fields.text("note")
    guard let revision = Int(fields.text("revision")) else { throw Problem.oddForm("revision") }
    self.revision = revision
  }

  // What is wrong with it.

  private static let mostLinks = 50

  func faults(_ words: Wording) -> [FieldFault] {
    var faults = links.faults(most: DisclosureSheet.mostLinks, words)
    for (key, place) in places.sorted(by: { $0.key < $1.key }) {
      faults.append(tooLong: place, most: 200, "place-\(key)", words)
    }
    faults.append(tooLong: note, most: 4000, "note", words)
    return faults
  }

  // What it makes.

  /// The draft that it means. Files stay unless they are dropped, and so does what the form does not show.
  func draft(of item: Item, office: Code<Office>, over current: Submission?, adding file: Evidence? = nil)
    -> DraftEntry
  {
    let kept = (current?.evidence ?? []).filter { evidence in
      switch evidence.content {
      case .link: false
      case .note: true
      case .file(_, let digest, _): !dropped.contains(digest)
      }
    }
    return DraftEntry(
      office: office, item: item.code, isDisclosed: answer.map { $0 == .yes }, note: note,
      evidence: links.evidence + kept + [file].compactMap { $0 },
      elements: item.elements.filter { shown.contains($0.key) }.map {
        Coverage($0.key, place: places[$0.key] ?? "")
      })
  }
}

extension DraftEntry {
  /// Whether saving it would change nothing that anybody sees.
  func says(whatIsIn submission: Submission?) -> Bool {
    guard let submission else {
      return isDisclosed == nil && note.isEmpty && evidence.isEmpty && elements.isEmpty
    }
    func sorted(_ coverages: [Coverage]) -> [String] {
      coverages.map { "\($0.element)\n\($0.place)" }.sorted()
    }
    return isDisclosed == submission.isDisclosed && note == submission.note
      && Set(evidence) == Set(submission.evidence) && evidence.count == submission.evidence.count
      && evidence.filter(\.isLink) == submission.evidence.filter(\.isLink)
      && sorted(elements) == sorted(submission.elements)
  }
}

extension Evidence {
  var isLink: Bool { if case .link = content { true } else { false } }
}

/// Which button of the form was pressed.
enum DisclosureWish: Hashable, Sendable {
  case save, pass
  /// Over what somebody else has saved in between.
  case saveOver
  case sendBack, recall
  /// A file, with everything else.
  case attach
  case links(LinkRows.Wish)
  /// By its digest.
  case drop(String)

  /// - Throws: `Problem.oddForm` for a button that our page does not have.
  init(_ fields: Fields) throws {
    let text = fields.text("do")
    switch text {
    case "", "save": self = .save
    case "save_over": self = .saveOver
    case "pass": self = .pass
    case "send_back": self = .sendBack
    case "recall": self = .recall
    case "attach": self = .attach
    default:
      if let wish = LinkRows.Wish(text) {
        self = .links(wish)
      } else if text.hasPrefix("drop_"), text.count == "drop_".count + 64 {
        self = .drop(String(text.dropFirst("drop_".count)))
      } else {
        throw Problem.oddForm("do")
      }
    }
  }
}
