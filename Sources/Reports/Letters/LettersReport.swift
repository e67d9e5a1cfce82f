public import Integrity

/// The sheets by which people sign in for the first time: one a person, Thai above and English below.
public struct LettersReport: Sendable {
  public let letters: [Letter]
  /// Where the site is reached; nil where that is not known.
  public let address: String?

  public init(letters: [Letter], address: String? = nil) {
    self.letters = letters
    self.address = address
  }

  public struct Letter: Hashable, Sendable {
    /// The name they sign in with.
    public let person: Code<Person>
    public let name: String
    public let post: String
    public let office: Words?
    /// The one-time code as it is printed, in groups.
    public let code: String
    public let expires: Moment

    public init(
      person: Code<Person>, name: String, post: String, office: Words?, code: String, expires: Moment
    ) {
      self.person = person
      self.name = name
      self.post = post
      self.office = office
      self.code = code
      self.expires = expires
    }
  }

  /// The tree that the template of letters sees. Both languages stand on a sheet, each in a side of its own.
  public func data(thai: Wording, english: Wording) -> ReportData {
    [
      "lang": .text(Language.thai.rawValue), "words": thai.data, "address": ReportData(address),
      "letters": .list(letters.map { sheet($0, [thai, english]) }),
    ]
  }

  private func sheet(_ letter: Letter, _ wordings: [Wording]) -> ReportData {
    [
      "person": .text(letter.person.text), "name": .text(letter.name), "code": .text(letter.code),
      "post": ReportData(letter.post.isEmpty ? nil : letter.post),
      "office": ReportData(letter.office?.thai),
      "sides": .list(wordings.map { side(letter, $0) }),
    ]
  }

  private func side(_ letter: Letter, _ words: Wording) -> ReportData {
    let moment = letter.expires.written(in: words.language)
    return [
      "lang": .text(words.language.rawValue), "words": words.data,
      "office": ReportData(letter.office?.in(words.language)),
      "expires": .text(words.sentence("letter_expires", ["moment": moment])),
    ]
  }
}
