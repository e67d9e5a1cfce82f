/// The languages everything a person reads is written in.
public enum Language: String, Sendable, CaseIterable {
  case thai = "th"
  case english = "en"
}

/// One wording in both languages.
public struct Words: Hashable, Sendable {
  public let thai: String
  public let english: String

  public init(thai: String, english: String) {
    self.thai = thai
    self.english = english
  }

  public func `in`(_ language: Language) -> String {
    switch language {
    case .thai: thai
    case .english: english
    }
  }
}

/// A code and what it is called: a kind of office, a condition, a group, a period or a round.
public struct Named<Owner>: Hashable, Sendable {
  public let code: Code<Owner>
  public let title: Words

  public init(code: Code<Owner>, title: Words) {
    self.code = code
    self.title = title
  }
}
