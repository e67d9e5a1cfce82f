import Integrity
import Reports
import Storage

/// One office's published page: the report of its scorecard, and around it how the result came to be final.
struct PublishedOfficeData {
  private let entry: Registry.PublishedOffice
  private let result: Registry.PublishedScorecard
  private let index: PublishedIndex
  private let paths: PublicPaths
  private let words: Wording
  private let dates: Dates

  init(
    _ entry: Registry.PublishedOffice, _ result: Registry.PublishedScorecard, _ index: PublishedIndex,
    _ paths: PublicPaths, _ words: Wording, _ dates: Dates
  ) {
    (self.entry, self.result, self.index) = (entry, result, index)
    (self.paths, self.words, self.dates) = (paths, words, dates)
  }

  private var publication: Registry.Publication { index.publication }
  private var cycle: Cycle { publication.cycle }
  private var office: Code<Office> { entry.office.code }

  var fields: [String: ReportData] {
    guard case .record(var fields) = report.data(words) else { return [:] }
    fields["all"] = .text(paths.results(cycle.code))
    fields["xlsx"] = .text(paths.file(of: office, in: cycle.code, "xlsx", inLanguage: true))
    fields["csv"] = .text(paths.file(of: office, in: cycle.code, "csv"))
    fields["json"] = .text(paths.file(of: office, in: cycle.code, "json"))
    fields["about_data"] = .text(paths.data(cycle.code))
    fields["reviewed"] = reviewed
    fields["amended"] = .list(amended)
    fields["has_amended"] = .flag(!amended.isEmpty)
    fields["seal"] = seal
    return fields
  }

  /// What search engines show below the name.
  static func description(
    of entry: Registry.PublishedOffice, in publication: Registry.Publication, _ words: Wording
  ) -> String {
    let year = words.year(publication.cycle.year)
    guard let total = entry.total, let level = entry.level?.level else {
      return words.say(
        "published_office.description_open", ["office": entry.office.name.in(words.language), "year": year])
    }
    return words.say(
      "published_office.description",
      [
        "office": entry.office.name.in(words.language), "year": year, "total": total.shown,
        "level": level.title.in(words.language),
      ])
  }

  var report: OfficeReport {
    let previous = entry.previous.map {
      OfficeReport.Previous(total: $0, year: FiscalYear(cycle.year.buddhist - 1))
    }
    return OfficeReport(
      rubric: publication.rubric, scorecard: result.card, peers: publication.peers(of: entry.office.kind),
      previous: previous, year: cycle.year, remarks: remarks)
  }

  /// When it was sealed, and what the first score was.
  private var remarks: [String] {
    var remarks = [words.say("published_office.sealed_on", ["day": dates.day(publication.sealedAt.day).kept])]
    if let first = result.first, let total = entry.total {
      remarks.append(
        first == total
          ? words.say("published_office.same_as_first")
          : words.say("published_office.first_was", ["total": first.shown]))
    } else if result.reviewed.isEmpty, entry.total != nil {
      remarks.append(words.say("published_office.same_as_first"))
    }
    if let last = result.sealed.last, last.version > 1 {
      remarks.append(words.say("published_office.amended_on", ["day": dates.day(last.at.day).kept]))
    }
    return remarks
  }

  // First and final, side by side.

  private var reviewed: ReportData {
    guard !result.reviewed.isEmpty else { return .absent }
    let items = Dictionary(
      (publication.rubric.items.map(\.item) + publication.rubric.deductions).map { ($0.code, $0) }
    ) { a, _ in a }
    return [
      "rows": .list(
        result.reviewed.map { change in
          let item = items[change.item]
          return [
            "code": .text(change.item.text), "title": .text(item?.title.in(words.language) ?? ""),
            "first": finding(change.first, item), "last": finding(change.last, item),
            "is_same": .flag(change.first?.judgement == change.last.judgement),
            "cause": .text(
              words.say(
                change.cause == .clarified ? "published_office.clarified" : "published_office.corrected")),
          ]
        }),
      "first_total": .text(result.first?.shown ?? "–"), "last_total": .text(entry.total?.shown ?? "–"),
      "has_totals": .flag(result.first != nil && entry.total != nil),
    ]
  }

  private func finding(_ finding: Finding?, _ item: Item?) -> ReportData {
    FindingWords(words).data(finding, of: item)
  }

  private var amended: [ReportData] {
    zip(result.sealed, result.sealed.dropFirst()).map { before, after in
      [
        "day": .text(dates.day(after.at.day).kept), "reason": .text(after.reason),
        "before": .text(before.total?.shown ?? "–"), "after": .text(after.total?.shown ?? "–"),
      ]
    }
  }

  private var seal: ReportData {
    [
      "sealed": .text(dates.day(publication.sealedAt.day).kept),
      "published": .text(dates.day(publication.publishedAt.day).kept),
      "digest": .list(entry.sealed.last.digestGroups.map { .text($0) }),
      "all": .list(publication.seal.digestGroups.map { .text($0) }),
    ]
  }
}

/// A judgement in words.
struct FindingWords {
  let words: Wording

  init(_ words: Wording) { self.words = words }

  func said(_ judgement: Judgement, of item: Item?) -> String {
    switch judgement {
    case .met: return words.say("sentences.met")
    case .notMet: return words.say("sentences.not_met_word")
    case .option(let code): return option(code, of: item)
    case .number(let number): return number.shown
    case .elements(let present):
      let all = item?.elements.count ?? present.count
      return words.say("published_office.elements", ["count": present.count.shown, "all": all.shown])
    case .notApplicable: return words.say("sentences.not_applicable")
    case .pending: return words.say("sentences.pending")
    }
  }

  private func option(_ code: Code<Option>, of item: Item?) -> String {
    let option = item?.form.options.first { $0.code == code }
    return option?.title.in(words.language) ?? code.text
  }
}
