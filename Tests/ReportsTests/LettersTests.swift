import Foundation
import Integrity
import Testing

@testable import Reports

@Suite struct LettersTests {
  private let letter = LettersReport.Letter(
    person: "arun", name: "อรุณ <b> ดี", post: "", office: nil, code: "0000-1111-2222-3333-4444-5555",
    expires: Moment(seconds: 1_764_633_600))

  private func page(_ report: LettersReport) throws -> String {
    let pages = try Pages(Example.library)
    return try pages.render("letters", report.data(thai: pages.words(.thai), english: pages.words(.english)))
  }

  @Test func `a sheet says the same in Thai and in English`() throws {
    let page = try page(LettersReport(letters: [letter, letter]))
    #expect(page.matches(of: /<section class="sheet">/).count == 2)
    #expect(page.matches(of: /<div class="side" lang="th">/).count == 2)
    #expect(page.matches(of: /<div class="side" lang="en">/).count == 2)
    #expect(page.contains("<h2>การเข้าใช้ระบบครั้งแรก</h2>") && page.contains("<h2>Your first sign-in</h2>"))
    #expect(page.contains("รหัสใช้ได้ก่อน 2 ธ.ค. 2568 เวลา 07.00 น."))
    #expect(page.contains("The code may be used before 2 Dec 2025, 07:00."))
  }

  @Test func `what is not known takes no line, and no name becomes markup`() throws {
    let without = try page(LettersReport(letters: [letter]))
    #expect(without.contains("<h1>อรุณ &lt;b&gt; ดี</h1>\n</div>"))
    #expect(!without.contains("Web address"))
    #expect(
      try page(LettersReport(letters: [letter], address: "ita.office.example")).contains(
        "<dd>ita.office.example</dd>"))
  }

  @Test func `a sheet needs nothing from elsewhere`() throws {
    let page = try page(LettersReport(letters: [letter]))
    #expect(!page.contains("http") && !page.contains("<script"))
  }
}
