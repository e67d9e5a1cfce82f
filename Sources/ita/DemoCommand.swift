import ArgumentParser
import Documents
import Foundation
import Integrity
import Reports
import Specimen

struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Score the example district and leave its files and reports in a folder.",
    discussion: """
      Writes the files a district would hand over (offices, findings, filled questionnaires), reads them back as any \
      other files, and renders the reports from them.
      """)

  @Option(name: .shortAndLong, help: "The folder to fill.", completion: .directory)
  var output = "Reports"

  func run() throws {
    let rubric = try SizeLimit.read("ita-2567").rubric
    let district = ExampleDistrict(rubric: rubric)
    let folder = URL(fileURLWithPath: output)
    let inputs = folder.appendingPathComponent("inputs")
    let files = DemoFiles(district: district).all
    do {
      try FileManager.default.createDirectory(at: inputs, withIntermediateDirectories: true)
      for (name, text) in files { try Data(text.utf8).write(to: inputs.appendingPathComponent(name)) }
    } catch {
      Console.warn("\(output): the folder cannot be written to; choose another with -o")
      throw ExitCode(1)
    }
    Console.say("The example district's files, as a district would hand them over:")
    for (name, _) in files { Console.say("  \(output)/inputs/\(name)") }
    Console.say("Reports made from them:")
    let given = [
      "--rubric", "ita-2567", "--offices", "\(output)/inputs/offices.csv", "--marks",
      "\(output)/inputs/marks.csv",
      "--responses", "iit=\(output)/inputs/iit.csv", "--responses", "eit=\(output)/inputs/eit.csv",
    ]
    let office = ["--office", ExampleDistrict.main.text, "--previous", "\(output)/inputs/previous.csv"]
    for (language, suffix) in [("th", ""), ("en", ".en")] {
      try run(
        ["report", "office"] + given + office + [
          "--language", language, "-o", "\(output)/office\(suffix).html",
        ])
      try run(
        ["report", "committee"] + given + ["--language", language, "-o", "\(output)/committee\(suffix).xlsx"])
    }
  }

  /// Runs another command of the program, as a person would.
  private func run(_ arguments: [String]) throws {
    var command = try ITA.parseAsRoot(arguments)
    try command.run()
  }
}

/// The example district as the CSV files of docs/inputs.md.
struct DemoFiles {
  let district: ExampleDistrict

  var all: [(name: String, text: String)] {
    [
      ("offices.csv", offices), ("marks.csv", marks), ("iit.csv", responses("IIT")),
      ("eit.csv", responses("EIT")),
      ("previous.csv", previous), ("people.csv", people), ("evidence.csv", evidence),
    ]
  }

  private func csv(_ rows: [[String]]) -> String { ScorecardCSV.table(rows) + "\r\n" }

  private var offices: String {
    let header = [
      "office", "name_th", "name_en", "kind", "parent", "provinces", "provinces_en", "conditions",
      "stakeholders_IIT",
      "stakeholders_EIT",
    ]
    return csv([header] + (district.offices + district.schools).map(row))
  }

  private func row(_ office: Office) -> [String] {
    func list(_ texts: [String]) -> String { texts.joined(separator: ";") }
    func number(_ instrument: Code<Node>) -> String { office.stakeholders[instrument].map(String.init) ?? "" }
    return [
      office.code.text, office.name.thai, office.name.english, office.kind?.text ?? "",
      office.parent?.text ?? "",
      list(office.provinces.map(\.thai)), list(office.provinces.map(\.english)),
      list(office.conditions.map(\.text).sorted()), number("IIT"), number("EIT"),
    ]
  }

  private var marks: String {
    var rows = [["office", "item", "option", "elements", "reason"]]
    let items = district.cycle.rubric.items.map(\.item.code)
    for office in district.offices {
      let findings = district.findings(of: office)
      for item in items {
        guard let finding = findings[item] else { continue }
        switch finding.judgement {
        case .elements(let keys):
          rows.append([
            office.code.text, item.text, "", keys.map(\.text).sorted().joined(separator: " "), finding.reason,
          ])
        case .notMet: rows.append([office.code.text, item.text, "fail", "", finding.reason])
        default: rows.append([office.code.text, item.text, "pass", "", finding.reason])
        }
      }
    }
    return csv(rows)
  }

  /// As a form would export it: the wording as column titles, labels as answers.
  private func responses(_ code: Code<Node>) -> String {
    let questions = district.cycle.rubric.questions(of: code)
    let routes = district.cycle.rubric.instrument(code)?.questionnaire?.routes ?? []
    let fixed = routes.isEmpty ? ["office"] : ["office", "part"]
    var rows = [fixed + questions.map { "\($0.code) \($0.title.thai)" }]
    for office in district.offices {
      for filled in district.cycle.filled(office, district.character(of: office))
      where filled.collected.instrument == code {
        for row in filled.rows {
          var cells = [office.code.text]
          if !routes.isEmpty { cells.append(filled.collected.route?.text ?? "") }
          for (question, answer) in zip(questions, row) {
            cells.append(answer == 0 ? "" : question.options[Int(answer) - 1].title.thai)
          }
          rows.append(cells)
        }
      }
    }
    return csv(rows)
  }

  private var previous: String {
    csv(
      [["office", "node", "figure", "source"]]
        + district.offices.compactMap { office in
          district.previous[office.code].map { [office.code.text, "total", "\($0)", "ผลการประเมิน 2566"] }
        })
  }

  private var people: String {
    csv(
      [["office", "name", "post", "group"]]
        + district.people.map { [ExampleDistrict.main.text, $0.name, $0.post, $0.group?.text ?? ""] })
  }

  private var evidence: String {
    csv(
      [["office", "item", "link", "page", "note"]]
        + district.evidence.map { [ExampleDistrict.main.text, $0.item.text, $0.link, $0.page, $0.note] })
  }
}
