import Documents
import Integrity
import Reports
import Storage

/// A rubric as an administrator chooses it for a cycle: a shipped one, or files of their own.
struct RubricOrder: Sendable {
  /// What the cycle is to be called; nil where it is there already and only gets another rubric.
  struct Cycle: Sendable {
    let code: Code<Integrity.Cycle>
    let title: Words
  }

  let cycle: Cycle?
  let year: FiscalYear
  let source: Source

  enum Source: Sendable {
    case shipped(String)
    /// An edition and what it extends.
    case own([LookedAt.File])
  }

  /// Reads it as it would be kept, or says everything that is wrong with it.
  func look(_ shipped: ShippedRubrics, _ words: Wording) throws -> RubricLook {
    switch source {
    case .shipped(let name):
      guard let one = shipped[name] else { throw Problem.notFound }
      let file = one.file.rubric.year == year ? one.file : try ShippedEdition(of: one, year).file
      return RubricLook(order: self, file: file)
    case .own(let files):
      let texts = try files.map { RubricText(name: $0.name, bytes: try $0.bytes) }
      let top = try RubricOrder.top(of: texts, words)
      do {
        let file = try RubricFile(name: top.name) { name in
          if let text = texts.first(where: { $0.name == name }) { return text.bytes }
          guard let bytes = shipped.bytes(named: name) else { throw NoSuchFile(name: name) }
          return bytes
        }
        let unread = texts.filter { text in !file.sources.contains { $0.name == text.name } }
        guard unread.isEmpty else {
          throw FieldFaults(
            "files",
            words.say("setup_cycle.files_apart", ["files": unread.map(\.name).joined(separator: ", ")]))
        }
        return RubricLook(order: self, file: file)
      } catch let complaints as Complaints {
        return RubricLook(order: self, complaints: complaints.all, in: texts)
      }
    }
  }

  private struct NoSuchFile: Error, CustomStringConvertible {
    let name: String
    var description: String { name }
  }

  /// The file that extends the others: the one that none of them extends.
  private static func top(of texts: [RubricText], _ words: Wording) throws -> RubricText {
    let extended = Set(texts.compactMap(\.extended))
    let tops = texts.filter { !extended.contains($0.name) }
    guard let top = tops.first, tops.count == 1 else {
      throw FieldFaults(
        "files", words.say("setup_cycle.files_apart", ["files": tops.map(\.name).joined(separator: ", ")]))
    }
    return top
  }
}

extension RubricText {
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The file that it says it extends.
  fileprivate var extended: String? {
    text.firstMatch(of: #/(?m)^extends:[ \t]*["']?([^"'#\s]+)/#).map { String($0.output.1) }
  }
}

/// A rubric that was read: fit for a cycle, or with its faults at their lines.
struct RubricLook: Sendable {
  let order: RubricOrder
  /// Its own file first, behind it those it extends; empty where it has a fault.
  let texts: [RubricText]
  let rubric: Rubric?
  let faults: [RubricFault]

  init(order: RubricOrder, file: RubricFile) {
    let texts = file.sources.map { RubricText(name: $0.name, bytes: $0.bytes) }
    let failed = file.caseComplaints
    self.order = order
    self.texts = failed.isEmpty ? texts : []
    rubric = failed.isEmpty ? file.rubric : nil
    faults = failed.map { RubricFault($0, in: texts) }
  }

  init(order: RubricOrder, complaints: [Complaint], in texts: [RubricText]) {
    self.order = order
    self.texts = []
    rubric = nil
    faults = complaints.map { RubricFault($0, in: texts) }
  }
}

struct RubricFault: Sendable {
  let file: String
  let line: Int
  let column: Int
  /// What stands on the line.
  let text: String
  let problem: Words
  let remedy: Words
  /// Whether it is said in Thai as well.
  let isInThai: Bool

  private static let longestLine = 300

  init(_ complaint: Complaint, in texts: [RubricText]) {
    (file, line, column) = (complaint.place.file, complaint.place.line, complaint.place.column)
    let lines = texts.first { $0.name == complaint.place.file }?.text.split(
      separator: "\n", omittingEmptySubsequences: false)
    let found = lines.flatMap {
      $0.indices.contains(complaint.place.line - 1) ? $0[complaint.place.line - 1] : nil
    }
    text = String((found ?? "").prefix(RubricFault.longestLine))
    problem = Words(thai: complaint.thai?.problem ?? complaint.problem, english: complaint.problem)
    remedy = Words(thai: complaint.thai?.remedy ?? complaint.remedy, english: complaint.remedy)
    isInThai = complaint.thai != nil
  }
}
