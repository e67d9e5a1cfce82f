import Foundation
import Integrity

/// Every address of the lead assessor's pages, and of what was contested.
struct LeadPaths: Sendable {
  let cycle: Code<Cycle>

  private var base: String { "/\(cycle.text.queryEscaped)" }

  var assigning: String { base + "/assigning" }
  var spread: String { assigning + "/spread" }
  var progress: String { base + "/progress" }
  var asking: String { progress + "/questionnaires" }
  var notOpened: String { base + "/not-opened" }
  var clarifications: String { base + "/clarifications" }

  func office(_ office: Code<Office>) -> String { assigning + "/offices/" + office.text.queryEscaped }
  func assessor(_ person: Code<Person>) -> String { assigning + "/assessors/" + person.text.queryEscaped }
  func clarification(_ office: Code<Office>, _ item: Code<Node>) -> String {
    clarifications + "/" + office.text.queryEscaped + "/" + item.text.queryEscaped
  }
}

extension SignedIn {
  /// Where the lead's pages of the cycle in the path are.
  func leadPaths() throws -> LeadPaths { LeadPaths(cycle: try part("cycle")) }
}
