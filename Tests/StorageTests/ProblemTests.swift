import Integrity
import Testing

@testable import Storage

/// What the registry says when it cannot do something, to whoever reads Thai and to whoever reads English.
@Suite struct ProblemTests {
  private static let samples: [StorageProblem] =
    [
      .missing(path: "p"), .exists(path: "p"), .inUse(path: "p"), .foreign(path: "p"), .newer(path: "p"),
      .damaged(path: "p", detail: "d"), .keyMissing(path: "p"), .keyOpen(path: "p"),
      .clock(now: "n", last: "l"), .full, .setting("s"), .invalid("x"), .invalid("x", thai: "ก"),
      .pending(["a", "b"]), .tooLarge(name: "n", limit: 20 << 20), .quota(office: "o", limit: 2 << 30),
      .changed("x"), .changed("x", thai: "ก"), .repeated,
      .stale(by: "นางสาวมะลิ", at: District.moment("2026-02-10T09:05")),
    ]
    + [
      "backup", "code", "cycle", "disclosure", "file", "finding on", "folder", "instrument", "office",
      "person", "questionnaire", "receipt", "sealed scorecard of", "second factor of", "submission", "else",
    ].flatMap { [.unknown(what: $0, code: "c"), .taken(what: $0, code: "c")] }

  @Test func `every problem is said in both languages`() {
    for problem in Self.samples {
      let (thai, english) = (problem.said(in: .thai), problem.said(in: .english))
      #expect(thai.unicodeScalars.contains { (0x0E00...0x0E7F).contains($0.value) }, "\(thai)")
      #expect(english == problem.description && english != thai)
      #expect(!english.isEmpty)
    }
  }

  @Test func `a problem names the thing, and what to do`() {
    #expect(StorageProblem.unknown(what: "office", code: "4009").said(in: .thai) == "ไม่พบหน่วยงาน “4009”")
    #expect(StorageProblem.unknown(what: "office", code: "4009").description == "there is no office '4009'")
    #expect(
      StorageProblem.stale(by: "นางสาวมะลิ", at: District.moment("2026-02-10T09:05")).said(in: .thai)
        == "นางสาวมะลิ แก้ไขข้อมูลนี้เมื่อวันที่ 10 ก.พ. 2569 เวลา 09.05 น. หลังจากที่ท่านเปิดหน้านี้ โปรดตรวจสอบข้อมูลล่าสุดแล้วบันทึกอีกครั้ง"
    )
    #expect(StorageProblem.invalid("say why", thai: "โปรดระบุเหตุผล").said(in: .thai) == "โปรดระบุเหตุผล")
  }

  @Test func `a code that was mistyped is not said again`() {
    for language in Language.allCases {
      #expect(!StorageProblem.unknown(what: "code", code: "ABCD").said(in: language).contains("ABCD"))
    }
  }
}
