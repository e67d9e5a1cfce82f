import Foundation
import Testing

/// `ita demo --phase`: the year under way stands in each phase with something for everybody to do.
@Suite struct DemoPhaseTests {
  private func demo(_ phase: String, _ size: String, in folder: String, data: String = "data") throws
    -> Program.Result
  {
    try Program.run(
      ["demo", "--phase", phase, "--size", size, "--no-serve", "--data", data, "-o", "reports"], in: folder)
  }

  /// Whom the guide names, and how many things wait for each.
  private func guide(in folder: String) throws -> [String] {
    try String(contentsOfFile: "\(folder)/data/made-by-demo.txt", encoding: .utf8)
      .split(separator: "\n").map(String.init)
  }

  private static let waiting: [(phase: String, texts: [String])] = [
    ("preparing", ["4001.director"]),
    ("collecting", ["to finish", "to look over", "to sign", "a letter for", "without an assessor"]),
    ("assessing", ["to judge"]), ("clarifying", ["opened and contested", "to decide"]),
    ("deciding", ["results that member.1 has agreed to"]),
    ("sealed", ["1 amendment to agree to", "to publish"]), ("published", ["not signed in", "the results"]),
  ]

  @Test(arguments: waiting)
  func `every phase of one office is played, is sound and has work`(_ phase: String, _ texts: [String]) throws
  {
    try Program.inEmptyFolder { folder in
      let result = try demo(phase, "office", in: folder)
      #expect(result.status == 0 && result.output.contains("no fault"), "\(result.output)")
      let guide = try guide(in: folder)
      for text in texts {
        #expect(guide.contains { $0.contains(text) }, "\(phase): nobody has '\(text)'\n\(guide)")
      }
      #expect(guide.count <= 24, "more than a screen")
      let moment = try #require(guide.dropFirst().first?.split(separator: " ").last)
      #expect(result.output.contains("Fiscal year 2568, until \(moment):"), "the clock begins elsewhere")
    }
  }

  /// A district has what one office cannot: conflicts, an office that is given longer, two assessors on one disclosure.
  @Test(arguments: [
    (
      "preparing",
      ["stakeholder numbers to enter", "offices that have not said whom to ask"]
    ),
    (
      "assessing",
      [
        "disclosures to judge, 4 begun", "a conflict declared with 4202", "2 offices without an assessor",
        "disclosures left to the lead", "35 disclosures to sign",
      ]
    ),
    (
      "clarifying",
      ["results to open", "clarifications to decide", "clarification that nobody is named for"]
    ),
    ("deciding", ["results that member.1 has agreed to", "results to open"]),
    ("published", ["1 amendment to agree to"]),
  ])
  func `a district has more to do in a phase`(_ phase: String, _ texts: [String]) throws {
    try Program.inEmptyFolder { folder in
      let result = try demo(phase, "district", in: folder)
      #expect(result.status == 0 && result.output.contains("no fault"), "\(result.output)")
      let guide = try guide(in: folder)
      for text in texts {
        #expect(guide.contains { $0.contains(text) }, "\(phase): nobody has '\(text)'\n\(guide)")
      }
    }
  }

  @Test func `the same results come out each time`() throws {
    try Program.inEmptyFolder { folder in
      let cards = try ["first", "second"].map { data in
        #expect(try demo("published", "office", in: folder, data: data).status == 0)
        return try Program.run(
          ["scorecard", "4001", "--json", "--data", data, "--cycle", "2568"], in: folder)
      }
      #expect(cards[0].status == 0, "\(cards[0].output)")
      #expect(cards[0].output == cards[1].output)
    }
  }
}
