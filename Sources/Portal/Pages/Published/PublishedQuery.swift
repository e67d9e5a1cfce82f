import Integrity
import Storage

/// Which offices of a published cycle are asked for; what makes no sense asks for all.
struct PublishedQuery: Hashable, Sendable {
  enum Sort: String, Sendable, CaseIterable {
    case total, name
  }

  /// Rows a page.
  static let rows = 100

  var search = ""
  var kind: Code<OfficeKind>?
  /// By its Thai name, which is what registers hold.
  var province: String?
  var level: LevelChoice?
  var sort = Sort.total
  var page = 1

  enum LevelChoice: Hashable, Sendable {
    case level(Code<Level>)
    /// Those whose data are not complete.
    case none

    var text: String {
      switch self {
      case .level(let code): code.text
      case .none: "-"
      }
    }
  }

  init() {}

  init(_ visit: Visit, _ publication: Registry.Publication) {
    search = String((visit.asked("search") ?? "").prefix(100)).trimmingBlanks
    let rubric = publication.rubric
    kind = visit.asked("kind").flatMap { asked in rubric.kinds.first { $0.code.text == asked }?.code }
    province = visit.asked("province").flatMap { $0.isEmpty ? nil : String($0.prefix(100)) }
    level = visit.asked("level").flatMap { asked in
      asked == LevelChoice.none.text
        ? LevelChoice.none : rubric.levels.first { $0.code.text == asked }.map { .level($0.code) }
    }
    sort = visit.asked("sort").flatMap(Sort.init(rawValue:)) ?? .total
    page = visit.asked("page").flatMap { Int($0) }.map { min(max($0, 1), 10_000) } ?? 1
  }

  var isFiltered: Bool { !search.isEmpty || kind != nil || province != nil || level != nil }

  func admits(_ entry: Registry.PublishedOffice) -> Bool {
    if let kind, entry.office.kind != kind { return false }
    if let province, !entry.office.provinces.contains(where: { $0.thai == province }) { return false }
    switch level {
    case nil: return true
    case .level(let code): return entry.level?.level.code == code
    case .some(.none): return entry.level == nil
    }
  }

  /// What stands behind the `?`.
  var text: String {
    let fields = [
      ("search", search), ("kind", kind?.text ?? ""), ("province", province ?? ""),
      ("level", level?.text ?? ""),
      ("sort", sort == .total ? "" : sort.rawValue), ("page", page == 1 ? "" : "\(page)"),
    ]
    return fields.filter { !$0.1.isEmpty }.map { "\($0.0)=\($0.1.queryEscaped)" }.joined(separator: "&")
  }

  func on(_ page: Int) -> PublishedQuery {
    var query = self
    query.page = page
    return query
  }

  func sorted(by sort: Sort) -> PublishedQuery {
    var query = on(1)
    query.sort = sort
    return query
  }
}
