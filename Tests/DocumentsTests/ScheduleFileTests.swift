import Documents
import Integrity
import Testing

@Suite struct ScheduleFileTests {
  static let sound = """
    collecting:
      IIT: { opens: 2026-01-05, closes: 2026-05-10 }
      OIT:
        opens: 2026-01-05T09:00
        closes: 2026-05-01
    assessing: { opens: 2026-05-01, closes: 2026-06-01T16:30 }
    clarifying: { opens: 2026-06-02, closes: 2026-06-16 12:00:00, further_proof: yes }

    """

  private func refusals(_ text: String) throws -> [String] {
    let rubric = try Files.rubric("small")
    return Files.refusals { () throws(Complaints) in
      try ScheduleFile(Files.handed("s.yaml", text), rubric: rubric)
    }
  }

  @Test func `the windows of a cycle are read`() throws {
    func window(_ opens: String, _ closes: String) throws -> Window {
      let (opens, closes) = (try #require(Moment(opens)), try #require(Moment(closes)))
      return try #require(Window(opens: opens, closes: closes))
    }
    let file = Files.handed("s.yaml", ScheduleFileTests.sound)
    #expect(
      try ScheduleFile(file, rubric: Files.rubric("small")).schedule
        == Schedule(
          collecting: [
            "IIT": window("2026-01-05", "2026-05-10"), "OIT": window("2026-01-05T09:00", "2026-05-01"),
          ],
          assessing: window("2026-05-01", "2026-06-01T16:30"),
          clarifying: window("2026-06-02", "2026-06-16T12:00"), admitsFurtherProof: true))
  }

  @Test func `further proof is off unless the schedule says so`() throws {
    let text = ScheduleFileTests.sound.replacing(", further_proof: yes", with: "")
    let schedule = try ScheduleFile(Files.handed("s.yaml", text), rubric: Files.rubric("small")).schedule
    #expect(!schedule.admitsFurtherProof)
  }

  @Test(
    arguments: [
      (
        "OIT:\n", "OTI:\n",
        [
          "s.yaml:1:1: OIT has no window in which it is collected; add 'OIT: { opens: 2026-01-05, closes: 2026-04-01 }'",
          "s.yaml:3:3: 'OTI' is no instrument of small; did you mean 'OIT'?",
        ]
      ),
      (
        "  IIT: { opens: 2026-01-05, closes: 2026-05-10 }\n", "",
        [
          "s.yaml:1:1: IIT has no window in which it is collected; add 'IIT: { opens: 2026-01-05, closes: 2026-04-01 }'"
        ]
      ),
      (
        "IIT: { opens: 2026-01-05,", "IIT: { opens: 2569-01-05,",
        [
          "s.yaml:2:17: '2569-01-05' is in the Buddhist era; write the year of the common era, 2026 for 2569"
        ]
      ),
      (
        "2026-06-01T16:30", "2569-06-01T16:30",
        [
          "s.yaml:6:41: '2569-06-01T16:30' is in the Buddhist era; write the year of the common era, 2026 for 2569"
        ]
      ),
      (
        "opens: 2026-01-05T09:00", "opens: 5 January 2026",
        [
          "s.yaml:4:12: '5 January 2026' is not a day or a moment; write 2026-01-05 or 2026-01-05T16:30"
        ]
      ),
      (
        "opens: 2026-01-05T09:00", "opens: 2026-02-30",
        [
          "s.yaml:4:12: '2026-02-30' is not a day or a moment; write 2026-01-05 or 2026-01-05T16:30"
        ]
      ),
      (
        "opens: 2026-01-05T09:00", "opens: [2026-01-05]",
        [
          "s.yaml:4:12: 'a list' is not a day or a moment; write 2026-01-05 or 2026-01-05T16:30"
        ]
      ),
      (
        "opens: 2026-01-05T09:00", "open: 2026-01-05T09:00",
        [
          "s.yaml:4:5: 'OIT' has no 'opens'; add 'opens: 2026-01-05'",
          "s.yaml:4:5: 'open' is not known in 'OIT'; did you mean 'opens'?",
        ]
      ),
      (
        "closes: 2026-06-01T16:30", "closes: 2026-05-01",
        [
          "s.yaml:6:41: 'assessing' opens 2026-05-01 and closes 2026-05-01, which is not later; let it close later; a day without a time stands for its first moment"
        ]
      ),
      (
        "assessing: { opens: 2026-05-01, closes: 2026-06-01T16:30 }\n", "",
        [
          "s.yaml:1:1: the schedule has no 'assessing'; add 'assessing: { opens: 2026-01-05, closes: 2026-04-01 }'"
        ]
      ),
      (
        "{ opens: 2026-05-01, closes: 2026-06-01T16:30 }", "May",
        [
          "s.yaml:6:12: 'assessing' must say when it opens and when it closes; write 'assessing: { opens: 2026-01-05, closes: 2026-04-01 }'"
        ]
      ),
      (
        "assessing:", "asessing:",
        [
          "s.yaml:1:1: the schedule has no 'assessing'; add 'assessing: { opens: 2026-01-05, closes: 2026-04-01 }'",
          "s.yaml:6:1: 'asessing' is not known in the schedule; did you mean 'assessing'?",
        ]
      ),
      (
        "further_proof: yes", "further_proof: perhaps",
        [
          "s.yaml:7:78: 'further_proof' of 'clarifying' must be yes or no; write 'yes' or 'no'"
        ]
      ),
      (
        "further_proof: yes", "further_prof: yes",
        [
          "s.yaml:7:63: 'further_prof' is not known in 'clarifying'; did you mean 'further_proof'?"
        ]
      ),
      (
        "    closes: 2026-05-01\n", "    closes: 2026-05-02\n",
        [
          "s.yaml:5:13: OIT is still collected on 2026-05-01T00:00:00+07:00, when judging begins; change one of the two dates"
        ]
      ),
      (
        "opens: 2026-06-02", "opens: 2026-06-01",
        [
          "s.yaml:7:22: clarifying begins on 2026-06-01T00:00:00+07:00, before judging ends on 2026-06-01T16:30:00+07:00; change one of the two dates"
        ]
      ),
      (
        "opens: 2026-06-02", "opens: &a 2026-06-02",
        [
          "s.yaml:7:22: a YAML anchor (&name) is not allowed; write the content out where it is needed"
        ]
      ),
    ] as [(String, String, [String])])
  func `what does not fit is named where it can be corrected`(
    words: String, others: String, complaints: [String]
  ) throws {
    let text = ScheduleFileTests.sound.replacing(words, with: others)
    #expect(text != ScheduleFileTests.sound)
    #expect(try refusals(text) == complaints)
  }

  @Test(
    arguments: [
      ("", "s.yaml:1:1: the file is empty; begin with the lines of docs/inputs.md"),
      (
        "- collecting\n",
        "s.yaml:1:1: a schedule has the parts collecting, assessing and clarifying; write each as 'name:' on a line of its own, as in docs/inputs.md"
      ),
      ("a: [\n", "s.yaml:2:1: this is not YAML"),
      (
        String(repeating: "#", count: 70_000),
        "s.yaml:1:1: the file has more than 64 KiB; give the schedule, which has a dozen lines"
      ),
    ])
  func `what is no schedule at all is refused`(text: String, complaint: String) throws {
    let said = try refusals(text)
    #expect(said.count == 1 && said[0].hasPrefix(complaint), "\(said)")
  }

  @Test func `all faults are named in one reading`() throws {
    #expect(
      try refusals("collecting: { IIT: { opens: 2569-01-05 } }\nassessing: {}\nfoo: 1\n") == [
        "s.yaml:1:1: OIT has no window in which it is collected; add 'OIT: { opens: 2026-01-05, closes: 2026-04-01 }'",
        "s.yaml:1:1: the schedule has no 'clarifying'; add 'clarifying: { opens: 2026-01-05, closes: 2026-04-01 }'",
        "s.yaml:1:20: 'IIT' has no 'closes'; add 'closes: 2026-04-01'",
        "s.yaml:1:29: '2569-01-05' is in the Buddhist era; write the year of the common era, 2026 for 2569",
        "s.yaml:2:12: 'assessing' has no 'opens'; add 'opens: 2026-01-05'",
        "s.yaml:2:12: 'assessing' has no 'closes'; add 'closes: 2026-04-01'",
        "s.yaml:3:1: 'foo' is not known in the schedule; it may be assessing, clarifying, collecting",
      ])
  }

  @Test func `the manual's example reads`() throws {
    let file = try Files.example("schedule.yaml", of: "inputs.md")
    #expect(try ScheduleFile(file, rubric: Files.rubric("small")).schedule.collecting.count == 2)
  }
}
