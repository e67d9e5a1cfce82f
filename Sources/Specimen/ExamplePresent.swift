public import Integrity

/// The year after an example year, under way: twelve days before disclosures close, some offices are done, some have not
/// begun, and the main office has something in every state. From there it goes on to being published. The same every time.
public struct ExamplePresent: Sendable {
  /// The year that was published before.
  public let year: ExampleYear
  public let rubric: Rubric

  public static let cycle: Code<Cycle> = "2568"

  /// - Parameter rubric: an edition of the example year's, with the same items.
  public init(after year: ExampleYear, rubric: Rubric) {
    self.year = year
    self.rubric = rubric
  }

  /// How far a disclosure has come.
  public enum Stand: Hashable, Sendable {
    case notBegun
    case draft
    /// With a note from the head of the group.
    case returned(String)
    case ready
    case submitted
    /// Submitted, and taken back by the director for a reason.
    case recalled(String)
  }

  /// Offices of which something is otherwise than the year before: by now all have an earlier result.
  public var changed: [Office] {
    year.participants.filter { !$0.office.conditions.isEmpty }.map { office($0.office) }
  }

  func office(_ before: Office) -> Office {
    Office(
      code: before.code, name: before.name, kind: before.kind, parent: before.parent,
      provinces: before.provinces, region: before.region,
      from: before.from, until: before.until, successor: before.successor)
  }

  /// What an office has to disclose, in the order of the rubric.
  public func disclosures(of number: Int) -> [Item] {
    rubric.disclosures(for: office(year.participants[number].office)).map(\.item)
  }

  /// The participant whose director has left, and for whom somebody acts; none where an office is alone.
  public var actingNumber: Int? { year.participants.count > 1 ? 1 : nil }
}

// When.

extension ExamplePresent {
  /// A day of the present year.
  public static func date(_ month: Int, _ day: Int) -> Day {
    Day(year: month > 9 ? 2024 : 2025, month: month, day: day) ?? Day(number: 0)
  }

  static func day(_ month: Int, _ day: Int) -> Moment { Moment(startOf: date(month, day)) }

  /// The office hours of some working days.
  public static func hours(from month: Int, _ day: Int, days: Int = 1) -> OfficeHours {
    OfficeHours(first: date(month, day), days: days)
  }

  public var schedule: Schedule {
    let afternoon: Int64 = 16 * 3600 + 30 * 60
    func window(_ opens: Moment, _ closes: Moment) -> Window {
      guard let window = Window(opens: opens, closes: closes) else {
        preconditionFailure("a window of the present year closes before it opens")
      }
      return window
    }
    let day = ExamplePresent.day
    let questionnaires = window(day(1, 6), day(5, 31).adding(seconds: afternoon))
    let disclosures = window(day(2, 3), day(4, 30).adding(seconds: afternoon))
    let windows = rubric.instruments.map { ($0.code, $0.questionnaire == nil ? disclosures : questionnaires) }
    return Schedule(
      collecting: Dictionary(windows) { a, _ in a }, assessing: window(day(5, 1), day(6, 1)),
      clarifying: window(day(6, 10), day(6, 17).adding(seconds: afternoon)))
  }
}

// How far everybody has come.

extension ExamplePresent {
  /// Of a hundred disclosures and of a hundred filled questionnaires, how many are there.
  private struct Pace {
    var begun = 0
    var ready = 0
    var submitted = 0
    var staff = 0
    var public_ = 0
  }

  /// From the second office on, over and over.
  private static let paces: [Pace] = [
    Pace(begun: 90, ready: 65, submitted: 30, staff: 70, public_: 45),
    Pace(begun: 100, ready: 100, submitted: 100, staff: 95, public_: 100),
    Pace(begun: 100, ready: 100, submitted: 0, staff: 90, public_: 70),
    Pace(begun: 80, ready: 50, submitted: 0, staff: 55, public_: 30),
    Pace(begun: 95, ready: 80, submitted: 40, staff: 80, public_: 60),
    Pace(begun: 60, ready: 20, submitted: 0, staff: 30, public_: 15),
    Pace(),
    Pace(begun: 30, ready: 5, submitted: 0, staff: 40, public_: 0),
    Pace(begun: 100, ready: 100, submitted: 100, staff: 100, public_: 100),
    Pace(begun: 85, ready: 60, submitted: 0, staff: 60, public_: 50),
    Pace(begun: 90, ready: 70, submitted: 20, staff: 75, public_: 55),
    Pace(begun: 100, ready: 90, submitted: 60, staff: 85, public_: 80),
    Pace(begun: 40, ready: 10, submitted: 0, staff: 25, public_: 10),
  ]

  private func pace(_ number: Int) -> Pace {
    // The main office: enough of the staff, and half of what it takes of the public.
    if number == 0 { return Pace(staff: 41, public_: 50) }
    return ExamplePresent.paces[(number - 1) % ExamplePresent.paces.count]
  }

  public func stand(of item: Item, by number: Int) -> Stand {
    if number == 0 { return ExamplePresent.main[item.code] ?? .ready }
    let pace = pace(number)
    var random = generator(item, number)
    switch Int.random(in: 0..<100, using: &random) {
    case ..<pace.submitted: return .submitted
    case ..<pace.ready: return .ready
    case ..<pace.begun: return random.chance(15) ? .returned("ลิงก์ยังเป็นของปีก่อน ขอให้แก้เป็นของปีนี้") : .draft
    default: return .notBegun
    }
  }

  /// What of the main office's is not simply ready.
  private static let main: [Code<Node>: Stand] = [
    "O1": .submitted, "O2": .submitted, "O3": .submitted, "O4": .submitted, "O5": .submitted, "O6": .draft,
    "O8": .draft, "O10": .recalled("ขอเปลี่ยนเป็นคู่มือฉบับที่ปรับปรุงเมื่อวันที่ 16 เม.ย. 2568"), "O12": .notBegun,
    "O16": .draft, "O17": .returned("รายงานที่ลิงก์ไว้ยังไม่มีลายมือชื่อ ขอให้ใช้ฉบับที่ลงนามแล้ว"), "O20": .draft,
    "O23": .notBegun, "O28": .draft, "O30": .returned("ขอให้ระบุหน้าที่แสดงมาตรการป้องกันสินบน ผู้ตรวจหาไม่พบในปีที่แล้ว"),
    "O33": .draft, "O35": .notBegun,
  ]

  func generator(_ item: Item, _ number: Int, seed: UInt64 = 2568) -> SeededGenerator {
    SeededGenerator(seed: seed, of: "\(year.participants[number].office.code) \(item.code)")
  }

  /// Whom a questionnaire may ask, as far as the office has said by the middle of April: one office has said nothing, one only half.
  public func stakeholders(of number: Int) -> [Code<Node>: Int] {
    let all = year.participants[number].office.stakeholders
    switch number % ExamplePresent.paces.count {
    case 7: return [:]
    case 8: return all.filter { $0.key == "IIT" }
    default: return all
    }
  }

  /// Of a hundred filled questionnaires, how many are there by the middle of April.
  func share(of instrument: Code<Node>, by number: Int) -> Int {
    let pace = pace(number)
    return instrument == "IIT" ? pace.staff : pace.public_
  }
}

// What is put forward.

extension ExamplePresent {
  /// As far as it goes in its state.
  ///
  /// - Parameter isFinished: whether the rest of it has been put right since.
  public func draft(of item: Item, by number: Int, isFinished: Bool = false) -> DraftEntry {
    let office = year.participants[number].office
    let stand = stand(of: item, by: number)
    let isWhole = stand == .ready || stand == .submitted || isFinished
    var random = generator(item, number)
    _ = random.next()
    let elements = item.elements
    let shown =
      isWhole
      ? elements.count
      : max(elements.count > 1 ? 1 : 0, elements.count - Int.random(in: 1...2, using: &random))
    let link = Evidence(
      .link(ExampleYear.link(to: item, of: office, year: rubric.year.buddhist)),
      pointer: elements.count > 2 ? "1–\(elements.count)" : "1",
      quote: isWhole ? elements.map(\.title.thai).joined(separator: "; ") : "",
      nature: ExamplePresent.nature(of: item))
    let isUndecided = number == 0 && item.code == "O28" && !isWhole
    let hasLink = isWhole || (number == 0 ? !["O16", "O28"].contains(item.code) : random.chance(70))
    return DraftEntry(
      office: office.code, item: item.code, isDisclosed: isUndecided ? nil : true,
      note: isUndecided ? "รอยืนยันจากผู้บริหารว่ามีการรับทรัพย์สินหรือไม่" : "",
      evidence: hasLink ? [link] : [],
      elements: elements.prefix(shown).enumerated().map { Coverage($1.key, place: "หน้า \($0 + 1)") })
  }

  /// The main office's plan, as a page on paper beside its link.
  public static let filed: Code<Node> = "O8"

  private static func nature(of item: Item) -> Evidence.Nature {
    switch item.code {
    case "O25": .declaration
    case "O26": .training
    case "O29": .order
    case "P1": .innovation
    default: .document
    }
  }

  /// A page with a heading, so that there is a file to open.
  public static let page: [UInt8] = {
    let text = "BT /F1 24 Tf 72 760 Td (Example: annual plan, fiscal year 2568) Tj ET"
    let objects = [
      "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        + "/Resources << /Font << /F1 5 0 R >> >> >>",
      "<< /Length \(text.utf8.count) >>\nstream\n\(text)\nendstream",
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    var file = "%PDF-1.4\n"
    var places: [Int] = []
    for (number, object) in objects.enumerated() {
      places.append(file.utf8.count)
      file += "\(number + 1) 0 obj\n\(object)\nendobj\n"
    }
    let table = file.utf8.count
    func ten(_ number: Int) -> String { String(repeating: "0", count: 10 - "\(number)".count) + "\(number)" }
    file += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
    file += places.map { "\(ten($0)) 00000 n \n" }.joined()
    file += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(table)\n%%EOF\n"
    return [UInt8](file.utf8)
  }()
}
