import Integrity
import Reports
import Storage

/// Every address of the committee's reading room.
struct CommitteePaths: Sendable {
  let cycle: Code<Cycle>

  private var base: String { "/\(cycle.text.queryEscaped)" }

  var results: String { base + "/results" }
  var indicators: String { results + "/indicators" }
  var distribution: String { results + "/distribution" }
  var quality: String { results + "/quality" }
  var sealing: String { base + "/sealing" }
  var downloads: String { base + "/downloads" }

  /// What people wrote in an office's questionnaires.
  func texts(_ office: Code<Office>) -> String { quality + "/" + office.text.queryEscaped }

  func scorecard(_ office: Code<Office>) -> String { "\(base)/offices/\(office.text.queryEscaped)/scorecard" }

  func correction(_ item: Code<Node>, of office: Code<Office>) -> String {
    "\(base)/offices/\(office.text.queryEscaped)/items/\(item.text.queryEscaped)/correct"
  }
}

extension SignedIn {
  /// Where the results of the cycle in the path are.
  func committeePaths() throws -> CommitteePaths { CommitteePaths(cycle: try part("cycle")) }

  /// The results of the cycle in the path, with all that they are sorted and filtered by.
  func resultsDesk() async throws -> (desk: Registry.ResultsDesk, index: ResultsIndex) {
    let (cycle, portal) = (try committeePaths().cycle, portal)
    return try await read { registry, signer, now in
      let desk = try registry.resultsDesk(of: cycle, by: signer, at: now)
      return (desk, try portal.indexes.index(of: desk, portal.pages))
    }
  }

  /// In the committee's room for its members; whoever else may read results stays in their own.
  func resultsFrame(_ place: RoomPlace?, _ cycle: Cycle) throws -> ReportData {
    let rooms = Room.all(for: session.who, on: now.day)
    if rooms.contains(.committee) { return try frame(.committee, place, in: cycle) }
    return try rooms.first.map { try frame($0, nil, in: cycle) } ?? bareFrame()
  }
}

// The ways to look at results.

extension CommitteePaths {
  func path(of sight: ResultsChrome.Sight) -> String {
    switch sight {
    case .table: results
    case .indicators: indicators
    case .distribution: distribution
    }
  }

  /// Links between them, and to how people answered for those who may look at it.
  ///
  /// - Parameters:
  ///   - current: nil on the page of how people answered.
  ///   - address: of each, with what the reader has chosen.
  func ways(
    _ words: Wording, isAll: Bool, current: ResultsChrome.Sight?, _ address: (ResultsChrome.Sight) -> String
  ) -> [ReportData] {
    func way(_ href: String, _ title: String, _ isCurrent: Bool) -> ReportData {
      ["href": .text(href), "title": .text(words.say(title)), "is_current": .flag(isCurrent)]
    }
    return ResultsChrome.Sight.allCases.map { sight in
      way(address(sight), "result_sights.\(sight.rawValue)", sight == current)
    } + (isAll ? [way(quality, "places.quality", current == nil)] : [])
  }
}
