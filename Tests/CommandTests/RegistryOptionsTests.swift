import Foundation
import Testing

/// What every command on a registry takes: which one, who acts, when, and which cycle.
@Suite struct RegistryOptionsTests {
  private static let rehearsal = ["ITA_REHEARSAL": "1"]

  private func inRegistry(_ body: (String) throws -> Void) throws {
    try HandedOver.inFolder { folder in
      try Story(folder: folder).tell(
        """
        = 2025-11-01
        $ init --administrator admin --name A
        admin$ cycle new 2569 --rubric small
        """)
      try body(folder)
    }
  }

  private static let faults =
    [
      (["cycle", "open"], 64, "Say who acts with --as PERSON, or in ITA_AS."),
      (
        ["stakeholders", "4001", "IIT", "--as", "admin"], 64,
        "'IIT' is not written INSTRUMENT=NUMBER, such as IIT=86."
      ),
      (["answers", "import", "iit.csv", "--as", "admin"], 64, "'iit.csv' is not written INSTRUMENT=FILE"),
      (["judge", "4001", "O1", "--as", "admin"], 64, "Give a mark, such as pass or fail"),
      (
        ["judge", "4001", "O1", "pass", "--seen", "x", "--as", "admin"], 64,
        "'x' is not written LINK=STATE; the states are opened, not_found, unreachable, closed, wrong_document."
      ),
      (
        ["init", "--administrator", "สมหญิง", "--name", "A"], 64, "'สมหญิง' is no user name; use 2 to 40 of a-z"
      ),
      (["init", "--administrator", "1234567890121", "--name", "A"], 64, "'1234567890121' is no user name"),
      (["results", "--json", "--csv"], 64, "Ask for --json or --csv."),
      (["trail", "--limit", "0", "--as", "admin"], 64, "--limit is a number of entries, one or more."),
      (
        ["cycle", "extend", "4001", "OIT", "--until", "2569-04-08", "--reason", "x", "--as", "admin"], 64,
        "'2569-04-08' is of the Buddhist era; write the year of the common era"
      ),
      (
        ["grant", "x", "director", "--from", "soon", "--as", "admin"], 64,
        "'soon' is not a day; write year-month-day"
      ),
      (["grant", "x", "king", "--as", "admin"], 64, "is invalid for '<role>'"),
      (
        ["grant", "x", "director", "--acting", "in-place-of", "--as", "admin"], 64,
        "--acting needs the order by which it is done: --order and --order-date."
      ),
      (
        ["grant", "x", "director", "--order", "1", "--as", "admin"], 64,
        "--order and --order-date go with --acting."
      ),
      (["grant", "x", "director", "--group", "admin", "--as", "admin"], 64, "--group admin is for officers"),
      (
        ["grant", "x", "assessor", "--from", "2026-02-01", "--until", "2026-02-01", "--as", "admin"], 64,
        "--until 2026-02-01 is not later than --from 2026-02-01."
      ),
      (["office", "import", "nothing.csv", "--as", "admin"], 1, "nothing.csv:1:1: the file cannot be read"),
      (["cycle", "show", "2599"], 1, "there is no cycle '2599'"),
      (["cycle", "show", "--data", "nowhere"], 1, "nowhere/registry.sqlite: there is no registry"),
      (["init", "--administrator", "admin", "--name", "A", "--data", "/proc/nothing"], 1, "/proc/nothing"),
      (
        ["judge", "4001", "O1", "pass", "--as", "admin"], 1,
        "no office takes part in the cycle; import the offices first"
      ),
      (["verify", "--data", "evidence.csv"], 1, "evidence.csv/registry.sqlite: there is no registry"),
    ] as [(arguments: [String], status: Int32, says: String)]

  @Test func `what cannot be done is said, with its exit code`() throws {
    try inRegistry { folder in
      for (arguments, status, says) in RegistryOptionsTests.faults {
        let result = try Program.run(
          arguments + ["--now", "2025-11-02"], in: folder, environment: RegistryOptionsTests.rehearsal)
        #expect(result.status == status && result.output.contains(says), "\(arguments)\n\(result.output)")
      }
    }
  }

  @Test func `the environment names the registry and who acts`() throws {
    try inRegistry { folder in
      let environment = ["ITA_REHEARSAL": "1", "ITA_DATA": "\(folder)/data", "ITA_AS": "admin"]
      let result = try Program.run(
        ["cycle", "schedule", "\(folder)/schedule.yaml", "--now", "2025-11-02"], environment: environment)
      #expect(result.status == 0, "\(result.output)")
      let other = try Program.run(
        ["cycle", "open", "--as", "nobody", "--now", "2025-11-02"], environment: environment)
      #expect(other.status == 1 && other.output == "there is no person 'nobody'\n", "\(other.output)")
    }
  }

  @Test func `another clock is for rehearsals only`() throws {
    try inRegistry { folder in
      let result = try Program.run(["cycle", "show", "--now", "2025-11-02"], in: folder)
      #expect(result.status == 64, "\(result.output)")
      #expect(result.output.contains("--now is for rehearsals: set ITA_REHEARSAL=1"), "\(result.output)")
      let back = try Program.run(
        ["cycle", "open", "--as", "admin", "--now", "2025-10-01"], in: folder,
        environment: RegistryOptionsTests.rehearsal)
      #expect(back.status == 1, "\(back.output)")
      #expect(back.output.contains("the clock says 2025-10-01T00:00:00+07:00"), "\(back.output)")
    }
  }

  @Test func `where several cycles are under way, one is named`() throws {
    try inRegistry { folder in
      let story = Story(folder: folder)
      try story.tell(
        """
        = 2025-11-02
        admin$ cycle new second --rubric small --title-th "รอบสอง"
        admin$ cycle schedule schedule.yaml --cycle second
        second: the schedule is set
        $ cycle show second
        second · รอบสอง · small, edition 1
        …
        """)
      let result = try Program.run(
        ["cycle", "open", "--as", "admin", "--now", "2025-11-02"], in: folder,
        environment: RegistryOptionsTests.rehearsal)
      #expect(result.status == 64, "\(result.output)")
      #expect(
        result.output.contains(
          "There are several cycles that are not published (2569, second): name one of them."),
        "\(result.output)")
    }
  }

  @Test func `roles are given, shown and ended`() throws {
    try inRegistry { folder in
      try Story(folder: folder).tell(
        """
        = 2025-11-02
        admin$ office import offices.csv
        admin$ person import people.csv
        admin$ grant arun director --office 4001 --acting in_place_of --order 12/2569 --order-date 2025-11-01
        arun: director 4001, from 2025-11-02
        admin! grant arun director
        cannot grant a role: the role director is for an office; name it
        admin! grant admin assessor
        cannot grant a role: nobody grants or revokes their own roles
        admin$ person show arun
        arun · อรุณ ดี · นักวิชาการ
        has not signed in
        employing: 4001, from 2025-11-02
        role: officer 4001, from 2025-11-02
        role: director 4001, from 2025-11-02 (acting for, 12/2569, 2025-11-01)
        admin$ revoke arun director --office 4001 --until 2025-12-01
        arun: director 4001 until 2025-12-01
        admin! revoke arun committee
        there is no grant of the role committee held by 'arun'
        dara$ person show --office 4001
        …
        dara! person show
        cannot see people: only the administrator, the office administrator or the director concerned may
        """)
    }
  }
}
