/// One rung of the ladder. Levels stand highest first, and the first whose conditions hold is the office's: figures
/// are compared as published, with ≥, so no figure falls between two rungs (method §0.10).
public struct Level: Hashable, Sendable {
  public let code: Code<Level>
  public let title: Words
  /// Of the total.
  public let atLeast: Points
  /// Further nodes that must reach so much; one that does not apply is passed over (method §4).
  public let floors: [Floor]

  public init(code: Code<Level>, title: Words, atLeast: Points, floors: [Floor] = []) {
    self.code = code
    self.title = title
    self.atLeast = atLeast
    self.floors = floors
  }

  public struct Floor: Hashable, Sendable {
    public let node: Code<Node>
    public let atLeast: Points

    public init(node: Code<Node>, atLeast: Points) {
      self.node = node
      self.atLeast = atLeast
    }
  }
}
