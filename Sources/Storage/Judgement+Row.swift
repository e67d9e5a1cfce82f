import Integrity

/// A judgement as the columns `judgement` and `value` keep it.
extension Judgement {
  var kind: String {
    switch self {
    case .met: "met"
    case .notMet: "not_met"
    case .option: "option"
    case .number: "number"
    case .elements: "elements"
    case .notApplicable: "not_applicable"
    case .pending: "pending"
    }
  }

  var value: String {
    switch self {
    case .option(let code): code.text
    case .number(let number): number.description
    case .elements(let keys): Canonical.strings(keys.map(\.text).sorted())
    case .met, .notMet, .notApplicable, .pending: ""
    }
  }

  /// nil for what no version of the program has written.
  init?(kind: String, value: String) {
    switch kind {
    case "met": self = .met
    case "not_met": self = .notMet
    case "option": self = .option(Code(value))
    case "number":
      guard let number = Points(value) else { return nil }
      self = .number(number)
    case "elements":
      guard let keys = Canonical.texts(value) else { return nil }
      self = .elements(Set(keys.map { Code($0) }))
    case "not_applicable": self = .notApplicable
    case "pending": self = .pending
    default: return nil
    }
  }
}
