import Foundation
import GRDB
import Integrity
import Testing

@testable import Storage

/// Slips with codes, and answers as they are sent.
@Suite struct SendingTests {
  static let place = AnswerPlace(District.cycle, District.main, Collected("IIT"))
  static let other = AnswerPlace(District.cycle, District.other, Collected("IIT"))
  static let now = District.collecting

  static func sent(
    _ code: SlipCode?, nonce: String = UUID().uuidString, to place: AnswerPlace = place,
    _ answers: [UInt8] = [4, 4, 3, 1], isTooFast: Bool = false
  ) -> SentAnswer {
    SentAnswer(to: place, nonce: nonce, code: code, answers: answers, isTooFast: isTooFast)
  }

  private func rows(_ district: District, _ table: String = "response") throws -> Int {
    Int(try district.registry.read { try $0.integer("SELECT count(*) FROM \(table)") } ?? -1)
  }

  @Test func `an answer is kept once, however often it is sent`() async throws {
    let district = try District()
    let registry = district.registry
    let slips = try registry.makeSlips(12, Self.place, by: district.by("lead"), at: Self.now)
    #expect(slips.codes.count == 12 && Set(slips.codes).count == 12)
    let sent = Self.sent(slips.codes[0], nonce: "the form's own number")
    for _ in 0..<3 { #expect(try await registry.answer(sent, at: Self.now) == .kept) }
    #expect(try rows(district) == 1 && rows(district, "invitation") == 11)
    // The same form again long after it was closed: it was kept, and so it is said.
    #expect(try await registry.answer(sent, at: District.deciding) == .kept)
    // Another form with the same code, and one with another code.
    #expect(try await registry.answer(Self.sent(slips.codes[0]), at: Self.now) == .codeRefused)
    #expect(try await registry.answer(Self.sent(slips.codes[1]), at: Self.now) == .kept)
    #expect(try rows(district) == 2)
    #expect(try registry.verify().faults.isEmpty)
  }

  @Test func `a used, a void and an unknown code meet the same refusal`() async throws {
    let district = try District()
    let registry = district.registry
    let first = try registry.makeSlips(6, Self.place, by: district.by("lead"), at: Self.now).codes
    #expect(try await registry.answer(Self.sent(first[0]), at: Self.now) == .kept)
    try registry.askToVoidSlips(
      Self.place, reason: "กล่องหาย", by: district.by("office.admin"), at: Self.now)
    try registry.voidSlips(Self.place, by: district.by("lead"), at: Self.now)
    let second = try registry.makeSlips(12, Self.place, by: district.by("lead"), at: Self.now).codes
    var generator = SystemRandomNumberGenerator()
    let foreign = try registry.makeSlips(3, Self.other, by: district.by("lead"), at: Self.now).codes
    for code in [first[0], first[1], SlipCode.random(using: &generator), foreign[0], nil] {
      #expect(try await registry.answer(Self.sent(code), at: Self.now) == .codeRefused)
      #expect(try code.map { try registry.opens($0, Self.place) } ?? false == false)
    }
    #expect(try registry.opens(second[0], Self.place))
    #expect(try await registry.answer(Self.sent(second[0]), at: Self.now) == .kept)
    #expect(try rows(district) == 2)
  }

  @Test func `in the office it takes two people to make slips, and an assessor to make them void`() throws {
    let district = try District()
    let registry = district.registry
    func said(_ body: () throws -> Void) -> String { district.said(body) }
    let two = "it takes two people, one who asks and another who does it"
    func make(_ person: Code<Person>, _ number: Int = 10) throws {
      _ = try registry.makeSlips(number, Self.place, by: district.by(person), at: Self.now)
    }
    #expect(said { try make("director") } == "cannot make code slips: \(two)")
    try registry.askForSlips(10, Self.place, by: district.by("office.admin"), at: Self.now)
    #expect(said { try make("office.admin") } == "cannot make code slips: \(two)")
    #expect(said { try make("director", 11) } == "10 slips were asked for, not 11")
    try make("director")
    // Nobody asks any more.
    #expect(said { try make("director", 1) } == "cannot make code slips: \(two)")
    #expect(said { try make("officer") }.contains("only the office administrator, the director"))
    #expect(said { try make("director2") }.contains("only the office administrator, the director"))
    // Void.
    func void(_ person: Code<Person>) throws {
      try registry.voidSlips(Self.place, by: district.by(person), at: Self.now)
    }
    #expect(said { try void("lead") } == "cannot make code slips void: \(two)")
    try registry.askToVoidSlips(Self.place, reason: "หาย", by: district.by("director"), at: Self.now)
    #expect(said { try void("office.admin") }.contains("only the assessor or the lead assessor concerned"))
    try void("lead")
    let states = try registry.slipStates(
      of: District.main, in: District.cycle, by: district.by("office.admin"), at: Self.now)
    #expect(states.map { [$0.made, $0.voided, $0.voidings, $0.left ?? -1] } == [[0, 10, 1, 12]])
    #expect(states.map(\.may) == [[.askForSlips]] && states.allSatisfy { $0.order == nil })
    #expect(try rows(district, "invitation") == 0)
    #expect(try registry.verify().faults.isEmpty)
  }

  @Test func `there are never more slips than people`() throws {
    let district = try District()
    let registry = district.registry
    _ = try registry.makeSlips(10, Self.place, by: district.by("lead"), at: Self.now)
    for number in [3, 0, -1, 100_000] {
      #expect(
        district.said {
          _ = try registry.makeSlips(number, Self.place, by: district.by("lead"), at: Self.now)
        } == "\(number) slips cannot be made; there can be 2 more")
    }
    _ = try registry.makeSlips(2, Self.place, by: district.by("lead"), at: Self.now)
    #expect(try rows(district, "invitation") == 12)
  }

  @Test func `what does not fit is refused and spends no code`() async throws {
    let district = try District()
    let registry = district.registry
    let code = try registry.makeSlips(1, Self.place, by: district.by("lead"), at: Self.now).codes[0]
    for answers: [UInt8] in [[], [4, 4, 3], [4, 4, 3, 1, 1], [4, 4, 3, 0], [4, 4, 3, 5]] {
      await #expect(throws: StorageProblem.self) {
        try await registry.answer(Self.sent(code, answers), at: Self.now)
      }
    }
    await #expect(throws: StorageProblem.self) {
      try await registry.answer(
        SentAnswer(
          to: Self.place, nonce: UUID().uuidString, code: code, answers: [4, 4, 3, 1], texts: ["i1": "x"]),
        at: Self.now)
    }
    await #expect(throws: StorageProblem.self) {
      try await registry.answer(Self.sent(code, nonce: "short"), at: Self.now)
    }
    for moment in [District.setUp, District.deciding] {
      #expect(try await registry.answer(Self.sent(code), at: moment) == .closed)
    }
    #expect(try registry.opens(code, Self.place))
    #expect(try rows(district) == 0)
    let nowhere = AnswerPlace("2600", District.main, Collected("IIT"))
    await #expect(throws: StorageProblem.self) {
      try await registry.answer(Self.sent(code, to: nowhere), at: Self.now)
    }
    #expect(try registry.askedForm(nowhere, at: Self.now) == nil)
    #expect(try registry.askedForm(Self.place, at: Self.now)?.isOpen == true)
    #expect(try registry.askedForm(Self.place, at: District.deciding)?.isOpen == false)
  }

  @Test func `of many at once none is lost, none doubled, and one that does not fit harms no other`()
    async throws
  {
    let district = try District()
    let registry = district.registry
    let codes = try registry.makeSlips(40, Self.other, by: district.by("lead"), at: Self.now).codes
    let outcomes = await withTaskGroup(of: (Int, AnswerOutcome?).self) { group in
      for (place, code) in codes.enumerated() {
        // Every code by two people at the same moment, every fifth of them with answers that do not fit, each sent twice.
        for person in 0..<2 {
          let answers: [UInt8] = place.isMultiple(of: 5) && person == 0 ? [9, 9, 9, 9] : [4, 4, 3, 1]
          let sent = Self.sent(code, nonce: "form \(place) of person \(person)", to: Self.other, answers)
          for _ in 0..<2 { group.addTask { (place, try? await registry.answer(sent, at: Self.now)) } }
        }
      }
      var outcomes: [Int: [AnswerOutcome?]] = [:]
      for await (place, outcome) in group { outcomes[place, default: []].append(outcome) }
      return outcomes
    }
    for (place, all) in outcomes {
      #expect(all.filter { $0 == .kept }.count == 2, "\(place) \(all)")
      #expect(all.filter { $0 == nil }.count == (place.isMultiple(of: 5) ? 2 : 0), "\(place) \(all)")
    }
    #expect(try rows(district) == 40 && rows(district, "invitation") == 0)
  }

  @Test func `whoever would wait too long is told so`() async throws {
    var settings = District.settings
    settings.mostWaiting = 0
    let district = try District(settings: settings)
    let code = try district.registry.makeSlips(1, Self.place, by: district.by("lead"), at: Self.now).codes[0]
    #expect(try await district.registry.answer(Self.sent(code), at: Self.now) == .busy)
    #expect(try rows(district) == 0 && rows(district, "invitation") == 1)
  }

  @Test func `neither a code, a form's number nor the moment is in any byte that is kept`() async throws {
    let district = try District()
    let registry = district.registry
    let codes = try registry.makeSlips(12, Self.place, by: district.by("lead"), at: Self.now).codes
    let trail = try rows(district, "event")
    for (number, code) in codes.enumerated() {
      let sent = Self.sent(code, nonce: "nonce-of-the-form-\(number)", isTooFast: number == 0)
      #expect(try await registry.answer(sent, at: Self.now) == .kept)
    }
    #expect(try rows(district, "event") == trail, "an answer is on the trail")
    for name in try FileManager.default.contentsOfDirectory(atPath: district.folder) {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(district.folder)/\(name)"))
      for code in codes {
        for text in [code.text, code.grouped, code.groups[0]] where text.count > 4 {
          #expect(bytes.range(of: Data(text.utf8)) == nil, "\(name)")
        }
      }
      #expect(bytes.range(of: Data("nonce-of-the-form".utf8)) == nil, "\(name)")
    }
    let lengths = try registry.read { try Int.fetchSet($0, sql: "SELECT length(answers) FROM response") }
    #expect(lengths == [5], "every row is as long as any other")
  }
}
