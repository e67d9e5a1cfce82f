import Foundation
import GRDB
public import Integrity

/// Offices as a list to look through, however many there are.
extension Registry {
  /// Some of the offices, and how many there are in all.
  public struct OfficeList: Sendable {
    public let offices: [Office]
    public let found: Int
    /// Kinds that any office is of.
    public let kinds: [Code<OfficeKind>]
  }

  /// Which offices are looked for.
  public struct OfficeFilter: Hashable, Sendable {
    /// A part of a code, a name or a province.
    public var text: String
    public var kind: Code<OfficeKind>?

    public init(text: String = "", kind: Code<OfficeKind>? = nil) {
      self.text = text
      self.kind = kind
    }
  }

  /// Offices by their code.
  public func offices(
    _ filter: OfficeFilter, from first: Int, most: Int, by signer: Signer, at now: Moment
  ) throws -> OfficeList {
    try reading(signer, at: now) { desk in
      try desk.allow(.keepOffices, Matter())
      let (like, kind) = (Like.containing(filter.text), filter.kind?.text)
      let condition = """
        (?1 IS NULL OR office.code LIKE ?1 ESCAPE '\\' OR office.name_th LIKE ?1 ESCAPE '\\'
          OR office.name_en LIKE ?1 ESCAPE '\\' OR office.provinces LIKE ?1 ESCAPE '\\')
        AND (?2 IS NULL OR office.kind = ?2)
        """
      let offices = try desk.db.rows(
        """
        SELECT office.*, above.code AS parent_code, next.code AS successor_code FROM office
        LEFT JOIN office AS above ON above.id = office.parent LEFT JOIN office AS next ON next.id = office.successor
        WHERE \(condition) ORDER BY office.code LIMIT ?3 OFFSET ?4
        """, like, kind, most, first
      ).map(desk.db.office)
      let found = try desk.db.integer("SELECT count(*) FROM office WHERE \(condition)", like, kind) ?? 0
      let kinds = try desk.db.rows(
        "SELECT DISTINCT kind FROM office WHERE kind IS NOT NULL ORDER BY kind")
      return OfficeList(
        offices: offices, found: Int(found), kinds: kinds.map { Code($0["kind"]) })
    }
  }

  /// One office with its groups; nil where there is none of that code.
  public func office(
    _ code: Code<Office>, by signer: Signer, at now: Moment
  ) throws -> (office: Office, groups: [GroupEntry])? {
    try reading(signer, at: now) { desk in
      try desk.allow(.keepOffices, Matter())
      let row = try desk.db.row(
        """
        SELECT office.*, above.code AS parent_code, next.code AS successor_code FROM office
        LEFT JOIN office AS above ON above.id = office.parent LEFT JOIN office AS next ON next.id = office.successor
        WHERE office.code = ?
        """, code.text)
      return try row.map { (try desk.db.office($0), try desk.db.groups(of: $0["id"], code)) }
    }
  }

  /// Every working group, office by office.
  public func groups(by signer: Signer, at now: Moment) throws -> [GroupEntry] {
    try reading(signer, at: now) { desk in
      try desk.allow(.keepOffices, Matter())
      return try desk.db.rows(
        """
        SELECT office.code AS office, working_group.code AS code, title_th, title_en FROM working_group
        JOIN office ON office.id = working_group.office ORDER BY office.code, working_group.id
        """
      ).map {
        GroupEntry(
          office: Code($0["office"]), group: Code($0["code"]),
          title: Words(thai: $0["title_th"], english: $0["title_en"]))
      }
    }
  }
}

/// What SQLite's LIKE looks for.
enum Like {
  /// Anything that holds the text; nil where nothing is looked for.
  static func containing(_ text: String) -> String? {
    text.isEmpty ? nil : "%\(escaped(text))%"
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
  }
}
