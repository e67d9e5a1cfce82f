import Integrity
import Reports
import Storage

extension Registry.PeopleDesk {
  /// Groups somebody may be given: the office's own, or else the rubric's.
  var choices: [(group: Code<Group>, title: Words)] {
    groups.isEmpty ? rubric.groups.map { ($0.code, $0.title) } : groups.map { ($0.group, $0.title) }
  }

  func groupChoices(chosen: String, _ words: Wording) -> [ReportData] {
    choices.map { group, title in
      [
        "code": .text(group.text), "title": .text(title.in(words.language)),
        "is_chosen": .flag(group.text == chosen),
      ]
    }
  }

  func roleChoices(_ roles: [Role], chosen: String, _ words: Wording) -> [ReportData] {
    roles.map { role in
      [
        "code": .text(role.rawValue),
        "title": .text(role.title.in(words.language).sentence(in: words.language)),
        "hint": .text(words.say("people.\(role.rawValue)")), "is_chosen": .flag(role.rawValue == chosen),
      ]
    }
  }

  /// The role a form asks for, from today on; nil where it is none that may be given.
  func grant(
    _ sent: Fields, at now: Moment, among roles: [Role]? = nil, _ words: Wording, _ faults: inout [FieldFault]
  ) throws -> Grant? {
    guard let role = (roles ?? grantable).first(where: { $0.rawValue == sent.text("role") }) else {
      faults.append(FieldFault("role", words.say("people.role_missing")))
      return nil
    }
    let group = sent.text("group")
    guard group.isEmpty || choices.contains(where: { $0.group.text == group }) else {
      throw Problem.oddForm("group")
    }
    return Grant(
      role, for: .offices([office.code]), group: group.isEmpty || !role.isOfGroup ? nil : Code(group),
      from: now.day)
  }

  /// A name nobody of the office signs in with: `4001.policy.2`.
  func freeName(group: Code<Group>?) -> Code<Person> {
    let taken = Set(people.map(\.code.text))
    let beginning = "\(office.code.text.lowercased()).\(group?.text ?? "staff")"
    let number = (1...).first { !taken.contains("\(beginning).\($0)") } ?? 1
    return Code("\(beginning).\(number)")
  }
}
