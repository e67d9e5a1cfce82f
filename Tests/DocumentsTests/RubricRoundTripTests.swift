import Integrity
import Specimen
import Testing

@testable import Documents

@Suite struct RubricRoundTripTests {
  @Test(arguments: ["small", "ita-2564", "ita-2567"])
  func `a shipped rubric written as YAML reads back the same, and its cases hold`(name: String) throws {
    let rubric = try Files.rubric(name)
    let again = try Files.read(rubric.yaml)
    #expect(again.rubric == rubric)
    #expect(again.caseComplaints.isEmpty)
    #expect(RubricDiff(from: rubric, to: again.rubric).isEmpty)
  }

  @Test func `any rubric written as YAML reads back the same`() throws {
    for seed in 0..<500 {
      let rubric = RandomRubric.pair(seed: UInt64(seed)).rubric
      let tree = try YamlTree(bytes: Array(rubric.yaml.utf8), file: "r.yaml")
      let faults = Faults()
      let again = RubricReader(faults: faults).read(tree)
      #expect(faults.all.isEmpty && again == rubric, "seed \(seed): \(faults.all)")
    }
  }

  @Test func `comments, order and layout make no difference`() throws {
    let sound = try Files.read(RubricFaultTests.sound).rubric
    let other = try Files.read("# a comment\n" + sound.yaml).rubric
    #expect(RubricDiff(from: sound, to: other).isEmpty)
  }

  @Test(arguments: [
    ("code: O1", "code: O7", "[Integrity.RubricDiff.Change.renumbered", true),
    ("en: Structure", "en: Layout", "reworded", true),
    ("weight: 40", "weight: 60", "reweighted", true),
    ("checklist: all", "checklist: share", "scaleChanged", false),
    ("period: this_year", "period: last_year", "elementsChanged", false),
    ("key: structure", "key: layout", "new", false),
    ("group: admin", "pilot: yes", "termsChanged", true),
  ])
  func `a change is said by its meaning`(part: String, other: String, change: String, isComparable: Bool)
    throws
  {
    let text = RubricFaultTests.sound.replacing("    cases:", with: "    casos:").components("cases:")[0]
      .replacing("    periods: {", with: "periods: {")
      .replacing("periods: { this_year", with: "periods: { last_year: { th: ปีก่อน, en: Last }, this_year")
    var changed = text.replacing(part, with: other)
    if part == "weight: 40" {
      changed = changed.replacing("weight: 60", with: "weight: 41").replacing(
        "weight: 41", with: "weight: 60", maxReplacements: 1
      ).replacing("weight: 41", with: "weight: 40")
    }
    let diff = RubricDiff(from: try Files.read(text).rubric, to: try Files.read(changed).rubric)
    let wanted = change.replacing("[Integrity.RubricDiff.Change.", with: "")
    let node = diff.nodes.first { "\($0.changes)".contains(wanted) }
    #expect(node != nil, "\(diff.nodes)")
    if node?.isItem == true { #expect(node?.isComparable == isComparable) }
  }
}

extension String {
  fileprivate func components(_ separator: String) -> [String] {
    split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }
}
