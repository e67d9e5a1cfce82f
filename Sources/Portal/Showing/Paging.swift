import Hummingbird
import Integrity
import Reports

/// Which hundred of a long list is shown, and the way to the others.
struct Paging {
  static let size = 100

  /// From 1.
  let number: Int

  init(_ visit: Visit) {
    number = min(max(1, visit.asked("page").flatMap { Int($0) } ?? 1), 100_000)
  }

  var first: Int { (number - 1) * Paging.size }

  /// `แสดง 1–100 จาก 8,317`, with links to the hundred before and the one behind.
  func fields(_ found: Int, at path: String, _ filter: [(String, String)], _ words: Wording) -> ReportData {
    let last = min(first + Paging.size, found)
    func link(_ number: Int) -> String { Paging.address(path, filter + [("page", "\(number)")]) }
    return [
      "shown": .text(
        found == 0
          ? words.say("paging.none")
          : words.say(
            "paging.shown",
            ["first": min(first + 1, found).shown, "last": last.shown, "all": found.shown])),
      "before": ReportData(number > 1 ? link(number - 1) : nil),
      "after": ReportData(last < found ? link(number + 1) : nil),
      "is_many": .flag(found > Paging.size),
    ]
  }

  /// An address with what is asked behind it; what is empty is left out.
  static func address(_ path: String, _ asked: [(String, String)]) -> String {
    let query = asked.filter { !$0.1.isEmpty }.map { "\($0.0)=\($0.1.queryEscaped)" }
    return query.isEmpty ? path : path + "?" + query.joined(separator: "&")
  }
}
