/// One required disclosure (O7) or one question (i12), or a deduction. Immutable, and an object so that scoring a nation
/// does not copy it.
public final class Item: Hashable, Sendable, Outlined {
  public let heading: Heading
  public let form: Form
  /// Full marks are this many points here; nil for the form's own.
  public let worth: Points?
  /// Asked one by one; the item is their mean.
  public let subItems: [SubItem]
  public let elements: [Element]
  /// The group that answers for it, and those that contribute.
  public let group: Code<Group>?
  public let contributing: [Code<Group>]
  public let needsPublicLink: Bool
  /// The rounds in which it is due; empty for every round.
  public let due: [Code<Round>]
  public let guidance: Words?
  public let remedy: Words?
  /// The items of an earlier year it was split from or merged from.
  public let was: [Key]

  public init(
    heading: Heading, form: Form, worth: Points? = nil, subItems: [SubItem] = [], elements: [Element] = [],
    group: Code<Group>? = nil, contributing: [Code<Group>] = [], needsPublicLink: Bool = false,
    due: [Code<Round>] = [], guidance: Words? = nil, remedy: Words? = nil, was: [Key] = []
  ) {
    self.heading = heading
    self.form = form
    self.worth = worth
    self.subItems = subItems
    self.elements = elements
    self.group = group
    self.contributing = contributing
    self.needsPublicLink = needsPublicLink
    self.due = due
    self.guidance = guidance
    self.remedy = remedy
    self.was = was
    natural = form.range
    range = Item.range(form, subItems, worth)
    subHeadings = subItems.map {
      Heading(code: Code("\(heading.code).\($0.code)"), key: heading.key, title: $0.title, weight: $0.weight)
    }
  }

  /// What its sub-items are called in a scorecard, `i11.b`.
  let subHeadings: [Heading]
  /// The least and the most points it can give.
  public let range: ClosedRange<Points>
  /// The points of an answer, before `worth`.
  let natural: ClosedRange<Points>

  public static func == (a: Item, b: Item) -> Bool {
    a === b
      || a.heading == b.heading && a.form == b.form && a.worth == b.worth && a.subItems == b.subItems
        && a.elements == b.elements && a.group == b.group && a.contributing == b.contributing
        && a.needsPublicLink == b.needsPublicLink && a.due == b.due && a.guidance == b.guidance
        && a.remedy == b.remedy && a.was == b.was
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(heading) }

  private static func range(_ form: Form, _ subItems: [SubItem], _ worth: Points?) -> ClosedRange<Points> {
    let own: ClosedRange<Points>
    if subItems.isEmpty {
      own = form.range
    } else {
      let ranges = subItems.map(\.form.range)
      own =
        (ranges.map(\.lowerBound).min() ?? .zero)...(ranges.map(\.upperBound).max() ?? .hundred)
    }
    guard let worth else { return own }
    return min(own.lowerBound, .zero)...max(worth, .zero)
  }
}

/// A question within a question, with a scale and polarity of its own.
public struct SubItem: Hashable, Sendable {
  /// Within its item: `b` of `i11.b`.
  public let code: Code<SubItem>
  public let title: Words
  public let weight: Weight?
  public let form: Form

  public init(code: Code<SubItem>, title: Words, weight: Weight? = nil, form: Form) {
    self.code = code
    self.title = title
    self.weight = weight
    self.form = form
  }
}

/// One thing a disclosure must show.
public struct Element: Hashable, Sendable {
  public let key: Key
  public let title: Words
  public let period: Code<Period>?
  /// Declared once for the rubric and used by several items.
  public let isShared: Bool

  public init(key: Key, title: Words, period: Code<Period>? = nil, isShared: Bool = false) {
    self.key = key
    self.title = title
    self.period = period
    self.isShared = isShared
  }
}

/// How an item is answered, and what an answer is worth.
public enum Form: Hashable, Sendable {
  case scale(Scale, isReversed: Bool)
  /// One to so many stars: stars ÷ so many × 100.
  case stars(Int)
  case checklist(Checklist)
  /// A number between the two in equal steps; the figure is the number.
  case band(least: Points, most: Points, step: Points)
  /// A whole number of zero or more, made points by a table.
  case count(Conversion)
  /// Free text; carries no points.
  case text

  public enum Checklist: String, Hashable, Sendable, CaseIterable {
    /// Full marks only when every element is there.
    case all
    /// The share of elements that are there.
    case share
  }

  /// The least and the most points an answer can give.
  public var range: ClosedRange<Points> {
    switch self {
    case .scale(let scale, _): return scale.range
    case .stars(let most): return Points(millionths: 100 * Points.unit / Int64(most))...Points.hundred
    case .checklist: return Points.zero...Points.hundred
    case .band(let least, let most, _): return least...max(least, most)
    case .count(let table): return table.range
    case .text: return Points.zero...Points.zero
    }
  }

  /// The options a respondent chooses from, with their points; empty where there are none to choose.
  public var options: [Option] {
    switch self {
    case .scale(let scale, let isReversed): scale.options(isReversed: isReversed)
    case .stars(let most):
      (1...most).map { star in
        Option(
          code: "\(star)", title: Words(thai: "\(star) ดาว", english: star == 1 ? "1 star" : "\(star) stars"),
          points: Points(millionths: Int64(star) * 100 * Points.unit / Int64(most)))
      }
    case .checklist, .band, .count, .text: []
    }
  }
}
