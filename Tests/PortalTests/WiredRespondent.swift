import Foundation
import Integrity
import Storage
import Testing
import Wire

@testable import Portal

/// Somebody who answers over the network, all the way from the first page to the last, on a connection of their own.
struct WiredRespondent {
  private let served: Served
  private let path: String

  struct Lost: Error { let page: String }

  init(_ served: Served, _ path: String) { (self.served, self.path) = (served, path) }

  /// - Parameter pauses: seconds before each press of a button.
  func answer(_ answers: [UInt8], with code: SlipCode, pausing pauses: [Int64]) async throws {
    let wire = try await served.open()
    var page = try await ask(wire, Served.request("GET", path))
    var buttons = ["begin", "next", "next", "send"][...]
    while let button = buttons.popFirst() {
      guard page.status == 200 else { throw Lost(page: page.text) }
      let pause = pauses[(4 - buttons.count) % pauses.count]
      served.site.clock.now = served.site.clock.now.adding(seconds: pause)
      var fields = WiredRespondent.hidden(page.text).filter { $0.0 != "to" }
      if button == "begin" { fields.append(("slip", code.grouped)) }
      for (number, answer) in answers.enumerated() where page.text.contains("name=\"q\(number)\"") {
        fields.append(("q\(number)", "\(answer)"))
      }
      page = try await ask(wire, post(fields + [("to", button)]))
    }
    guard page.status == 303, let end = page["location"].first else { throw Lost(page: page.text) }
    guard try await ask(wire, Served.request("GET", end)).status == 200 else { throw Lost(page: end) }
    try await wire.close()
  }

  private func ask(_ wire: Wire, _ request: String) async throws -> Wire.Answer {
    try await wire.send(request)
    return try #require(await wire.answer())
  }

  private func post(_ fields: [(String, String)]) -> String {
    let body = fields.map { "\($0.0.queryEscaped)=\($0.1.queryEscaped)" }.joined(separator: "&")
    return Served.request(
      "POST", path, ["Content-Type: application/x-www-form-urlencoded"], body: body)
  }

  /// The hidden fields of a page.
  private static func hidden(_ page: String) -> [(String, String)] {
    page.components(separatedBy: "<input type=\"hidden\" name=\"").dropFirst().map { rest in
      let parts = rest.components(separatedBy: "\"")
      return (parts[0], parts[2])
    }
  }
}
