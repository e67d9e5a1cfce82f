import Integrity
import Testing

/// What an assessor puts down, and when it is enough for a finding.
@Suite struct MarkTests {
  private static func item(_ form: Form, elements: [Key] = []) -> Item {
    Item(
      heading: Heading(code: "O1", key: "o1", title: Words(thai: "ข้อ", english: "item")), form: form,
      elements: elements.map { Element(key: $0, title: Words(thai: "\($0)", english: "\($0)")) })
  }

  private let all = MarkTests.item(.checklist(.all), elements: ["a", "b"])
  private let share = MarkTests.item(.checklist(.share), elements: ["a", "b", "c"])
  private let plain = MarkTests.item(.checklist(.all))
  private let scale = MarkTests.item(
    .scale(
      Scale(
        code: nil,
        options: [
          Option(code: "low", title: Words(thai: "น้อย", english: "low"), points: Points(0)),
          Option(code: "high", title: Words(thai: "มาก", english: "high"), points: Points(100)),
          Option(code: "none", title: Words(thai: "ไม่ทราบ", english: "don't know"), points: nil),
        ]), isReversed: false))
  private let band = MarkTests.item(
    .band(least: Points(0), most: Points(5), step: Points(millionths: 500_000)))

  @Test func `ticked elements give the judgement, once every one was looked at`() {
    #expect(Mark(found: ["a"]).judgement(of: all) == nil)
    #expect(Mark(found: ["a"]).gaps(for: all) == [.element("b")])
    #expect(Mark(found: ["a", "b"]).judgement(of: all) == .elements(["a", "b"]))
    #expect(Mark(found: ["a", "b"]).gaps(for: all).isEmpty)
    #expect(Mark(found: ["a"], missing: ["b"]).judgement(of: all) == .elements(["a"]))
    #expect(Mark(found: ["a"], missing: ["b"]).gaps(for: all) == [.code, .reason])
    #expect(
      Mark(found: ["a"], missing: ["b"], code: .incomplete, reason: "ไม่พบ").gaps(for: all).isEmpty)
  }

  @Test func `without elements the verdict is the judgement`() {
    #expect(Mark().gaps(for: plain) == [.verdict])
    #expect(Mark(verdict: .met).gaps(for: plain).isEmpty)
    #expect(Mark(verdict: .notMet).gaps(for: plain) == [.code, .reason])
    #expect(Mark(verdict: .met).judgement(of: all) == .met)
  }

  @Test func `a verdict that the elements contradict is no finding`() {
    #expect(Mark(found: ["a"], missing: ["b"], verdict: .met).gaps(for: all).first == .contradiction)
    #expect(Mark(found: ["a", "b"], verdict: .notMet).gaps(for: all) == [.contradiction])
    let some = Mark(found: ["a"], missing: ["b"], verdict: .notMet, code: .other, reason: "x")
    #expect(some.gaps(for: all).isEmpty)
    // Where each one counts, some of them are neither all nor none.
    let part = Mark(found: ["a"], missing: ["b", "c"], verdict: .notMet, code: .other, reason: "x")
    #expect(part.gaps(for: share) == [.contradiction])
  }

  @Test func `not applicable needs a reason and no code`() {
    #expect(Mark(verdict: .notApplicable).gaps(for: all) == [.reason])
    #expect(Mark(verdict: .notApplicable, reason: "ตั้งใหม่").judgement(of: all) == .notApplicable)
  }

  @Test func `an option or a number is a judgement where the item has them`() {
    #expect(Mark(verdict: .option("high")).gaps(for: scale).isEmpty)
    #expect(Mark(verdict: .option("low")).gaps(for: scale) == [.code, .reason])
    #expect(Mark(verdict: .option("none")).gaps(for: scale) == [.code, .reason])
    #expect(Mark(verdict: .met).gaps(for: scale) == [.verdict])
    #expect(Mark(number: "5").gaps(for: band).isEmpty)
    #expect(Mark(number: "4.5").gaps(for: band) == [.code, .reason])
    #expect(Mark(number: "4.2").gaps(for: band) == [.number])
    #expect(Mark(number: "").gaps(for: band) == [.number])
  }

  @Test func `full marks of a table are those of its best step`() {
    let count = MarkTests.item(
      .count(
        .steps([
          Conversion.Step(bound: .atLeast(Points(3)), gives: Points(100)),
          Conversion.Step(bound: .otherwise, gives: Points(0)),
        ])))
    #expect(
      count.isFull(.number(Points(3))) && count.isFull(.number(Points(7)))
        && !count.isFull(.number(Points(2))))
    let lines = MarkTests.item(
      .count(
        .lines([
          Conversion.Knot(at: Points(0), gives: Points(100)),
          Conversion.Knot(at: Points(4), gives: Points(0)),
        ])))
    #expect(
      lines.isFull(.number(Points(0))) && !lines.isFull(.number(Points(1)))
        && !lines.isFull(.number(Points(9))))
  }

  @Test func `a mark made of a finding says the same again`() {
    for (judgement, item) in [
      (Judgement.elements(["a"]), all), (.elements(["a", "b"]), all), (.elements(["c"]), share),
      (.option("low"), scale), (.notMet, plain), (.number(Points(2)), band), (.notApplicable, all),
    ] {
      let mark = Mark(judgement, of: item, code: .other, reason: "x")
      #expect(mark.judgement(of: item) == judgement)
      #expect(mark.gaps(for: item).isEmpty)
    }
    #expect(Mark(.pending, of: all).isEmpty)
  }

  @Test func `each link that is not as it should be has its reason`() {
    #expect(
      LinkState.allCases.map(\.reason) == [nil, .unreachable, .unreachable, .notPublic, .wrongDocument])
    #expect(ReasonCode.allCases.map(\.mark).first == "R1" && ReasonCode.other.mark == "R8")
  }
}
