import Foundation
import Integrity
import Reports

/// Which offices are asked for, in what order and on which page; what makes no sense asks for all.
struct ResultsFilter: Hashable, Sendable {
  var search = ""
  var kind: Code<OfficeKind>?
  /// By its Thai name, like a province.
  var region: String?
  var province: String?
  var parent: Code<Office>?
  var level: LevelChoice?
  var order = Order()
  /// From 1.
  var page = 1

  enum LevelChoice: Hashable, Sendable {
    case level(Code<Level>)
    /// Without a final total, and so without a level.
    case none

    var text: String {
      switch self {
      case .level(let code): code.text
      case .none: "none"
      }
    }
  }

  /// By which column, and from which end.
  struct Order: Hashable, Sendable {
    var column = Column.total
    var isRising = false

    enum Column: Hashable, Sendable {
      case total, name, code, level, change
      case node(Code<Node>)

      init(_ text: String) {
        switch text {
        case "total": self = .total
        case "name": self = .name
        case "code": self = .code
        case "level": self = .level
        case "change": self = .change
        default: self = .node(Code(text))
        }
      }

      var text: String {
        switch self {
        case .total: "total"
        case .name: "name"
        case .code: "code"
        case .level: "level"
        case .change: "change"
        case .node(let code): code.text
        }
      }

      /// Names begin with their first letter, figures with the best.
      var isRisingAtFirst: Bool { self == .name || self == .code }
    }

    /// By a column as it is first asked for.
    init(by column: Column = .total) {
      self.column = column
      isRising = column.isRisingAtFirst
    }
  }

  init() {}

  init(_ visit: Visit, _ index: ResultsIndex) {
    func asked(_ name: String) -> String? { visit.asked(name).flatMap { $0.isEmpty ? nil : $0 } }
    search = String((asked("search") ?? "").prefix(100)).trimmingBlanks
    kind = asked("kind").map { Code($0) }.flatMap { code in index.kinds.first { $0.code == code }?.code }
    region = asked("region").flatMap { name in index.regions.first { $0.thai == name }?.thai }
    province = asked("province").flatMap { name in index.provinces.first { $0.thai == name }?.thai }
    parent = asked("parent").map { Code($0) }.flatMap { code in
      index.parents.first { $0.code == code }?.code
    }
    level = asked("level").flatMap { text in
      if text == "none" { return LevelChoice.none }
      return index.rubric.levels.first { $0.code.text == text }.map { .level($0.code) }
    }
    // `total` or, from the other end, `total.up`: one field, so that a list to choose from can send it.
    if let text = asked("sort") {
      let (name, way) = Order.parts(of: text)
      var order = Order(by: Order.Column(name))
      if let way { order.isRising = way }
      if case .node(let code) = order.column, index.columns.place(of: code) == nil { order = Order() }
      self.order = order
    }
    page = max(1, asked("page").flatMap { Int($0) } ?? 1)
  }

  /// Whether any office is left out.
  var isNarrow: Bool {
    !search.isEmpty || kind != nil || region != nil || province != nil || parent != nil || level != nil
  }

  /// What stands behind the `?`.
  var query: String {
    let fields = [
      ("search", search), ("kind", kind?.text ?? ""), ("region", region ?? ""), ("province", province ?? ""),
      ("parent", parent?.text ?? ""), ("level", level?.text ?? ""),
      ("sort", order == Order() ? "" : order.text), ("page", page == 1 ? "" : "\(page)"),
    ]
    let asked = fields.filter { !$0.1.isEmpty }.map { "\($0.0)=\($0.1.queryEscaped)" }
    return asked.isEmpty ? "" : "?" + asked.joined(separator: "&")
  }

  /// The same, changed, from its first page.
  func with(_ change: (inout ResultsFilter) -> Void) -> ResultsFilter {
    var next = self
    next.page = 1
    change(&next)
    return next
  }
}

extension ResultsFilter.Order {
  var text: String {
    isRising == column.isRisingAtFirst ? column.text : column.text + (isRising ? ".up" : ".down")
  }

  fileprivate static func parts(of text: String) -> (name: String, isRising: Bool?) {
    if text.hasSuffix(".up") { return (String(text.dropLast(3)), true) }
    if text.hasSuffix(".down") { return (String(text.dropLast(5)), false) }
    return (text, nil)
  }
}
