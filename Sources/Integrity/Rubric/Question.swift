/// One thing a respondent is asked that carries points: an item, or a sub-item of one. A questionnaire's answers are
/// kept as counts in this order, one number an option.
///
/// Immutable, and an object since the answers of a nation pass it from hand to hand.
public final class Question: Hashable, Sendable {
  public let item: Code<Node>
  public let sub: Code<SubItem>?
  public let title: Words
  public let options: [Option]
  /// Points of each option in millionths, nil where it does not count.
  let points: [Int64?]
  /// By the byte an answer is kept as, 0 for none and else the option's place from 1: whether it counts.
  let scores: [Bool]
  /// Where its counts begin in a tally.
  public let offset: Int

  init(item: Code<Node>, sub: Code<SubItem>?, title: Words, options: [Option], offset: Int) {
    self.item = item
    self.sub = sub
    self.title = title
    self.options = options
    self.offset = offset
    points = options.map { $0.points?.millionths }
    scores = [false] + options.map { $0.points != nil }
  }

  public static func == (a: Question, b: Question) -> Bool {
    a === b
      || a.item == b.item && a.sub == b.sub && a.title == b.title && a.options == b.options
        && a.offset == b.offset
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(item) }

  /// `i12`, or `i11.b` for a sub-item.
  public var code: String { sub.map { "\(item).\($0)" } ?? item.text }

  static func lists(
    of instruments: [Instrument]
  ) -> (lists: [Code<Node>: [Question]], first: [Code<Node>: Int]) {
    var lists: [Code<Node>: [Question]] = [:]
    var first: [Code<Node>: Int] = [:]
    for instrument in instruments where instrument.questionnaire != nil {
      var list: [Question] = []
      var offset = 0
      func ask(_ item: Item, _ sub: SubItem?) {
        let options = (sub?.form ?? item.form).options
        guard !options.isEmpty else { return }
        list.append(
          Question(
            item: item.code, sub: sub?.code, title: sub?.title ?? item.title, options: options,
            offset: offset))
        offset += options.count
      }
      for item in instrument.parts.items {
        first[item.code] = list.count
        if item.subItems.isEmpty { ask(item, nil) } else { item.subItems.forEach { ask(item, $0) } }
      }
      lists[instrument.code] = list
    }
    return (lists, first)
  }
}
