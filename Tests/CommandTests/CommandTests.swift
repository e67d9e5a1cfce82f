import Foundation
import Testing

@Suite struct CommandTests {
  @Test(
    arguments: [
      (["rubric", "check", "Rubrics/small.yaml"], 0, "no fault"),
      (["rubric", "check", "nothing.yaml"], 1, "'nothing.yaml' cannot be read: there is no such file"),
      (["rubric", "check"], 64, "Missing expected argument"),
      (["rubric", "check", "--max-size", "0", "Rubrics/small.yaml"], 64, "--max-size is a number of KiB"),
      (["rubric", "check", "--max-size", "1", "Rubrics/small.yaml"], 1, "the file has more than 1 KiB"),
      (["rubric", "show", "small"], 0, "O1"),
      (["rubric", "diff", "small", "small"], 0, ""),
      (["score", "--rubric", "small"], 64, "There is no office to score"),
      (["score", "--rubric", "small", "--responses", "iit"], 64, "--responses is written instrument=FILE"),
      (
        ["score", "--rubric", "small", "--marks", "nothing.csv"], 1,
        "nothing.csv:1:1: the file cannot be read"
      ),
      (
        ["score", "--rubric", "small", "--cycle", "2026"], 64, "--cycle is a fiscal year of the Buddhist era"
      ),
      (["report", "office", "--rubric", "small"], 64, "Missing expected argument"),
      (["nonsense"], 64, "Unexpected argument"),
    ] as [([String], Int32, String)])
  func `exit codes are 0 fine, 1 problems, 64 usage`(arguments: [String], status: Int32, says: String) throws
  {
    let result = try Program.run(arguments)
    #expect(result.status == status, "\(result.output)")
    #expect(says.isEmpty || result.output.contains(says), "\(result.output)")
  }

  @Test func `an office that is not in the files is said so`() throws {
    try Program.inEmptyFolder { folder in
      try Program.write("office,item,option\n1,O1,pass\n", to: "marks.csv", in: folder)
      let offices = "office,name_th,kind\n1,ก,primary\n"
      try Program.write(offices, to: "offices.csv", in: folder)
      let result = try Program.run(
        ["score", "--rubric", "small", "--offices", "offices.csv", "--marks", "marks.csv", "--office", "9"],
        in: folder)
      #expect(result.status == 1)
      #expect(result.output.contains("there is no office '9'"), "\(result.output)")
    }
  }

  @Test func `the demo hands over a district's files and renders its reports`() throws {
    try Program.inEmptyFolder { folder in
      let result = try Program.run(["demo", "--no-serve", "-o", "out"], in: folder)
      #expect(result.status == 0, "\(result.output)")
      for name in [
        "office.html", "office.en.html", "committee.xlsx", "committee.en.xlsx", "inputs/marks.csv",
      ] {
        #expect(FileManager.default.fileExists(atPath: "\(folder)/out/\(name)"), "\(name)")
        #expect(result.output.contains("out/\(name)"))
      }
    }
  }

  @Test func `a demo that cannot be written says where`() throws {
    let result = try Program.run(["demo", "--no-serve", "-o", "/proc/nothing"])
    #expect(result.status == 1)
    #expect(result.output.contains("/proc/nothing: the folder cannot be written to"))
  }

  @Test func `an English page of a folder of own templates can be asked for`() throws {
    try Program.inEmptyFolder { folder in
      try Program.write("office,node,figure\n1,IIT,90\n1,OIT,80\n", to: "given.csv", in: folder)
      try Program.write("office,name_th,kind\n1,ก,primary\n", to: "offices.csv", in: folder)
      try Program.write("{{office.name}} {{total.figure}}", to: "own/reports/office.mustache", in: folder)
      let result = try Program.run(
        [
          "report", "office", "--rubric", "small", "--offices", "offices.csv", "--given", "given.csv",
          "--templates", "own",
          "-o", "page.html",
        ], in: folder)
      #expect(result.status == 0, "\(result.output)")
      #expect(try String(contentsOfFile: "\(folder)/page.html", encoding: .utf8) == "ก 84.00")
      let missing = try Program.run(
        [
          "report", "office", "--rubric", "small", "--offices", "offices.csv", "--given", "given.csv",
          "--templates", "nope", "-o", "x",
        ],
        in: folder)
      #expect(missing.status == 1 && missing.output.contains("nope:1:1: there is no such folder"))
    }
  }
}
