import Foundation
import HTTPTypes
import Integrity
import Storage
import Testing

@testable import Portal

/// What an assessor looks at beside the mark, and pictures they keep of it.
@Suite struct MarkCapturePageTests {
  private static let o1 = "/2569/marking/4001/O1"

  private func multipart(
    _ fields: [(String, String)], file: String, name: String, _ bytes: [UInt8], token: String?
  ) -> (type: String, body: [UInt8]) {
    var body: [UInt8] = []
    for (field, value) in [("token", token ?? "")] + fields {
      body += Array("--B\r\nContent-Disposition: form-data; name=\"\(field)\"\r\n\r\n\(value)\r\n".utf8)
    }
    body += Array(
      "--B\r\nContent-Disposition: form-data; name=\"\(file)\"; filename=\"\(name)\"\r\nContent-Type: image/png\r\n\r\n"
        .utf8)
    body += bytes + Array("\r\n--B--\r\n".utf8)
    return ("multipart/form-data; boundary=B", body)
  }

  private static let png: [UInt8] =
    [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + Array(repeating: 7, count: 64)

  @Test func `a capture is kept with what was typed, and framed by our own page alone`() async throws {
    let site = try Site().judging()
    let browser = try await site.browser(of: .assessor)
    func attach(_ name: String, _ bytes: [UInt8], _ sighting: String) async throws -> Browser.Answer {
      let sent = multipart(
        Site.mark(sighting, elements: ["no.chart"], reason: "ดูภาพ", do: "attach"), file: "capture",
        name: name,
        bytes,
        token: browser.token)
      return try await browser.send(
        .post, MarkCapturePageTests.o1 + "/captures", type: sent.type, body: sent.body)
    }
    for (name, bytes) in [("x.docx", MarkCapturePageTests.png), ("x.png", Array("GIF89a".utf8)), ("", [])] {
      let wrong = try await attach(name, bytes, "0.0.")
      #expect(wrong.status == 422 && wrong.text.contains("href=\"#capture\"") && wrong.text.contains("ดูภาพ"))
    }
    let kept = try await attach("หน้าจอ.png", MarkCapturePageTests.png, "0.0.")
    #expect(kept.location == MarkCapturePageTests.o1 + "?done=file_kept", "\(kept.text)")
    let held = try #require(site.markDesk().own)
    #expect(held.mark.reason == "ดูภาพ" && held.captures.map(\.name) == ["หน้าจอ.png"])
    let page = try await browser.get(MarkCapturePageTests.o1)
    let path = "\(MarkCapturePageTests.o1)/captures/\(held.captures[0].digest)/\("หน้าจอ.png".queryEscaped)"
    #expect(page.text.contains(path))
    let file = try await browser.get(path + "?view=1")
    #expect(file.bytes == MarkCapturePageTests.png && file.headers[.contentType] == "image/png")
    #expect(file.headers[.contentSecurityPolicy]?.contains("frame-ancestors 'self'") == true)
    let lead = try await site.browser(of: .leadAssessor)
    #expect(try await lead.get(path).status == 404, "nobody else opens what is not finished")
    let dropped = try await browser.post(
      MarkCapturePageTests.o1,
      Site.mark("\(held.revision).0.", reason: "ดูภาพ", do: "drop_\(held.captures[0].digest)"),
      token: browser.token
    )
    #expect(dropped.location == MarkCapturePageTests.o1 + "?done=file_removed")
    #expect(try site.markDesk().own?.captures.isEmpty == true)
  }

  @Test func `an assessor opens the evidence of offices assigned to them, and of no other`() async throws {
    let site = try Site().assigned()
    let path = site.folder + "/plan.pdf"
    try Data("%PDF-1.4 example".utf8).write(to: URL(fileURLWithPath: path))
    let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    var digests: [String] = []
    for (office, suffix) in [(Site.own, ""), (Site.foreign, "2")] {
      let officer = Signer(Code("officer\(suffix)"))
      let file = try site.registry.keepFile(
        "plan.pdf", from: handle, for: office, in: Site.cycle, by: officer, at: Site.collecting)
      _ = try site.registry.draft(
        DraftEntry(
          office: office, item: "O3", isDisclosed: true,
          evidence: [Evidence(.link("https://www.example.test")), Evidence(file, pointer: "หน้า 4")]),
        in: Site.cycle, by: officer, at: Site.collecting)
      _ = try site.registry.pass(
        "O3", of: office, in: Site.cycle, by: Signer(Code("group_head\(suffix)")), at: Site.collecting)
      _ = try site.registry.submit(
        nil, of: office, in: Site.cycle, by: Signer(Code("director\(suffix)")), at: Site.collecting)
      if case .file(_, let digest, _) = file { digests.append(digest) }
    }
    site.clock.now = Site.assessing
    let browser = try await site.browser(of: .assessor)
    let page = try await browser.get("/2569/marking/4001/O3")
    let address = "/2569/offices/4001/files/\(digests[0])/\("plan.pdf".queryEscaped)?view=1"
    let frame = page.text.split(separator: "\n").first { $0.contains("<iframe") } ?? ""
    #expect(frame.contains("<iframe class=\"paper\" src=\"\(address)#page=4\""), "\(frame)")
    #expect(try await browser.get(address).status == 200)
    let foreign = address.replacingOccurrences(of: "4001", with: "4002")
    #expect(try await browser.get(foreign).status == 404)
  }
}
