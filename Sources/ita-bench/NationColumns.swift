import Dispatch
import Foundation
import Integrity
import Specimen
import Synchronization

/// The nation's answers and marks as columns of bytes, and the same written for the peers.
struct NationColumns: Sendable {
  let rubric: Rubric
  let offices: Int
  let iit: Answers
  /// By route of EIT.
  let eit: [Answers]
  /// Offices × disclosures: 1 met, 0 not met.
  let marks: [UInt8]

  private let disclosures: [Item]

  /// 54 staff and 108 others an office on average, as in the year 2568.
  init(rubric: Rubric, offices: Int) {
    self.rubric = rubric
    self.offices = offices
    disclosures = rubric.items.filter { $0.instrument.questionnaire == nil && !$0.item.heading.isPilot }
      .map(\.item).filter { $0.code.text.hasPrefix("O") }
    var random = SeededGenerator(seed: 2569)
    func rows(_ mean: Int) -> [Int] {
      var rest = mean * offices
      return (0..<offices).map { office in
        let left = offices - office
        let count =
          office == offices - 1
          ? rest : min(rest, Int.random(in: rest / left / 2...(rest / left * 3 / 2), using: &random))
        rest -= count
        return count
      }
    }
    func answers(_ instrument: Code<Node>, _ counts: [Int]) -> Answers {
      let questions = rubric.questions(of: instrument)
      var bounds = [0]
      for count in counts { bounds.append((bounds.last ?? 0) + count) }
      let columns = questions.map { question in
        (0..<(bounds.last ?? 0)).map { _ in
          // Now and then no answer.
          let draw = random.next()
          return draw & 63 == 0 ? 0 : UInt8((draw >> 8) % UInt64(question.options.count)) + 1
        }
      }
      return Answers(questions: questions, columns: columns, bounds: bounds)
    }
    iit = answers("IIT", rows(54))
    eit = [answers("EIT", rows(54)), answers("EIT", rows(54))]
    marks = (0..<(offices * disclosures.count)).map { _ in random.chance(88) ? 1 : 0 }
  }

  var eitRows: Int { eit.reduce(0) { $0 + ($1.bounds.last ?? 0) } }

  func sumOfBytes() {
    var total = 0
    for answers in [iit] + eit {
      for column in answers.columns {
        let bytes = column.span
        for index in bytes.indices { total &+= Int(bytes[index]) }
      }
    }
    precondition(total > 0)
  }

  /// Every office's tallies; the offices are shared between two threads.
  func tallied() -> [[Tally]] {
    let all = [iit] + eit
    let parts = Mutex([Int: [[Tally]]]())
    DispatchQueue.concurrentPerform(iterations: 2) { part in
      let range = (offices * part / 2)..<(offices * (part + 1) / 2)
      let tallies = all.map { $0.tallies(of: range) }
      parts.withLock { $0[part] = tallies }
    }
    let done = parts.withLock { $0 }
    return all.indices.map { (done[0]?[$0] ?? []) + (done[1]?[$0] ?? []) }
  }

  func assessments(_ tallies: [[Tally]]) -> [Assessment] {
    let routes = rubric.instrument("EIT")?.questionnaire?.routes ?? []
    return (0..<offices).map { office in
      var findings: [Code<Node>: Finding] = [:]
      for (index, item) in disclosures.enumerated() {
        findings[item.code] = Finding(marks[office * disclosures.count + index] == 1 ? .met : .notMet)
      }
      var own: [Collected: Tally] = [Collected("IIT"): tallies[0][office]]
      for (index, route) in routes.enumerated() {
        own[Collected("EIT", route: route.code)] = tallies[index + 1][office]
      }
      return Assessment(
        office: Office(
          code: Code("\(office)"), name: Words(thai: "\(office)", english: "\(office)"), kind: "primary"),
        findings: findings, tallies: own)
    }
  }

  // For the peers.

  func write(to folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    func write(_ name: String, _ data: Data) throws {
      try data.write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
    }
    func offices(_ answers: Answers) -> [Int32] {
      (0..<answers.offices).flatMap { office in
        Array(repeating: Int32(office), count: answers.bounds[office + 1] - answers.bounds[office])
      }
    }
    func bytes(_ values: [Int32]) -> Data { values.withUnsafeBytes { Data($0) } }
    try write("iit.office", bytes(offices(iit)))
    for (index, column) in iit.columns.enumerated() {
      try write("iit.q\(index < 9 ? "0" : "")\(index + 1)", Data(column))
    }
    try write("eit.office", bytes(eit.flatMap(offices)))
    try write(
      "eit.part",
      Data(
        eit.enumerated().flatMap { index, answers in
          [UInt8](repeating: UInt8(index + 1), count: answers.bounds.last ?? 0)
        }))
    for index in eit[0].columns.indices {
      try write("eit.q\(index + 1)", Data(eit.flatMap { $0.columns[index] }))
    }
    try write("oit.marks", Data(marks))
    try write("meta.json", Data(meta.utf8))
  }

  private var meta: String {
    func list(_ texts: [String]) -> String { "[" + texts.joined(separator: ",") + "]" }
    func quoted(_ text: String) -> String { "\"\(text)\"" }
    let questions = iit.questions + eit[0].questions
    let points = questions.map { question in
      "\(quoted(question.code)):" + list(question.options.map { $0.points?.description ?? "null" })
    }
    var indicators: [String] = []
    var subs: [String] = []
    var oit: [String] = []
    let order = Dictionary(uniqueKeysWithValues: disclosures.enumerated().map { ($1.code, $0) })
    for instrument in rubric.instruments {
      guard case .indicators(let all) = instrument.parts else { continue }
      for indicator in all {
        if instrument.questionnaire != nil {
          indicators.append(
            "\(quoted(indicator.code.text)):" + list(indicator.parts.items.map { quoted($0.code.text) }))
        } else if case .indicators(let below) = indicator.parts {
          let counted = below.filter { !$0.heading.isPilot }
          oit.append("\(quoted(indicator.code.text)):" + list(counted.map { quoted($0.code.text) }))
          for sub in counted {
            subs.append(
              "\(quoted(sub.code.text)):"
                + list(sub.parts.items.compactMap { order[$0.code].map(String.init) }))
          }
        }
      }
    }
    return """
      {"offices":\(offices),"iit_rows":\(iit.bounds.last ?? 0),"eit_rows":\(eitRows),"points":{\(points.joined(separator: ","))},
      "indicators":{\(indicators.joined(separator: ","))},"sub_indicators":{\(subs.joined(separator: ","))},
      "oit":{\(oit.joined(separator: ","))},"weights":{"IIT":0.3,"EIT":0.3,"OIT":0.4}}
      """
  }
}
