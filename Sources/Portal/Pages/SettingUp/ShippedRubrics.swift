import Documents
import Integrity
import Reports
import Storage
import Synchronization

/// The rubrics that come with the program, read when they are first asked for.
final class ShippedRubrics: Sendable {
  struct One: Sendable {
    /// As its file is called: `ita-2567`.
    let name: String
    let file: RubricFile
  }

  private let read = Mutex<[One]?>(nil)

  private static let example = "small"

  /// The latest year first, the manual's example last; one that cannot be read is left out.
  var all: [One] {
    read.withLock { read in
      if let read { return read }
      let found = Library.shippedRubrics.compactMap { name in
        (try? RubricFile(path: Library.rubric(named: name))).map { One(name: name, file: $0) }
      }
      let sorted = found.sorted { a, b in
        let (isLast, isOtherLast) = (a.name == ShippedRubrics.example, b.name == ShippedRubrics.example)
        if isLast != isOtherLast { return isOtherLast }
        return (b.file.rubric.year, a.name) < (a.file.rubric.year, b.name)
      }
      read = sorted
      return sorted
    }
  }

  subscript(name: String) -> One? { all.first { $0.name == name } }

  /// A file of one of them, for an edition that extends it.
  func bytes(named file: String) -> [UInt8]? {
    all.lazy.flatMap(\.file.sources).first { $0.name == file }?.bytes
  }
}
