extension Rubric {
  /// Something that makes a rubric unfit to score with, at a path of its document.
  public struct Flaw: Hashable, Sendable {
    public let path: [PathStep]
    public let problem: String
    public let remedy: String

    init(_ path: [PathStep], _ problem: String, _ remedy: String) {
      self.path = path
      self.problem = problem
      self.remedy = remedy
    }
  }

  /// One step down a rubric's document: a field's name, or a position in a list.
  public enum PathStep: Hashable, Sendable {
    case name(String)
    case index(Int)
  }
}

extension Rubric.PathStep: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  public init(stringLiteral value: String) { self = .name(value) }
  public init(integerLiteral value: Int) { self = .index(value) }
}
