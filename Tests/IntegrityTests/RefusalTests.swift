import Integrity
import Testing

/// What somebody reads who may not do something, in both languages, kept in `Tests/Goldens/refusals.txt`.
@Suite struct RefusalTests {
  private static let opens = SmallYear.moment("2026-02-02")
  private static let closed = SmallYear.moment("2026-05-01T16:30")

  static let samples: [Refusal] = people + times + states + judging + granting

  private static let people = [
    Refusal(.submit, .role([.director])), Refusal(.draft, .role([.officer, .groupHead, .director])),
    Refusal(.grantRole, .role([.administrator, .officeAdministrator])), Refusal(.seal, .role([.committee])),
    Refusal(.assign, .role([.leadAssessor])), Refusal(.assign, .role([.assessor])), Refusal(.draft, .closed),
    Refusal(.judge, .notAssigned), Refusal(.judge, .conflict(.declared)),
    Refusal(.judge, .conflict(.present(.employing))), Refusal(.correct, .conflict(.past(.hosting))),
    Refusal(.assign, .conflict(.declared)), Refusal(.assign, .conflict(.present(.hosting))),
    Refusal(.nameDecider, .conflict(.past(.employing))),
  ]

  private static let times = [
    Refusal(.draft, .phase(is: .preparing, needs: [.collecting], opens: opens, closed: nil)),
    Refusal(.submit, .phase(is: .assessing, needs: [.collecting], opens: nil, closed: closed)),
    Refusal(
      .enterStakeholders,
      .phase(is: .deciding, needs: [.preparing, .collecting], opens: nil, closed: closed)),
    Refusal(.contest, .phase(is: .assessing, needs: [.clarifying], opens: opens, closed: nil)),
    Refusal(
      .readResults,
      .phase(is: .collecting, needs: [.assessing, .clarifying, .deciding], opens: opens, closed: nil)),
    Refusal(
      .readResults,
      .phase(is: .preparing, needs: [.assessing, .clarifying, .deciding], opens: nil, closed: nil)),
    Refusal(.seal, .phase(is: .clarifying, needs: [.deciding], opens: opens, closed: nil)),
    Refusal(.openCycle, .stage(is: .open, needs: [.preparing])),
    Refusal(.assign, .stage(is: .preparing, needs: [.open])),
    Refusal(.extendWindow, .stage(is: .sealed, needs: [.preparing, .open])),
    Refusal(.publish, .stage(is: .open, needs: [.sealed])),
    Refusal(.amend, .stage(is: .open, needs: [.sealed, .published])),
    Refusal(.seal, .stage(is: .published, needs: [.open])),
  ]

  private static let states =
    ([nil] + Submission.State.allCases.filter { $0 != .ready })
    .map { Refusal(.submit, .state(is: $0, needs: [.ready])) }
    + [Refusal(.draft, .state(is: .ready, needs: [.draft, .returned]))]

  private static let judging = [
    Refusal(.contest, .alreadyContested), Refusal(.decideClarification, .notContested),
    Refusal(.nameDecider, .notContested), Refusal(.decideClarification, .sameAssessor),
    Refusal(.nameDecider, .sameAssessor), Refusal(.decideClarification, .notNamed),
    Refusal(.seal, .alreadyAgreed), Refusal(.amend, .alreadyAgreed),
    Refusal(.makeSlips, .secondPerson), Refusal(.voidSlips, .secondPerson),
  ]

  private static let granting = [
    Refusal(.grantRole, .conflictingRoles(.administrator, .committee)), Refusal(.grantRole, .oneself),
    Refusal(.revokeRole, .oneself), Refusal(.manageOwnAccount, .anothersAccount),
    Refusal(.grantRole, .wrongScope(.director)),
    Refusal(.grantRole, .wrongScope(.assessor)),
  ]

  /// The reason's name; a new reason does not compile until it has one here.
  private static func name(_ reason: Refusal.Reason) -> String {
    switch reason {
    case .role: "role"
    case .closed: "closed"
    case .conflict: "conflict"
    case .notAssigned: "not assigned"
    case .phase: "phase"
    case .state: "state"
    case .stage: "stage"
    case .alreadyContested: "already contested"
    case .notContested: "not contested"
    case .sameAssessor: "same assessor"
    case .notNamed: "not named"
    case .alreadyAgreed: "already agreed"
    case .secondPerson: "second person"
    case .conflictingRoles: "conflicting roles"
    case .oneself: "oneself"
    case .anothersAccount: "another's account"
    case .wrongScope: "wrong scope"
    }
  }

  private static let names = [
    "role", "closed", "conflict", "not assigned", "phase", "state", "stage", "already contested",
    "not contested", "same assessor", "not named", "already agreed", "second person", "conflicting roles",
    "oneself", "another's account", "wrong scope",
  ]

  private static func section(_ title: String, _ words: [(String, Words)]) -> String {
    "\n\(title)\n" + words.map { "  \($0): \($1.thai) | \($1.english)\n" }.joined()
  }

  @Test func `every refusal is said as in the kept text`() throws {
    var text = "Every refusal as people read it, and the names it is made of.\n"
    for name in RefusalTests.names {
      text += "\n\(name)\n"
      for refusal in RefusalTests.samples where RefusalTests.name(refusal.reason) == name {
        text += "  \(refusal.said(in: .thai))\n  \(refusal.said(in: .english))\n\n"
      }
      text.removeLast()
    }
    text += RefusalTests.section("acts", Act.allCases.map { ($0.rawValue, $0.title) })
    text += RefusalTests.section("roles", Role.allCases.map { ($0.rawValue, $0.title) })
    text += RefusalTests.section("phases", Phase.allCases.map { ($0.rawValue, $0.title) })
    text += RefusalTests.section(
      "states of a submission", Submission.State.allCases.map { ($0.rawValue, $0.title) })
    text += RefusalTests.section(
      "capacities", Acting.Capacity.allCases.map { ($0.rawValue, $0.title) })
    try Goldens.expect(text, is: "refusals.txt")
  }

  @Test func `every reason has a sample in the kept text`() {
    let sampled = Set(RefusalTests.samples.map { RefusalTests.name($0.reason) })
    #expect(sampled == Set(RefusalTests.names))
  }

  @Test(arguments: samples) func `a refusal is one sentence in its own language`(refusal: Refusal) {
    let thai = refusal.said(in: .thai)
    let english = refusal.said(in: .english)
    #expect(refusal.description == english)
    #expect(!english.unicodeScalars.contains { (0xE00...0xE7F).contains($0.value) })
    #expect(!thai.unicodeScalars.contains { $0.properties.isAlphabetic && $0.isASCII })
    for text in [thai, english] {
      #expect(!text.contains("  ") && !text.hasSuffix(" ") && !text.contains("\n"))
    }
  }

  @Test(arguments: [
    Act.allCases.map(\.title.thai), Act.allCases.map(\.title.english), Act.allCases.map(\.rawValue),
    Role.allCases.map(\.title.thai), Role.allCases.map(\.title.english), Phase.allCases.map(\.title.thai),
    Phase.allCases.map(\.title.english), Submission.State.allCases.map(\.title.thai),
    Submission.State.allCases.map(\.title.english),
  ])
  func `no two things are called the same`(names: [String]) {
    #expect(Set(names).count == names.count)
  }
}
