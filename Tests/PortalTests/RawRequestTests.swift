import Foundation
import Integrity
import Testing
import Wire

@testable import Portal

/// What no browser sends, written onto the connection as it is.
@Suite(.timeLimit(.minutes(15))) struct RawRequestTests {
  private static let host = "Host: 127.0.0.1\r\n"

  /// Each gets a refusal or is cut off, and never the site's page twice.
  private static let malformed: [String] = [
    "\r\n\r\n\r\n", "nonsense\r\n\r\n", "GET\r\n\r\n", "GET /help\r\n\r\n",
    "GET /help HTTP/9.9\r\n\(host)\r\n",
    "get /help HTTP/1.1\r\n\(host)\r\n", "G\u{0}T /help HTTP/1.1\r\n\(host)\r\n",
    "GET /help HTTP/1.1\r\n\r\n", "GET /help HTTP/1.0\r\n\r\n",
    "GET /help HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n",
    "GET /help HTTP/1.1\r\n\(host)X\u{0}Y: a\r\n\r\n", "GET /help HTTP/1.1\r\n\(host)X: a\u{0}b\r\n\r\n",
    "GET /help HTTP/1.1\r\n\(host): empty\r\n\r\n", "GET /help HTTP/1.1\r\n\(host)X Y: a\r\n\r\n",
    "CONNECT elsewhere.example:443 HTTP/1.1\r\n\(host)\r\n",
    "OPTIONS * HTTP/1.1\r\n\(host)\r\n", "TRACE /help HTTP/1.1\r\n\(host)\r\n",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\u{1}\u{FC}\u{3}\u{3}",
    "POST /sign-in HTTP/1.1\r\n\(host)Content-Length: -1\r\n\r\n",
    "POST /sign-in HTTP/1.1\r\n\(host)Content-Length: 1x\r\n\r\n",
    "POST /sign-in HTTP/1.1\r\n\(host)Content-Length: 99999999999999999999999\r\n\r\n",
    "POST /sign-in HTTP/1.1\r\n\(host)Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
    "POST /sign-in HTTP/1.1\r\n\(host)Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /privacy HTTP/1.1\r\n\(host)\r\n",
    "POST /sign-in HTTP/1.1\r\n\(host)Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    "POST /sign-in HTTP/1.1\r\n\(host)Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "POST /sign-in HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\n\r\nZZ\r\n\r\n",
    "POST /sign-in HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n\r\n",
    "POST /sign-in HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\n\r\n5\r\nhello!\r\n0\r\n\r\n",
  ]

  /// Odd, and answered as what they are.
  private static let odd: [String] = [
    "/%ff%fe", "/..%2f..%2fetc/passwd", "/%00", "/help%0d%0aX:y", "//help", "/help/../account", "/%", "/%zz",
    "/2569/offices/%F0%9F%98%80/disclosures/%00", "/?language=en&language=th&language=%ff",
    "/2569/offices/4001/disclosures?search=%ff&state=%00", "/assets/%2e%2e/site.css", "/help#x",
    "http://elsewhere.example/help",
    "/\(String(repeating: "a", count: 8000))",
  ]

  @Test func `what is malformed gets a refusal or a close, with the site's headers, and the site goes on`()
    async throws
  {
    try await Served.site(try Site()) { served in
      for raw in RawRequestTests.malformed {
        let wire = try await served.open()
        try await wire.send(raw)
        try? await wire.end()
        while let answer = await wire.answer() {
          #expect((400..<500).contains(answer.status), "\(answer.status) for \(raw.debugDescription)")
          expectHeaders(answer, raw)
        }
        await wire.closed()
      }
      #expect(try await served.ask(Served.request("GET", "/help"))?.status == 200)
    }
  }

  @Test func `odd addresses are answered, never with a fault`() async throws {
    try await Served.site(try Site()) { served in
      let (cookie, _) = try served.session(of: .officer)
      for path in RawRequestTests.odd {
        let answer = try await served.ask(Served.request("GET", path, [cookie]))
        #expect([200, 303, 400, 404].contains(answer?.status ?? 0), "\(answer?.status ?? 0) for \(path)")
        if let answer { expectHeaders(answer, path) }
      }
      #expect(!served.log.lines.contains { $0.contains("level=error") }, "\(served.log.lines)")
    }
  }

  @Test func `a head that is too long is refused`() async throws {
    try await Served.site(try Site()) { served in
      let long = String(repeating: "a", count: 20_000)
      for request in [
        Served.request("GET", "/help", ["X: \(long)"]), Served.request("GET", "/\(long)"),
        Served.request("GET", "/help", (0..<120).map { "X-\($0): a" }),
        Served.request("GET", "/help", (0..<40).map { "X-\($0): \(long.prefix(1000))" }),
      ] {
        let answer = try await served.ask(request)
        #expect([400, 431].contains(answer?.status ?? 431), "\(answer?.status ?? 0)")
        if let answer { expectHeaders(answer, "a long head") }
      }
      let answer = try await served.ask(Served.request("GET", "/help", ["X: \(long)"]))
      #expect(answer?.status == 431)
    }
  }

  @Test func `requests sent ahead are answered in their order`() async throws {
    try await Served.site(try Site()) { served in
      let wire = try await served.open()
      let paths = ["/help", "/privacy", "/nothing", "/contact"]
      try await wire.send((0..<25).flatMap { _ in paths }.map { Served.request("GET", $0) }.joined())
      for _ in 0..<25 {
        for path in paths {
          let answer = await wire.answer()
          #expect(answer?.status == (path == "/nothing" ? 404 : 200))
          #expect(answer?.text.contains("\(path)?language=en") ?? false, "\(path)")
        }
      }
      try await wire.close()
    }
  }

  @Test func `nothing that was sent stands in the log`() async throws {
    try await Served.site(try Site()) { served in
      for raw in RawRequestTests.malformed + [
        "GET /s3cret HTTP/1.1\r\n\(RawRequestTests.host)X: s3cret\r\n\r\n"
      ] {
        let wire = try await served.open()
        try await wire.send(raw)
        try? await wire.end()
        _ = await wire.rest()
      }
      let (cookie, token) = try served.session(of: .officer)
      for body in [
        "--b\r\nContent-Disposition: form-data; name=\"s3cret\"\r\n\r\ns3cret", "--b\r\ns3cret\r\n\r\n",
      ] {
        let answer = try await served.ask(
          Served.request(
            "POST", "/2569/offices/4001/disclosures/O2/files",
            [cookie, "Content-Type: multipart/form-data; boundary=b"], body: body))
        #expect(answer?.status == 400)
      }
      let log = served.log.lines.joined()
      for secret in [
        "s3cret", token, String(cookie.dropFirst(16)), "4001", "O2", "elsewhere", "nonsense", "sign-in?",
      ] {
        #expect(!log.contains(secret), "\(secret)")
      }
      #expect(served.log.lines.allSatisfy { $0.filter { $0 == "\n" }.count == 1 })
    }
  }

  private func expectHeaders(_ answer: Wire.Answer, _ what: String) {
    for name in MatrixTests.headers {
      #expect(answer[name].count == 1, "\(answer.status) \(name) for \(what.prefix(60).debugDescription)")
    }
  }
}
