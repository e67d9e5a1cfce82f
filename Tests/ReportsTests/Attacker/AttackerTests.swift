import Documents
import Foundation
import Integrity
import Reports
import Specimen
import Testing

/// Somebody who has everything that is published of an office, knows the rule by which figures are held back, and tries to
/// find out what few people answered, or that all answered alike.
///
/// What they look for is not to be found if the same would have been published of people who answered otherwise. So for
/// each protected cell the test looks for such people, and has everything published of them, byte by byte.
@Suite struct AttackerTests {
  /// How many offices are made; a thousand in `make torture`.
  private static let offices = Int(ProcessInfo.processInfo.environment["ITA_OFFICES"] ?? "") ?? 60

  private static func attack(_ name: String, _ detail: Detail) throws -> Attack {
    try Attack(Example.rubric(name), shows: { $0.shown(at: detail) }, tells: lines)
  }

  @Test(arguments: [("ita-2567", 4), ("ita-2564", 3), ("small", 3)])
  func `nothing published of random offices tells what few people answered`(
    name: String, tenths: Int
  ) throws {
    let offices = Self.offices * tenths / 10
    let attack = try Self.attack(name, .published(smallestCount: 10))
    var told: [String] = []
    var (cells, said) = (0, [String]())
    for seed in 0..<offices {
      let office = attack.office(UInt64(seed))
      let outcome = attack.run(office)
      told += outcome.determined.map { "office \(seed): \($0)" }
      cells += outcome.cells
      said += outcome.said.map { "office \(seed): \($0)" }
      if seed.isMultiple(of: 10), outcome.isOther { try expectSame(attack.rubric, office, outcome.other) }
    }
    #expect(told.isEmpty, "\(told.count) of \(cells): \(told.prefix(12))")
    // What a figure says that has to be shown: with few people, or near to an end. Of the small example, an indicator of which
    // is a single question, a good part.
    #expect(said.count * (name == "small" ? 5 : 50) < cells, "\(said.count) of \(cells): \(said.prefix(12))")
    #expect(cells > attack.scenes.reduce(0) { $0 + $1.questions.count } * offices / 2)
  }

  @Test func `nor do the counts that a committee sees`() throws {
    let attack = try Self.attack("ita-2567", .counted(smallestCount: 10))
    let told = (0..<Self.offices / 6).flatMap { seed in
      attack.run(attack.office(UInt64(seed))).determined.map { "office \(seed): \($0)" }
    }
    #expect(told.isEmpty, "\(told.count): \(told.prefix(12))")
  }

  @Test func `hiding small numbers alone would not be enough, and the attacker finds that`() throws {
    let attack = try Attack(Example.rubric(), shows: { $0 }) { card in
      var lines: [String] = []
      card.total.forEach { line in
        let isFew = line.answers.map { $0 < 10 } ?? false
        lines.append("\(line.id) \(isFew ? "" : line.figure?.description ?? "") \(line.answers ?? 0)")
      }
      return lines
    }
    // One question of an indicator that one person has answered; the other two are told, and the mean of all three.
    let one = attack.leavingOut(allBut: 1, of: "i2", attack.office(5))
    let told =
      (0..<12).flatMap { attack.run(attack.office(UInt64($0))).determined } + attack.run(one).determined
    #expect(told.contains { $0.contains("all alike") })
    #expect(told.contains { $0.contains("answered by") })
    #expect(told.contains { $0.contains("chosen by") })
  }

  @Test(arguments: ["ita-2564", "ita-2567"])
  func `no indicator of a shipped year is a single question`(name: String) throws {
    #expect(try Scene.all(of: Example.rubric(name)).allSatisfy { !$0.isLone })
  }

  /// Everything that is told of an office's lines.
  private static func lines(of card: Scorecard) -> [String] {
    var lines = ["\(card.standing) \(card.level?.level.code.text ?? "")"]
    card.total.forEach { line in
      var people = "–"
      if let all = line.people, !line.isFewPeople(at: .published(smallestCount: 10)) {
        people = "\(all.respondents)"
      }
      var basis = ""
      switch line.working.basis {
      case .answers(let number): basis = "\(number)"
      case .shown(_, let counts, let number): basis = "\(number) \(counts)"
      case .hidden: basis = "hidden"
      case .tally: basis = "counts"
      default: break
      }
      lines.append(
        "\(line.id) \(line.outcome.plain) \(line.contribution?.description ?? "") \(people) \(basis)")
    }
    return lines
  }

  /// The page, the table, the data and the workbook of both are the same bytes.
  private func expectSame(_ rubric: Rubric, _ one: Assessment, _ other: Assessment) throws {
    let words = try Self.words.get()
    func report(_ assessment: Assessment) -> OfficeReport {
      let card = rubric.scorecard(of: assessment)
      return OfficeReport(
        rubric: rubric, scorecard: card, comparison: Comparison([card], by: rubric), year: rubric.year)
    }
    func texts(_ card: Scorecard) -> [String] {
      [
        ScorecardCSV.text(of: [card], smallestCount: 10),
        ScorecardJSON.text(of: [card], cycle: rubric.year, detail: .published(smallestCount: 10)),
        ScorecardText(rubric: rubric, year: rubric.year, language: .thai).one(card),
      ]
    }
    let (first, second) = (report(one), report(other))
    #expect(texts(first.scorecard) == texts(second.scorecard))
    #expect(first.data(words) == second.data(words))
    #expect(first.workbookData(words) == second.workbookData(words))
  }

  private static let words = Result { try Pages(Example.library).words(.thai) }
}
