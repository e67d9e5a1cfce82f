import Integrity

/// Addresses of sealing, publishing and amending.
struct SealingPaths: Sendable {
  let cycle: Code<Cycle>

  private var base: String { "/\(cycle.text.queryEscaped)" }

  var sealing: String { base + "/sealing" }
  var publish: String { sealing + "/publish" }
  var amendments: String { base + "/amendments" }
  func agree(_ number: Int64) -> String { amendments + "/\(number)" }
  func amend(_ item: Code<Node>, of office: Code<Office>) -> String {
    "\(base)/offices/\(office.text.queryEscaped)/amend/\(item.text.queryEscaped)"
  }
  /// Where one office's result is opened down to its findings.
  func scorecard(_ office: Code<Office>) -> String {
    "\(base)/offices/\(office.text.queryEscaped)/scorecard"
  }
  var results: String { base + "/results" }
}
