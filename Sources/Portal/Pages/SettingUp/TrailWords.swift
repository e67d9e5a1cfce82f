import Foundation
import Integrity
import Reports
import Storage

/// An entry of the trail in words.
struct TrailWords: Sendable {
  private let words: Wording
  private let dates: Dates

  init(_ words: Wording, _ dates: Dates) { (self.words, self.dates) = (words, dates) }

  func row(_ line: Registry.TrailLine) -> ReportData {
    let entry = line.entry
    return [
      "number": .text("\(entry.number)"), "moment": .text(dates.exact(entry.at)),
      "act": .text(act(entry)), "who": .text(line.personName ?? words.say("trail.nobody")),
      "person": ReportData(entry.person?.text), "is_console": .flag(entry.isConsole),
      "about": .list(about(line).map { .text($0) }), "details": ReportData(details(line)),
      "is_hidden": .flag(entry.payload == nil), "digest": .text(String(entry.digest.prefix(16))),
    ]
  }

  private func act(_ entry: Registry.TrailEntry) -> String {
    let title = Act(rawValue: entry.act)?.title.in(words.language) ?? words.text("trail", "\(entry.act)_act")
    return title.sentence(in: words.language)
  }

  /// Which cycle, office and person it concerns.
  private func about(_ line: Registry.TrailLine) -> [String] {
    let entry = line.entry
    var about: [String] = []
    if let cycle = entry.cycle { about.append(words.say("trail.cycle", ["cycle": cycle.text])) }
    if let office = entry.office {
      about.append(words.facts([office.text, line.officeName?.in(words.language).held ?? ""]))
    }
    if let subject = line.subject {
      about.append(words.facts([line.subjectName ?? "", subject.text]))
    } else if !entry.subject.isEmpty, entry.subject != entry.office?.text, entry.subject != entry.cycle?.text,
      !entry.subject.hasPrefix("person ")
    {
      about.append(entry.subject)
    }
    return about
  }

  /// What was written, as far as a reader makes something of it; nil where there is nothing more to say.
  private func details(_ line: Registry.TrailLine) -> String? {
    guard let payload = line.entry.payload, let picture = Picture(payload) else { return nil }
    if picture.isGone { return words.say("trail.taken_out") }
    let facts = picture.fields.compactMap { name, value -> String? in
      guard let label = label(name), let shown = shown(name, value) else { return nil }
      return words.say("trail.fact", ["name": label, "value": shown])
    }
    return facts.isEmpty ? nil : facts.joined(separator: " · ")
  }

  /// What a column is called; nil for one that says nothing to a reader, such as a row's number.
  private func label(_ name: String) -> String? { words.known("trail_fields", "\(name)") }

  /// Where these say no, they say nothing: a role for some offices is not for all of them.
  private static let flags: Set<String> = ["is_everywhere"]

  private func shown(_ name: String, _ value: Picture.Value) -> String? {
    switch value {
    case .null: return nil
    case .number(let number):
      if number == 0, TrailWords.flags.contains(name) { return nil }
      if name.hasPrefix("is_") || name.hasPrefix("has_") || name == "admits_further_proof" {
        return words.say(number == 0 ? "trail.no" : "trail.yes")
      }
      if TrailWords.moments.contains(name) { return dates.moment(Moment(seconds: number)) }
      if name == "millionths" { return Points(millionths: number).shown }
      return "\(number)"
    case .flag(let flag): return words.say(flag ? "trail.yes" : "trail.no")
    case .text(let text):
      if text.isEmpty || text == "[]" { return nil }
      if name.hasSuffix("_day"), let day = Day(text) { return dates.day(day) }
      return named(name, text).map { $0.in(words.language) } ?? known(name, text) ?? readable(text)
    }
  }

  private static let moments: Set<String> = [
    "opens", "closes", "until", "made_at", "from_at", "until_at", "expires", "opened_at", "published_at",
    "declared_at", "agreed_at",
  ]

  /// A word of a closed list.
  private func named(_ name: String, _ text: String) -> Words? {
    switch name {
    case "role": Role(rawValue: text)?.title
    case "capacity": Acting.Capacity(rawValue: text)?.title
    case "state": Submission.State(rawValue: text)?.title
    default: nil
    }
  }

  private func known(_ name: String, _ text: String) -> String? {
    ["second_factor", "stage", "kind"].contains(name) ? words.known("trail_values", "\(text)") : nil
  }

  /// Lists without the marks they are written with.
  private func readable(_ text: String) -> String {
    guard text.hasPrefix("["), text.hasSuffix("]") else { return String(text.prefix(300)) }
    let plain = text.filter { !"[]\"".contains($0) }.replacing(",", with: ", ")
    return String(plain.prefix(300))
  }

  // As a table.

  var header: [String] {
    [
      "column_number", "column_moment", "column_person", "column_name", "column_console", "column_code",
      "column_act", "column_cycle", "column_office", "column_office_name", "column_subject", "column_details",
      "column_digest",
    ].map { words.text("trail", $0) }
  }

  func cells(_ line: Registry.TrailLine) -> [String] {
    let entry = line.entry
    return [
      "\(entry.number)", entry.at.description, entry.person?.text ?? "", line.personName ?? "",
      entry.isConsole ? words.say("trail.yes") : "", entry.act, act(entry), entry.cycle?.text ?? "",
      entry.office?.text ?? "", line.officeName?.in(words.language) ?? "",
      line.subject.map { "\($0) \(line.subjectName ?? "")" } ?? entry.subject, details(line) ?? "",
      entry.digest,
    ]
  }
}

/// What was written with an entry: the picture of a row, or a few facts, in the order in which they stand.
private struct Picture {
  enum Value: Decodable {
    case null
    case number(Int64)
    case flag(Bool)
    case text(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .null
      } else if let flag = try? container.decode(Bool.self) {
        self = .flag(flag)
      } else if let number = try? container.decode(Int64.self) {
        self = .number(number)
      } else if let text = try? container.decode(String.self) {
        self = .text(text)
      } else {
        self = .null
      }
    }
  }

  let fields: [(String, Value)]

  init?(_ json: String) {
    guard let values = try? JSONDecoder().decode([String: Value].self, from: Data(json.utf8)) else {
      return nil
    }
    // As the row has them: a dictionary has no order of its own.
    fields = values.compactMap { name, value in
      json.range(of: "\"\(name)\":").map { (place: $0.lowerBound, name: name, value: value) }
    }.sorted { $0.place < $1.place }.map { ($0.name, $0.value) }
  }

  var isGone: Bool { fields.count == 1 && fields.first?.0 == "taken_out" }
}
