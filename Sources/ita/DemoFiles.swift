import Foundation
import Integrity
import Reports
import Specimen

/// An example year as the CSV files of docs/inputs.md.
struct DemoFiles {
  let year: ExampleYear
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
      "office", "name_th", "name_en", "kind", "parent", "provinces", "provinces_en", "region",
      "region_en", "conditions", "stakeholders_IIT", "stakeholders_EIT",
    ]
    return csv([header] + (year.participants.map(\.office) + district.schools).map(row))
  }

  private func row(_ office: Office) -> [String] {
    func list(_ texts: [String]) -> String { texts.joined(separator: ";") }
    func number(_ instrument: Code<Node>) -> String { office.stakeholders[instrument].map(String.init) ?? "" }
    return [
      office.code.text, office.name.thai, office.name.english, office.kind?.text ?? "",
      office.parent?.text ?? "",
      list(office.provinces.map(\.thai)), list(office.provinces.map(\.english)),
      office.region?.thai ?? "", office.region?.english ?? "",
      list(office.conditions.map(\.text).sorted()), number("IIT"), number("EIT"),
    ]
  }

  private var marks: String {
    var rows = [["office", "item", "option", "elements", "reason"]]
    for participant in year.participants {
      let findings = participant.findings
      for item in participant.disclosures {
        guard let finding = findings[item.code] else { continue }
        let fixed = [participant.office.code.text, item.code.text]
        switch finding.judgement {
        case .elements(let keys):
          rows.append(fixed + ["", keys.map(\.text).sorted().joined(separator: " "), finding.reason])
        case .notMet: rows.append(fixed + ["fail", "", finding.reason])
        default: rows.append(fixed + ["pass", "", finding.reason])
        }
      }
    }
    return csv(rows)
  }

  /// As a form would export it: the wording as column titles, labels as answers.
  private func responses(_ code: Code<Node>) -> String {
    let questions = year.rubric.questions(of: code)
    let routes = year.rubric.instrument(code)?.questionnaire?.routes ?? []
    let fixed = routes.isEmpty ? ["office"] : ["office", "part"]
    var rows = [fixed + questions.map { "\($0.code) \($0.title.thai)" }]
    for participant in year.participants {
      for filled in year.filled(participant) where filled.collected.instrument == code {
        for row in filled.rows {
          var cells = [participant.office.code.text]
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
        + year.participants.compactMap { participant in
          let code = participant.office.code
          return district.previous[code].map { [code.text, "total", "\($0)", "ผลการประเมิน 2566"] }
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
