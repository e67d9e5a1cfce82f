import Foundation
import Integrity
import Storage
import Testing
import Wire

@testable import Portal

/// What happens to those who are in the middle of something when the site is stopped.
@Suite(.timeLimit(.minutes(15))) struct StopTests {
  private static let path = "/2569/offices/4001/disclosures/O2"

  private func evidence(_ site: Site) throws -> [Evidence] {
    try site.registry.submissions(
      of: Site.own, in: Site.cycle, by: Signer(Site.name(.officer)), at: site.clock.now
    ).first { $0.item == "O2" }?.evidence ?? []
  }

  /// A file on its way, in two halves.
  private func upload(_ served: Served) throws -> (first: String, second: String) {
    let (cookie, token) = try served.session(of: .officer)
    func part(_ name: String, _ value: String) -> String {
      "--b\r\nContent-Disposition: form-data; \(name)\r\n\r\n\(value)\r\n"
    }
    let first =
      part("name=\"token\"", token) + part("name=\"form\"", "key-1")
      + "--b\r\nContent-Disposition: form-data; name=\"upload\"; filename=\"plan.pdf\"\r\n\r\n%PDF-1.7\n"
    let second = String(repeating: "%% more\n", count: 1000) + "\r\n--b--\r\n"
    let head =
      "POST \(StopTests.path)/files HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: \(Served.origin)\r\n\(cookie)\r\n"
      + "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: \((first + second).utf8.count)\r\n\r\n"
    return (head + first, second)
  }

  @Test func `a file on its way arrives and is kept, nobody new is let in, and who waits idly is let go`()
    async throws
  {
    let site = try Site()
    try await Served.site(site, { $0.grace = Site.ample }) { served in
      let before = try evidence(site).count
      let idle = try await served.open()
      try await idle.send(Served.request("GET", "/help"))
      #expect(await idle.answer()?.status == 200)
      let (first, second) = try upload(served)
      let wire = try await served.open()
      try await wire.send(first)
      // The site has the head: it is answering.
      while served.portal.crowd.count(.upload) == 0 { await Task.yield() }
      await served.stop()
      await idle.closed()
      while let late = try? await served.open() { try? await late.close() }
      try await wire.send(second)
      let answer = await wire.answer()
      #expect(answer?.status == 303)
      #expect(answer?["location"] == ["\(StopTests.path)?done=file_kept"])
      await wire.closed()
      let kept = try evidence(site)
      #expect(kept.count == before + 1)
    }
  }

  @Test func `whoever never finishes does not hold up the stop, and nothing of it is kept`() async throws {
    let site = try Site()
    let before = try evidence(site)
    try await Served.site(site, { $0.grace = .milliseconds(200) }) { served in
      let (first, _) = try upload(served)
      let wire = try await served.open()
      try await wire.send(first)
      while served.portal.crowd.count(.upload) == 0 { await Task.yield() }
      await served.stop()
      let answer = await wire.answer()
      #expect(answer == nil || answer?.status == 503 || answer?.status == 400, "\(answer?.status ?? 0)")
      await wire.closed()
    }
    #expect(try evidence(site) == before)
  }
}
