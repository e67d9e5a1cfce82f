import Foundation
import Integrity
import Testing
import Wire

@testable import Portal

/// The site's own https, over real sockets, with certificates that openssl makes for the test.
@Suite(.timeLimit(.minutes(15))) struct EncryptionTests {
  private let site: Site
  private let files: SelfSigned

  init() throws {
    site = try Site()
    files = try SelfSigned("site", in: site.folder)
  }

  private func serve(_ body: (Served) async throws -> Void) async throws {
    let files = files
    try await Served.site(
      site,
      {
        $0.origin = "https://127.0.0.1"
        ($0.certificate, $0.privateKey) = (files.certificate, files.key)
      }, body)
  }

  private func ask(_ served: Served, _ request: String) async throws -> Wire.Answer? {
    let wire = try await Wire.open(served.port, trusting: files.certificate)
    try await wire.send(request)
    let answer = await wire.answer()
    try await wire.close()
    return answer
  }

  @Test func `pages come over https, with cookies for this host alone and a year of nothing but https`()
    async throws
  {
    try site.give(password: Site.password, to: .officer)
    try await serve { served in
      let page = try #require(try await ask(served, Served.request("GET", "/sign-in")))
      #expect(page.status == 200 && page.text.contains("<html lang=\"th\">"))
      #expect(page["strict-transport-security"] == ["max-age=31536000; includeSubDomains"])
      let visit = try #require(page["set-cookie"].first)
      let token = try #require(page.text.firstMatch(of: /name="token" value="([0-9a-f]+)"/)).output.1
      let body = [
        ("name", "officer"), ("password", Site.password), ("to", "/account"), ("kept", ""),
        ("token", String(token)),
      ]
      .map { "\($0.0)=\($0.1.queryEscaped)" }.joined(separator: "&")
      let opened = try #require(
        try await ask(
          served,
          "POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: https://127.0.0.1\r\n"
            + "Cookie: \(visit.prefix { $0 != ";" })\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"))
      #expect(opened.status == 303)
      let cookies = [visit] + opened["set-cookie"]
      for name in ["visit", "session", "known"] {
        let cookie = try #require(cookies.first { $0.hasPrefix("__Host-\(name)=") }, "\(name)")
        for sign in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
          #expect(cookie.contains(sign), "\(cookie)")
        }
        #expect(!cookie.contains("Domain"))
      }
      let session = try #require(cookies.first { $0.hasPrefix("__Host-session=") }).prefix { $0 != ";" }
      let account = try await ask(served, Served.request("GET", "/account", ["Cookie: \(session)"]))
      #expect(account?.status == 200)
      let bare = session.dropFirst("__Host-".count)
      let refused = try await ask(served, Served.request("GET", "/account", ["Cookie: \(bare)"]))
      #expect(refused?.status == 401, "the cookie is taken by its full name alone")
    }
  }

  @Test func `whoever comes without encryption, or with an old one, gets nothing, and no secret is logged`()
    async throws
  {
    try await serve { served in
      let plain = try await served.open()
      try await plain.send(Served.request("GET", "/sign-in", ["X: s3cret"]))
      #expect(await plain.rest().contains("HTTP/1.1") == false)
      // A hello of TLS 1.1, as openssl writes it, with one suite.
      let random = [UInt8](repeating: 7, count: 32)
      let hello: [UInt8] = [3, 2] + random + [0, 0, 2, 0xC0, 0x13, 1, 0, 0, 0]
      let old = try await served.open()
      try await old.send([22, 3, 1, 0, UInt8(hello.count + 4), 1, 0, 0, UInt8(hello.count)] + hello)
      let said = await old.rest()
      #expect(said.utf8.first != 22, "no handshake is begun")
      #expect(try await ask(served, Served.request("GET", "/help"))?.status == 200)
      #expect(!served.log.lines.joined().contains("s3cret"))
      #expect(!served.log.lines.joined().contains("BEGIN"))
    }
  }

  @Test func `a connection that begins no handshake is cut`() async throws {
    let files = files
    try await Served.site(
      site,
      {
        $0.origin = "https://127.0.0.1"
        ($0.certificate, $0.privateKey) = (files.certificate, files.key)
        $0.silence = .milliseconds(200)
      }
    ) { served in
      for opening in ["", "\u{16}\u{3}\u{1}"] {
        let wire = try await served.open()
        await wire.push(opening)
        await wire.closed()
      }
    }
  }

  @Test func `a renewed certificate is in force from the next connection on, and a broken one never`()
    async throws
  {
    let certificate = try Certificate(chain: files.certificate, key: files.key)
    #expect(try !certificate.look())
    let before = try String(contentsOfFile: files.certificate, encoding: .utf8)
    try "nonsense".write(toFile: files.certificate, atomically: true, encoding: .utf8)
    #expect(throws: (any Error).self) { try certificate.look() }
    let other = try SelfSigned("other", in: site.folder)
    // Half renewed: the chain is there, its key is not yet.
    try FileManager.default.removeItem(atPath: files.certificate)
    try FileManager.default.copyItem(atPath: other.certificate, toPath: files.certificate)
    #expect(throws: (any Error).self) { try certificate.look() }
    try before.write(toFile: files.certificate, atomically: true, encoding: .utf8)
    try await serve { served in
      let renewing = try #require(served.certificate)
      #expect(try await ask(served, Served.request("GET", "/help"))?.status == 200)
      let new = try SelfSigned("site", in: site.folder)
      #expect(new.certificate == files.certificate)
      let early = try await Wire.open(served.port, trusting: new.certificate)
      await early.closed()
      #expect(try renewing.look())
      #expect(try await ask(served, Served.request("GET", "/help"))?.status == 200)
    }
  }

  @Test func `a certificate and a key that do not belong together are refused before anything is served`()
    throws
  {
    let other = try SelfSigned("other", in: site.folder)
    for (chain, key) in [
      (files.certificate, other.key), (files.key, files.certificate), ("/nothing", files.key),
    ] {
      #expect(throws: (any Error).self) { try Certificate(chain: chain, key: key) }
    }
  }
}
