/// What an office puts forward for one disclosure of a cycle. Each round of recalling and sending again makes a new
/// version; what was submitted is never changed.
public struct Submission: Hashable, Sendable {
  public let id: ID<Submission>
  public let office: Code<Office>
  public let item: Code<Node>
  /// From 1.
  public let version: Int
  public let state: State
  /// Whether the office says that it discloses this; nil while it has not said.
  public let isDisclosed: Bool?
  public let note: String
  public let evidence: [Evidence]
  /// Elements of the item that the office says are shown.
  public let elements: [Coverage]
  /// One more each time it is saved, passed on or sent back: a form filled from an earlier one is told so.
  public let revision: Int

  public init(
    id: ID<Submission>, office: Code<Office>, item: Code<Node>, version: Int, state: State,
    isDisclosed: Bool?,
    note: String, evidence: [Evidence], elements: [Coverage] = [], revision: Int = 0
  ) {
    self.id = id
    self.office = office
    self.item = item
    self.version = version
    self.state = state
    self.isDisclosed = isDisclosed
    self.note = note
    self.evidence = evidence
    self.elements = elements
    self.revision = revision
  }

  public enum State: String, Hashable, Sendable, CaseIterable {
    case draft
    /// The group's head has passed it on: it waits for the director's signature.
    case ready
    /// Sent back with a note.
    case returned
    /// Signed for the office.
    case submitted
    /// Was submitted and taken back before the window closed; a later version follows.
    case recalled

    public var title: Words {
      switch self {
      case .draft: Words(thai: "ร่าง", english: "draft")
      case .ready: Words(thai: "พร้อมเสนอผู้บริหาร", english: "ready to sign")
      case .returned: Words(thai: "ส่งกลับแก้ไข", english: "sent back")
      case .submitted: Words(thai: "ส่งแล้ว", english: "submitted")
      case .recalled: Words(thai: "เรียกคืน", english: "recalled")
      }
    }
  }

  /// What keeps it from being passed on; empty where nothing does.
  public func gaps(for item: Item) -> [Gap] {
    switch isDisclosed {
    case nil: return [.answer]
    case false?: return note.isEmpty ? [.reason] : []
    case true?:
      let hasLink = evidence.contains { if case .link = $0.content { true } else { false } }
      if item.needsPublicLink { return hasLink ? [] : [.link] }
      return evidence.isEmpty ? [.evidence] : []
    }
  }

  /// Something without which a disclosure is not ready.
  public enum Gap: Hashable, Sendable {
    /// Whether it is disclosed has not been said.
    case answer
    /// It is not disclosed, and nothing says why.
    case reason
    /// It needs a public link; a file alone only supports.
    case link
    case evidence

    public var title: Words {
      switch self {
      case .answer: Words(thai: "ยังไม่ได้ตอบว่ามีหรือไม่มี", english: "it does not say whether this is disclosed")
      case .reason: Words(thai: "ตอบว่าไม่มี แต่ไม่ได้บอกเหตุผล", english: "it says no, and no reason is given")
      case .link: Words(thai: "ยังไม่มีลิงก์ที่เปิดดูได้โดยสาธารณะ", english: "there is no public link")
      case .evidence: Words(thai: "ยังไม่มีหลักฐาน", english: "there is no evidence")
      }
    }
  }
}

/// One element of a disclosure that the office says is shown.
public struct Coverage: Hashable, Sendable {
  public let element: Key
  /// Where it is to be found: a page, a heading; may be empty.
  public let place: String

  public init(_ element: Key, place: String = "") {
    self.element = element
    self.place = place
  }
}

/// A link, a file or a note in a submission.
public struct Evidence: Hashable, Sendable {
  public let content: Content
  /// Where in it to look: a page, a heading.
  public let pointer: String
  /// The words it is about, so that they can be found again.
  public let quote: String
  /// What it proves to be there.
  public let nature: Nature

  public init(_ content: Content, pointer: String = "", quote: String = "", nature: Nature = .document) {
    self.content = content
    self.pointer = pointer
    self.quote = quote
    self.nature = nature
  }

  /// What kind of thing a piece of evidence is.
  public enum Nature: String, Hashable, Sendable, CaseIterable {
    case document
    /// A declaration of intent that a head has signed.
    case declaration
    case order
    case training
    case innovation

    public var title: Words {
      switch self {
      case .document: Words(thai: "เอกสารหรือหน้าเว็บ", english: "document or page")
      case .declaration: Words(thai: "ประกาศเจตนารมณ์", english: "declaration of intent")
      case .order: Words(thai: "คำสั่ง", english: "order")
      case .training: Words(thai: "การอบรมหรือกิจกรรม", english: "training or activity")
      case .innovation: Words(thai: "นวัตกรรม", english: "innovation")
      }
    }
  }

  public enum Content: Hashable, Sendable {
    case link(String)
    /// A kept file by its name and its digest in hexadecimal.
    case file(name: String, digest: String, bytes: Int)
    case note(String)
  }

  /// What is wrong with a link, if anything: only http and https with a host, no spaces, at most 2,000 characters.
  public static func flaw(ofLink link: String) -> Words? {
    let scheme = ["https://", "http://"].first { link.lowercased().hasPrefix($0) }
    guard let scheme else {
      return Words(
        thai: "ลิงก์ต้องขึ้นต้นด้วย https:// หรือ http://", english: "a link begins with https:// or http://")
    }
    let host = link.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
    if host.isEmpty || host.contains("@") {
      return Words(thai: "ลิงก์ไม่มีชื่อเว็บไซต์", english: "the link names no site")
    }
    if link.contains(where: \.isWhitespace) || link.unicodeScalars.contains(where: { $0.value < 32 }) {
      return Words(thai: "ลิงก์มีช่องว่าง", english: "the link has a space in it")
    }
    return link.count > 2000 ? Words(thai: "ลิงก์ยาวเกินไป", english: "the link is too long") : nil
  }
}

/// Whether a link could be seen when it was looked at.
public enum LinkState: String, Hashable, Sendable, CaseIterable {
  case opened
  case notFound = "not_found"
  /// The site did not answer, or not in time.
  case unreachable
  /// Behind a sign-in or a permission.
  case closed
  /// It opened, and showed another document than the disclosure asks for.
  case wrongDocument = "wrong_document"
}

/// In which capacity a finding was made. Of the findings on one item, the latest of the highest stage counts.
public enum Stage: String, Hashable, Sendable, CaseIterable, Comparable {
  /// The assessor to whom the office or the item is assigned.
  case first
  /// A second, blind assessor.
  case second
  /// On a clarification, by an assessor other than the first.
  case clarified
  /// By the committee, with a reason.
  case corrected

  public static func < (a: Stage, b: Stage) -> Bool {
    (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
  }
}
