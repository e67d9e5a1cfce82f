import ArgumentParser
import Documents
import Foundation
import Glibc
import Integrity
import Reports

/// What the command line says, and how it ends.
enum Console {
  static func say(_ text: String) { print(text) }

  /// To standard error: faults, and notes that must not mix with output meant for a program.
  static func warn(_ text: String) {
    // In the order in which it was said, where both go to one place.
    fflush(nil)
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }

  /// Problems found in a person's files: exit code 1.
  static func problems(_ complaints: [Complaint]) {
    for complaint in complaints { warn(complaint.description) }
    warn(count(complaints.count, "problem"))
  }

  static func count(_ number: Int, _ noun: String) -> String {
    number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
  }

  static func say(_ json: JSON) { say(json.text()) }

  /// Writes the whole file or none of it, and says its name unless a program reads along.
  static func write(_ bytes: some Sequence<UInt8>, to path: String, quietly isQuiet: Bool = false) throws {
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw cannotWrite(path)
    }
    if !isQuiet { say(path) }
  }

  /// Writes a file that nobody but its owner may read, or none. It is there, empty, before its content is asked for, so
  /// that what is made only once is not lost to a folder that cannot be written to.
  static func writePrivately(to path: String, _ content: () throws -> String) throws {
    let draft = "\(path).\(getpid()).part"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw cannotWrite(path) }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      let text = try content()
      do {
        try handle.write(contentsOf: Data(text.utf8))
        try handle.synchronize()
      } catch {
        throw cannotWrite(path)
      }
      guard rename(draft, path) == 0 else { throw cannotWrite(path) }
    } catch {
      unlink(draft)
      throw error
    }
  }

  private static func cannotWrite(_ path: String) -> ExitCode {
    warn("\(path): the file cannot be written; check that the folder exists and may be written to")
    return ExitCode(1)
  }
}

extension JSON {
  static func words(_ words: Words) -> JSON {
    .object([("th", .text(words.thai)), ("en", .text(words.english))])
  }

  static func text(_ text: String?) -> JSON { text.map { .text($0) } ?? .null }

  static func moment(_ moment: Moment?) -> JSON { text(moment?.description) }

  static func codes<Owner>(_ codes: [Code<Owner>]) -> JSON { .list(codes.map { .text($0.text) }) }
}

/// Rows of text in columns for a terminal; the first is the head.
struct Columns {
  let rows: [[String]]
  /// Columns of numbers, which stand on the right.
  var numbers: Set<Int> = []

  var text: String {
    let widths = (rows.first ?? []).indices.map { column in
      rows.map { $0.indices.contains(column) ? $0[column].columns : 0 }.max() ?? 0
    }
    return rows.map { row in
      let cells = zip(row, widths).enumerated().map { column, cell in
        numbers.contains(column) ? cell.0.leftPadded(to: cell.1) : cell.0.padded(to: cell.1)
      }
      var line = cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }
}
