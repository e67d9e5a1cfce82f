import Integrity

/// Every address of an office's pages, so that a link cannot be misspelt.
struct Paths: Sendable {
  let cycle: Code<Cycle>
  let office: Code<Office>

  private var base: String { "/\(cycle.text.queryEscaped)/offices/\(office.text.queryEscaped)" }

  var home: String { base }
  var disclosures: String { base + "/disclosures" }
  var questionnaires: String { base + "/questionnaires" }
  var signOff: String { base + "/sign-off" }
  var receipts: String { base + "/receipts" }
  var review: String { base + "/review" }
  var selfCheck: String { base + "/self-check" }
  var people: String { base + "/people" }
  var newPerson: String { base + "/new-person" }
  var recall: String { base + "/recall" }
  var stakeholders: String { questionnaires + "/stakeholders" }
  var slips: String { base + "/slips" }
  var poster: String { base + "/poster" }
  var findings: String { base + "/findings" }

  func disclosure(_ item: Code<Node>) -> String { disclosures + "/" + item.text.queryEscaped }
  func finding(_ item: Code<Node>) -> String { findings + "/" + item.text.queryEscaped }
  func receipt(_ number: String) -> String { receipts + "/" + number.queryEscaped }
  func person(_ person: Code<Person>) -> String { people + "/" + person.text.queryEscaped }

  subscript(place: Place) -> String {
    switch place {
    case .home: home
    case .disclosures: disclosures
    case .questionnaires: questionnaires
    case .signOff: signOff
    }
  }

  /// As routes name them.
  static let home = "/{cycle}/offices/{office}"
}
