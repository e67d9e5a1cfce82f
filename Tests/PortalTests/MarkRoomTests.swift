import Foundation
import Integrity
import Storage
import Testing

@testable import Portal

/// The queue, the comment bank and conflicts of interest, over the router.
@Suite struct MarkRoomTests {
  private func site() throws -> Site { try Site().judging() }

  private var assessor: Signer { Signer(Site.name(.assessor)) }

  private func finish(_ site: Site, _ item: Code<Node>) throws {
    try site.registry.finish(
      Mark(verdict: .met), on: item, of: Site.own, in: Site.cycle, seeing: Registry.Sighting(), by: assessor,
      at: site.clock.now)
  }

  // The queue.

  @Test func `the queue goes item by item or office by office, one group opened`() async throws {
    let site = try site()
    try finish(site, "O1")
    let browser = try await site.browser(of: .assessor)
    let items = try await browser.get("/2569/marking")
    #expect(items.status == 200 && items.text.contains("ตรวจแล้ว 1 จาก 3 รายการ"))
    // The group with the next one to do is open.
    #expect(items.text.contains("href=\"/2569/marking/4001/O2\""))
    #expect(!items.text.contains("href=\"/2569/marking/4001/O1\""))
    let offices = try await browser.get("/2569/marking?by=office")
    for item in ["O1", "O2", "O3"] {
      #expect(offices.text.contains("href=\"/2569/marking/4001/\(item)?by=office\""))
    }
    #expect(!offices.text.contains(Site.canary))
  }

  @Test func `a state leaves what stands there, and says so where nothing does`() async throws {
    let site = try site()
    try finish(site, "O1")
    let browser = try await site.browser(of: .assessor)
    let judged = try await browser.get("/2569/marking?state=judged&item=O1")
    #expect(judged.text.contains("href=\"/2569/marking/4001/O1?state=judged\""))
    #expect(!judged.text.contains("id=\"group-O2\""))
    let asked = try await browser.get("/2569/marking?state=asked")
    #expect(asked.status == 200 && asked.text.contains("ไม่มีข้อที่ตรงกับตัวกรอง"))
    #expect(try await browser.get("/2569/marking?state=%3Cscript%3E&by=x&item=%3Cb%3E").status == 200)
  }

  @Test func `next and previous follow the way that was chosen`() async throws {
    let site = try site()
    try finish(site, "O2")
    let browser = try await site.browser(of: .assessor)
    let middle = try await browser.get("/2569/marking/4001/O2?by=office")
    #expect(middle.text.contains("href=\"/2569/marking/4001/O3?by=office\" data-key=\"j\""))
    #expect(middle.text.contains("href=\"/2569/marking/4001/O1?by=office\" data-key=\"k\""))
    #expect(middle.hidden("next") == "4001/O3")
    let filtered = try await browser.get("/2569/marking/4001/O1?by=office&state=judged")
    #expect(
      filtered.text.contains("href=\"/2569/marking/4001/O2?by=office&amp;state=judged\" data-key=\"j\""))
    // From the last one round to the first that is to do.
    #expect(try await browser.get("/2569/marking/4001/O3").hidden("next") == "4001/O1")
  }

  @Test func `before and after its window the queue says when`() async throws {
    let site = try site()
    let browser = try await site.browser(of: .assessor)
    site.clock.now = Site.collecting
    let early = try await browser.get("/2569/marking")
    #expect(early.status == 200 && early.text.contains("1 เม.ย. 2569"))
    #expect(!early.text.contains("href=\"/2569/marking/4001/O1\""))
    #expect(try await browser.get("/2569/marking/4001/O1").status == 403)
    site.clock.now = Site.clarifying
    try browser.bring(session: site.registry, of: Site.name(.assessor), at: site.clock.now)
    #expect(try await browser.get("/2569/marking").text.contains("ซึ่งสิ้นสุด"))
  }

  @Test func `nothing assigned is said, with what to do`() async throws {
    let site = try site()
    try site.registry.unassign(
      Site.name(.assessor), from: Site.own, in: Site.cycle, reason: "x",
      by: Signer(Site.name(.leadAssessor)), at: site.clock.now)
    let browser = try await site.browser(of: .assessor)
    let page = try await browser.get("/2569/marking")
    #expect(page.status == 200 && page.text.contains("ยังไม่มีงานที่มอบหมายให้ท่าน"))
  }

  // Comments.

  @Test func `sentences are added, changed and deleted`() async throws {
    let site = try site()
    let browser = try await site.browser(of: .assessor)
    let path = "/2569/comments"
    let added = try await browser.submit(
      [("text", "ขาด <b>"), ("item", "structure"), ("code", "incomplete"), ("do", "save")], on: path)
    #expect(added.location == path + "?done=comment_kept")
    let page = try await browser.get(path)
    #expect(page.text.contains("ขาด &lt;b&gt;") && page.text.contains("R2"))
    let edit = try await browser.get(path + "?edit=1")
    #expect(edit.hidden("over") == "1" && edit.text.contains("value=\"structure\" selected"))
    let changed = try await browser.submit(
      [("text", "ใหม่"), ("item", ""), ("code", ""), ("over", "1"), ("do", "save")], on: path)
    #expect(changed.status == 303)
    let kept = try site.registry.comments(by: assessor, at: site.clock.now)
    #expect(kept.map(\.text) == ["ใหม่"] && kept[0].item == nil && kept[0].code == nil)
    let empty = try await browser.submit(
      [("text", " "), ("item", "structure"), ("code", "other"), ("do", "save")], on: path)
    #expect(empty.status == 422 && empty.text.contains("href=\"#text\""))
    #expect(empty.text.contains("value=\"structure\" selected"))
    for odd in [
      [("text", "x"), ("do", "drop_x")], [("text", "x"), ("do", "save"), ("code", "x")],
      [("text", "x"), ("do", "save"), ("item", "x")], [("text", "x"), ("do", "x")],
    ] { #expect(try await browser.submit(odd, on: path).status == 400, "\(odd)") }
    let dropped = try await browser.submit([("do", "drop_1")], on: path)
    #expect(dropped.location == path + "?done=comment_deleted")
    #expect(try site.registry.comments(by: assessor, at: site.clock.now).isEmpty)
  }

  // Conflicts.

  @Test func `an assessor declares their own conflict, and the office is gone at once`() async throws {
    let site = try site()
    let browser = try await site.browser(of: .assessor)
    let path = "/2569/conflicts"
    let faulty = try await browser.submit([("office", ""), ("other", ""), ("reason", "")], on: path)
    #expect(faulty.status == 422)
    for anchor in ["office", "reason", "sure"] { #expect(faulty.text.contains("href=\"#\(anchor)\"")) }
    let both = try await browser.submit(
      [("office", "4001"), ("other", "4002"), ("reason", "x"), ("sure", "yes")], on: path)
    #expect(both.status == 422 && both.text.contains("href=\"#other\""))
    let unknown = try await browser.submit(
      [("office", ""), ("other", "7777"), ("reason", "x"), ("sure", "yes")], on: path)
    #expect(unknown.status == 422 && unknown.text.contains("7777"))
    let declared = try await browser.submit(
      [("office", "4001"), ("other", ""), ("reason", "คู่สมรสทำงานที่นั่น"), ("sure", "yes")], on: path)
    #expect(declared.location == path + "?done=conflict_declared")
    let page = try await browser.get(path)
    #expect(page.text.contains("คู่สมรสทำงานที่นั่น") && !page.text.contains("<option value=\"4001\""))
    #expect(try await !browser.get("/2569/marking").text.contains("4001"))
    for gone in ["/2569/marking/4001/O1", "/2569/offices/4001", "/2569/offices/4001/disclosures/O1"] {
      #expect(try await browser.get(gone).status == 404, "\(gone)")
    }
    let again = try await browser.submit(
      [("office", ""), ("other", "4001"), ("reason", "x"), ("sure", "yes")], on: path)
    #expect(again.status == 409)
  }
}
