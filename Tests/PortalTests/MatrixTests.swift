import Foundation
import HTTPTypes
import Integrity
import Testing

@testable import Portal

/// Who gets what, taken from the table of contents itself: a new route is in it at once.
@Suite struct MatrixTests {
  /// What every answer carries, whatever it is.
  static let headers = [
    "content-security-policy", "x-content-type-options", "referrer-policy", "cross-origin-opener-policy",
    "cross-origin-resource-policy", "permissions-policy", "cache-control",
  ]

  enum Where: String, CaseIterable {
    case own, foreign, missing
  }

  private static let phases: [(String, Moment)] = [
    ("preparing", Site.setUp), ("collecting", Site.collecting), ("assessing", Site.assessing),
    ("clarifying", Site.clarifying), ("deciding", Site.deciding),
  ]

  /// The address of a route with its blanks filled.
  static func address(_ pattern: String, _ place: Where = .own) -> String {
    let office: Code<Office> = [.own: Site.own, .foreign: Site.foreign, .missing: "9999"][place] ?? "9999"
    var path = pattern
    for (blank, value) in [
      ("cycle", "2569"), ("office", office.text), ("item", "O1"), ("number", "OIT-2569-\(office)-01"),
      ("digest", String(repeating: "0", count: 64)), ("name", "x.pdf"), ("person", Site.name(.officer).text),
      ("assessor", Site.name(.assessor).text),
      ("looked", "none"), ("errand", "none"),
      ("job", "x"), ("questionnaire", "IIT"),
    ] { path = path.replacingOccurrences(of: "{\(blank)}", with: value) }
    return path
  }

  /// What somebody gets of a route, by its place in the list: at the own office, a foreign one and one that is not,
  /// where it is about an office.
  private func cell(_ place: Int, _ role: Role?, on site: Site) async throws -> String {
    let route = MatrixTests.routes[place]
    let browser = try await role.asyncMap { try await site.browser(of: $0) } ?? site.browser()
    let name = role?.rawValue ?? "nobody"
    let isAnswering = AnswerPaths.holds(route.path)
    var statuses: [String] = []
    for place in route.path.contains("{office}") ? Where.allCases : [.own] {
      let path = MatrixTests.address(route.path, place)
      let answer =
        route.method == .post
        ? try await browser.post(path, [], token: browser.token) : try await browser.get(path)
      // Who belongs to one office never gets a byte of the other; whom it asks, anybody may see.
      if !isAnswering, role?.belongsToAnOffice ?? true {
        #expect(!answer.text.contains(Site.canary), "\(path) for \(name)")
        #expect(!answer.text.contains("Canary"), "\(path) for \(name)")
        #expect(place == .own || !(200..<300).contains(answer.status), "\(path)")
      }
      let isMarking = route.path.contains("/marking")
      let flaws = answer.flaws(isPrivate: role != nil, besideEvidence: isMarking)
      #expect(flaws.isEmpty, "\(path) for \(name): \(flaws)")
      if answer.status == 500 { Issue.record("\(path) for \(name): \(browser.log.lines.joined())") }
      statuses.append("\(answer.status)")
    }
    // A foreign office and one that is not look alike.
    if !isAnswering, statuses.count == 3, role?.belongsToAnOffice ?? true {
      #expect(statuses[1] == statuses[2], "\(route.path) for \(name)")
    }
    return statuses.joined(separator: "/")
  }

  /// A phase's column of the grid: route by route, and in each person by person.
  private func column(at now: Moment) async throws -> [[String]] {
    let site = try Site().assigned()
    site.clock.now = now
    var column: [[String]] = []
    for place in MatrixTests.routes.indices {
      var cells: [String] = []
      for role in MatrixTests.people { cells.append(try await cell(place, role, on: site)) }
      column.append(cells)
    }
    return column
  }

  private static let routes = Routes.all.filter { $0.load != .asset }
  private static let people = [nil] + Site.roles.map(Optional.some)

  @Test func `every route answers each person, office and phase as the grid says`() async throws {
    // Each on a site of its own, side by side.
    let columns = try await withThrowingTaskGroup(of: (Int, [[String]]).self) { group in
      for (number, (_, now)) in MatrixTests.phases.enumerated() {
        group.addTask { (number, try await self.column(at: now)) }
      }
      var columns = [[[String]]](repeating: [], count: MatrixTests.phases.count)
      for try await (number, column) in group { columns[number] = column }
      return columns
    }
    func padded(_ text: String, to width: Int) -> String {
      text.padding(toLength: width, withPad: " ", startingAt: 0)
    }
    var lines: [String] = []
    for (place, route) in MatrixTests.routes.enumerated() {
      lines.append("\(route.method) \(route.path)")
      for (row, role) in MatrixTests.people.enumerated() {
        let cells = columns.map { padded($0[place][row], to: 13) }.joined()
        lines.append("  \(padded(role?.rawValue ?? "nobody", to: 22))\(cells)".trimmed)
      }
    }
    let head = "phases: \(MatrixTests.phases.map(\.0).joined(separator: ", ")); offices: own/foreign/missing"
    let grid = ([head, ""] + lines).joined(separator: "\n") + "\n"
    let kept = "\(Site.root)/Tests/Goldens/routes.txt"
    if ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] == "1" {
      try grid.write(toFile: kept, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOfFile: kept, encoding: .utf8) == grid, "UPDATE_GOLDENS=1 renews it")
  }

  @Test func `reading changes nothing`() async throws {
    let site = try Site().assigned()
    for role in Site.roles {
      let browser = try await site.browser(of: role)
      for route in Routes.all where route.method == .get {
        let before = try site.dataVersion()
        _ = try await browser.get(MatrixTests.address(route.path, .own))
        #expect(try site.dataVersion() == before, "\(route.path)")
      }
    }
  }

  @Test func `every form refuses another site, a foreign token and no token`() async throws {
    let site = try Site().assigned()
    for route in Routes.all where route.method == .post {
      let browser = try await site.browser(of: .director)
      let path = MatrixTests.address(route.path, .own)
      let before = try site.dataVersion()
      browser.headers[.secFetchSite] = "cross-site"
      #expect(try await browser.post(path, [], token: browser.token).status == 403, "\(path)")
      browser.headers[.secFetchSite] = nil
      browser.headers[.origin] = "https://elsewhere.example"
      #expect(try await browser.post(path, [], token: browser.token).status == 403, "\(path)")
      browser.headers[.origin] = nil
      #expect(try await browser.post(path, [], token: "0000").status == 403, "\(path)")
      #expect(try await browser.post(path, []).status == 403, "\(path)")
      #expect(try site.dataVersion() == before, "\(path)")
    }
  }
}

extension Optional {
  fileprivate func asyncMap<Value>(_ body: (Wrapped) async throws -> Value) async rethrows -> Value? {
    guard let self else { return nil }
    return try await body(self)
  }
}

extension String {
  fileprivate var trimmed: String { String(reversed().drop { $0 == " " }.reversed()) }
}
