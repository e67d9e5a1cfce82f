import Foundation
import HTTPTypes
import Integrity
import Storage
import Testing

@testable import Portal

/// From a registry that holds nobody but its administrator to an open cycle, over the administrator's pages.
@Suite struct SetUpPageTests {
  static let offices = """
    office,name_th,name_en,kind,provinces
    4001,สำนักงานเขตพื้นที่การศึกษาประถมศึกษาธารทอง เขต 1,Than Thong Primary 1,primary,ธารทอง
    4002,สำนักงานเขตพื้นที่การศึกษาประถมศึกษาธารทอง เขต 2,Than Thong Primary 2,primary,ธารทอง
    4000,สำนักงานกลาง,Central office,,

    """

  private func empty() async throws -> (Site, Browser) {
    let site = try Site(isEmpty: true)
    site.clock.now = Site.setUp
    try site.giveAdministrator(password: Site.password)
    return (site, try await site.browser(of: .administrator))
  }

  /// Hands a table over and follows to what was found.
  private func look(_ text: String, at path: String, _ fields: [(String, String)] = [], _ browser: Browser)
    async throws -> Browser.Answer
  {
    let sent = try await browser.upload(text: text, fields, on: path)
    #expect(sent.status == 303, "\(sent.text.suffix(1500))")
    return try await browser.get(sent.location ?? "")
  }

  private func take(_ looked: Browser.Answer, _ browser: Browser) async throws -> Browser.Answer {
    let action = try #require(
      looked.text.firstMatch(of: /<form class="setup-take" method="post" action="([^"]+)"/)?.output.1)
    return try await browser.post(
      String(action), [], token: looked.hidden("token"), key: looked.hidden("form"))
  }

  @Test func `an empty registry reads like a guide and leads to an open cycle`() async throws {
    let (site, browser) = try await empty()
    let fresh = try await browser.get("/setting-up")
    #expect(fresh.status == 200 && fresh.text.contains("href=\"/offices/import\""))

    let looked = try await look(
      SetUpPageTests.offices, at: "/offices/import", [("rubric", "shipped small")], browser)
    #expect(looked.text.contains("นำเข้า 3 หน่วยงาน"))
    #expect(try site.registry.offices().isEmpty, "looking changes nothing")
    let taken = try await take(looked, browser)
    #expect(taken.location == "/offices?told=taken_in")
    #expect(try site.registry.offices().count == 3)

    let summary = try await browser.upload(
      files: [],
      [
        ("code", "2569"), ("year", "2569"), ("title_th", "รอบ ๒๕๖๙"), ("title_en", ""), ("rubric", "small"),
      ], on: "/setting-up/cycles")
    #expect(summary.status == 303, "\(summary.text.suffix(1500))")
    let shown = try await browser.get(summary.location ?? "")
    #expect(shown.text.contains("สร้างรอบการประเมินด้วยเกณฑ์นี้"))
    #expect(try await take(shown, browser).location == "/setting-up?told=cycle_made")
    #expect(try site.registry.cycle("2569").title == Words(thai: "รอบ ๒๕๖๙", english: "รอบ ๒๕๖๙"))

    let set = try await browser.submit(SetUpPageTests.dates(), on: "/setting-up/cycles/2569/schedule")
    #expect(set.status == 303, "\(set.text.suffix(3000))")
    let schedule = try #require(try site.registry.cycle("2569").schedule)
    #expect(schedule.collecting["OIT"]?.closes == Moment("2026-04-01T00:00"))
    #expect(schedule.collecting["IIT"]?.closes == Moment("2026-04-30T16:30"))
    #expect(schedule.assessing.opens == Moment("2026-04-01T08:30"))

    let opening = try await browser.get("/setting-up/cycles/2569/open")
    #expect(opening.text.contains("เปิดรอบการประเมินสำหรับ 2 หน่วยงาน"))
    let path = "/setting-up/cycles/2569/open"
    #expect(try await browser.submit([("password", "")], on: path).status == 422)
    #expect(try await browser.submit([("password", "ไม่ใช่รหัสนี้")], on: path).status == 422)
    #expect(try site.registry.cycle("2569").stage == .preparing)
    let opened = try await browser.submit([("password", Site.password)], on: path)
    #expect(opened.location == "/setting-up?told=cycle_opened")
    #expect(try site.registry.cycle("2569").stage == .open)
    let last = try await browser.get("/setting-up?told=cycle_opened")
    #expect(last.text.contains("เปิดรอบการประเมินแล้ว") && last.text.contains("/2569/late"))
    #expect(try site.registry.verify().faults.isEmpty)
  }

  /// As a form sends them: Buddhist years, the end of a day, and a time.
  static func dates(_ other: [String: String] = [:]) -> [(String, String)] {
    let rows: [(what: String, values: [String])] = [
      ("IIT", ["05/01/2569", "8.30", "30/4/2569", "16.30"]), ("OIT", ["๐๕/๐๑/๒๕๖๙", "", "31 มี.ค. 2569", ""]),
      ("assessing", ["1/4/2569", "08:30", "30/4/2569", "24.00"]),
      ("clarifying", ["1/5/2569", "", "15/5/2569", "16.30"]),
    ]
    let names = ["opens_day", "opens_time", "closes_day", "closes_time"]
    return rows.flatMap { what, values in
      [("what", what)]
        + zip(names, values).map { ($0, other["\($0)-\(what)"] ?? $1) }
    } + [("proof", "no"), ("seen", other["seen"] ?? "none")]
  }

  @Test func `every bad row of a table is named, and nothing comes in`() async throws {
    let (site, browser) = try await empty()
    let bad = "office,name_th,kind,from\n1,ก,primry,\n2,ข,primary,2568-10-01\n,ค,,\n"
    let looked = try await look(bad, at: "/offices/import", [("rubric", "shipped small")], browser)
    #expect(looked.status == 200)
    for text in ["primry", "kind", "2568-10-01", "from", "<td class=\"num\">"] {
      #expect(looked.text.contains(text), "\(text)")
    }
    #expect(!looked.text.contains("setup-take"))
    #expect(try site.registry.offices().isEmpty)
    // Nothing at all, and a field that is none of the form's.
    #expect(
      try await browser.upload(text: "", [("rubric", "shipped small")], on: "/offices/import").status == 422)
    #expect(try await browser.upload(text: bad, [("rubric", "none")], on: "/offices/import").status == 400)
  }

  @Test func `a registry that has changed since a table was looked at is looked at once more`() async throws {
    let (site, browser) = try await empty()
    let looked = try await look(
      SetUpPageTests.offices, at: "/offices/import", [("rubric", "shipped small")], browser)
    let office = Office(code: "4001", name: Words(thai: "อื่น", english: "Other"))
    _ = try site.registry.keep(offices: [office], isDryRun: false, by: Signer("admin"), at: site.clock.now)
    let taken = try await take(looked, browser)
    // Where it took longer than the form waits, the page that waited for it says so.
    #expect(taken.status == 409 || taken.text.contains("class=\"faults\""))
    #expect(try site.registry.offices().map(\.name.english) == ["Other"])
  }

  @Test func `what was looked at is the administrator's own, and is forgotten after an hour`() async throws {
    let (site, browser) = try await empty()
    let sent = try await browser.upload(
      text: SetUpPageTests.offices, [("rubric", "shipped small")], on: "/offices/import")
    let path = try #require(sent.location)
    site.clock.now = site.clock.now.adding(seconds: 3601)
    let later = try await site.browser(of: .administrator)
    #expect(try await later.get(path).location == "/offices/import?told=looked_long_ago")
  }

  @Test func `faults of dates stand at their fields`() async throws {
    let (site, browser) = try await empty()
    try site.prepare()
    let path = "/setting-up/cycles/2569/schedule"
    for (other, field) in [
      (["closes_day-IIT": "31/02/2569"], "closes-day-IIT"), (["opens_day-OIT": ""], "opens-day-OIT"),
      (["closes_time-IIT": "25.00"], "closes-time-IIT"),
      (["closes_day-clarifying": "1/4/2569"], "closes-day-clarifying"),
      (["closes_day-OIT": "20/4/2569"], "closes-day-OIT"),
      (["opens_day-clarifying": "15/4/2569"], "opens-day-clarifying"),
    ] {
      let answer = try await browser.submit(SetUpPageTests.dates(other), on: path)
      #expect(answer.status == 422, "\(field)")
      #expect(answer.text.contains("href=\"#\(field)\""), "\(field)")
      for typed in other.values { #expect(answer.text.contains("value=\"\(typed)\""), "\(typed)") }
    }
    #expect(try site.registry.cycle("2569").schedule == nil)
    // Filled from dates that somebody else has changed since.
    #expect(try await browser.submit(SetUpPageTests.dates(), on: path).status == 303)
    #expect(try await browser.submit(SetUpPageTests.dates(), on: path).status == 422)
  }

  @Test func `a rubric's faults are shown with their lines`() async throws {
    let (site, browser) = try await empty()
    let fields = [
      ("code", "2569"), ("year", "2569"), ("title_th", "รอบ"), ("title_en", ""), ("rubric", "own"),
    ]
    let bad = "extends: small.yaml\nrubric: own\nedition: \"1\"\nyear: 2569\ntitel: { th: ก, en: A }\n"
    let sent = try await browser.upload(files: [("own.yaml", bad)], fields, on: "/setting-up/cycles")
    #expect(sent.status == 303)
    let shown = try await browser.get(sent.location ?? "")
    #expect(shown.text.contains("titel: { th: ก, en: A }"))
    #expect(!shown.text.contains("setup-take"))
    // Mended, it extends what comes with the system.
    let good = bad.replacing("titel", with: "title")
    let again = try await browser.upload(files: [("own.yaml", good)], fields, on: "/setting-up/cycles")
    let summary = try await browser.get(again.location ?? "")
    #expect(try await take(summary, browser).status == 303)
    #expect(try site.registry.rubricTexts(of: "2569").map(\.name) == ["own.yaml", "small.yaml"])
    // Until the cycle is opened another may take its place, with fewer files.
    let other = try await browser.upload(
      files: [], [("rubric", "small")], on: "/setting-up/cycles/2569/rubric")
    let accepted = try await take(try await browser.get(other.location ?? ""), browser)
    #expect(accepted.location == "/setting-up/cycles/2569?told=rubric_changed")
    #expect(try site.registry.rubricTexts(of: "2569").map(\.name) == ["small.yaml"])
    #expect(try site.registry.verify().faults.isEmpty)
  }

  @Test func `a rubric of another year gets an edition for the cycle's`() async throws {
    let (site, browser) = try await empty()
    let sent = try await browser.upload(
      files: [],
      [("code", "2569"), ("year", "2569"), ("title_th", "รอบ"), ("title_en", ""), ("rubric", "ita-2567")],
      on: "/setting-up/cycles")
    let summary = try await browser.get(sent.location ?? "")
    #expect(summary.text.contains("ita-2569") && summary.text.contains("extends: ita-2567.yaml"))
    #expect(try await take(summary, browser).status == 303)
    let rubric = try site.registry.rubric(of: "2569")
    #expect(rubric.year == FiscalYear(2569) && rubric.items.count == 60)
    let period = try #require(rubric.periods.first { $0.code == "this_year" })
    #expect(period.title.thai.contains("2569") && period.title.english.contains("2025"))
  }

  @Test func `offices are added, changed and ended by a form`() async throws {
    let (site, browser) = try await empty()
    try site.prepare()
    func fields(_ other: [String: String] = [:], seen: String?) -> [(String, String)] {
      let names = [
        "code", "name_th", "name_en", "kind", "parent", "provinces", "provinces_en", "from", "until",
        "successor",
      ]
      let usual = ["name_th": "เขตใหม่", "kind": "primary"].merging(other) { $1 }
      return names.compactMap { name in usual[name].map { (name, $0) } } + [("seen", seen ?? "new")]
    }
    func seen(_ path: String) async throws -> String? { try await browser.get(path).hidden("seen") }
    for (wrong, field) in [
      (["code": ""], "code"), (["code": "4001"], "code"), (["code": "new"], "code"),
      (["code": "a b"], "code"),
      (["code": "5", "name_th": ""], "name_th"), (["code": "5", "parent": "99"], "parent"),
      (["code": "5", "from": "1/13/2569"], "from"), (["code": "5", "successor": "4001"], "until"),
      (["code": "5", "provinces": "ก", "provinces_en": "A;B"], "provinces_en"),
    ] {
      let answer = try await browser.submit(fields(wrong, seen: nil), on: "/offices/new")
      #expect(answer.status == 422 && answer.text.contains("href=\"#\(field)\""), "\(field)")
    }
    let added = try await browser.submit(
      fields(["code": "4009", "provinces": "ธารทอง; ภูผา"], seen: nil), on: "/offices/new")
    #expect(added.location == "/offices?told=office_added")
    let mark = try await seen("/offices/4009")
    let ended = try await browser.submit(
      fields(["until": "30/9/2569", "successor": "4001"], seen: mark), on: "/offices/4009")
    #expect(ended.status == 303, "\(ended.text.suffix(2000))")
    let office = try #require(try site.registry.offices().first { $0.code == "4009" })
    #expect(office.until == Day("2026-10-01") && office.successor == "4001" && office.provinces.isEmpty)
    // Filled before that.
    #expect(try await browser.submit(fields(seen: mark), on: "/offices/4009").status == 422)
    #expect(try await browser.get("/offices/none").status == 404)
  }

  @Test func `tables that are taken away come back unchanged`() async throws {
    let (site, browser) = try await empty()
    try site.prepare()
    let groups = "office,group,name_th,name_en\n4001,admin,กลุ่มอำนวยการ,Administration\n"
    #expect(
      try await take(try await look(groups, at: "/offices/groups/import", [], browser), browser).status == 303
    )
    for (table, path) in [("/offices.csv", "/offices/import"), ("/groups.csv", "/offices/groups/import")] {
      let text = try await browser.get(table).text
      let fields = path == "/offices/import" ? [("rubric", "cycle 2569")] : []
      let looked = try await look(text, at: path, fields, browser)
      #expect(looked.status == 200 && !looked.text.contains("class=\"setup-take\""), "\(path)")
      #expect(!looked.text.contains("setup-faults"), "\(path)")
    }
    #expect(try await browser.get("/templates/offices.csv").text.contains("office,name_th,name_en,kind"))
  }

  @Test func `nobody else finds the room`() async throws {
    let site = try Site()
    for role in Site.roles where role != .administrator {
      let browser = try await site.browser(of: role)
      for path in ["/setting-up", "/offices", "/offices/import", "/offices.csv", "/setting-up/cycles"] {
        #expect(try await browser.get(path).status == 404, "\(role) \(path)")
      }
      #expect(try await browser.upload(text: "x", [], on: "/offices/import").status == 404, "\(role)")
    }
  }
}

extension Site {
  func giveAdministrator(password: String) throws {
    try give(password: password, to: .administrator)
  }

  /// Two offices and a cycle without dates.
  func prepare() throws {
    let admin = Signer("admin")
    let offices = ["4001", "4002"].map { code in
      Office(code: Code(code), name: Words(thai: "เขต \(code)", english: "Area \(code)"), kind: "primary")
    }
    _ = try registry.keep(offices: offices, isDryRun: false, by: admin, at: clock.now)
    let text = RubricText(
      name: "small.yaml",
      bytes: [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(Site.root)/Rubrics/small.yaml"))))
    try registry.newCycle(
      Site.cycle, year: FiscalYear(2569), title: Words(thai: "รอบ 2569", english: "Cycle 2569"),
      rubric: [text],
      by: admin, at: clock.now)
  }
}

extension Browser {
  /// Sends a form with files as browsers do.
  func upload(
    files: [(name: String, text: String)], field: String = "files", _ fields: [(String, String)],
    on page: String
  ) async throws -> Answer {
    let shown = try await get(page)
    let boundary = "----boundary"
    let all = [("token", shown.hidden("token") ?? token), ("form", shown.hidden("form") ?? "")] + fields
    var body = ""
    for (name, value) in all {
      body += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
    }
    for file in files.isEmpty ? [("", "")] : files {
      body +=
        "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(field)\"; filename=\"\(file.0)\"\r\nContent-Type: text/plain\r\n\r\n\(file.1)\r\n"
    }
    body += "--\(boundary)--\r\n"
    return try await send(
      .post, page, type: "multipart/form-data; boundary=\(boundary)", body: Array(body.utf8))
  }

  /// Hands a table over.
  func upload(text: String, _ fields: [(String, String)], on page: String) async throws -> Answer {
    try await upload(
      files: text.isEmpty ? [] : [("table.csv", text)], field: "file", fields, on: page)
  }
}
