import Integrity

/// Permanent addresses of what is published.
struct PublicPaths: Sendable {
  /// Asked for in the address itself, as search engines and whoever passes a link on do; else the cookie says it.
  let asked: Language?

  static let base = "/published"
  static let cycle = base + "/{cycle}"
  static let office = cycle + "/{office}"

  var cycles: String { PublicPaths.base + suffix() }

  func results(_ cycle: Code<Cycle>, query: String = "") -> String { path(cycle) + suffix(query) }
  func office(_ office: Code<Office>, in cycle: Code<Cycle>) -> String {
    path(cycle) + "/" + office.text.queryEscaped + suffix()
  }
  func data(_ cycle: Code<Cycle>) -> String { path(cycle) + "/data" + suffix() }
  func method(_ cycle: Code<Cycle>) -> String { path(cycle) + "/method" + suffix() }

  /// Data are in both languages.
  func file(_ name: String, of cycle: Code<Cycle>) -> String { path(cycle) + "/" + name }
  func file(
    of office: Code<Office>, in cycle: Code<Cycle>, _ ending: String, inLanguage: Bool = false
  ) -> String {
    path(cycle) + "/" + office.text.queryEscaped + "." + ending + (inLanguage ? suffix() : "")
  }

  private func path(_ cycle: Code<Cycle>) -> String { PublicPaths.base + "/" + cycle.text.queryEscaped }

  /// - Parameter query: without `?`.
  private func suffix(_ query: String = "") -> String {
    let all = [query, asked.map { "lang=\($0.rawValue)" } ?? ""].filter { !$0.isEmpty }
    return all.isEmpty ? "" : "?" + all.joined(separator: "&")
  }
}
