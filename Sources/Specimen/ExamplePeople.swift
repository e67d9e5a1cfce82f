public import Integrity

/// Who plays in an example year: in every assessed office a director, an administrator, and a head and an officer for each
/// group that answers for a disclosure; and beside them assessors, leads and the committee.
public struct ExamplePeople: Sendable {
  public let groups: [GroupEntry]
  /// Everybody but the central administrator, who is there first.
  public let entries: [PersonEntry]
  public let assessors: [Code<Person>]
  public let leads: [Code<Person>]
  public let committee: [Code<Person>]
  private let assessed: Int

  public static let administrator = PersonEntry(
    code: "admin", name: "ผู้ดูแลระบบส่วนกลาง", post: "เจ้าหน้าที่วิเคราะห์นโยบายและแผน")

  /// - Parameter main: people of the first office who are known by name.
  init(
    of assessed: [Office], in rubric: Rubric, main: [ExampleDistrict.Person], isCountry: Bool, seed: UInt64
  ) {
    self.assessed = assessed.count
    groups = assessed.flatMap { office in
      rubric.groups.map { GroupEntry(office: office.code, group: $0.code, title: $0.title) }
    }
    var cast = Cast(rubric: rubric, main: main, names: InventedNames(seed: seed))
    for (number, office) in assessed.enumerated() { cast.addPeople(of: office, isMain: number == 0) }
    assessors = cast.addAssessors(isCountry ? 60 : assessed.count == 1 ? 2 : 6, from: assessed)
    leads = cast.add(isCountry ? 5 : 1, .leadAssessor, "lead")
    committee = cast.add(isCountry ? 7 : 3, .committee, "member")
    entries = cast.entries
  }

  // Who acts; every name is made of the office's code and the post.

  public func director(of office: Code<Office>) -> Code<Person> { ExamplePeople.code("director", office) }

  /// Of the first office alone.
  public func deputy(of office: Code<Office>) -> Code<Person> { ExamplePeople.code("deputy", office) }

  public func administrator(of office: Code<Office>) -> Code<Person> { ExamplePeople.code("admin", office) }

  public func head(for item: Item, of office: Code<Office>) -> Code<Person> {
    ExamplePeople.code("\(item.group?.text ?? "all").head", office)
  }

  public func officer(for item: Item, of office: Code<Office>) -> Code<Person> {
    ExamplePeople.code("\(item.group?.text ?? "all").officer", office)
  }

  fileprivate static func code(_ post: String, _ office: Code<Office>) -> Code<Person> {
    Code("\(office.text.lowercased()).\(post)")
  }

  // Who judges whom: each assessor comes from a block of offices and is given the next one.

  private func block(of number: Int) -> Int { number * assessors.count / assessed }

  /// Who judges the office of a number.
  public func assessor(of number: Int) -> Code<Person> {
    assessors[(block(of: number) + 1) % assessors.count]
  }

  /// Who decides what it contests: neither that one nor one of its own.
  public func decider(of number: Int) -> Code<Person> {
    assessors[(block(of: number) + 2) % assessors.count]
  }

  /// Who steps in where neither of them can; nil where there are too few.
  public func another(for number: Int) -> Code<Person>? {
    assessors.count > 3 ? assessors[(block(of: number) + 3) % assessors.count] : nil
  }

  public func lead(of number: Int) -> Code<Person> { leads[number * leads.count / assessed] }

  /// An assessor who serves at the first office, where there is one.
  public var firstOfficesOwn: Code<Person>? { assessed > 1 ? assessors[0] : nil }
}

/// Puts the people together, one after the other.
private struct Cast {
  let rubric: Rubric
  let main: [ExampleDistrict.Person]
  var names: InventedNames
  private(set) var entries: [PersonEntry] = []

  init(rubric: Rubric, main: [ExampleDistrict.Person], names: InventedNames) {
    self.rubric = rubric
    self.main = main
    self.names = names
  }

  /// The first day of the fiscal year.
  private var since: Day { rubric.year.firstDay ?? Day(number: 0) }

  mutating func addPeople(of office: Office, isMain: Bool) {
    let known = isMain ? main : []
    let led = Set(rubric.items.compactMap(\.item.group))
    add("director", of: office, .director, "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา", known.first?.name)
    if isMain {
      let name = known.dropFirst().first { $0.group == nil }?.name
      add("deputy", of: office, nil, "รองผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา", name)
    }
    add("admin", of: office, .officeAdministrator, "นักวิชาการคอมพิวเตอร์", nil)
    for group in rubric.groups where led.contains(group.code) {
      let name = known.first { $0.group == group.code }?.name
      add("\(group.code).head", of: office, .groupHead, "ผู้อำนวยการ\(group.title.thai)", name, group.code)
      add("\(group.code).officer", of: office, .officer, "เจ้าหน้าที่\(group.title.thai)", nil, group.code)
    }
    if rubric.items.contains(where: { $0.instrument.questionnaire == nil && $0.item.group == nil }) {
      add("all.head", of: office, .groupHead, "หัวหน้ากลุ่ม", nil)
      add("all.officer", of: office, .officer, "เจ้าหน้าที่", nil)
    }
  }

  /// - Parameter name: nil for an invented one.
  private mutating func add(
    _ post: String, of office: Office, _ role: Role?, _ title: String, _ name: String?,
    _ group: Code<Group>? = nil
  ) {
    let code = ExamplePeople.code(post, office.code)
    let grants = role.map { [Grant($0, for: .offices([office.code]), group: group, from: since)] }
    entries.append(
      PersonEntry(
        code: code, name: name ?? names.next(), post: title, email: "\(code)@ita.example",
        postings: [PostingEntry(.employing, at: office.code, from: since)], grants: grants ?? []))
  }

  /// People from outside.
  mutating func add(_ count: Int, _ role: Role, _ code: String) -> [Code<Person>] {
    (1...count).map { number in
      let person = Code<Person>("\(code).\(number)")
      entries.append(
        PersonEntry(
          code: person, name: names.next(), post: role.title.thai, email: "\(person)@ita.example",
          grants: [Grant(role, for: .everywhere, from: since)]))
      return person
    }
  }

  /// Supervisors of the offices themselves, each from the first of a block; of an office alone nobody of its own.
  mutating func addAssessors(_ count: Int, from assessed: [Office]) -> [Code<Person>] {
    if assessed.count == 1 { return add(count, .assessor, "assessor") }
    return (0..<count).map { number in
      let code = Code<Person>("assessor.\(number + 1)")
      let home = assessed[(number * assessed.count + count - 1) / count]
      entries.append(
        PersonEntry(
          code: code, name: names.next(), post: "ศึกษานิเทศก์", email: "\(code)@ita.example",
          postings: [PostingEntry(.employing, at: home.code, from: since)],
          grants: [Grant(.assessor, for: .everywhere, from: since)]))
      return code
    }
  }
}
