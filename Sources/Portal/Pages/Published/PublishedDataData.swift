import Integrity
import Reports
import Storage

/// What of a published cycle may be taken as data, and how to see that it is what was sealed.
struct PublishedDataData {
  private let index: PublishedIndex
  private let paths: PublicPaths
  private let words: Wording
  private let dates: Dates

  init(_ index: PublishedIndex, _ paths: PublicPaths, _ words: Wording, _ dates: Dates) {
    (self.index, self.paths, self.words, self.dates) = (index, paths, words, dates)
  }

  private var publication: Registry.Publication { index.publication }
  private var cycle: Code<Cycle> { publication.cycle.code }

  /// Columns that stand in every table; those of figures follow from the rubric.
  private static let columns = [
    "column_office",
    "column_name_th",
    "column_kind",
    "column_parent",
    "column_provinces_th",
    "column_state",
    "column_total",
    "column_floor",
    "column_level",
    "column_figure",
    "column_previous_total",
    "column_amendments",
    "column_digest",
    "column_latest_digest",
    "column_address",
  ]

  var fields: [String: ReportData] {
    let example = publication.offices.first?.office.code ?? "4001"
    return [
      "all": .text(paths.results(cycle)),
      "place": .text(words.say("published.year", ["year": words.year(publication.cycle.year)])),
      "files": .list([
        file("results.csv", "published_data.results_csv", paths.file("results.csv", of: cycle)),
        file("results.json", "published_data.results_json", paths.file("results.json", of: cycle)),
        file(
          "\(example).json", "published_data.office_json", paths.file(of: example, in: cycle, "json")),
        file("\(example).csv", "published_data.office_csv", paths.file(of: example, in: cycle, "csv")),
      ]),
      "columns": .list(
        PublishedDataData.columns.map { name in
          [
            "name": .text(columnName(name)),
            "meaning": .text(words.text("published_data", name).replacing("%codes%", with: codes)),
          ]
        }),
      "digest": .list(publication.seal.digestGroups.map { .text($0) }),
      "sealed": .text(dates.moment(publication.sealedAt).kept),
      "published": .text(dates.moment(publication.publishedAt).kept),
      "count": .text(publication.offices.count.shown),
    ]
  }

  private func file(_ name: String, _ about: String, _ href: String) -> ReportData {
    ["name": .text(name), "about": .text(words.say(about)), "href": .text(href)]
  }

  /// Pairs that differ in the language or the end alone stand together.
  private func columnName(_ name: String) -> String {
    switch name {
    case "column_name_th": "name_th, name_en"
    case "column_provinces_th": "provinces_th, provinces_en"
    case "column_floor": "floor, ceiling"
    case "column_level": "level, level_th, level_en"
    case "column_figure": "figure_…"
    default: String(name.dropFirst("column_".count))
    }
  }

  private var codes: String { words.list(publication.nodes.prefix(3).map { "figure_\($0.heading.code)" }) }
}
