import Foundation
import Testing

/// `ita demo` of one office; a district is played by the README's test and rendered by `make examples`.
@Suite struct DemoTests {
  private func demo(in folder: String) throws -> Program.Result {
    try Program.run(
      ["demo", "--size", "office", "--no-serve", "--data", "data", "-o", "reports"], in: folder)
  }

  @Test func `a year is played to the end, told step by step, and is sound`() throws {
    try Program.inEmptyFolder { folder in
      let result = try demo(in: folder)
      #expect(result.status == 0, "\(result.output)")
      let steps = [
        "set up: 9 offices", "opened: 1 office", "handed out: 191 code slips", "แจกบัตรรหัส 191 ใบ",
        "answered: 265 questionnaires", "drafted: 36 disclosures", "sent back: 4001 O2",
        "signed and submitted: 36 disclosures", "recalled: 4001 O19",
        "submitted again: by นางวารี สุขสมบูรณ์, รักษาราชการแทน", "assigned: 1 office to 1 assessor",
        "judged: 36 disclosures", "brought in: 33 filled questionnaires from paper",
        "closed: the answers are shuffled", "acknowledged: 1 office",
        "contested: 2 findings; decided by another assessor, 1 upheld and 1 changed",
        "sealed: by member.1 and member.2", "published", "Fiscal year 2568, until 2025-04-18T10:42:00+07:00:",
        "opened: 1 office",
        "begun until the middle of April: 33 disclosures, 24 of them passed on; 1 director signed",
        "no fault",
      ]
      var rest = result.output[...]
      for step in steps {
        let place = try #require(rest.range(of: step), "\(step) does not follow in\n\(result.output)")
        rest = rest[place.upperBound...]
      }
      try checkWhatIsLeft(in: folder, said: result.output)
      try checkScores(in: folder)
      try checkPresent(in: folder)
      try checkReplacing(in: folder)
    }
  }

  private func checkWhatIsLeft(in folder: String, said: String) throws {
    for name in [
      "office.html", "office.en.html", "committee.xlsx", "committee.en.xlsx", "inputs/marks.csv",
    ] {
      #expect(FileManager.default.fileExists(atPath: "\(folder)/reports/\(name)"), "\(name)")
      #expect(said.contains("reports/\(name)"))
    }
    // What it says to look further with.
    for line in said.split(separator: "\n") where line.hasPrefix("  ita ") && !line.contains("serve") {
      let command = line.split(separator: " ").dropFirst().map(String.init)
      let result = try Program.run(command, in: folder)
      #expect(result.status == 0, "\(line)\n\(result.output)")
    }
  }

  /// From the registry, after answering, contesting and deciding, and from the files alone: what is published of it.
  private func checkScores(in folder: String) throws {
    let card = try Program.run(
      ["scorecard", "4001", "--json", "--data", "data", "--cycle", "2567"], in: folder)
    #expect(card.status == 0 && card.output.contains("ตามที่ชี้แจง"))
    let kept = try Program.run(["results", "--csv", "--data", "data", "--cycle", "2567"], in: folder)
    let inputs = "reports/inputs"
    let scored = try Program.run(
      [
        "score", "--rubric", "ita-2567", "--offices", "\(inputs)/offices.csv", "--marks",
        "\(inputs)/marks.csv",
        "--responses", "iit=\(inputs)/iit.csv", "--responses", "eit=\(inputs)/eit.csv", "--office", "4001",
        "--format", "csv",
      ], in: folder)
    #expect(kept.status == 0 && kept.output.split(whereSeparator: \.isNewline).count > 60)
    // Behind a note on the schools.
    #expect(scored.output.hasSuffix(kept.output), "\(scored.output)")
  }

  /// Something in every state, for whoever looks around; and last year's scores are not touched by it.
  private func checkPresent(in folder: String) throws {
    let rehearsal = ["ITA_REHEARSAL": "1"]
    let drafts = try Program.run(
      ["draft", "show", "4001", "--data", "data", "--cycle", "2568", "--as", "4001.director"], in: folder)
    for state in ["draft", "sent back", "ready to sign", "submitted"] {
      #expect(drafts.output.contains(state), "\(state)\n\(drafts.output)")
    }
    let late = try Program.run(
      ["late", "--data", "data", "--as", "admin", "--now", "2025-04-18T10:42"], in: folder,
      environment: rehearsal)
    #expect(late.output.contains("4001"), "\(late.output)")
    let slips = try Program.run(
      [
        "slips", "show", "4001", "--data", "data", "--cycle", "2568", "--as", "lead.1", "--now",
        "2025-04-18T10:42",
      ],
      in: folder, environment: rehearsal)
    #expect(slips.output.contains("IIT") && slips.output.contains("EIT.EIT2"), "\(slips.output)")
    let guide = try String(contentsOfFile: "\(folder)/data/made-by-demo.txt", encoding: .utf8)
    #expect(guide.contains("/answer/2568/4001/EIT.EIT1  the open link"), "\(guide)")
    #expect(guide.matches(of: /([0-9A-Z]{4}-){5}[0-9A-Z]{4}/).count == 5, "four slips and a letter")
    for person in [
      "4001.legal.officer", "4001.legal.head", "4001.director", "4001.admin", "admin", "4001.newcomer",
      "lead.1",
    ] {
      #expect(guide.contains(person), "\(person)")
    }
  }

  private func checkReplacing(in folder: String) throws {
    #expect(try demo(in: folder).status == 0)
    try Program.write("", to: "data/notes.txt", in: folder)
    let refused = try demo(in: folder)
    #expect(refused.status == 1)
    #expect(refused.output.contains("data: there is something that no demo has made (notes.txt)"))
    #expect(FileManager.default.fileExists(atPath: "\(folder)/data/registry.sqlite"))
  }

  @Test func `a folder that holds anything else is left alone`() throws {
    try Program.inEmptyFolder { folder in
      try Program.write("ours", to: "data/registry.sqlite", in: folder)
      let result = try demo(in: folder)
      #expect(result.status == 1)
      #expect(
        result.output.contains(
          "data: there is something that no demo has made (registry.sqlite); choose another folder with --data"
        ),
        "\(result.output)")
      #expect(try String(contentsOfFile: "\(folder)/data/registry.sqlite", encoding: .utf8) == "ours")
    }
  }
}
