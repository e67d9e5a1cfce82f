public import Integrity

/// The invented district of tests, demo and docs: fourteen area offices in the style of real ones, the first of them with
/// its schools, people and evidence, and everything that is collected of them in one cycle. Needs a rubric with the
/// kinds `primary` and `secondary`; shaped for `ita-2567`.
public struct ExampleDistrict: Sendable {
  public let offices: [Office]
  public let schools: [Office]
  public let people: [Person]
  public let evidence: [Evidence]
  public let cycle: SeededCycle
  /// Published totals of the year before, where there was one.
  public let previous: [Code<Office>: Points]

  /// The office of the example report.
  public static let main: Code<Office> = "4001"

  /// Somebody who works at the main office.
  public struct Person: Hashable, Sendable {
    public let name: String
    public let post: String
    public let group: Code<Group>?
  }

  /// What the main office submits for one disclosure.
  public struct Evidence: Hashable, Sendable {
    public let item: Code<Node>
    public let link: String
    public let page: String
    public let note: String
  }

  public init(rubric: Rubric, seed: UInt64 = 2567) {
    cycle = SeededCycle(rubric: rubric, seed: seed)
    offices = ExampleDistrict.rows.map { ExampleDistrict.office($0, rubric) }
    schools = ExampleDistrict.schoolNames.enumerated().map { index, name in
      Office(
        code: Code("4001-\(index + 1 < 10 ? "0" : "")\(index + 1)"),
        name: Words(thai: "โรงเรียน\(name.thai)", english: "\(name.english) School"),
        parent: ExampleDistrict.main,
        provinces: [Words(thai: "ธารทอง", english: "Than Thong")], region: ExampleDistrict.regions["ธารทอง"])
    }
    people = ExampleDistrict.names(in: rubric)
    evidence = ExampleDistrict.links(in: rubric)
    previous = Dictionary(
      uniqueKeysWithValues: ExampleDistrict.rows.compactMap { row in
        row.previous.flatMap { Points($0) }.map { (Code<Office>(row.code), $0) }
      })
  }

  private struct Row {
    let code: String
    let thai: String
    let english: String
    let kind: String
    let provinces: [Words]
    let staff: Int
    let public_: Int
    let disclosed: Int
    let people: (staff: Int, public_: Int)
    let filled: (staff: Int, public_: Int)
    let previous: String?
  }

  private static func primary(
    _ code: String, _ name: (String, String), _ number: Int, _ province: (String, String),
    _ quality: (Int, Int, Int), people: (Int, Int), filled: (Int, Int), previous: String?
  ) -> Row {
    Row(
      code: code, thai: "สำนักงานเขตพื้นที่การศึกษาประถมศึกษา\(name.0) เขต \(number)",
      english: "\(name.1) Primary Education Service Area Office \(number)", kind: "primary",
      provinces: [Words(thai: province.0, english: province.1)], staff: quality.0, public_: quality.1,
      disclosed: quality.2, people: people, filled: filled, previous: previous)
  }

  private static func secondary(
    _ code: String, _ name: (String, String), _ provinces: [(String, String)], _ quality: (Int, Int, Int),
    people: (Int, Int), filled: (Int, Int), previous: String?
  ) -> Row {
    Row(
      code: code, thai: "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษา\(name.0)",
      english: "\(name.1) Secondary Education Service Area Office", kind: "secondary",
      provinces: provinces.map { Words(thai: $0.0, english: $0.1) }, staff: quality.0, public_: quality.1,
      disclosed: quality.2, people: people, filled: filled, previous: previous)
  }

  /// Of each province.
  private static let regions: [String: Words] = [
    "ธารทอง": Region.northeast, "บึงแก้ว": Region.northeast, "ชลธาร": Region.east, "ภูผา": Region.north,
    "เวียงคำ": Region.north, "ทุ่งรวง": Region.central, "ศรีนคร": Region.central, "เกาะจันทร์": Region.south,
  ]

  private static let rows: [Row] = [
    primary(
      "4001", ("ธารทอง", "Than Thong"), 1, ("ธารทอง", "Than Thong"), (86, 82, 93), people: (142, 1_860),
      filled: (86, 212), previous: "86.27"),
    primary(
      "4002", ("ธารทอง", "Than Thong"), 2, ("ธารทอง", "Than Thong"), (82, 79, 88), people: (118, 1_420),
      filled: (74, 168), previous: "84.10"),
    primary(
      "4101", ("ชลธาร", "Chonlathan"), 1, ("ชลธาร", "Chonlathan"), (91, 89, 97), people: (156, 2_240),
      filled: (102, 240), previous: "93.02"),
    primary(
      "4102", ("ชลธาร", "Chonlathan"), 2, ("ชลธาร", "Chonlathan"), (93, 91, 99), people: (131, 1_760),
      filled: (96, 188), previous: "95.37"),
    primary(
      "4201", ("ภูผา", "Phupha"), 1, ("ภูผา", "Phupha"), (89, 74, 97), people: (97, 1_230), filled: (63, 140),
      previous: "91.28"),
    primary(
      "4202", ("ภูผา", "Phupha"), 2, ("ภูผา", "Phupha"), (84, 83, 94), people: (88, 990), filled: (60, 112),
      previous: "85.66"),
    primary(
      "4301", ("ทุ่งรวง", "Thung Ruang"), 3, ("ทุ่งรวง", "Thung Ruang"), (76, 73, 77), people: (109, 1_310),
      filled: (66, 150), previous: "83.69"),
    primary(
      "4401", ("บึงแก้ว", "Bueng Kaeo"), 1, ("บึงแก้ว", "Bueng Kaeo"), (70, 62, 52), people: (92, 1_040),
      filled: (61, 118), previous: "74.54"),
    primary(
      "4501", ("เกาะจันทร์", "Ko Chan"), 1, ("เกาะจันทร์", "Ko Chan"), (85, 84, 92), people: (61, 640),
      filled: (60, 3), previous: "87.90"),
    secondary(
      "4701", ("ศรีนคร", "Si Nakhon"), [("ศรีนคร", "Si Nakhon")], (96, 95, 100), people: (203, 3_900),
      filled: (128, 400), previous: "95.08"),
    secondary(
      "4702", ("เวียงคำ", "Wiang Kham"), [("เวียงคำ", "Wiang Kham"), ("ภูผา", "Phupha")], (85, 83, 91),
      people: (126, 2_150), filled: (78, 220), previous: "81.58"),
    secondary(
      "4703", ("ธารทอง บึงแก้ว", "Than Thong–Bueng Kaeo"), [("ธารทอง", "Than Thong"), ("บึงแก้ว", "Bueng Kaeo")],
      (88, 86, 96), people: (114, 1_980), filled: (72, 204), previous: "88.88"),
    secondary(
      "4704", ("ชลธาร", "Chonlathan"), [("ชลธาร", "Chonlathan")], (90, 88, 94), people: (139, 2_480),
      filled: (90, 252), previous: "90.45"),
    // Founded this year: no earlier result.
    secondary(
      "4705", ("ทุ่งรวง", "Thung Ruang"), [("ทุ่งรวง", "Thung Ruang")], (87, 85, 90), people: (84, 1_120),
      filled: (64, 132), previous: nil),
  ]

  private static func office(_ row: Row, _ rubric: Rubric) -> Office {
    let condition: Code<Condition> = "no_previous_result"
    let isNew = row.previous == nil && rubric.conditions.contains { $0.code == condition }
    return Office(
      code: Code(row.code), name: Words(thai: row.thai, english: row.english), kind: Code(row.kind),
      provinces: row.provinces, region: row.provinces.first.flatMap { regions[$0.thai] },
      stakeholders: ["IIT": row.people.staff, "EIT": row.people.public_],
      conditions: isNew ? [condition] : [])
  }

  /// What the office of a row is like.
  public func character(of office: Office) -> SeededCycle.Character {
    guard let row = ExampleDistrict.rows.first(where: { $0.code == office.code.text }) else {
      return cycle.character(of: office)
    }
    return SeededCycle.Character(
      staff: row.staff, public_: row.public_, disclosed: row.disclosed,
      respondents: ["IIT": row.filled.staff, "EIT": row.filled.public_])
  }

  /// Findings of one office. The main office's are written by hand: two disclosures are lost, for reasons that real
  /// assessors give.
  public func findings(of office: Office) -> [Code<Node>: Finding] {
    guard office.code == ExampleDistrict.main else { return cycle.findings(office, character(of: office)) }
    let perfect = SeededCycle.Character(staff: 100, public_: 100, disclosed: 100, respondents: [:])
    var findings = cycle.findings(office, perfect)
    findings["O12"] = Finding(.notMet, reason: "ข้อมูลสถิติเป็นของปีงบประมาณก่อน ไม่ใช่ 6 เดือนแรกของปีปัจจุบัน")
    findings["O23"] = Finding(.notMet, reason: "ไม่มีเรื่องร้องเรียน แต่หน้าเว็บไม่ได้ระบุเป็นข้อความ")
    findings["O33"] = Finding(.notMet, reason: "ลิงก์เปิดไม่ได้ ณ วันที่ตรวจ")
    return findings.filter { code, _ in cycle.rubric.items.contains { $0.item.code == code } }
  }

  public func assessment(of office: Office) -> Assessment {
    let filled = cycle.filled(office, character(of: office))
    return Assessment(
      office: office, findings: findings(of: office),
      tallies: Dictionary(filled.map { ($0.collected, $0.tally) }) { a, _ in a })
  }

  public var assessments: [Assessment] { offices.map(assessment) }

  // The main office's surroundings.

  private static let schoolNames: [Words] = [
    Words(thai: "บ้านธารทอง", english: "Ban Than Thong"), Words(thai: "วัดป่าสักงาม", english: "Wat Pa Sak Ngam"),
    Words(thai: "ชุมชนบ้านหนองบัว", english: "Chumchon Ban Nong Bua"),
    Words(thai: "บ้านโคกสูง", english: "Ban Khok Sung"),
    Words(thai: "อนุบาลธารทอง", english: "Than Thong Kindergarten"),
    Words(thai: "บ้านห้วยน้ำใส", english: "Ban Huai Nam Sai"),
    Words(thai: "วัดศรีสุทธาวาส", english: "Wat Si Sutthawat"),
    Words(thai: "บ้านดอนกลาง", english: "Ban Don Klang"),
  ]

  private static func names(in rubric: Rubric) -> [Person] {
    let heads = [
      "นางสาวพิมพ์ชนก แก้วมณี", "นายธนวัฒน์ ศรีสวัสดิ์", "นางอรุณี พงษ์ไพบูลย์", "นางสุภาพร ใจงาม", "นายวีระชัย ทองดี",
      "นางกัลยา บุญมา", "นายณัฐพล อินทร์แก้ว", "นางสาวจิราพร แสงจันทร์", "นายปกรณ์ วงศ์สุวรรณ", "นางสาวมาลี รุ่งเรือง",
    ]
    let groups = rubric.groups
    return [
      Person(name: "นายสมเกียรติ ธรรมรักษ์", post: "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา", group: nil),
      Person(name: "นางวารี สุขสมบูรณ์", post: "รองผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา", group: nil),
    ]
      + zip(groups, heads).map { group, name in
        Person(name: name, post: "ผู้อำนวยการ\(group.title.thai)", group: group.code)
      }
  }

  private static func links(in rubric: Rubric) -> [Evidence] {
    rubric.items.filter { $0.item.needsPublicLink }.map { _, item in
      Evidence(
        item: item.code, link: "https://www.thanthong1.example/ita2567/\(item.code.text.lowercased())",
        page: item.elements.count > 2 ? "1–\(item.elements.count)" : "1",
        note: item.elements.map(\.title.thai).joined(separator: "; "))
    }
  }
}
