import Documents
import Integrity
import Testing

/// `extends:` and its overrides.
@Suite struct EditionTests {
  private func edition(_ text: String) -> (rubric: Rubric?, complaints: [String]) {
    let files = ["base.yaml": RubricFaultTests.sound]
    let whole = "extends: base.yaml\n" + text
    return (try? Files.read(whole, beside: files).rubric, Files.complaints(whole, beside: files))
  }

  @Test func `an edition says only what differs`() {
    let (rubric, complaints) = edition(
      """
      rubric: next
      instruments:
        - key: iit
          weight: 30
        - key: oit
          weight: 70
          items:
            - { key: structure, checklist: share }
            - { key: extra, code: O2, title: { th: เพิ่ม, en: More }, checklist: all, before: structure }
      """)
    #expect(complaints == [])
    #expect(rubric?.code == "next")
    #expect(rubric?.instruments.map(\.heading.weight) == [Points(30), Points(70)])
    #expect(rubric?.items.map(\.item.code.text) == ["i1", "O2", "O1"])
    #expect(rubric?.items.last?.item.form == .checklist(.share))
    // The base's cases were of the base's figures.
    #expect(rubric?.cases.isEmpty == true)
  }

  @Test func `room for words, which are worth no points, leaves figures comparable`() throws {
    func comparable(_ answer: String) throws -> Set<Code<Node>> {
      let (rubric, complaints) = edition(
        """
        instruments:
          - key: iit
            items: [ { key: more, code: i2, title: { th: เพิ่มเติม, en: More }, \(answer) } ]
        """)
      #expect(complaints == [])
      return RubricDiff.comparable(
        from: try Files.read(RubricFaultTests.sound).rubric, to: try #require(rubric))
    }
    #expect(try comparable("text: yes").isSuperset(of: ["IIT", "OIT", Node.total]))
    #expect(try comparable("stars: 5").isDisjoint(with: ["IIT", Node.total]))
  }

  @Test func `what is dropped is gone, and another way of answering takes the place of the first`() {
    let (rubric, complaints) = edition(
      """
      elements: { chart: { drop: yes } }
      instruments:
        - key: iit
          items: [ { key: fair, stars: 5 } ]
        - key: oit
          items: [ { key: structure, elements: [ { use: chart, drop: yes } ] } ]
      """)
    #expect(complaints == [])
    #expect(rubric?.items.first?.item.form == .stars(5))
    #expect(rubric?.items.last?.item.elements == [])
  }

  @Test(arguments: [
    ("instruments: [ { key: oit, after: nowhere } ]", "there is no 'nowhere' to stand after; it may be iit"),
    ("instruments: [ { key: ot, drop: yes } ]", "there is no 'ot' to drop; did you mean 'oit'?"),
    ("pas: { drop: yes }", "there is no 'pas' to drop; did you mean 'pass'?"),
    ("instruments: [ { key: oit, weight: 5x } ]", "'weight' of instrument OIT must be a number, not '5x'"),
  ])
  func `an override that leads nowhere is named in its own file`(text: String, complaint: String) {
    let complaints = edition(text).complaints
    #expect(complaints.contains { $0.contains(complaint) && $0.hasPrefix("r.yaml:") }, "\(complaints)")
  }

  @Test(arguments: [
    ("extends: nothing.yaml", "'nothing.yaml' cannot be read: there is no such file"),
    ("extends: r.yaml", "'r.yaml' extends itself"),
    ("extends: ../secret.yaml", "'extends' must name a file beside this one"),
    ("extends: /etc/passwd", "'extends' must name a file beside this one"),
    ("extends: a.yaml", "the files extend one another more than 5 deep"),
  ])
  func `only a file beside it can be extended, and not without end`(text: String, complaint: String) {
    let chain = ["a", "b", "c", "d", "e", "f", "g"]
    let files = Dictionary(
      uniqueKeysWithValues: zip(chain, chain.dropFirst()).map { ("\($0).yaml", "extends: \($1).yaml\n") })
    #expect(Files.complaints(text, beside: files).contains { $0.contains(complaint) })
  }

  @Test func `the sources are kept, the rubric's own first`() throws {
    let file = try Files.read("extends: base.yaml\n", beside: ["base.yaml": RubricFaultTests.sound])
    #expect(file.sources.map(\.name) == ["r.yaml", "base.yaml"])
  }
}
