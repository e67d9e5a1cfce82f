import Integrity

/// Which disclosure of which office an address is about.
struct DisclosurePlace: Sendable {
  let cycle: Code<Cycle>
  let office: Code<Office>
  let item: Code<Node>

  /// - Throws: `Problem.notFound` for an address that names none.
  init(_ signedIn: SignedIn) throws {
    cycle = try signedIn.part("cycle")
    office = try signedIn.part("office")
    item = try signedIn.part("item")
  }

  var paths: Paths { Paths(cycle: cycle, office: office) }
  var path: String { paths.disclosure(item) }
}
