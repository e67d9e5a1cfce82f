import Foundation
import GRDB
import Integrity

@testable import Portal
@testable import Storage

/// The program that tries. It puts the answers it finds into every order it can think of (`LinkerOrders.swift`), and people
/// or codes into every order it knows, and asks of each two whether they agree better than chance would have it.
struct Linker {
  static let people = 30

  /// What it is given, and what it has to find out.
  struct Run: Sendable {
    let seed: UInt64
    let truth: Truth
    let key: KeyFile
    /// What keyed hashes of this questionnaire are bound to.
    let place: String
    /// All codes as they were printed.
    let sheet: [SlipCode]
    /// How long each option of each question is written.
    let labels: [[Int]]
    let backup: [Row]
    let closed: [Row]
    let files: [(name: String, bytes: [UInt8])]
    let log: [String]
  }

  /// By person, in the order in which they came.
  struct Truth: Sendable {
    let answers: [[UInt8]]
    /// Places on the sheet.
    let codes: [Int]

    /// Whose an answer is: only the judge asks this, never the program.
    func owner(_ row: Row) -> Int { answers.firstIndex(of: Array(row.answers.prefix(4))) ?? 0 }
  }

  struct Row: Sendable {
    let key: [UInt8]
    let answers: [UInt8]
  }

  /// Something that agrees, and how likely chance would do as well.
  struct Suspicion: CustomStringConvertible {
    let trick: String
    let chance: Double
    var description: String { "\(trick): \(chance)" }
  }

  private var tricks: [String: Agreement] = [:]

  /// How many questions were asked of what was found: each could be answered by chance.
  var tried: Int { tricks.count * Agreement.questions }

  /// The least likely first.
  var suspicions: [Suspicion] {
    tricks.flatMap { trick, agreement in
      agreement.chances.map { Suspicion(trick: "\(trick), \($0.name)", chance: $0.chance) }
    }.sorted { $0.chance < $1.chance }
  }

  /// What chance would do less often than that, whatever was tried.
  func found(_ alarm: Double) -> [Suspicion] { suspicions.filter { $0.chance * Double(tried) < alarm } }

  /// Tries everything on one year; what agrees in several years adds up.
  mutating func look(at run: Run) {
    var orders = LinkerOrders(run)
    let ofAnswers = orders.ofAnswers()
    let ofPeople = orders.ofPeople()
    for guess in ofAnswers {
      for target in ofPeople {
        var agreement = tricks["\(guess.name), as \(target.name)"] ?? Agreement()
        agreement.add(guess.people, target.people)
        tricks["\(guess.name), as \(target.name)"] = agreement
      }
    }
  }

  static func bytes(_ path: String) -> [UInt8] {
    [UInt8]((try? Data(contentsOf: URL(fileURLWithPath: path))) ?? Data())
  }

  /// As the file gives them out where nothing is said of an order.
  static func rows(of path: String) throws -> [Row] {
    var configuration = Configuration()
    configuration.readonly = true
    return try DatabaseQueue(path: path, configuration: configuration).read { db in
      try GRDB.Row.fetchAll(db, sql: "SELECT key, answers FROM response").map {
        Row(key: [UInt8]($0["key"] as Data), answers: [UInt8]($0["answers"] as Data))
      }
    }
  }
}
