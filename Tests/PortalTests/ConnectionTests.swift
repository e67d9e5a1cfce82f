import Foundation
import HTTPTypes
import Hummingbird
import Integrity
import NIOCore
import Storage
import Testing
import Wire

@testable import Portal

/// Connections that are slow, many, or never meant to end; all of it over real sockets.
@Suite(.timeLimit(.minutes(15))) struct ConnectionTests {
  private static let signIn =
    "POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://127.0.0.1\r\n"
    + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nname=a"

  @Test func `three hundred slow connections keep nobody waiting`() async throws {
    try await Served.site(try Site()) { served in
      let style = Served.request("GET", served.portal.assets.style)
      var slow: [Wire] = []
      for number in 0..<300 {
        let wire = try await served.open(isReading: number % 3 != 2)
        switch number % 3 {
        case 0: try await wire.send("GET /help HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Drip: a")
        case 1: try await wire.send(ConnectionTests.signIn)
        default: await wire.push(String(repeating: style, count: 20))
        }
        slow.append(wire)
      }
      let (cookie, token) = try served.session(of: .officer)
      let page = try await served.ask(Served.request("GET", "/2569/offices/4001", [cookie]))
      #expect(page?.status == 200)
      let form = try await served.ask(
        Served.request(
          "POST", "/account", [cookie, "Content-Type: application/x-www-form-urlencoded"],
          body: "token=\(token)&form=k1&language=en&digits=arabic"))
      #expect(form?.status == 303, "forms are handed in beside three hundred that never end")
      for wire in slow { #expect(await wire.isOpen) }
      for wire in slow { try await wire.close() }
    }
  }

  /// What never gets any further, and is to be cut.
  private static let endless: [String: String] = [
    "nothing": "", "half a head": "GET /help HTTP/1.1\r\nHost: 127",
    "an unanswered body":
      "POST /nothing HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n",
    "a file that does not come":
      "POST /2569/offices/4001/disclosures/O1/files HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://127.0.0.1\r\n"
      + "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 9999\r\n\r\n--b\r\n",
    "nothing after an answer": Served.request("GET", "/help"),
  ]

  @Test(arguments: endless.keys.sorted()) func `who gets no further is cut`(kind: String) async throws {
    try await Served.site(try Site(), { $0.silence = .milliseconds(200) }) { served in
      let wire = try await served.open()
      await wire.push(ConnectionTests.endless[kind] ?? "")
      _ = await wire.rest()
      await wire.closed()
      #expect(await !wire.isOpen)
    }
  }

  @Test func `who does not take in the answers is cut`() async throws {
    // One connection for each network: another one is let in as soon as this one was cut.
    try await Served.site(
      try Site(),
      {
        $0.silence = .milliseconds(200)
        $0.connections = 2
      }
    ) { served in
      let wire = try await served.open(isReading: false)
      // More than the system keeps for both ends.
      await wire.push(String(repeating: Served.request("GET", served.portal.assets.style), count: 400))
      try await served.untilLetIn()
      try? await wire.close()
    }
  }

  @Test func `a form that does not arrive in time is answered so`() async throws {
    try await Served.site(try Site(), { $0.patience = .milliseconds(200) }) { served in
      let answer = try await served.ask(ConnectionTests.signIn)
      #expect(answer?.status == 408)
      #expect(answer?["content-security-policy"].count == 1)
    }
  }

  @Test func `no network alone takes all connections`() async throws {
    try await Served.site(try Site(), { $0.connections = 8 }) { served in
      var held: [Wire] = []
      for _ in 0..<4 { held.append(try await served.open(from: "127.0.0.7")) }
      // All of them are known to be in.
      for wire in held {
        try await wire.send(Served.request("GET", "/help"))
        #expect(await wire.answer()?.status == 200)
      }
      let over = try await served.open(from: "127.0.0.8")
      await over.closed()
      #expect(try await served.ask(Served.request("GET", "/help"), from: "127.0.1.7")?.status == 200)
      try await held[0].close()
      // As soon as the site has noticed.
      try await served.untilLetIn()
      for wire in held.dropFirst() { try await wire.close() }
    }
  }

  @Test func `connections over the bound wait until another one ends`() async throws {
    try await Served.site(try Site(), { $0.connections = 4 }) { served in
      var held: [Wire] = []
      for place in ["127.0.0.7", "127.0.0.7", "127.0.1.7", "127.0.1.7"] {
        held.append(try await served.open(from: place))
      }
      // All of them are known to be in.
      for wire in held {
        try await wire.send(Served.request("GET", "/help"))
        #expect(await wire.answer()?.status == 200)
      }
      let late = try await served.open(from: "127.0.2.7")
      try await late.send(Served.request("GET", "/help"))
      try await held[0].close()
      #expect(await late.answer()?.status == 200)
      for wire in held.dropFirst() + [late] { try await wire.close() }
    }
  }

  @Test func `a form that is too large is refused before it has arrived`() async throws {
    try await Served.site(try Site()) { served in
      let head =
        "POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://127.0.0.1\r\n"
        + "Content-Type: application/x-www-form-urlencoded\r\n"
      let declared = try await served.ask(head + "Content-Length: 999999999\r\n\r\n")
      #expect(declared?.status == 413)
      let chunk = "10000\r\n" + String(repeating: "a", count: 0x10000) + "\r\n"
      let dripped = try await served.ask(
        head + "Transfer-Encoding: chunked\r\n\r\n" + String(repeating: chunk, count: 5))
      #expect(dripped?.status == 413)
      #expect(dripped?["content-security-policy"].count == 1)
    }
  }

  @Test func `forms that arrive hold no more than their share of memory`() async throws {
    let arrivals = Arrivals(most: 1000)
    func request(_ count: Int) -> Request {
      Request(
        head: HTTPRequest(method: .post, scheme: nil, authority: nil, path: "/"),
        body: RequestBody(buffer: ByteBuffer(bytes: [UInt8](repeating: 97, count: count))))
    }
    func take(_ count: Int, _ network: String) async throws -> Arrivals.Share {
      try await arrivals.gather(request(count), from: network, within: Site.ample).share
    }
    var held: [Arrivals.Share] = []
    for _ in 0..<2 { held.append(try await take(125, "a")) }
    await #expect(throws: Problem.self, "a quarter for each network") { try await take(1, "a") }
    for network in ["b", "c", "d"] { held.append(try await take(250, network)) }
    await #expect(throws: Problem.self, "and no more than all of it") { try await take(1, "e") }
    held.removeFirst()
    _ = try await take(125, "a")
  }

  @Test func `a form of which not all came changes nothing`() async throws {
    let site = try Site()
    try await Served.site(site) { served in
      let (cookie, token) = try served.session(of: .officer)
      let fields = "token=\(token)&answer=yes&revision=1&do=save&note=half"
      let head =
        "POST /2569/offices/4001/disclosures/O2 HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        + "Origin: http://127.0.0.1\r\n\(cookie)\r\nContent-Type: application/x-www-form-urlencoded\r\n"
      let before = try site.dataVersion()
      for cut in [
        head + "Content-Length: \(fields.utf8.count + 9)\r\n\r\n" + fields,
        head + "Transfer-Encoding: chunked\r\n\r\n\(String(fields.utf8.count, radix: 16))\r\n\(fields)\r\n",
      ] {
        let wire = try await served.open()
        try await wire.send(cut)
        try await wire.end()
        let answer = await wire.answer()
        #expect(answer == nil || answer?.status == 400, "\(answer?.status ?? 0)")
        await wire.closed()
      }
      #expect(try site.dataVersion() == before)
    }
  }
}
