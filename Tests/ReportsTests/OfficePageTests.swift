import Integrity
import Specimen
import Testing

@testable import Reports

@Suite struct OfficePageTests {
  private func office(_ name: String = "Office") -> Office {
    Office(code: "1", name: Words(thai: name, english: name), kind: "primary")
  }

  private func given(_ figures: [Code<Node>: Int], _ office: Office) -> Assessment {
    Assessment(office: office, given: figures.mapValues { Given(figure: Points($0), source: "2566") })
  }

  @Test func `a final scorecard shows its total, its level and why`() throws {
    let page = try Example.page(try Example.rubric(), [given(["IIT": 96, "EIT": 80, "OIT": 100], office())])
    #expect(page.contains("<b>92.80</b>"))
    #expect(page.contains("EIT below 85"))
    #expect(page.contains("0.30 × 96.00 + 0.30 × 80.00 + 0.40 × 100.00"))
    #expect(page.contains("Final score"))
    #expect(!page.contains("class=\"plot has-peers\""))
  }

  @Test func `what is missing is a range and a list, not a zero`() throws {
    let page = try Example.page(try Example.rubric(), [given(["IIT": 96, "OIT": 100], office())])
    #expect(page.contains("<b>68.80<wbr>–<wbr>98.80</b>"))
    #expect(page.contains("What is missing"))
    #expect(page.contains("Below the minimum"))
    #expect(page.contains("tone-0"))
    #expect(page.contains("Possible levels: Needs urgent improvement to Excellent."))
  }

  @Test func `peers of the kind give means and differences`() throws {
    let rubric = try Example.rubric()
    let others = [90, 70].enumerated().map { index, figure in
      given(
        ["IIT": figure, "EIT": figure, "OIT": figure],
        Office(code: Code("\(index + 2)"), name: Words(thai: "อ", english: "o"), kind: "primary"))
    }
    let page = try Example.page(rubric, [given(["IIT": 95, "EIT": 95, "OIT": 95], office())] + others)
    #expect(page.contains("class=\"plot has-peers\""))
    #expect(page.contains("85.00"))
    #expect(page.contains("+10.00"))
  }

  @Test func `text from files is escaped for HTML and for the print foot`() throws {
    let name = "<script>alert(1)</script> \"&'\\ } body { display:none }"
    let page = try Example.page(
      try Example.rubric(), [given(["IIT": 96, "EIT": 90, "OIT": 100], office(name))])
    #expect(!page.contains("<script>"))
    #expect(page.contains("&lt;script&gt;"))
    let foot = page.split(separator: "\n").filter { $0.contains("@top-left") }.joined()
    #expect(!foot.contains("<") && foot.filter { $0 == "\"" }.count <= 2, "\(foot)")
  }

  @Test func `a reason from an assessor stands at its item`() throws {
    let rubric = try Example.rubric()
    let district = ExampleDistrict(rubric: rubric)
    let page = try Example.page(rubric, [district.assessment(of: district.offices[0])], .thai)
    #expect(page.contains("ไม่มีเรื่องร้องเรียน แต่หน้าเว็บไม่ได้ระบุเป็นข้อความ"))
    #expect(page.contains("lang=\"th\""))
  }

  @Test func `a question few have answered is not shown, nor its part of the total`() throws {
    let rubric = try Example.rubric("small")
    let questions = rubric.questions(of: "IIT")
    var counts = [Int](repeating: 0, count: questions.reduce(0) { $0 + $1.options.count })
    for question in questions { counts[question.offset + 2] = question.item == "i2" ? 3 : 20 }
    let assessment = Assessment(
      office: office(), findings: ["O1": Finding(.met), "O2": Finding(.met), "O3": Finding(.met)],
      tallies: [Collected("IIT"): Tally(respondents: 20, counts: counts)])
    let card = rubric.scorecard(of: assessment)
    #expect(try Example.page(rubric, [assessment]).contains("Not shown, so that nobody"))
    let contribution = try #require(card.line("i2")?.contribution?.description)
    let text = ScorecardText(rubric: rubric, year: rubric.year, language: .english).one(card)
    let row = try #require(text.split(separator: "\n").first { $0.contains(" i2 ") })
    #expect(!row.contains(contribution), "\(row)")
    let csv = ScorecardCSV.text(of: [card], smallestCount: 10).split(separator: "\r\n").first {
      $0.contains(",i2,")
    }
    #expect(csv?.contains("hidden") == true && csv?.contains(contribution) == false)
  }

  @Test(arguments: ["ita-2564", "ita-2567", "small"])
  func `every rubric makes a page in both languages without a blank name`(name: String) throws {
    let rubric = try Example.rubric(name)
    let office = Office(code: "1", name: Words(thai: "ก", english: "A"), kind: "primary")
    let cycle = SeededCycle(rubric: rubric, seed: 4)
    for language in Language.allCases {
      let page = try Example.page(
        rubric, [cycle.assessment(of: office, cycle.character(of: office))], language)
      for blank in ["%code%", "%level%", "%count%", "%mark%", "%points%", "%year%"] {
        #expect(!page.contains(blank))
      }
    }
  }
}
