import Documents
import Integrity
import Testing

@Suite struct IntakeTests {
  private func file(_ name: String, _ text: String) -> Intake.File {
    Intake.File(name: name, bytes: Array(text.utf8))
  }

  private func complaints(_ inputs: Intake.Inputs, _ rubric: String = "small") throws -> [String] {
    do {
      _ = try Intake(inputs, rubric: try Files.rubric(rubric))
      return []
    } catch let complaints as Complaints {
      return complaints.all.map(\.description)
    }
  }

  @Test func `marks, answers and given figures become one assessment an office`() throws {
    let rubric = try Files.rubric("ita-2567")
    var inputs = Intake.Inputs()
    inputs.offices = file(
      "offices.csv",
      "office,name_th,kind,stakeholders_IIT,conditions\n7,สพป.ก,primary,40,no_previous_result\n")
    inputs.marks = [
      file("marks.csv", "office,item,option,reason\n7,O1,ผ่าน,\n7,O2,0,ไม่มีรูปถ่าย\n7,O13,ไม่เกี่ยวข้อง,ไม่มีบริการ\n")
    ]
    inputs.given = [file("given.csv", "office,node,figure,source\n7,EIT,88.5,ปีก่อน\n")]
    let questions = rubric.questions(of: "IIT")
    let header = questions.map { "\"\($0.code) \($0.title.thai)\"" }.joined(separator: ",")
    let row = questions.map { $0.options[5].title.thai }.joined(separator: ",")
    inputs.responses = [
      .init(
        instrument: "iit", part: nil,
        file: file("iit.csv", "ประทับเวลา,\(header)\n1/1/2569,\(row)\n2/1/2569,\(row)\n"))
    ]
    let intake = try Intake(inputs, rubric: rubric)
    let assessment = try #require(intake.assessments.first)
    #expect(assessment.office.stakeholders == ["IIT": 40])
    #expect(assessment.office.conditions == ["no_previous_result"])
    #expect(assessment.findings["O1"]?.judgement == .met)
    #expect(assessment.findings["O2"] == Finding(.notMet, reason: "ไม่มีรูปถ่าย"))
    #expect(assessment.findings["O13"]?.judgement == .notApplicable)
    #expect(assessment.given["EIT"] == Given(figure: Points(millionths: 88_500_000), source: "ปีก่อน"))
    #expect(assessment.tallies[Collected("IIT")]?.respondents == 2)
    #expect(intake.notes == ["iit.csv: columns not read: ประทับเวลา"])
  }

  @Test func `every bad row of every file is named, and nothing comes in`() throws {
    var inputs = Intake.Inputs()
    inputs.offices = file(
      "offices.csv",
      "office,name_th,kind,parent,from,until,stakeholders_IIT,provinces,provinces_en\n1,ก,primary,,2026-02-30,,,,\n1,ข,primary,,,,,,\n3,,city,9,2026-10-01,2026-10-01,many,ก;ข,A\n4,ง,primary,5,,,,,\n5,จ,primary,4,,,,,\n"
    )
    inputs.marks = [
      file(
        "marks.csv",
        "office,item,option,elements,reason\n8,O1,pass,,\n1,O9,pass,,\n1,O1,maybe,,\n1,O2,not_applicable,,\n1,O3,pass,nothing,\n1,O3,fail,,\n"
      )
    ]
    inputs.given = [file("given.csv", "office,node,figure\n1,XX,50\n1,IIT,lots\n1,IIT,-1\n")]
    let found = try complaints(inputs)
    for expected in [
      "offices.csv:2:5: '2026-02-30' is not a day; write year-month-day in the common era, as 2026-10-01",
      "offices.csv:3:1: the office '1' stands twice, also in row 2; keep one of the rows",
      "offices.csv:4:2: the cell 'name_th' is empty; fill it in",
      "offices.csv:4:3: 'city' is not a kind of office in small; it may be primary, secondary",
      "offices.csv:4:6: the office ends on 2026-10-01, before it begins",
      "offices.csv:4:7: 'many' is not a number of people",
      "offices.csv:4:9: 1 provinces in English, 2 in Thai",
      "offices.csv:4:4: there is no office '9'",
      "offices.csv:5:4: the office '4' is above itself",
      "marks.csv:3:2: 'O9' is no item that is judged in small; did you mean 'O1'?",
      "marks.csv:4:3: 'maybe' is no mark for O1; write pass, fail or not_applicable",
      "marks.csv:5:5: O2 is not applicable without a reason; say why it does not apply",
      "marks.csv:6:4: O3 has no element 'nothing'",
      "given.csv:2:2: 'XX' is no node of small",
      "given.csv:3:3: 'lots' is not a figure", "given.csv:4:3: '-1' is not a figure",
    ] {
      #expect(found.contains { $0.hasPrefix(expected) }, "\(expected)\n\(found.joined(separator: "\n"))")
    }
  }

  @Test(arguments: [
    (
      "ofice,item,option\n1,O1,pass\n",
      "marks.csv:1:1: 'ofice' is not a column of this file; did you mean 'office'?"
    ),
    ("office,item\n1,O1\n", "marks.csv:1:1: there is no column 'option'; add it"),
    ("office,item,option,item\n1,O1,pass,O2\n", "marks.csv:1:4: the column 'item' stands twice"),
    ("office,item,option\n1,O1,pass\n1,O1,fail\n", "marks.csv:3:2: O1 of '1' is marked twice, also in row 2"),
  ])
  func `a column that is wrong, missing or double is named`(text: String, complaint: String) throws {
    var inputs = Intake.Inputs()
    inputs.marks = [file("marks.csv", text)]
    let found = try complaints(inputs)
    #expect(found.contains { $0.hasPrefix(complaint) }, "\(found)")
  }

  @Test(arguments: [
    ("office,i1,i2,i3\n1,4,3,2\n", "responses.csv:1:1: there is no column for i1.a"),
    ("a,b\n1,2\n", "responses.csv:1:1: no column belongs to a question of small"),
    ("i1.a,i1.b,i2,i3\n9,3,2,1\n", "responses.csv:2:1: '9' is no answer to i1.a; write one of"),
    ("i1.a,i1a,i1.b,i2,i3\n1,1,1,1,1\n", "responses.csv:1:2: 'i1a' and 'i1.a' are both taken for i1.a"),
  ])
  func `answers that cannot be read are named with their column`(text: String, complaint: String) throws {
    var inputs = Intake.Inputs()
    inputs.office = "1"
    inputs.responses = [.init(instrument: "iit", part: nil, file: file("responses.csv", text))]
    let found = try complaints(inputs)
    #expect(found.contains { $0.hasPrefix(complaint) }, "\(found)")
  }

  @Test func `columns are found by code, by wording, by a grid's row and by a mapping`() throws {
    let rubric = try Files.rubric("small")
    let items = Dictionary(uniqueKeysWithValues: rubric.items.map { ($0.item.code.text, $0.item) })
    let first = try #require(items["i1"])
    let titles = [
      "i1 \(first.title.thai) [\(first.subItems[0].title.thai)]",
      "\(first.title.thai) [\(first.subItems[1].title.thai)]",
      try #require(items["i2"]).title.english + " *", "ข้อสาม",
    ]
    var inputs = Intake.Inputs()
    inputs.office = "1"
    inputs.mapping = file("map.csv", "header,item\nข้อสาม,i3\n")
    let labels = rubric.questions(of: "IIT").map { $0.options[1].title.thai }
    inputs.responses = [
      .init(
        instrument: "IIT", part: nil,
        file: file(
          "r.csv",
          titles.map { "\"\($0)\"" }.joined(separator: ";") + "\n" + labels.joined(separator: ";")
            + "\n;;;\n2.0;2;2 \(labels[2]);2\n"))
    ]
    let intake = try Intake(inputs, rubric: rubric)
    let tally = try #require(intake.assessments.first?.tallies[Collected("IIT")])
    #expect(tally.respondents == 2)
    for question in rubric.questions(of: "IIT") { #expect(tally.counts[question.offset + 1] == 2) }
  }

  @Test(
    arguments: [
      ("xyz", nil, "--responses:1:1: 'xyz' is no questionnaire of ita-2567; it may be EIT, IIT"),
      ("eit", "EIT9", "--responses:1:1: 'EIT9' is no part of EIT; did you mean 'EIT1'?"),
      ("eit", nil, "r.csv:1:1: EIT is collected in parts, and nothing says which part this is"),
    ] as [(String, String?, String)])
  func `answers go to an instrument and part that exist`(instrument: String, part: String?, complaint: String)
    throws
  {
    var inputs = Intake.Inputs()
    inputs.office = "1"
    inputs.responses = [
      .init(
        instrument: instrument, part: part,
        file: file("r.csv", "e1,e2,e3,e4,e5,e6,e7,e8,e9\n1,1,1,1,1,1,1,1,1\n"))
    ]
    let found = try complaints(inputs, "ita-2567")
    #expect(found.contains { $0.hasPrefix(complaint) }, "\(found)")
  }

  @Test func `a column says the part, and may not contradict the file's`() throws {
    let header = "office,part," + (1...9).map { "e\($0)" }.joined(separator: ",")
    let answers = Array(repeating: "6", count: 9).joined(separator: ",")
    var inputs = Intake.Inputs()
    inputs.offices = file("o.csv", "office,name_th,kind\n1,ก,primary\n")
    inputs.responses = [
      .init(
        instrument: "eit", part: nil, file: file("r.csv", "\(header)\n1,EIT1,\(answers)\n1,eit2,\(answers)\n")
      )
    ]
    let tallies = try Intake(inputs, rubric: try Files.rubric("ita-2567")).assessments.first?.tallies
    #expect(tallies?[Collected("EIT", route: "EIT1")]?.respondents == 1)
    #expect(tallies?[Collected("EIT", route: "EIT2")]?.respondents == 1)

    inputs.responses = [
      .init(instrument: "eit", part: "EIT1", file: file("r.csv", "\(header)\n1,EIT2,\(answers)\n"))
    ]
    #expect(
      try complaints(inputs, "ita-2567").first?.hasPrefix("r.csv:2:2: the row is of part 'EIT2'") == true)
    inputs.responses = [
      .init(instrument: "eit", part: nil, file: file("r.csv", "\(header)\n7,EIT9,\(answers)\n"))
    ]
    let found = try complaints(inputs, "ita-2567")
    #expect(found.contains { $0.hasPrefix("r.csv:2:1: there is no office '7' among the offices") })
    #expect(found.contains { $0.hasPrefix("r.csv:2:2: 'EIT9' is no part of EIT") })
  }

  @Test func `an office that does not exist in the year, or has no kind, is not assessed`() throws {
    var inputs = Intake.Inputs()
    inputs.offices = file(
      "o.csv",
      "office,name_th,kind,from,until\n1,ก,primary,,\n2,ข,primary,2030-01-01,\n3,ค,primary,,2001-01-01\n4,โรงเรียน,,,\n"
    )
    let intake = try Intake(inputs, rubric: try Files.rubric("ita-2567"))
    #expect(intake.assessments.map(\.office.code) == ["1"])
    #expect(intake.notes.count == 1)
  }
}
