import Documents
import Integrity
import Testing

@Suite struct AnswersFileTests {
  private func responses(
    _ text: String, _ instrument: String = "iit", part: String? = nil
  ) -> Intake.Inputs.Responses {
    Intake.Inputs.Responses(instrument: instrument, part: part, file: Files.handed("a.csv", text))
  }

  @Test func `a row is one byte a question, zero where it is not answered, in no order of arrival`() throws {
    let file = try AnswersFile(
      responses(
        """
        ประทับเวลา,office,i3,i1.a,i1.b,i2
        09:00,4001,1,4,3,มาก
        09:01,4002,น้อย,,,
        09:02,4001,,2,,4 มากที่สุด
        09:03,4001,,,,
        """),
      rubric: Files.rubric("small"))
    #expect(
      file.rows == [
        "4001": [Collected("IIT"): [[2, 0, 4, 0], [4, 3, 3, 1]]], "4002": [Collected("IIT"): [[0, 0, 0, 2]]],
      ])
    #expect(
      file.notes == [
        "a.csv: columns not read: ประทับเวลา", "a.csv: rows that answer no scored question, not counted: 1",
      ])
  }

  @Test func `rows count up to the tallies of a score`() throws {
    let rubric = try Files.rubric("ita-2567")
    let questions = rubric.questions(of: "EIT")
    var text = "office,part,\(questions.map(\.code).joined(separator: ","))\n"
    for row in 0..<60 {
      let answers = questions.indices.map { index in
        let option = (row * 7 + index * 3) % (questions[index].options.count + 1)
        return option == 0 ? "" : questions[index].options[option - 1].title.thai
      }
      text += "\(4001 + row % 3),EIT\(1 + row % 2),\(answers.joined(separator: ","))\n"
    }
    var inputs = Intake.Inputs()
    inputs.offices = Files.handed(
      "o.csv", "office,name_th,kind\n4001,ก,primary\n4002,ข,primary\n4003,ค,primary\n")
    inputs.responses = [responses(text, "EIT")]
    let assessments = try Intake(inputs, rubric: rubric).assessments
    let file = try AnswersFile(responses(text, "EIT"), rubric: rubric)
    #expect(assessments.count == 3)
    for assessment in assessments {
      let rows = try #require(file.rows[assessment.office.code])
      #expect(rows.keys.count == 2)
      for (key, rows) in rows {
        let columns = questions.indices.map { index in rows.map { $0[index] } }
        let answers = Answers(questions: questions, columns: columns, bounds: [0, rows.count])
        #expect(answers.tallies(of: 0..<1).first == assessment.tallies[key])
      }
    }
  }

  @Test func `a mapping, a part and the only office are taken as in a score`() throws {
    let rubric = try Files.rubric("small")
    let mapped = try AnswersFile(
      responses("ก,ข,ค,ง\n1,2,3,4\n"), rubric: rubric,
      mapping: Files.handed("m.csv", "header,item\nก,i1.a\nข,i1.b\nค,i2\nง,i3\n"), office: "4001")
    #expect(mapped.rows == ["4001": [Collected("IIT"): [[1, 2, 3, 4]]]])

    let header = (1...9).map { "e\($0)" }.joined(separator: ",")
    let part = try AnswersFile(
      responses("\(header)\n6,,,,,,,,\n", "eit", part: "eit2"), rubric: Files.rubric("ita-2567"),
      office: "4001")
    #expect(part.rows["4001"]?.keys.first == Collected("EIT", route: "EIT2"))
  }

  @Test(
    arguments: [
      (
        "i1.a,i1.b,i2,i3\n1,1,1,1\n", "oit",
        ["--responses:1:1: 'oit' is no questionnaire of small; did you mean 'IIT'?"]
      ),
      (
        "i1.a,i1.b,i2,i3\n1,1,1,1\n", "iit",
        ["a.csv:1:1: there is no column 'office'; add it, or say with --office whose answers they are"]
      ),
      (
        "office,i1.a,i1.b,i2,i3\n4003,1,1,1,5\n,1,1,1,1\n", "iit",
        [
          "a.csv:2:1: there is no office '4003' among the offices; did you mean '4001'?",
          "a.csv:2:5: '5' is no answer to i3; write one of 1 (น้อยที่สุดหรือไม่มีเลย), 2 (น้อย), 3 (มาก), 4 (มากที่สุด)",
          "a.csv:3:1: the row names no office; write the code of an office",
        ]
      ),
    ] as [(String, String, [String])])
  func `every bad row is named with its remedy`(text: String, instrument: String, complaints: [String]) throws
  {
    let rubric = try Files.rubric("small")
    let said = Files.refusals { () throws(Complaints) in
      try AnswersFile(responses(text, instrument), rubric: rubric, offices: ["4001"])
    }
    #expect(said == complaints)
  }
}
