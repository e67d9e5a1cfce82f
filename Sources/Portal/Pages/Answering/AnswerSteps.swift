import Integrity
import Storage

/// What a respondent is asked, cut into pages: at most five questions of one indicator on each, unless an item alone has
/// more.
struct AnswerSteps: Sendable {
  struct Asked: Sendable {
    let item: Item
    /// As it is counted on the pages, from 1.
    let number: Int
    /// By their place among all questions of the questionnaire; empty where words are asked for.
    let questions: [(place: Int, question: Question)]

    var isText: Bool { if case .text = item.form { true } else { false } }
  }

  struct Step: Sendable {
    let title: Words
    /// Whether the page before has the same title.
    let goesOn: Bool
    let asked: [Asked]

    var places: [Int] { asked.flatMap { $0.questions.map(\.place) } }
  }

  let steps: [Step]
  /// The fields its pages send.
  let names: Fields.Names
  /// Places of all questions that are asked.
  let places: [Int]
  /// Items in which words are asked for, by their place among all items.
  let texts: [Asked]
  /// All questions of the questionnaire, also those this office is not asked.
  let questions: [Question]

  private static let most = 5

  init(_ form: AskedForm) {
    questions = form.rubric.questions(of: form.instrument.code)
    let asked = Set(form.items.map(\.code))
    let byItem = Dictionary(grouping: questions.enumerated(), by: \.element.item)
    var steps: [Step] = []
    var number = 0
    func cut(_ items: [Item], _ title: Words) {
      var page: [Asked] = []
      var isFirst = true
      func close() {
        if !page.isEmpty { steps.append(Step(title: title, goesOn: !isFirst, asked: page)) }
        (page, isFirst) = ([], isFirst && page.isEmpty)
      }
      for item in items where asked.contains(item.code) {
        let own = (byItem[item.code] ?? []).map { (place: $0.offset, question: $0.element) }
        number += 1
        let one = Asked(item: item, number: number, questions: own)
        guard one.isText || !own.isEmpty else {
          number -= 1
          continue
        }
        let held = page.reduce(0) { $0 + max(1, $1.questions.count) }
        if held + max(1, own.count) > AnswerSteps.most { close() }
        page.append(one)
      }
      close()
    }
    func walk(_ parts: Parts, _ title: Words) {
      switch parts {
      case .items(let items): cut(items, title)
      case .indicators(let indicators): for each in indicators { walk(each.parts, each.title) }
      }
    }
    walk(form.instrument.parts, form.instrument.title)
    self.steps = steps
    places = steps.flatMap(\.places)
    texts = steps.flatMap(\.asked).filter(\.isText)
    names = AnswerSheet.names(places, texts)
  }

  /// How many items are asked.
  var count: Int { steps.reduce(0) { $0 + $1.asked.count } }
}
