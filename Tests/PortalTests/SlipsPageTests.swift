import Foundation
import HTTPTypes
import Integrity
import Storage
import Testing

@testable import Portal

/// Slips and posters: by whom, once, and readable.
@Suite struct SlipsPageTests {
  private static let path = "/2569/offices/4001/slips"

  @Test func `in the office one asks and another makes, and the codes are shown once`() async throws {
    let site = try Site()
    let clerk = try await site.browser(of: .officeAdministrator)
    let asked = try await clerk.submit(
      [("act", "ask"), ("which", "IIT"), ("number", "12")], on: Self.path)
    #expect(asked.status == 303)
    // Whoever asked cannot make them.
    let alone = try await clerk.get(Self.path)
    #expect(!alone.text.contains("/slips/sheet\""))
    let refused = try await clerk.submit(
      [("which", "IIT"), ("number", "12")], on: Self.path, to: Self.path + "/sheet")
    #expect(refused.status == 403)
    let director = try await site.browser(of: .director)
    let page = try await director.get(Self.path)
    #expect(page.text.contains("ขอจัดทำ 12 ใบ") && page.text.contains("name=\"number\" value=\"12\""))
    let token = page.hidden("token")
    let key = page.hidden("form")
    let fields = [("which", "IIT"), ("number", "12")]
    let sheet = try await director.post(Self.path + "/sheet", fields, token: token, key: key)
    #expect(sheet.status == 200)
    let codes = Self.codes(in: sheet.text)
    #expect(codes.count == 12 && Set(codes).count == 12)
    #expect(sheet.headers[.cacheControl] == "no-store")
    // Sent again the codes are not shown again, and no others are made.
    let again = try await director.post(Self.path + "/sheet", fields, token: token, key: key)
    #expect(again.status == 303 && again.location?.hasSuffix("done=slips_shown") == true)
    #expect(try await director.get(Self.path).text.contains("12 ใบ"))
    for code in codes {
      #expect(try site.registry.opens(code, AnswerPagesTests.place))
      #expect(try await !director.get(Self.path).text.contains(code.grouped))
    }
  }

  @Test func `an assessor makes slips alone, and a lead voids what somebody else asked to void`() async throws
  {
    let site = try Site()
    let lead = try await site.browser(of: .leadAssessor)
    let sheet = try await lead.submit(
      [("which", "IIT"), ("number", "3")], on: Self.path, to: Self.path + "/sheet")
    #expect(sheet.status == 200)
    let code = try #require(Self.codes(in: sheet.text).first)
    let clerk = try await site.browser(of: .officeAdministrator)
    let empty = try await clerk.submit(
      [("act", "ask_void"), ("which", "IIT"), ("reason", "")], on: Self.path)
    #expect(empty.status == 422 && empty.text.contains("href=\"#reason-IIT\""))
    let asked = try await clerk.submit(
      [("act", "ask_void"), ("which", "IIT"), ("reason", "บัตรรหัสหายไปหนึ่งชุด")], on: Self.path)
    #expect(asked.status == 303)
    #expect(try await lead.get(Self.path).text.contains("บัตรรหัสหายไปหนึ่งชุด"))
    let void = try await lead.submit([("act", "void"), ("which", "IIT")], on: Self.path)
    #expect(void.status == 303)
    #expect(try !site.registry.opens(code, AnswerPagesTests.place))
    #expect(try await clerk.get(Self.path).text.contains("3 ใบ ใน 1 ครั้ง"))
  }

  @Test func `the codes of the part that assessors collect are none of the office's business`() async throws {
    let site = try Site().withLink()
    let path = Self.path.replacing("/\(Site.cycle)/", with: "/\(Site.linked)/")
    let sent = [("which", "EIT2"), ("number", "3")]
    for person in [Role.officeAdministrator, .director] {
      let own = try await site.browser(of: person)
      let page = try await own.get(path)
      #expect(page.status == 200 && page.text.contains("value=\"IIT\""))
      #expect(!page.text.contains("value=\"EIT2\""))
      #expect(try await own.submit([("act", "ask")] + sent, on: path).status == 403)
      #expect(try await own.submit(sent, on: path, to: path + "/sheet").status == 403)
      let void = [("act", "ask_void"), ("which", "EIT2"), ("reason", "x")]
      #expect(try await own.submit(void, on: path).status == 403)
    }
    let lead = try await site.browser(of: .leadAssessor)
    let sheet = try await lead.submit(sent, on: path, to: path + "/sheet")
    #expect(sheet.status == 200 && Self.codes(in: sheet.text).count == 3)
  }

  @Test func `a number that is none or too large is named at its field`() async throws {
    let site = try Site()
    let clerk = try await site.browser(of: .officeAdministrator)
    for text in ["", "x", "0"] {
      let answer = try await clerk.submit(
        [("act", "ask"), ("which", "IIT"), ("number", text)], on: Self.path)
      #expect(answer.status == 422 && answer.text.contains("href=\"#number-IIT\""), "\(text)")
    }
    let many = try await clerk.submit([("act", "ask"), ("which", "IIT"), ("number", "41")], on: Self.path)
    #expect(many.status == 409 && many.text.contains("value=\"41\""))
    let odd = try await clerk.submit([("act", "ask"), ("which", "OIT"), ("number", "4")], on: Self.path)
    #expect(odd.status == 400)
  }

  @Test func `who has nothing to do with slips finds no page, and whoever reads progress no buttons`()
    async throws
  {
    let site = try Site()
    for role in [Role.committee, .administrator] {
      let status = try await site.browser(of: role).get(Self.path).status
      #expect([200, 404].contains(status))
    }
    #expect(try await site.browser(of: .director, at: Site.foreign).get(Self.path).status == 404)
  }

  @Test func `a symbol is read back as it was written`() throws {
    for text in [
      "https://ita.example.go.th/answer/2569/4001/IIT#7K3M9QXA7K3M9QXA7K3M9QXA",
      "http://127.0.0.1:8080/answer/2567/4001/EIT.EIT1?for=parents", "ก", "1",
    ] {
      let symbol = try #require(QRSymbol(text))
      #expect(try Self.read(symbol) == text)
    }
    #expect(QRSymbol(String(repeating: "x", count: 5000)) == nil)
  }

  @Test func `the symbol on a slip opens the form with the code behind the hash`() async throws {
    let site = try Site()
    let lead = try await site.browser(of: .leadAssessor)
    let sheet = try await lead.submit(
      [("which", "IIT"), ("number", "2")], on: Self.path, to: Self.path + "/sheet")
    let codes = Self.codes(in: sheet.text)
    let paths = sheet.text.matches(of: /shape-rendering="crispEdges">.*?<path d="([^"]+)"/)
      .map { String($0.output.1) }
    let expected = codes.compactMap { code in
      QRSymbol("\(site.portal.settings.base)/answer/2569/4001/IIT#\(code.text)")?.path
    }
    #expect(paths == expected && paths.count == 2)
  }

  @Test func `a poster is for an office's own people, for everybody or for some`() async throws {
    let site = try Site().withLink()
    let director = try await site.browser(of: .director)
    let page = try await director.get("/2567/offices/4001/poster?of=EIT1&for=parents")
    #expect(page.status == 200 && page.text.contains("สำหรับผู้ปกครอง"))
    #expect(page.text.contains("/answer/2567/4001/EIT.EIT1?for=parents"))
    #expect(try await director.get("/2567/offices/4001/questionnaires").text.contains("EIT1"))
    // Nothing is open in the small rubric.
    #expect(try await director.get("/2569/offices/4001/poster").status == 404)
    let foreign = try await site.browser(of: .director, at: Site.foreign)
    #expect(try await foreign.get("/2567/offices/4001/poster").status == 404)
  }

  static func codes(in page: String) -> [SlipCode] {
    page.matches(of: /<p class="slip-code" translate="no">(.*?)<\/p>/).compactMap { match in
      SlipCode(typed: String(match.output.1).replacing(/<[^>]+>/, with: " "))
    }
  }

  /// What a reader sees in the symbol, as a picture in print.
  private static func read(_ symbol: QRSymbol) throws -> String {
    let scale = 4
    let side = symbol.side * scale
    var pixels = [UInt8](repeating: 255, count: side * side)
    for y in 0..<side {
      for x in 0..<side {
        let (column, row) = (x / scale - QRSymbol.quiet, y / scale - QRSymbol.quiet)
        guard (0..<symbol.width).contains(column), (0..<symbol.width).contains(row) else { continue }
        if symbol.isDark[row * symbol.width + column] { pixels[y * side + x] = 0 }
      }
    }
    let path = NSTemporaryDirectory() + "sucharit-\(UUID().uuidString).pgm"
    try (Data("P5\n\(side) \(side)\n255\n".utf8) + Data(pixels)).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let (process, output) = (Process(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/zbarimg")
    process.arguments = ["--quiet", "--raw", "--oneshot", "-Sbinary", path]
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines)
  }
}
