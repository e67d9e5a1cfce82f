import Foundation
import Glibc
import Testing
import Wire

/// `ita serve` over the network, as those on the other end of it meet it.
@Suite struct ServedTests {
  @Test func `with a certificate of its own it speaks https, and nothing else`() throws {
    try Program.inEmptyFolder { folder in
      _ = try Program.run(["init", "--administrator", "admin", "--name", "A"], in: folder)
      let files = try SelfSigned("site", in: folder)
      let port = try ServeTests.freePort()
      let site = try Running(
        ["serve", "--port", "\(port)", "--certificate", files.certificate, "--private-key", files.key],
        in: folder)
      #expect(site.wait(for: "Serving https://127.0.0.1:\(port)"), "\(site.said)")
      let wire = try Line(port, trusting: files.certificate)
      try wire.send("GET /sign-in HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\r\n")
      let page = try #require(wire.answer())
      #expect(page.status == 200)
      #expect(page["set-cookie"].first?.hasPrefix("__Host-visit=") ?? false)
      #expect(page["set-cookie"].first?.contains("; Secure") ?? false)
      let plain = try Line(port)
      try plain.send("GET /sign-in HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\r\n")
      #expect(!plain.rest().contains("HTTP/1.1"))
      #expect(site.stop(SIGTERM) == 0)
    }
  }

  @Test func `a file on its way when it is told to stop is kept`() throws {
    try Program.inEmptyFolder { folder in
      let made = try Program.run(
        ["demo", "--size", "office", "--no-serve", "--data", "d", "-o", "r"], in: folder)
      #expect(made.status == 0, "\(made.output)")
      let port = try ServeTests.freePort()
      let site = try Running(["serve", "--data", "d", "--port", "\(port)"], in: folder)
      #expect(site.wait(for: "4001.legal.officer"), "\(site.said)")
      let visitor = OneVisitor(port: port)
      try visitor.signIn("4001.legal.officer", "demo-ita-2568")
      let path = try visitor.disclosureToDraft()
      let token = try visitor.token(of: path)
      let (first, second) = visitor.upload(to: path, token: token)
      let wire = try Line(port)
      // In one piece: once the page has come, the head behind it has been read.
      try wire.send(visitor.request("GET", "/help") + first)
      #expect(wire.answer()?.status == 200)
      site.signal(SIGTERM)
      while let late = try? Line(port) { try? late.close() }
      try wire.send(second)
      let answer = wire.answer()
      #expect(answer?.status == 303, "\(answer?.text ?? "closed")")
      #expect(site.end() == 0)
      #expect(site.said.contains("Stopped."), "\(site.said)")
      let again = try Running(["serve", "--data", "d", "--port", "\(port)"], in: folder)
      #expect(again.wait(for: "4001.legal.officer"))
      #expect(try visitor.get(path).text.contains("kept-at-the-stop.pdf"))
      #expect(again.stop(SIGTERM) == 0)
      #expect(try Program.run(["verify", "--data", "d"], in: folder).output.contains("no fault"))
    }
  }
}

/// Somebody with a browser of their own, as far as these tests need one.
private final class OneVisitor {
  private let port: Int
  private var cookies: [String: String] = [:]

  init(port: Int) { self.port = port }

  func request(_ method: String, _ path: String, _ headers: [String] = [], body: String = "") -> String {
    let cookie = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
    let own = ["Host: 127.0.0.1:\(port)", "Origin: http://127.0.0.1:\(port)", "Cookie: \(cookie)"]
    return "\(method) \(path) HTTP/1.1\r\n" + (own + headers).map { $0 + "\r\n" }.joined() + "\r\n" + body
  }

  private func ask(_ request: String) throws -> Wire.Answer {
    let wire = try Line(port)
    try wire.send(request)
    let answer = try #require(wire.answer())
    for cookie in answer["set-cookie"] {
      let pair = cookie.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
      if pair.count == 2 { cookies[String(pair[0])] = String(pair[1]) }
    }
    try wire.close()
    return answer
  }

  func get(_ path: String) throws -> Wire.Answer { try ask(request("GET", path)) }

  func token(of path: String) throws -> String {
    let page = try get(path)
    return String(try #require(page.text.firstMatch(of: /name="token" value="([0-9a-f]+)"/)).output.1)
  }

  func signIn(_ name: String, _ password: String) throws {
    let token = try token(of: "/sign-in")
    let fields = [("token", token), ("name", name), ("password", password), ("to", "/"), ("kept", "")]
    let body = fields.map { "\($0.0)=\($0.1)" }.joined(separator: "&")
    let answer = try ask(
      request(
        "POST", "/sign-in",
        ["Content-Type: application/x-www-form-urlencoded", "Content-Length: \(body.utf8.count)"], body: body)
    )
    #expect(answer.status == 303, "\(answer.text)")
  }

  /// The first disclosure of the list whose page takes a file.
  func disclosureToDraft() throws -> String {
    let list = try get("/2568/offices/4001/disclosures").text
    for link in list.matches(of: /href="(\/2568\/offices\/4001\/disclosures\/[^"?\/]+)"/) {
      if try get(String(link.output.1)).text.contains("name=\"upload\"") {
        return String(link.output.1)
      }
    }
    throw CocoaError(.fileNoSuchFile)
  }

  /// A file in two halves.
  func upload(to path: String, token: String) -> (first: String, second: String) {
    func part(_ name: String, _ value: String) -> String {
      "--b\r\nContent-Disposition: form-data; \(name)\r\n\r\n\(value)\r\n"
    }
    let first =
      part("name=\"token\"", token) + part("name=\"form\"", "key-1")
      + "--b\r\nContent-Disposition: form-data; name=\"upload\"; filename=\"kept-at-the-stop.pdf\"\r\n\r\n%PDF-1.7\n"
    let second = String(repeating: "%% more\n", count: 1000) + "\r\n--b--\r\n"
    let headers = [
      "Content-Type: multipart/form-data; boundary=b", "Content-Length: \((first + second).utf8.count)",
    ]
    return (request("POST", path + "/files", headers) + first, second)
  }
}
