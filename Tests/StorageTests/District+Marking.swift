import Integrity

@testable import Storage

extension District {
  /// Everything submitted; the first office is the first assessor's to judge, and that of whoever is named besides.
  static func assigned(_ more: Code<Person>...) throws -> District {
    let district = try District()
    try district.assignAll()
    for person in more {
      try district.registry.assign(
        person, to: District.main, items: nil, in: District.cycle, by: district.by("lead"),
        at: District.collecting)
    }
    try district.submitAll()
    return district
  }

  /// A mark below full marks, with all it takes.
  static let shortMark = Mark(
    found: ["chart"], missing: ["divisions"], code: .incomplete, reason: "ไม่พบตำแหน่งสำคัญ")

  func markDesk(
    _ item: Code<Node> = "O1", by person: Code<Person> = "assessor1", at moment: Moment = District.assessing
  ) throws -> Registry.MarkDesk {
    try registry.markDesk(item, of: District.main, in: District.cycle, by: by(person), at: moment)
  }

  func markQueue(
    by person: Code<Person> = "assessor1", at moment: Moment = District.assessing
  ) throws -> Registry.MarkQueue {
    try registry.markQueue(of: District.cycle, by: by(person), at: moment)
  }

  @discardableResult
  func keep(
    _ mark: Mark, _ revision: Int = 0, by person: Code<Person> = "assessor1",
    at moment: Moment = District.assessing
  ) throws -> Registry.Kept {
    try registry.keep(
      mark, on: "O1", of: District.main, in: District.cycle, seeing: Registry.Sighting(revision: revision),
      by: by(person), at: moment)
  }
}
