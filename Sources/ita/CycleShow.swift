import ArgumentParser
import Integrity
import Reports
import Storage

struct CycleShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "List the cycles, or show one with its dates and where it stands.",
    discussion: """
      Example: ita cycle show 2569

      Anybody at the console may ask; it names no person.
      """)

  @Argument(help: "The cycle; all of them, if not given.") var code: Code<Cycle>?
  @Flag(help: "For a program.") var json = false
  @OptionGroup(title: "Registry") var registry: RegistryOptions

  func run() throws {
    try registry.looking { registry, now in
      let cycles = try code.map { [try registry.cycle($0)] } ?? registry.cycles()
      let pictures = try cycles.map {
        CyclePicture(
          cycle: $0, rubric: try registry.rubric(of: $0.code),
          offices: try registry.participants(of: $0.code).count, now: now)
      }
      if json {
        Console.say(JSON.list(pictures.map(\.json)))
      } else if code != nil {
        for picture in pictures { Console.say(picture.text(in: self.registry.language)) }
      } else if pictures.isEmpty {
        Console.say("There is no cycle; make one with 'ita cycle new'.")
      } else {
        Console.say(CyclePicture.list(pictures, in: self.registry.language))
      }
    }
  }
}

/// A cycle with its dates and where each part of it stands at a moment.
private struct CyclePicture {
  let cycle: Cycle
  let rubric: Rubric
  let offices: Int
  let now: Moment

  private struct Span {
    let what: String
    let window: Window
    let phase: Phase?
  }

  private var spans: [Span] {
    guard let schedule = cycle.schedule else { return [] }
    let collecting = rubric.instruments.compactMap { instrument in
      schedule.collecting[instrument.code].map {
        Span(what: instrument.code.text, window: $0, phase: cycle.phase(of: instrument, for: nil, at: now))
      }
    }
    return collecting + [
      Span(what: "assessing", window: schedule.assessing, phase: nil),
      Span(what: "clarifying", window: schedule.clarifying, phase: nil),
    ]
  }

  static func list(_ pictures: [CyclePicture], in language: Language) -> String {
    let rows = pictures.map { picture in
      [
        picture.cycle.code.text, picture.cycle.stage.rawValue,
        picture.cycle.phase(at: picture.now).title.in(language),
        picture.rubric.code.text, "\(picture.offices)", picture.cycle.title.in(language),
      ]
    }
    return Columns(
      rows: [["cycle", "stage", "phase now", "rubric", "offices", "title"]] + rows, numbers: [4]
    ).text
  }

  func text(in language: Language) -> String {
    var lines = [
      "\(cycle.code) · \(cycle.title.in(language)) · \(rubric.code), edition \(rubric.edition)",
      "stage: \(cycle.stage.rawValue) · phase now: \(cycle.phase(at: now).title.in(language)) · offices: \(offices)",
      "",
    ]
    if spans.isEmpty {
      lines.append("There is no schedule; set one with 'ita cycle schedule'.")
    } else {
      let rows = spans.map { span in
        let title = Phase(rawValue: span.what)?.title.in(language) ?? span.what
        return [
          title, span.window.opens.written(in: language), span.window.closes.written(in: language),
          span.phase?.title.in(language) ?? "",
        ]
      }
      lines.append(Columns(rows: [["", "opens", "closes", "phase now"]] + rows).text)
    }
    for longer in cycle.extensions {
      lines.append(
        "\(longer.office): \(longer.instrument) until \(longer.until.written(in: language)) (\(longer.reason))"
      )
    }
    return lines.joined(separator: "\n")
  }

  var json: JSON {
    let windows = spans.map { span in
      JSON.object([
        ("what", .text(span.what)), ("opens", .moment(span.window.opens)),
        ("closes", .moment(span.window.closes)), ("phase", .text(span.phase?.rawValue)),
      ])
    }
    let extensions = cycle.extensions.map { longer in
      JSON.object([
        ("office", .text(longer.office.text)), ("instrument", .text(longer.instrument.text)),
        ("until", .moment(longer.until)), ("reason", .text(longer.reason)),
      ])
    }
    return .object([
      ("cycle", .text(cycle.code.text)), ("year", .number(cycle.year.buddhist)),
      ("title", .words(cycle.title)), ("stage", .text(cycle.stage.rawValue)),
      ("phase", .text(cycle.phase(at: now).rawValue)),
      ("rubric", .object([("code", .text(rubric.code.text)), ("edition", .text(rubric.edition))])),
      ("offices", .number(offices)), ("windows", .list(windows)), ("extensions", .list(extensions)),
      ("admits_further_proof", .flag(cycle.schedule?.admitsFurtherProof ?? false)),
    ])
  }
}
