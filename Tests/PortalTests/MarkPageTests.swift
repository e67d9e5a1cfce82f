import Foundation
import HTTPTypes
import Integrity
import Storage
import Testing

@testable import Portal

/// One disclosure before its assessor, over the router.
@Suite struct MarkPageTests {
  private static let o1 = "/2569/marking/4001/O1"
  private static let o2 = "/2569/marking/4001/O2"

  /// The first disclosure is submitted, with a link; the second never was.
  private func site() throws -> Site { try Site().judging() }

  private let full = ["yes.chart", "yes.divisions"]
  private let short = ["yes.chart", "no.divisions"]

  @Test func `the page shows what was submitted beside what is to be found`() async throws {
    let site = try site()
    let browser = try await site.browser(of: .assessor)
    let page = try await browser.get(MarkPageTests.o1)
    #expect(page.status == 200)
    for text in [
      "https://www.example.test/O1", "หน้า 3", "หมายเหตุ", "name=\"element_2\" value=\"no.divisions\"",
      "data-key=\"shift+2\"", "หน่วยงานที่ 1 จาก 1", "value=\"wrong_document\"",
    ] { #expect(page.text.contains(text), "\(text)") }
    #expect(page.hidden("sighting") == "0.0." && page.hidden("next") == "4001/O2")
    // The window beside it can only be used again where its page may be told apart from ours.
    #expect(page.headers[.crossOriginOpenerPolicy] == "same-origin-allow-popups")
    #expect(page.headers.filter { $0.name == .crossOriginOpenerPolicy }.count == 1)
    // What was never signed is judged all the same, and shows nothing of its draft.
    let unsent = try await browser.get(MarkPageTests.o2)
    #expect(unsent.status == 200 && unsent.text.contains("ไม่ได้ส่งข้อมูลข้อนี้"))
    #expect(!unsent.text.contains("https://www.example.test/O2") && !unsent.text.contains("หมายเหตุ<"))
  }

  @Test func `saving goes on to the next that is to be judged, once`() async throws {
    let site = try site()
    let browser = try await site.browser(of: .assessor)
    let page = try await browser.get(MarkPageTests.o1)
    let (token, key) = (page.hidden("token"), page.hidden("form"))
    let sent = Site.mark(elements: full, seen: "opened", [("next", page.hidden("next") ?? "")])
    let answer = try await browser.post(MarkPageTests.o1, sent, token: token, key: key)
    #expect(answer.status == 303 && answer.location == MarkPageTests.o2, "\(answer.text)")
    let desk = try site.markDesk()
    #expect(desk.finding?.judgement == .elements(["chart", "divisions"]))
    #expect(
      desk.seen == [Registry.Seen(link: "https://www.example.test/O1", state: .opened, at: site.clock.now)])
    let version = try site.dataVersion()
    #expect(
      try await browser.post(MarkPageTests.o1, sent, token: token, key: key).location == answer.location)
    #expect(try site.dataVersion() == version)
    // The way to the next page does not lose the second window either.
    #expect(answer.headers[.crossOriginOpenerPolicy] == "same-origin-allow-popups")
    // The next page says what was saved, and how to take it back.
    let next = try await browser.get(MarkPageTests.o2)
    #expect(next.text.contains("action=\"\(MarkPageTests.o1)/undo\"") && next.text.contains("บันทึกแล้ว"))
    // With nothing left the way leads back to the queue.
    let last = try await browser.post(
      "/2569/marking/4001/O3", Site.mark(verdict: "met"), token: next.hidden("token"))
    #expect(last.location == "/2569/marking?done=marked")
  }

  @Test func `what a finding lacks comes back as typed, each fault at its place`() async throws {
    let site = try site()
    let browser = try await site.browser(of: .assessor)
    let token = browser.token
    for (sent, anchors) in [
      (Site.mark(), ["verdict"]),
      (Site.mark(elements: ["yes.chart"]), ["element-2"]),
      (Site.mark(elements: short), ["reason_code", "reason"]),
      (Site.mark(elements: short, code: "incomplete", reason: " "), ["reason"]),
      (Site.mark(elements: short, reason: "เพราะ <b>"), ["reason_code"]),
      (Site.mark(elements: short, verdict: "met", code: "incomplete", reason: "x"), ["verdict"]),
      (Site.mark(elements: full, verdict: "not_met", code: "incomplete", reason: "x"), ["verdict"]),
      (Site.mark(verdict: "not_applicable"), ["reason"]),
      (Site.mark(do: "ask"), ["note"]),
      (Site.mark(elements: full, seen: "not_found"), ["reason"]),
      (Site.mark(verdict: "met", seen: "unreachable"), ["reason"]),
      (Site.mark(verdict: "met", reason: String(repeating: "ก", count: 4001)), ["reason"]),
    ] {
      let answer = try await browser.post(MarkPageTests.o1, sent, token: token)
      #expect(answer.status == 422, "\(anchors)")
      for anchor in anchors { #expect(answer.text.contains("<a href=\"#\(anchor)\">"), "\(anchor)") }
      #expect(!answer.text.contains("<b>เพราะ") && !answer.text.contains("เพราะ <b>"))
    }
    let typed = try await browser.post(
      MarkPageTests.o1, Site.mark(elements: short, reason: "ยาวและสำคัญ"), token: token)
    #expect(typed.text.contains("ยาวและสำคัญ"))
    // What came back is saved by the script as soon as it can, and the warning stands beside full marks alone.
    #expect(typed.text.contains("data-unsaved") && typed.text.contains("data-seen-ill hidden"))
    let dead = try await browser.post(
      MarkPageTests.o1, Site.mark(elements: full, verdict: "met", seen: "not_found"), token: token)
    #expect(dead.text.contains("data-seen-ill>") && dead.text.contains("หากให้คะแนนเต็ม ต้องพิมพ์เหตุผล"))
    #expect(typed.text.contains("value=\"no.divisions\" data-element=\"no\" data-key=\"shift+2\""))
    #expect(try site.markDesk().findings.isEmpty)
  }

  @Test func `a form that no page of ours has made is refused`() async throws {
    let site = try site()
    let browser = try await site.browser(of: .assessor)
    for more in [
      [("element_1", "yes.other")], [("element_1", "chart")], [("element_100", "yes.chart")],
      [("verdict", "option.x")], [("verdict", "pending")], [("office", "4002")], [("link", "x")],
      [("do", "drop_1")], [("do", "publish")], [("reason", "x"), ("reason", "y")],
    ] {
      let answer = try await browser.post(
        MarkPageTests.o1, [("sighting", "0.0.")] + more, token: browser.token)
      #expect(answer.status == 400, "\(more)")
    }
    let bare = try await browser.post(MarkPageTests.o1, [("sighting", "x")], token: browser.token)
    #expect(bare.status == 400)
  }

  // Drafts.

  @Test func `the script keeps what there is, and is told the revision`() async throws {
    let site = try site()
    let browser = try await site.browser(of: .assessor)
    let auto = try await browser.post(
      MarkPageTests.o1, Site.mark(elements: ["yes.chart"], reason: "ครึ่ง", seen: "closed", [("auto", "1")]),
      token: browser.token)
    #expect(auto.status == 200 && auto.text.contains("\"sighting\":\"1.0.\""), "\(auto.text)")
    let page = try await browser.get(MarkPageTests.o1)
    #expect(page.hidden("sighting") == "1.0." && page.text.contains("ครึ่ง"))
    #expect(page.text.contains("value=\"closed\" selected"))
    // Another window had not seen that.
    let stale = try await browser.post(
      MarkPageTests.o1, Site.mark(reason: "อื่น", [("auto", "1")]), token: browser.token)
    #expect(stale.status == 409 && stale.text.contains("\"isStale\":true"))
    #expect(try site.markDesk().own?.mark.reason == "ครึ่ง")
  }

  @Test func `without a script there is a button for it`() async throws {
    let site = try site()
    let browser = try await site.browser(of: .assessor)
    let kept = try await browser.post(
      MarkPageTests.o1 + "?by=office", Site.mark(elements: ["no.chart"], do: "keep"), token: browser.token)
    #expect(kept.location == MarkPageTests.o1 + "?by=office&done=mark_kept")
    #expect(try site.markDesk().own?.mark.missing == ["chart"])
    let dropped = try await browser.post(
      MarkPageTests.o1, Site.mark("1.0.", do: "drop", [("next", "4001/O2")]), token: browser.token)
    #expect(dropped.location == MarkPageTests.o2)
    #expect(try site.markDesk().own == nil)
  }

  @Test func `two windows on one mark end in a choice between both`() async throws {
    let site = try site()
    let browser = try await site.browser(of: .assessor)
    _ = try await browser.post(
      MarkPageTests.o1, Site.mark(reason: "ฉบับแรก", do: "keep"), token: browser.token)
    let answer = try await browser.post(
      MarkPageTests.o1, Site.mark(elements: short, code: "incomplete", reason: "ฉบับสอง"), token: browser.token
    )
    #expect(answer.status == 409)
    for text in ["ฉบับแรก", "ฉบับสอง", "value=\"finish_over\"", "name=\"over\" value=\"1.0.\""] {
      #expect(answer.text.contains(text), "\(text)")
    }
    #expect(try site.markDesk().findings.isEmpty && site.markDesk().own?.mark.reason == "ฉบับแรก")
    let over = try await browser.post(
      MarkPageTests.o1,
      Site.mark(
        elements: short, code: "incomplete", reason: "ฉบับสอง", do: "finish_over",
        [("over", answer.hidden("over") ?? "")]), token: browser.token)
    #expect(over.status == 303)
    #expect(try site.markDesk().finding?.reason == "ฉบับสอง")
  }

  /// A second assessor of the same office.
  private func second(_ site: Site) throws -> Browser {
    let (admin, lead) = (Signer("admin"), Signer(Site.name(.leadAssessor)))
    _ = try site.registry.keep(
      people: [
        PersonEntry(
          code: "second", name: "ผู้ตรวจคนที่สอง",
          grants: [Grant(.assessor, for: .everywhere, from: Site.day("2025-10-01"))])
      ], isDryRun: false, by: admin, at: site.clock.now)
    try site.registry.assign(
      "second", to: Site.own, items: nil, in: Site.cycle, by: lead, at: site.clock.now)
    let browser = site.browser()
    try browser.bring(session: site.registry, of: "second", at: site.clock.now)
    return browser
  }

  @Test func `two assessors on one item are told of each other, and choose`() async throws {
    let site = try site()
    let (first, second) = (try await site.browser(of: .assessor), try second(site))
    _ = try await second.post(
      MarkPageTests.o1, Site.mark(reason: "ของคนที่สอง", do: "keep"), token: second.token)
    let page = try await first.get(MarkPageTests.o1)
    #expect(page.text.contains("มีผู้ตรวจอีกท่านกำลังตรวจข้อนี้") && page.text.contains("ผู้ตรวจคนที่สอง"))
    let auto = try await first.post(
      MarkPageTests.o1, Site.mark(elements: full, [("auto", "1")]), token: first.token)
    #expect(auto.status == 200 && auto.text.contains("ผู้ตรวจคนที่สอง"))
    let met = try await first.post(MarkPageTests.o1, Site.mark("1.0.", elements: full), token: first.token)
    #expect(met.status == 409 && met.text.contains("ของคนที่สอง"))
    #expect(try site.markDesk().findings.isEmpty)
    // The second one judges before the first has chosen: that is another conflict.
    _ = try await second.post(
      MarkPageTests.o1,
      Site.mark(
        "1.0.1", elements: short, code: "incomplete", reason: "ของคนที่สอง", do: "finish_over",
        [("over", "1.0.5")]),
      token: second.token)
    let judged = try await second.get(MarkPageTests.o1)
    let clash = try await second.post(
      MarkPageTests.o1,
      Site.mark(
        judged.hidden("sighting") ?? "", elements: short, code: "incomplete", reason: "ของคนที่สอง"),
      token: second.token)
    #expect(clash.status == 409, "the first one is at it")
    let chosen = try await second.post(
      MarkPageTests.o1,
      Site.mark(
        elements: short, code: "incomplete", reason: "ของคนที่สอง", do: "finish_over",
        [("over", clash.hidden("over") ?? "")]), token: second.token)
    #expect(chosen.status == 303)
    let late = try await first.post(
      MarkPageTests.o1,
      Site.mark(elements: full, do: "finish_over", [("over", met.hidden("over") ?? "")]), token: first.token)
    #expect(late.status == 409 && late.text.contains("ของคนที่สอง"))
    let over = try await first.post(
      MarkPageTests.o1,
      Site.mark(elements: full, do: "finish_over", [("over", late.hidden("over") ?? "")]), token: first.token)
    #expect(over.status == 303)
    #expect(try site.markDesk().findings.map(\.name) == ["ผู้ตรวจคนที่สอง", "ผู้ตรวจประเมิน"])
  }

  // Undo, asking, comments.

  @Test func `the last finding is taken back by its form, visibly`() async throws {
    let site = try site()
    let browser = try await site.browser(of: .assessor)
    _ = try await browser.post(MarkPageTests.o1, Site.mark(elements: full), token: browser.token)
    let undone = try await browser.post(
      MarkPageTests.o1 + "/undo", [("finding", "1")], token: browser.token, key: "k")
    #expect(undone.location == MarkPageTests.o1 + "?done=mark_undone")
    let page = try await browser.get(MarkPageTests.o1 + "?done=mark_undone")
    #expect(page.text.contains("เลิกทำ กลับเป็น") && page.text.contains("เปิดไว้"))
    // What was taken back is there to go on from, and the button says that it gives it again.
    #expect(page.text.contains("คืนผลที่เลิกทำ") && !page.text.contains("เลิกทำผลของข้อนี้"))
    #expect(page.text.contains(/value="yes\.divisions"[^>]* checked/))
    let again = try await browser.post(
      MarkPageTests.o1 + "/undo", [("finding", "1")], token: browser.token)
    #expect(again.status == 409)
    #expect(try await browser.get(MarkPageTests.o1 + "/undo").location == MarkPageTests.o1)
    #expect(page.text.contains("action=\"\(MarkPageTests.o1)/undo\""))
    // Once something else is judged, that is what can be taken back on the way past what was left open.
    _ = try await browser.post("/2569/marking/4001/O3", Site.mark(verdict: "met"), token: browser.token)
    let past = try await browser.get(MarkPageTests.o1)
    #expect(past.text.contains("action=\"/2569/marking/4001/O3/undo\""))
  }

  @Test func `a draft of another day says which, and nothing of it stands beside a refusal`() async throws {
    let site = try site()
    let browser = try await site.browser(of: .assessor)
    _ = try await browser.post(
      MarkPageTests.o1, Site.mark(elements: short, do: "keep"), token: browser.token)
    #expect(try await browser.get(MarkPageTests.o1).text.contains(/data-saved>[^ก-๙]*บันทึกแล้ว \d\d\.\d\d/))
    site.clock.now = site.clock.now.adding(seconds: 86_400)
    try browser.bring(session: site.registry, of: Site.name(.assessor), at: site.clock.now)
    let later = try await browser.get(MarkPageTests.o1)
    #expect(later.text.contains(/data-saved>[^ก-๙]*บันทึกแล้ว \d+[^\d.]/))
    let refused = try await browser.post(
      MarkPageTests.o1, Site.mark(later.hidden("sighting") ?? "", elements: short), token: browser.token)
    #expect(refused.status == 422 && !refused.text.contains(/data-saved>[^ก-๙]*บันทึกแล้ว/))
  }

  @Test func `what the lead is to decide stays open, with the question`() async throws {
    let site = try site()
    let browser = try await site.browser(of: .assessor)
    let asked = try await browser.post(
      MarkPageTests.o1,
      Site.mark(elements: ["yes.chart"], note: "ผังไม่มีวันที่", do: "ask", [("next", "4001/O2")]),
      token: browser.token)
    #expect(asked.location == MarkPageTests.o2)
    let page = try await browser.get(MarkPageTests.o1)
    #expect(page.text.contains("ผังไม่มีวันที่") && page.text.contains("ส่งหัวหน้าแล้ว"))
    let queue = try await browser.get("/2569/marking?state=asked")
    #expect(queue.text.contains("id=\"group-O1\"") && !queue.text.contains("id=\"group-O2\""))
  }

  @Test func `a sentence of the bank is put behind the reason without a script`() async throws {
    let site = try site()
    let browser = try await site.browser(of: .assessor)
    try site.registry.keepComment(
      "ขาดผังโครงสร้าง", for: "structure", code: .incomplete, by: Signer(Site.name(.assessor)),
      at: site.clock.now)
    let page = try await browser.get(MarkPageTests.o1)
    #expect(page.text.contains("data-comment=\"ขาดผังโครงสร้าง\" data-code=\"incomplete\""))
    let version = try site.dataVersion()
    let answer = try await browser.post(
      MarkPageTests.o1, Site.mark(reason: "เริ่ม", do: "insert", [("comment", "1")]), token: browser.token)
    #expect(answer.status == 200 && answer.text.contains(">\nเริ่ม\nขาดผังโครงสร้าง</textarea>"))
    #expect(answer.text.contains("value=\"incomplete\" selected"))
    #expect(try site.dataVersion() == version)
  }

  // Who, and when.

  @Test func `whoever is not its assessor finds nothing there`() async throws {
    let site = try site()
    for role in Site.roles where role != .assessor {
      let browser = try await site.browser(of: role)
      for path in [MarkPageTests.o1, "/2569/marking", "/2569/comments", "/2569/conflicts"] {
        #expect(try await browser.get(path).status == 404, "\(role) \(path)")
      }
    }
    let browser = try await site.browser(of: .assessor)
    for path in ["/2569/marking/4002/O1", "/2569/marking/4001/O9", "/2569/marking/9/O1", "/2568/marking"] {
      #expect(try await browser.get(path).status == 404, "\(path)")
    }
    let foreign = try await browser.post(
      "/2569/marking/4002/O1", Site.mark(elements: full), token: browser.token)
    #expect(foreign.status == 404 && !foreign.text.contains(Site.canary))
  }

  @Test func `when the window closes while a form is open, the text stays and it is said plainly`()
    async throws
  {
    let site = try site()
    let browser = try await site.browser(of: .assessor)
    #expect(try await browser.get(MarkPageTests.o1).status == 200)
    site.clock.now = Site.clarifying
    try browser.bring(session: site.registry, of: Site.name(.assessor), at: site.clock.now)
    let sent = Site.mark(elements: short, code: "incomplete", reason: "ยาวและสำคัญ")
    let answer = try await browser.post(MarkPageTests.o1, sent, token: browser.token)
    #expect(answer.status == 403 && answer.text.contains("ยาวและสำคัญ"))
    #expect(answer.text.contains("ยังไม่ได้บันทึก") && !answer.text.contains("<form class=\"mark-panes\""))
    let auto = try await browser.post(MarkPageTests.o1, sent + [("auto", "1")], token: browser.token)
    #expect(auto.status == 403 && auto.text.contains("faults"))
    // What is there can still be read.
    #expect(try await browser.get(MarkPageTests.o1).status == 200)
  }

  @Test func `a session that ends mid-mark loses nothing`() async throws {
    let site = try site()
    let browser = try await site.browser(of: .assessor)
    let registry = site.registry
    let hash = try Passwords.hash(
      Site.password, cost: Site.cost, pepper: { try registry.peppered($0) })
    try site.registry.setPassword(
      hash, by: Signer(Site.name(.assessor)), keeping: nil, at: site.clock.now)
    browser.cookies = [:]
    let answer = try await browser.post(
      MarkPageTests.o1, Site.mark(elements: short, code: "incomplete", reason: "พิมพ์ไว้ยาวมาก"), token: "old")
    #expect(answer.status == 401 || answer.status == 200)
    #expect(answer.text.contains("name=\"to\" value=\"\(MarkPageTests.o1)\""), "\(answer.text.prefix(3000))")
    #expect(answer.text.contains("%E0%B8%9E%E0%B8%B4%E0%B8%A1"), "what was typed is carried along")
  }
}
