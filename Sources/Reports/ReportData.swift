public import Integrity

/// What a template sees: one tree of display values for pages and workbooks alike. The tree is the contract with whoever
/// writes a template; it holds no arithmetic.
public enum ReportData: Hashable, Sendable {
  case text(String)
  /// Shown with its places; a number in a workbook.
  case number(Figure)
  /// A decimal without fixed places, such as a weight or a threshold.
  case points(Points)
  case flag(Bool)
  case list([ReportData])
  case record([String: ReportData])

  /// What is not there: a section that is skipped, an empty cell.
  public static let absent = ReportData.flag(false)

  /// The value at a path of names, such as `office.name`; a name may itself hold a dot (`figures.9.1`).
  public subscript(path: String) -> ReportData? {
    guard case .record(let fields) = self else { return nil }
    if let value = fields[path] { return value }
    guard let dot = path.firstIndex(of: "."), let next = fields[String(path[..<dot])] else { return nil }
    return next[String(path[path.index(after: dot)...])]
  }

  /// As a reader sees it in running text.
  public var shown: String {
    switch self {
    case .text(let text): text
    case .number(let figure): figure.shown
    case .points(let points): points.shown
    case .flag, .list, .record: ""
    }
  }
}

extension ReportData: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral, ExpressibleByStringInterpolation
{
  public init(stringLiteral value: String) { self = .text(value) }
  public init(booleanLiteral value: Bool) { self = .flag(value) }
  public init(arrayLiteral elements: ReportData...) { self = .list(elements) }
  public init(dictionaryLiteral elements: (String, ReportData)...) {
    self = .record(Dictionary(elements) { _, later in later })
  }

  /// A text, or nothing where there is none.
  public init(_ text: String?) { self = text.map { .text($0) } ?? .absent }
}

extension Figure {
  /// With thousands set off and a true minus: `1,204.50`, `−3.21`.
  public var shown: String { description.grouped }

  /// With its sign: `+3.21`, `−2.93`, `0.00`.
  public var signed: String { units > 0 ? "+" + shown : shown }
}

extension Points {
  /// With thousands set off, and as many places as it has.
  public var shown: String { description.grouped }
}

extension Int {
  /// With thousands set off: `1,240`.
  public var shown: String { description.grouped }
}

extension String {
  /// Of a plain decimal: commas between thousands, U+2212 for the minus.
  fileprivate var grouped: String {
    var digits = Substring(self)
    let isNegative = digits.first == "-"
    if isNegative { digits.removeFirst() }
    let whole = digits.prefix { $0 != "." }
    var groups = ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index).isMultiple(of: 3) { groups += "," }
      groups.append(digit)
    }
    return (isNegative ? "\u{2212}" : "") + groups + digits.dropFirst(whole.count)
  }
}
