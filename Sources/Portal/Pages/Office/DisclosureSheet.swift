import Integrity
import Reports
import Storage

/// What the form of one disclosure holds: as it was saved, or as it was typed.
struct DisclosureSheet: Hashable, Sendable {
  struct Link: Hashable, Sendable {
    var address = ""
    var page = ""
    var quote = ""
    var nature = Evidence.Nature.document

    var isEmpty: Bool { address.isEmpty && page.isEmpty && quote.isEmpty }
  }

  enum Answer: String, Sendable, CaseIterable {
    case yes, no
  }

  var answer: Answer?
  var shown: Set<Key> = []
  var places: [Key: String] = [:]
  var links: [Link] = []
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
    links = submission.evidence.compactMap(Link.init)
    note = submission.note
    revision = submission.revision
  }

  // The form.

  static let fields = Fields.Names(
    once: ["answer", "note", "revision", "current", "do", "auto", "upload", "reason"],
    many: ["element", "place_of", "place", "link", "link_page", "link_quote", "link_nature"])

  /// - Throws: `Problem.oddForm` for a form that is not as our page made it.
  init(_ fields: Fields) throws {
    answer = Answer(rawValue: fields.text("answer"))
    shown = Set(fields.all("element").map { Key($0) })
    let (keys, texts) = (fields.all("place_of"), fields.all("place"))
    guard keys.count == texts.count else { throw Problem.oddForm("place") }
    places = Dictionary(zip(keys, texts).map { (Key($0), $1) }) { a, _ in a }
    let columns = ["link", "link_page", "link_quote", "link_nature"].map(fields.all)
    guard Set(columns.map(\.count)).count == 1 else { throw Problem.oddForm("link") }
    links = columns[0].indices.map { row in
      Link(
        address: columns[0][row], page: columns[1][row], quote: columns[2][row],
        nature: Evidence.Nature(rawValue: columns[3][row]) ?? .document)
    }
    note = fields.text("note")
    guard let revision = Int(fields.text("revision")) else { throw Problem.oddForm("revision") }
    self.revision = revision
  }

  /// Takes over links that are not there yet.
  mutating func take(over links: [Link]) -> Int {
    let known = Set(self.links.map(\.address))
    let new = links.filter { !known.contains($0.address) }
    self.links = self.links.filter { !$0.isEmpty } + new
    return new.count
  }

  // What is wrong with it.

  private static let mostLinks = 50

  func faults(_ words: Wording) -> [FieldFault] {
    var faults: [FieldFault] = []
    func long(_ text: String, _ most: Int, _ field: String) {
      guard text.count > most else { return }
      let counts = ["most": most.shown, "count": text.count.shown]
      faults.append(FieldFault(field, words.say("disclosure.fault_long", counts)))
    }
    for (index, link) in links.enumerated() where !link.isEmpty {
      let number = index + 1
      func add(_ text: String) {
        faults.append(
          FieldFault(
            "link-\(number)", words.say("disclosure.fault_link", ["number": "\(number)", "flaw": text])))
      }
      if link.address.isEmpty {
        add(words.say("disclosure.fault_no_address"))
      } else if let flaw = Evidence.flaw(ofLink: link.address) {
        add(flaw.in(words.language))
      }
      long(link.page, 200, "page-\(number)")
      long(link.quote, 1000, "quote-\(number)")
    }
    if links.count(where: { !$0.isEmpty }) > DisclosureSheet.mostLinks {
      faults.append(
        FieldFault("link-1", words.say("disclosure.fault_many", ["most": "\(DisclosureSheet.mostLinks)"])))
    }
    for (key, place) in places.sorted(by: { $0.key < $1.key }) { long(place, 200, "place-\(key)") }
    long(note, 4000, "note")
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
      evidence: links.compactMap(\.evidence) + kept + [file].compactMap { $0 },
      elements: item.elements.filter { shown.contains($0.key) }.map {
        Coverage($0.key, place: places[$0.key] ?? "")
      })
  }
}

extension DisclosureSheet.Link {
  init?(_ evidence: Evidence) {
    guard case .link(let address) = evidence.content else { return nil }
    self.init(address: address, page: evidence.pointer, quote: evidence.quote, nature: evidence.nature)
  }

  var evidence: Evidence? {
    isEmpty ? nil : Evidence(.link(address), pointer: page, quote: quote, nature: nature)
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
  case save, pass, addLink
  /// Over what somebody else has saved in between.
  case saveOver
  case sendBack, recall
  /// A file, with everything else.
  case attach
  /// By its place from 1.
  case removeLink(Int)
  /// By its digest.
  case drop(String)

  /// - Throws: `Problem.oddForm` for a button that our page does not have.
  init(_ fields: Fields) throws {
    let text = fields.text("do")
    switch text {
    case "", "save": self = .save
    case "save_over": self = .saveOver
    case "pass": self = .pass
    case "add_link": self = .addLink
    case "send_back": self = .sendBack
    case "recall": self = .recall
    case "attach": self = .attach
    default:
      if text.hasPrefix("remove_"), let number = Int(text.dropFirst("remove_".count)), number > 0 {
        self = .removeLink(number)
      } else if text.hasPrefix("drop_"), text.count == "drop_".count + 64 {
        self = .drop(String(text.dropFirst("drop_".count)))
      } else {
        throw Problem.oddForm("do")
      }
    }
  }
}
