import Foundation
import Integrity
import Testing
import Wire

@testable import Portal

/// What is believed of a proxy, and of nobody else; over real sockets.
@Suite(.timeLimit(.minutes(15))) struct ProxyTests {
  /// Behind a proxy on 127.0.0.1 that speaks https.
  private func serve(_ body: (Served) async throws -> Void) async throws {
    try await Served.site(
      try Site(),
      {
        $0.origin = "https://ita.example.go.th"
        $0.proxies = ["127.0.0.1"]
      }, body)
  }

  private func request(_ path: String, _ headers: [String] = []) -> String {
    Served.request("GET", path, host: "ita.example.go.th", headers)
  }

  @Test func `behind a proxy pages are answered for the encrypted address, with cookies of its kind`()
    async throws
  {
    try await serve { served in
      let page = try await served.ask(request("/sign-in", ["X-Forwarded-Proto: https"]))
      #expect(page?.status == 200)
      #expect(page?["set-cookie"].first?.hasPrefix("__Host-visit=") ?? false)
      #expect(page?["set-cookie"].first?.contains("Secure") ?? false)
      #expect(page?["strict-transport-security"].count == 1)
      #expect(try await served.ask(request("/sign-in"))?.status == 200, "a proxy need not say so")
    }
  }

  @Test func `whoever came to the proxy without encryption is led to the encrypted address`() async throws {
    try await serve { served in
      let away = try await served.ask(request("/sign-in?to=%2Faccount", ["X-Forwarded-Proto: http"]))
      #expect(away?.status == 301)
      #expect(away?["location"] == ["https://ita.example.go.th/sign-in?to=%2Faccount"])
      #expect(away?["set-cookie"].isEmpty ?? false)
      let odd = try await served.ask(request("//elsewhere.example/", ["X-Forwarded-Proto: http"]))
      #expect(odd?["location"] == ["https://ita.example.go.th/elsewhere.example/"])
    }
  }

  @Test func `nobody comes past the proxy, whatever they say of themselves`() async throws {
    try await serve { served in
      for headers in [[], ["X-Forwarded-Proto: https", "X-Forwarded-For: 127.0.0.1"]] {
        let answer = try await served.ask(request("/sign-in", headers), from: "127.0.0.9")
        #expect(answer?.status == 404)
        #expect(answer?["set-cookie"].isEmpty ?? false)
        #expect(answer?["content-security-policy"].count == 1)
      }
    }
  }

  /// Guesses at a password, and says which networks were made to pay for it.
  private func guess(_ served: Served, _ headers: [String], from source: String? = nil) async throws {
    let shown = try #require(
      try await served.ask(
        Served.request("GET", "/sign-in", host: ProxyTests.host(served), headers), from: source))
    let token = try #require(shown.text.firstMatch(of: /name="token" value="([0-9a-f]+)"/)).output.1
    let cookie = try #require(shown["set-cookie"].first).prefix { $0 != ";" }
    let body = "token=\(token)&name=nobody&password=guess&to=%2F&kept="
    let answer = try await served.ask(
      "POST /sign-in HTTP/1.1\r\nHost: \(ProxyTests.host(served))\r\nSec-Fetch-Site: same-origin\r\nCookie: \(cookie)\r\n"
        + headers.map { $0 + "\r\n" }.joined() + "Content-Type: application/x-www-form-urlencoded\r\n"
        + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)", from: source)
    #expect(answer?.status == 422)
  }

  private static func host(_ served: Served) -> String {
    String(served.portal.settings.base.drop { $0 != "/" }.dropFirst(2))
  }

  @Test func `the visitor's address is what the proxy says, for guessing at passwords`() async throws {
    try await serve { served in
      try await guess(served, ["X-Forwarded-For: 10.9.9.9, 198.51.100.4"])
      #expect(served.portal.throttle.networks == ["198.51.100"])
    }
  }

  @Test func `from anybody else it is where the connection comes from`() async throws {
    try await Served.site(try Site(), { $0.proxies = ["127.0.5.5"] }) { served in
      try await guess(served, ["X-Forwarded-For: 198.51.100.4"], from: "127.0.1.1")
      #expect(served.portal.throttle.networks == ["127.0.1"])
      try await guess(
        served, ["X-Forwarded-For: 198.51.100.4, 127.0.5.5", "Forwarded: for=203.0.113.1"], from: "127.0.5.5")
      #expect(served.portal.throttle.networks == ["127.0.1", "198.51.100"])
    }
  }

  @Test func `many visitors of one proxy are not counted as one`() async throws {
    try await Served.site(
      try Site(),
      {
        $0.proxies = ["127.0.0.1"]
        $0.connections = 8
      }
    ) { served in
      var held: [Wire] = []
      for _ in 0..<7 { held.append(try await served.open()) }
      #expect(try await served.ask(Served.request("GET", "/help"))?.status == 200)
      for wire in held { try await wire.close() }
    }
  }

  @Test func `of the way that a proxy tells, the last address that is no proxy's is the visitor's`() {
    func address(_ connection: String, _ forwarded: String?) -> String {
      Addresses.of(forwarded: forwarded, connection: connection, proxies: ["10.0.0.1", "10.0.0.2", "::1"])
    }
    #expect(address("203.0.113.9", "198.51.100.1") == "203.0.113.9")
    #expect(address("10.0.0.1", "198.51.100.1") == "198.51.100.1")
    #expect(address("10.0.0.1", "1.2.3.4, 198.51.100.1, 10.0.0.2") == "198.51.100.1")
    #expect(address("10.0.0.1", "::ffff:198.51.100.1") == "198.51.100.1")
    #expect(address("::1", "2001:DB8::1") == "2001:db8::1")
    for odd in [
      nil, "", "unknown", "198.51.100.1:99", "a\r\nb", "10.0.0.2", String(repeating: "1", count: 99),
    ] {
      #expect(address("10.0.0.1", odd) == "10.0.0.1", "\(odd ?? "nothing")")
    }
  }

  @Test func `addresses of one network are told by their bytes, not by how they are written`() {
    #expect(Addresses.network("203.0.113.9") == "203.0.113")
    #expect(Addresses.network("::ffff:203.0.113.9") == "203.0.113")
    #expect(Addresses.plain("::ffff:10.0.0.1") == "10.0.0.1")
    let house = Addresses.network("2001:db8::1")
    #expect(house == Addresses.network("2001:db8:0:0:ffff::2"))
    #expect(house != Addresses.network("2001:db8:0:1::1"))
    #expect(Addresses.network("") == "")
  }
}
