import GRDB
import Integrity

/// Rows of offices and people as the values the core knows.
extension Database {
  func officeID(_ code: Code<Office>) throws -> Int64 {
    guard let id = try integer("SELECT id FROM office WHERE code = ?", code.text) else {
      throw StorageProblem.unknown(what: "office", code: code.text)
    }
    return id
  }

  func personID(_ code: Code<Person>) throws -> Int64 {
    guard let id = try integer("SELECT id FROM person WHERE code = ?", code.text) else {
      throw StorageProblem.unknown(what: "person", code: code.text)
    }
    return id
  }

  /// The office and all above it.
  func lineage(_ office: Int64) throws -> [Code<Office>] {
    try rows(
      """
      WITH RECURSIVE above (id, parent, code, depth) AS (
        SELECT id, parent, code, 0 FROM office WHERE id = ?
        UNION ALL
        SELECT office.id, office.parent, office.code, depth + 1 FROM office JOIN above ON office.id = above.parent
        WHERE depth < 32)
      SELECT code FROM above ORDER BY depth
      """, office
    ).map { Code($0["code"]) }
  }

  func person(_ id: Int64) throws -> Person {
    guard let row = try row("SELECT name, is_closed FROM person WHERE id = ?", id) else {
      throw StorageProblem.unknown(what: "person", code: "\(id)")
    }
    return Person(
      id: ID(id), name: row["name"], isClosed: row["is_closed"], postings: try postings(of: id),
      grants: try grants(of: id).map(\.grant),
      declared: Set(
        try rows("SELECT code FROM conflict JOIN office ON office.id = conflict.office WHERE person = ?", id)
          .map { Code($0["code"]) }))
  }

  private func postings(of person: Int64) throws -> [Posting] {
    try rows(
      """
      SELECT office, code, posting.kind AS kind, posting.from_day AS from_day, posting.until_day AS until_day
      FROM posting JOIN office ON office.id = posting.office WHERE person = ? ORDER BY posting.id
      """, person
    ).map { row in
      Posting(
        Posting.Kind(rawValue: row["kind"]) ?? .employing, at: Code(row["code"]),
        lineage: try lineage(row["office"]),
        from: day(row["from_day"]), until: (row["until_day"] as String?).map(day))
    }
  }

  func grants(of person: Int64) throws -> [(id: Int64, grant: Grant)] {
    try rows("SELECT * FROM role_grant WHERE person = ? ORDER BY id", person).map {
      ($0["id"], try grant($0))
    }
  }

  func grant(_ row: Row) throws -> Grant {
    let offices = try strings(row["offices"])
    var acting: Acting?
    if let capacity = (row["capacity"] as String?).flatMap(Acting.Capacity.init) {
      acting = Acting(capacity, order: row["order_number"], date: day(row["order_day"]))
    }
    return Grant(
      Role(rawValue: row["role"]) ?? .officer,
      for: row["is_everywhere"] ? .everywhere : .offices(Set(offices.map { Code($0) })),
      group: (row["group_code"] as String?).map { Code($0) }, from: day(row["from_day"]),
      until: (row["until_day"] as String?).map(day), acting: acting)
  }

  /// The entries of a JSON array of texts.
  func strings(_ json: String) throws -> [String] {
    if json == "[]" { return [] }
    guard let texts = Canonical.texts(json) else {
      throw StorageProblem.invalid("no array of texts: \(json)")
    }
    return texts
  }

  /// A day the table's own check has let in.
  func day(_ text: String) -> Day { Day(text) ?? Day(number: 0) }

  func office(_ row: Row) throws -> Office {
    // Thai and English in turn.
    let provinces = try strings(row["provinces"])
    return Office(
      code: Code(row["code"]), name: Words(thai: row["name_th"], english: row["name_en"]),
      kind: (row["kind"] as String?).map { Code($0) },
      parent: (row["parent_code"] as String?).map { Code($0) },
      provinces: stride(from: 0, to: provinces.count - 1, by: 2).map {
        Words(thai: provinces[$0], english: provinces[$0 + 1])
      },
      region: region(row), from: (row["from_day"] as String?).flatMap { Day($0) },
      until: (row["until_day"] as String?).flatMap { Day($0) },
      successor: (row["successor_code"] as String?).map { Code($0) },
      conditions: Set(try strings(row["conditions"]).map { Code($0) }))
  }

  private func region(_ row: Row) -> Words? {
    guard let thai = row["region_th"] as String? else { return nil }
    return Words(thai: thai, english: row["region_en"] as String? ?? thai)
  }

  func offices() throws -> [Office] {
    try rows(
      """
      SELECT office.*, above.code AS parent_code, next.code AS successor_code FROM office
      LEFT JOIN office AS above ON above.id = office.parent LEFT JOIN office AS next ON next.id = office.successor
      ORDER BY office.id
      """
    ).map(office)
  }
}

extension Office {
  var provincesJSON: String {
    "[" + provinces.map { Canonical.strings([$0.thai, $0.english]) }.joined(separator: ",") + "]"
  }

  var conditionsJSON: String { Canonical.strings(conditions.map(\.text).sorted()) }
}
