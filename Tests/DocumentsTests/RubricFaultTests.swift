import Documents
import Integrity
import Testing

/// Every fault is named with its place and remedy; each case changes one thing in a sound rubric.
@Suite struct RubricFaultTests {
  static let sound = """
    rubric: sound
    edition: "1"
    year: 2569
    title: { th: ทดสอบ, en: Test }
    kinds: { town: { th: เมือง, en: Town }, village: { th: ตำบล, en: Village } }
    conditions: { young: { th: ตั้งใหม่, en: New } }
    groups: { admin: { th: อำนวยการ, en: Admin } }
    periods: { this_year: { th: ปีนี้, en: This year } }
    rounds: { q1: { th: รอบ 1, en: Round 1 } }
    elements: { chart: { th: แผนผัง, en: Chart } }
    scales:
      extent:
        options:
          - { code: "1", th: น้อย, en: Little, points: 0 }
          - { code: "2", th: มาก, en: Much, points: 100 }
    instruments:
      - code: IIT
        key: iit
        title: { th: ภายใน, en: Inside }
        weight: 40
        method: questionnaire
        items:
          - { code: i1, key: fair, title: { th: เป็นธรรม, en: Fair }, scale: extent }
      - code: OIT
        key: oit
        title: { th: เปิดเผย, en: Open }
        weight: 60
        method: disclosure
        items:
          - code: O1
            key: structure
            title: { th: โครงสร้าง, en: Structure }
            checklist: all
            group: admin
            elements: [ { use: chart, period: this_year } ]
    pass: 80
    levels:
      - { code: good, title: { th: ดี, en: Good }, at_least: 80, and: { IIT: 80 } }
      - { code: pass, title: { th: ผ่าน, en: Pass }, at_least: 80 }
      - { code: low, title: { th: ต่ำ, en: Low }, at_least: 0 }
    cases:
      - name: all met
        marks: { O1: pass }
        answers: { i1: { "2": 10 } }
        expect: { total: 100, level: good }
    """

  @Test func `the sound rubric has no fault`() {
    #expect(Files.complaints(RubricFaultTests.sound) == [])
  }

  @Test(arguments: [
    ("pass: 80\n", "pas: 80\n", "r.yaml:36:1: 'pas' is not known in the rubric; did you mean 'pass'?"),
    ("edition: \"1\"\n", "", "r.yaml:1:1: the rubric has no 'edition'; add 'edition: \"1\"'"),
    ("th: โครงสร้าง, ", "", "r.yaml:32:16: 'title' of item O1 has no Thai wording; add 'th: …'"),
    ("code: O1", "code: i1", "r.yaml:30:15: the code 'i1' is used twice; give every node a code of its own"),
    (
      "key: structure", "key: fair",
      "r.yaml:31:14: the key 'fair' is used twice; give every node a key of its own"
    ),
    ("key: structure", "key: โครงสร้าง", "the key 'โครงสร้าง' is not a stable name"),
    ("weight: 60", "weight: 50", "the weights of IIT, OIT sum to 90, not to 100 or 1; correct them"),
    ("    weight: 60\n", "", "'OIT' has no weight, its siblings have"),
    ("weight: 60", "weight: 0", "a weight must be above zero"),
    ("weight: 60", "weight: 60.1234567", "'weight' of instrument OIT must be a number, not '60.1234567'"),
    (
      ", points: 100", "",
      "r.yaml:15:9: the option '2' has no points; add 'points: …', or 'counts: no' if it carries none"
    ),
    (", points: 100", ", points: 100, counts: no", "the option '2' has points, yet does not count"),
    ("checklist: all", "checklst: all", "'checklst' is not known in item O1; did you mean 'checklist'?"),
    ("        checklist: all\n", "", "item O1 does not say how it is answered; add one of scale, options,"),
    ("checklist: all", "checklist: some", "'checklist' of item O1 cannot be 'some'; it may be all, share"),
    ("group: admin", "group: admn", "'admn' is not a group; declare it under 'groups', or use one of admin"),
    ("use: chart", "use: chrt", "there is no shared element 'chrt'; did you mean 'chart'?"),
    ("        elements: [ { use: chart, period: this_year } ]\n", "", "no item uses the element 'chart'"),
    ("period: this_year", "period: that_year", "'that_year' is not a period"),
    ("scale: extent", "scale: extnt", "there is no scale 'extnt'; did you mean 'extent'?"),
    ("checklist: all", "checklist: all, applies_to: []", "this is not YAML"),
    ("group: admin", "applies_to: []", "'applies_to' of item O1 names no kind of office"),
    (
      "group: admin", "applies_to: [city]",
      "'city' is not a kind of office; declare it under 'kinds', or use one of town, village"
    ),
    ("group: admin", "except_for: [town, village]", "it applies to no kind of office"),
    ("group: admin", "unless: old", "'old' is not a condition"),
    ("group: admin", "due: [q9]", "'q9' is not a round"),
    ("method: disclosure", "method: disclosed", "'disclosed' is not a method; did you mean 'disclosure'?"),
    ("at_least: 0 }", "at_least: 10 }", "the ladder has a hole: no level is said for figures below 10"),
    ("at_least: 80 }", "at_least: 80, and: { IIT: 80 } }", "the levels 'good' and 'pass' overlap"),
    (
      "at_least: 80, and", "at_least: 101, and",
      "the level 'good' can never be reached: total is at most 100, not 101"
    ),
    ("and: { IIT: 80 }", "and: { EIT: 80 }", "there is no node 'EIT'"),
    ("pass: 80", "pass: 79", "no level begins at the pass mark 79"),
    ("total: 100", "total: 99", "r.yaml:45:22: case 'all met': expected total 99, scored 100.00"),
    ("level: good", "level: low", "expected level low, scored good"),
    ("level: good", "level: best", "'best' is not a level; there are good, pass, low"),
    ("O1: pass", "O9: pass", "'O9' is no disclosure or deduction"),
    ("O1: pass", "O1: \"3\"", "O1 cannot be marked like that: write pass, fail or not_applicable"),
    ("\"2\": 10", "\"7\": 10", "'i1' has no option '7'"),
    ("i1: {", "i2: {", "'i2' is no question that carries points"),
    ("expect: { total: 100, level: good }", "round: q9\n    expect: { total: 100 }", "'q9' is not a round"),
    (
      "year: 2569", "year: 2026",
      "'year' of the rubric must be a whole number from 2400 to 2800; write the fiscal year of the Buddhist era"
    ),
  ])
  func `one thing wrong is one thing named`(part: String, wrong: String, complaint: String) {
    let text = RubricFaultTests.sound.replacing(part, with: wrong, maxReplacements: 1)
    #expect(text != RubricFaultTests.sound)
    let complaints = Files.complaints(text)
    #expect(complaints.contains { $0.contains(complaint) }, "\(complaints)")
  }

  @Test func `a case that fails shows both figures and the working`() {
    let text = RubricFaultTests.sound.replacing("total: 100", with: "total: 60")
    #expect(
      Files.complaints(text) == [
        """
        r.yaml:45:22: case 'all met': expected total 60, scored 100.00; correct the case or the rubric; the working:
            total 100.00: 0.40 × 100.00 + 0.60 × 100.00
              IIT 100.00: The only part, 100.00
                i1 100.00: (10 × 100) ÷ 10
              OIT 100.00: 1 of 1 met: 1 ÷ 1 × 100
                O1 100.00: Met
        """
      ])
  }

  @Test func `every fault is named, not only the first`() {
    let text = RubricFaultTests.sound.replacing("scale: extent", with: "scale: extnt")
      .replacing("group: admin", with: "group: nobody").replacing("weight: 60", with: "weight: 61")
      .replacing("pass: 80", with: "pas: 80")
    #expect(Files.complaints(text).count == 4)
  }

  @Test(arguments: [
    (
      "- { at_least: 90, gives: 10 }\n          - { above: 95, gives: 9 }\n          - { otherwise: 0 }",
      "does not lie below"
    ),
    (
      "- { at_least: 90, gives: 5 }\n          - { at_least: 80, gives: 9 }\n          - { otherwise: 0 }",
      "not monotone"
    ),
    ("- { at_least: 90, gives: 10 }", "below the last step there is no row"),
    ("- { otherwise: 0 }\n          - { at_least: 90, gives: 10 }", "'otherwise' hides the rows behind it"),
    ("- { at_least: 90 }\n          - { otherwise: 0 }", "a step needs one bound and what it gives"),
  ])
  func `a step table that is not monotone, or has a hole, is refused`(steps: String, complaint: String) {
    let text = RubricFaultTests.sound.replacing(
      "method: disclosure", with: "method: disclosure\n    steps:\n          \(steps)")
    let complaints = Files.complaints(text)
    #expect(complaints.contains { $0.contains(complaint) }, "\(complaints)")
  }
}
