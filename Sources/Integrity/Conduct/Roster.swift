/// A person as an office hands them over: a row of a roster, or several rows of one person put together.
public struct PersonEntry: Hashable, Sendable {
  /// The name they sign in with.
  public let code: Code<Person>
  public let name: String
  public let post: String
  public let email: String
  public let phone: String
  public let nationalID: NationalID?
  public let postings: [PostingEntry]
  public let grants: [Grant]

  public init(
    code: Code<Person>, name: String, post: String = "", email: String = "", phone: String = "",
    nationalID: NationalID? = nil, postings: [PostingEntry] = [], grants: [Grant] = []
  ) {
    self.code = code
    self.name = name
    self.post = post
    self.email = email
    self.phone = phone
    self.nationalID = nationalID
    self.postings = postings
    self.grants = grants
  }
}

/// Where somebody serves, as written in a roster.
public struct PostingEntry: Hashable, Sendable {
  public let kind: Posting.Kind
  public let office: Code<Office>
  public let from: Day
  public let until: Day?

  public init(_ kind: Posting.Kind, at office: Code<Office>, from: Day, until: Day? = nil) {
    self.kind = kind
    self.office = office
    self.from = from
    self.until = until
  }
}

/// A working group of an office.
public struct GroupEntry: Hashable, Sendable {
  public let office: Code<Office>
  public let group: Code<Group>
  public let title: Words

  public init(office: Code<Office>, group: Code<Group>, title: Words) {
    self.office = office
    self.group = group
    self.title = title
  }
}

/// What an office means to put forward for one disclosure.
public struct DraftEntry: Hashable, Sendable {
  public let office: Code<Office>
  public let item: Code<Node>
  public let isDisclosed: Bool?
  public let note: String
  public let evidence: [Evidence]
  /// Elements of the item that the office says are shown.
  public let elements: [Coverage]

  public init(
    office: Code<Office>, item: Code<Node>, isDisclosed: Bool?, note: String = "", evidence: [Evidence] = [],
    elements: [Coverage] = []
  ) {
    self.office = office
    self.item = item
    self.isDisclosed = isDisclosed
    self.note = note
    self.evidence = evidence
    self.elements = elements
  }
}

/// A Thai 13-digit personal number whose check digit is right. It is hashed with the registry's key and never kept.
public struct NationalID: Hashable, Sendable {
  /// The thirteen digits.
  public let digits: String

  /// Reads `1234567890121`, with or without the hyphens and blanks of the card; nil where the check digit (eleven less the
  /// weighted sum modulo eleven, modulo ten) is another.
  public init?(_ text: some StringProtocol) {
    let bytes = text.utf8.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: " ") }
    guard bytes.count == 13, bytes.allSatisfy({ (48...57).contains($0) }) else { return nil }
    let digits = bytes.map { Int($0) - 48 }
    let sum = zip(digits, stride(from: 13, to: 1, by: -1)).reduce(0) { $0 + $1.0 * $1.1 }
    guard (11 - sum % 11) % 10 == digits[12] else { return nil }
    self.digits = String(decoding: bytes, as: UTF8.self)
  }
}
