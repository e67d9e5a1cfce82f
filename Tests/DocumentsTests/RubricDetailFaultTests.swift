import Testing

/// The rarer faults of forms, tables, policy and cases; each row changes one thing in the sound rubric.
@Suite struct RubricDetailFaultTests {
  @Test(arguments: [
    ("code: O1", "code: O 1", "the code 'O 1' has a space, a comma, a semicolon or an @"),
    ("code: O1", "code: total", "the code 'total' has a meaning of its own in cases"),
    ("town: {", "Town: {", "'Town' is not a stable name"),
    ("checklist: all", "checklist: all\n        worth: 0", "an item's worth must be above zero"),
    ("checklist: all", "band: { most: 100, step: 7 }", "steps of 7 do not lead from 0 to 100"),
    ("checklist: all", "band: { most: 0, step: 1 }", "the band ends at 0, not above its beginning 0"),
    ("checklist: all", "count: {}", "the count has no 'steps'"),
    ("checklist: all", "count: { steps: [] }", "the step table is empty"),
    ("checklist: all", "count: { interpolate: [ { at: 0, gives: 1 } ] }", "a line needs two points"),
    (
      "checklist: all", "count: { interpolate: [ { at: 1, gives: 1 }, { at: 0, gives: 2 } ] }",
      "the points must rise"
    ),
    ("checklist: all", "stars: 7", "100 cannot be shared exactly among 7 stars"),
    ("checklist: all", "stars: many", "'stars' of item O1 must be a whole number from 2 to 10"),
    ("checklist: all", "text: no", "'text' can only be yes"),
    ("checklist: all", "text: yes\n        worth: 5", "free text carries no points"),
    ("checklist: all", "checklist: all\n        reversed: yes", "'reversed' has no effect with 'checklist'"),
    ("checklist: all", "checklist: all\n        scale: extent", "item O1 is answered in two ways"),
    (
      "checklist: all", "options: [ { code: a, th: ก, en: A, points: 1 } ]",
      "a scale needs at least two options"
    ),
    (
      "checklist: all",
      "options: [ { code: a, th: ก, en: A, points: 1 }, { code: a, th: ข, en: B, points: 2 } ]",
      "the option 'a' stands twice"
    ),
    (
      "checklist: all",
      "options: [ { code: a, th: ก, en: A, counts: no }, { code: b, th: ข, en: B, counts: no } ]",
      "no option carries points"
    ),
    ("scale: extent", "checklist: all", "a question cannot be answered by a checklist, a band or a count"),
    (
      "scale: extent",
      "scale: extent, sub_items: [ { code: a, title: { th: ก, en: A } }, { code: a, title: { th: ข, en: B } } ]",
      "the sub-item 'a' stands twice"
    ),
    (
      "scale: extent", "sub_items: [ { code: a, title: { th: ก, en: A }, text: yes } ]",
      "a sub-item needs options to choose from"
    ),
    (
      "group: admin", "sub_items: [ { code: a, title: { th: ก, en: A }, scale: extent } ]",
      "a disclosure has no sub-items"
    ),
    ("group: admin", "provenance: {}", "the provenance of item O1 is neither verified nor to be confirmed"),
    (
      "group: admin", "rounding: { places: 9 }",
      "'places' of the rounding of item O1 must be a whole number from 0 to 6"
    ),
    ("group: admin", "rounding: { mode: up }", "'mode' of the rounding of item O1 cannot be 'up'"),
    ("group: admin", "pilot: maybe", "'pilot' of item O1 must be yes or no"),
    ("group: admin", "with: admin", "'with' of item O1 must be a list; write [admin]"),
    ("group: admin", "with: [[x]]", "an entry of 'with' must be a name"),
    (
      "{ use: chart, period: this_year }", "{ use: chart }, { use: chart }",
      "the element 'chart' stands twice in O1"
    ),
    (
      "title: { th: เปิดเผย, en: Open }", "title: { th: 1,000 บาท, en: Open }",
      "put quotation marks around a wording"
    ),
    (
      "title: { th: เปิดเผย, en: Open }", "title: เปิดเผย",
      "'title' of instrument OIT must be a list of 'name: value' lines"
    ),
    ("method: disclosure", "method: disclosure\n    aggregate: median", "'median' is no way to aggregate"),
    ("method: disclosure", "method: disclosure\n    met_at: 50", "'met_at' has no effect under 'mean'"),
    ("method: disclosure", "method: disclosure\n    weights: free", "'weights' cannot be 'free'"),
    ("method: disclosure", "method: disclosure\n    cap: 0", "a cap must be above zero"),
    ("method: disclosure", "method: disclosure\n    indicators: []", "has both items and indicators"),
    (
      "method: disclosure",
      "method: disclosure\n    interpolate: [ { at: 0, gives: 0 } ]\n    steps: [ { otherwise: 0 } ]",
      "has both 'steps' and 'interpolate'"
    ),
    (
      "method: questionnaire", "method: questionnaire\n    respondents: { least: sample }",
      "there is no sample to take"
    ),
    (
      "method: questionnaire",
      "method: questionnaire\n    respondents: { sample: { everyone_up_to: 30, share: 10, at_least: 30, above: 9 } }",
      "'above' and 'then' of the sample go together"
    ),
    (
      "method: questionnaire",
      "method: questionnaire\n    respondents: { sample: { everyone_up_to: 30, share: 200, at_least: 30 } }",
      "a share is above 0 and at most 100 per cent"
    ),
    (
      "method: questionnaire",
      "method: questionnaire\n    parts: [ { code: R1, key: r1, title: { th: ก, en: A }, weight: 40 } ]",
      "the weights of R1 sum to 40"
    ),
    (
      "pass: 80", "pass: 80\npolicy: { unjudged: none, ranks: published }",
      "'unjudged' of the policy cannot be 'none'"
    ),
    ("pass: 80", "pass: 80\npolicy: { ranks: best }", "'ranks' cannot be 'best'"),
    ("and: { IIT: 80 }", "and: [IIT]", "'and' of the level 'good' must name nodes"),
    ("at_least: 80, and: { IIT: 80 } }", "and: { IIT: 80 } }", "the level 'good' has no 'at_least'"),
    ("code: low", "code: pass", "the level 'pass' stands twice"),
    ("marks: { O1: pass }", "marks: { O1: not_applicable }", "O1 is not applicable without a reason"),
    ("marks: { O1: pass }", "marks: { O1: { x: y } }", "the mark of O1 says nothing"),
    ("marks: { O1: pass }", "marks: [O1]", "the marks of the case 'all met' must be 'name: value' pairs"),
    ("\"2\": 10", "\"2\": few", "'few' is not a number of people"),
    ("total: 100", "total: [1]", "a range has two ends"),
    ("total: 100", "totl: 100", "there is no node 'totl'"),
    ("level: good }", "levl: good }", "did you mean 'level'?"),
    (
      "expect: { total: 100, level: good }", "given: { XX: 5 }\n    expect: { total: 100 }",
      "there is no node 'XX'"
    ),
    (
      "expect: { total: 100, level: good }", "given: { OIT: 120 }\n    expect: { total: 100 }",
      "120 is more than the full marks of OIT, 100"
    ),
    (
      "expect: { total: 100, level: good }",
      "office: { kind: city, stakeholders: { XX: 5 } }\n    expect: { total: 100 }",
      "'city' is not a kind of office"
    ),
  ])
  func `one thing wrong is one thing named`(part: String, wrong: String, complaint: String) {
    let text = RubricFaultTests.sound.replacing(part, with: wrong, maxReplacements: 1)
    #expect(text != RubricFaultTests.sound)
    let complaints = Files.complaints(text)
    #expect(complaints.contains { $0.contains(complaint) }, "\(complaints)")
  }
}
