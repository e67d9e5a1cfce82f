import Integrity
import Testing

/// Who may ask for slips with codes and make them, for a whole questionnaire and for a part of one.
@Suite struct SlipConductTests {
  private static let other: ID<Person> = ID(9)
  private static let people: [(name: String, person: Person)] = [
    ("administrator of the office", SmallYear.person(1, SmallYear.grant(.officeAdministrator))),
    ("director", SmallYear.person(2, SmallYear.grant(.director))),
    ("officer", SmallYear.person(3, SmallYear.grant(.officer))),
    ("assessor of the office", SmallYear.person(4, SmallYear.grant(.assessor, for: .everywhere))),
    ("another assessor", SmallYear.person(5, SmallYear.grant(.assessor, for: .everywhere))),
    ("lead", SmallYear.person(6, SmallYear.grant(.leadAssessor, for: .everywhere))),
    ("member", SmallYear.person(7, SmallYear.grant(.committee, for: .everywhere))),
    ("administrator", SmallYear.person(8, SmallYear.grant(.administrator, for: .everywhere))),
  ]

  private func may(_ act: Act, route: Code<Node>?, agreed: Set<ID<Person>> = []) -> [String] {
    let matter = Matter(
      cycle: SmallYear.cycle(.open), office: SmallYear.office, instrument: SmallYear.iit, route: route,
      assignees: [ID(4)], agreed: agreed)
    return Self.people.filter {
      Conduct.may(act, in: matter, by: $0.person, at: SmallYear.collecting) == nil
    }.map(\.name)
  }

  private static let assessors = ["assessor of the office", "lead"]

  @Test func `slips of a whole questionnaire are made by an assessor, or by two people of the office`() {
    let office = ["administrator of the office", "director"]
    #expect(may(.askForSlips, route: nil) == office + Self.assessors)
    #expect(may(.makeSlips, route: nil) == Self.assessors)
    #expect(may(.makeSlips, route: nil, agreed: [Self.other]) == office + Self.assessors)
    #expect(may(.voidSlips, route: nil).isEmpty)
    #expect(may(.voidSlips, route: nil, agreed: [Self.other]) == Self.assessors)
  }

  @Test func `slips of a part of a questionnaire are for the assessors alone, who choose whom it reaches`() {
    for act in [Act.askForSlips, .makeSlips, .voidSlips] {
      #expect(may(act, route: "EIT2", agreed: [Self.other]) == Self.assessors, "\(act)")
    }
    #expect(may(.makeSlips, route: "EIT2") == Self.assessors)
    #expect(may(.voidSlips, route: "EIT2").isEmpty)
  }
}
