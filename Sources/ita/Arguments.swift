public import ArgumentParser
public import Integrity

/// The property wrapper; a rubric's `Option` has the same name.
typealias Option = ArgumentParser.Option

extension Language: ExpressibleByArgument {}

extension Code: ExpressibleByArgument {
  public init?(argument: String) {
    guard !argument.isEmpty else { return nil }
    self.init(argument)
  }
}

extension Role: ExpressibleByArgument {
  public init?(argument: String) { self.init(rawValue: argument.replacing("-", with: "_")) }
}

extension Acting.Capacity: ExpressibleByArgument {
  public init?(argument: String) { self.init(rawValue: argument.replacing("-", with: "_")) }
}

extension Code where Owner == Person {
  /// Reads the name somebody will sign in with, made as in a roster.
  static func userName(_ text: String) throws -> Code<Person> {
    guard text.wholeMatch(of: /[a-z0-9._-]{2,40}/) != nil, NationalID(text) == nil else {
      throw ValidationError("'\(text)' is no user name; use 2 to 40 of a-z, 0-9, '.', '_' and '-'.")
    }
    return Code(text)
  }
}

extension Day {
  /// Reads an argument, and says how a day is written where it is none.
  static func argument(_ text: String) throws -> Day {
    if text.isOfBuddhistEra {
      throw ValidationError(
        "'\(text)' is of the Buddhist era; write the year of the common era, as 2026-10-01.")
    }
    if let day = Day(text) { return day }
    throw ValidationError("'\(text)' is not a day; write year-month-day, as 2026-10-01.")
  }
}

extension Moment {
  /// Reads an argument, and says how a moment is written where it is none. A day stands for its first moment.
  static func argument(_ text: String) throws -> Moment {
    if text.isOfBuddhistEra {
      throw ValidationError(
        "'\(text)' is of the Buddhist era; write the year of the common era, as 2026-04-01.")
    }
    if let moment = Moment(text) { return moment }
    throw ValidationError("'\(text)' is not a moment; write 2026-04-01T16:30 in Bangkok's time.")
  }
}

extension String {
  /// Whether it begins with a year of the Buddhist era, which is the common slip.
  fileprivate var isOfBuddhistEra: Bool {
    guard let year = Int(prefix { $0 != "-" }) else { return false }
    return (2400...2999).contains(year)
  }
}
