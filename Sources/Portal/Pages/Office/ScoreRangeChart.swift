import Integrity
import Reports
import Storage

/// The possible score range as a picture, a sentence and a table. Positions are per cent of full marks.
struct ScoreRangeChart {
  private let range: ScoreRange
  private let desk: Registry.OfficeDesk
  private let isOpen: Bool
  private let words: Wording
  /// How many disclosures are sent, or ready to be, and how many are not.
  private let done: Int
  private let left: Int

  init(_ range: ScoreRange, _ desk: Registry.OfficeDesk, _ phase: Phase, _ words: Wording) {
    self.range = range
    self.desk = desk
    isOpen = phase <= .collecting
    self.words = words
    let (counted, isOpen) = (desk.counted, isOpen)
    done = counted.count { isOpen ? $0.state.isReady : $0.state == .submitted }
    left = counted.count - done
  }

  var data: ReportData {
    [
      "figures": .text("\(range.floor.shown)\u{A0}– \(range.ceiling.shown)"),
      "standing": .text(words.say(isOpen ? "range.provisional" : "range.unjudged")),
      "sentence": .list([sentence, level].flatMap(\.entries)),
      "spoken": .text(
        words.say(
          "range.spoken",
          ["floor": range.floor.shown, "today": range.today.shown, "ceiling": range.ceiling.shown])
      ),
      "floor": bar(from: 0, to: x(range.floor)), "open": bar(from: x(range.floor), to: x(range.today)),
      "gain": range.gain.units > 0 ? bar(from: x(range.today), to: x(range.ceiling)) : .absent,
      "today": today, "floor_label": floorLabel, "ticks": .list(ticks), "strip": .list(strip),
      "legend": legend, "table": .list(table), "ladder": .list(ladder),
    ]
  }

  // The sentence.

  private var sentence: ReportData {
    let name =
      !isOpen ? "range.sent" : done == 0 ? "range.none_ready" : left == 0 ? "range.all_ready" : "range.today"
    return words.pieces(name, strong: ["total": range.today.shown], plain: ["count": done.shown])
  }

  /// What that means for the level, and why.
  private var level: ReportData {
    guard let level = range.level?.title.in(words.language) else { return [] }
    guard let obstacle = range.obstacles.first else {
      return words.pieces("range.best_level", strong: ["level": level])
    }
    let blanks = ["most": obstacle.most.shown, "least": obstacle.least.shown, "code": obstacle.node.text]
    return words.pieces(
      obstacle.isTotal ? "range.level_by_total" : "range.level_by_part", strong: ["level": level],
      plain: blanks.merging(["next": range.next?.title.in(words.language) ?? ""]) { a, _ in a })
  }

  // The picture.

  /// Hundredths of a per cent of full marks.
  private func x(_ points: Points) -> Int {
    range.maximum.units > 0
      ? max(0, min(10_000, Int(points.millionths * 10_000 / range.maximum.points.millionths))) : 0
  }

  private func x(_ figure: Figure) -> Int { x(figure.points) }

  private func bar(from: Int, to: Int) -> ReportData { ["x": per(from), "width": per(max(0, to - from))] }

  private func per(_ hundredths: Int) -> ReportData { .text(share(hundredths, of: 10_000)) }

  /// The label stands to that side of its mark where there is more room.
  private var today: ReportData {
    let place = x(range.today)
    return [
      "x": per(place), "anchor": place > 5000 ? "end" : "start",
      "label": .text(
        words.say(isOpen ? "range.label_today" : "range.label_sent", ["total": range.today.shown])),
    ]
  }

  private var floorLabel: ReportData {
    let (floor, today) = (x(range.floor), x(range.today))
    // Where the two would meet, the more important one stays.
    if today - floor < 3000 { return .absent }
    return [
      "x": per(floor), "anchor": floor < 1500 ? "start" : "middle", "is_near": .flag(today - floor < 5600),
      "is_close": .flag(today - floor < 8000),
      "label": .text(words.say("range.label_floor", ["total": range.floor.shown])),
    ]
  }

  private var borders: [Points] {
    let inner = Set(desk.rubric.levels.map(\.atLeast)).filter { $0 > .zero && $0 < range.maximum.points }
    return [.zero] + inner.sorted() + [range.maximum.points]
  }

  private var ticks: [ReportData] {
    let borders = borders
    return borders.indices.map { index in
      let place = x(borders[index])
      let isLast = index == borders.count - 1
      let room = isLast ? 10_000 : x(borders[index + 1]) - place
      return [
        "x": per(place), "label": .text(borders[index].shown), "is_inner": .flag(index > 0 && !isLast),
        "anchor": index == 0 ? "start" : isLast ? "end" : "middle", "is_near": .flag(room < 900),
      ]
    }
  }

  /// Levels beneath the bar; those that begin at the same total share a piece.
  private var strip: [ReportData] {
    let borders = borders
    return zip(borders, borders.dropFirst()).map { from, to in
      let levels = desk.rubric.levels.filter { $0.atLeast == from || from == .zero && $0.atLeast <= .zero }
      let title = levels.reversed().map { $0.title.in(words.language) }.joined(separator: " / ")
      let (left, right) = (x(from), x(to))
      let isLast = to == range.maximum.points
      // About 7 px a letter on a bar of 1,134 px.
      let fits = title.count * 62 < (right - left) + (isLast ? 100 : 0)
      return [
        "x": per(left), "width": per(max(0, right - left - (isLast ? 0 : 20))),
        "tone": .text(levels.first.map(desk.rubric.tone(of:)) ?? "0"), "label": fits ? .text(title) : .absent,
        "middle": per(isLast && !title.isEmpty ? right : (left + right) / 2),
        "anchor": isLast ? "end" : "middle",
      ]
    }
  }

  private var legend: ReportData {
    let questionnaires = desk.rubric.instruments.filter { $0.questionnaire != nil }.map(\.code.text)
    return [
      "floor": .text(words.say("range.legend_floor", ["count": done.shown])),
      "open": .text(words.say("range.legend_open", ["codes": words.list(questionnaires)])),
      "gain": range.gain.units > 0
        ? .text(words.say("range.legend_gain", ["count": left.shown, "points": range.gain.shown])) : .absent,
    ]
  }

  // The table under it.

  private var table: [ReportData] {
    func row(_ name: String, _ figure: Figure) -> ReportData {
      ["name": .text(words.say(name)), "figure": .text(figure.shown)]
    }
    return [
      row("range.row_floor", range.floor), row(isOpen ? "range.row_today" : "range.row_sent", range.today),
    ]
      + (isOpen ? [row("range.row_ceiling", range.ceiling)] : [])
  }

  private var ladder: [ReportData] {
    desk.rubric.levels.map { level in
      let floors = level.floors.map {
        words.say("range.floor", ["code": $0.node.text, "least": $0.atLeast.shown])
      }
      return [
        "title": .text(level.title.in(words.language)), "least": .text(level.atLeast.shown),
        "floors": .text(floors.isEmpty ? "–" : words.list(floors)),
      ]
    }
  }
}

extension ReportData {
  fileprivate var entries: [ReportData] {
    if case .list(let list) = self { list } else { [] }
  }
}
