/// Where something stands in a file; lines and columns count from 1, columns in Unicode scalars.
public struct Place: Hashable, Sendable, CustomStringConvertible {
  public let file: String
  public let line: Int
  public let column: Int

  public init(file: String, line: Int = 1, column: Int = 1) {
    self.file = file
    self.line = line
    self.column = column
  }

  public var description: String { "\(file):\(line):\(column)" }
}

/// One fault in a file a person wrote: where, what is wrong and what to do.
public struct Complaint: Hashable, Sendable, CustomStringConvertible {
  public let place: Place
  public let problem: String
  public let remedy: String

  public init(_ place: Place, _ problem: String, _ remedy: String) {
    self.place = place
    self.problem = problem
    self.remedy = remedy
  }

  public var description: String { "\(place): \(problem); \(remedy)" }
}

/// Every fault found in one reading, in the order of the file.
public struct Complaints: Error, Hashable, Sendable, CustomStringConvertible {
  public let all: [Complaint]

  public init(_ all: [Complaint]) {
    var seen: Set<Complaint> = []
    self.all = all.filter { seen.insert($0).inserted }.enumerated().sorted { a, b in
      let (x, y) = (a.element.place, b.element.place)
      return (x.file, x.line, x.column, a.offset) < (y.file, y.line, y.column, b.offset)
    }.map(\.element)
  }

  public var description: String { all.map(\.description).joined(separator: "\n") }
}

/// Collects complaints while a file is read to its end.
package final class Faults {
  package private(set) var all: [Complaint] = []

  package init() {}

  package func add(_ place: Place, _ problem: String, _ remedy: String) {
    all.append(Complaint(place, problem, remedy))
  }

  package func throwIfAny() throws(Complaints) {
    if !all.isEmpty { throw Complaints(all) }
  }
}
