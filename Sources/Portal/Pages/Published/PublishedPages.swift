import HTTPTypes
import Hummingbird
import Integrity
import NIOCore
import Reports
import Storage

/// What everybody may read, without signing in: published cycles, their results, one office's page, and the data.
enum PublishedPages {
  static let routes: [Route] = [
    .open(.get, "/robots.txt") { robots(PublicPage($0)) },
    .open(.get, "/sitemap.xml", load: .export) { try await siteMap(PublicPage($0)) },
    .open(.get, PublicPaths.base) { try await cycles(PublicPage($0)) },
    .open(.get, PublicPaths.cycle) { try await results(PublicPage($0)) },
    .open(.get, PublicPaths.cycle + "/method") { try await method(PublicPage($0)) },
    .open(.get, PublicPaths.cycle + "/data") { try await data(PublicPage($0)) },
    .open(.get, PublicPaths.cycle + "/results.csv", load: .export) { try await table(PublicPage($0)) },
    .open(.get, PublicPaths.cycle + "/results.json", load: .export) { try await document(PublicPage($0)) },
    .open(.get, PublicPaths.office) { try await office(PublicPage($0)) },
    .open(.get, PublicPaths.office + ".json") { try await officeDocument(PublicPage($0)) },
    .open(.get, PublicPaths.office + ".csv") { try await officeTable(PublicPage($0)) },
    .open(.get, PublicPaths.office + ".xlsx", load: .export) { try await officeWorkbook(PublicPage($0)) },
  ]

  private static func cycles(_ page: PublicPage) async throws -> Response {
    let now = page.visit.now
    let cycles = try await page.visit.portal.read { try $0.publishedCycles(at: now) }
    let words = try page.words()
    let stamp = cycles.map { "\($0.cycle.code) \($0.publishedAt.seconds)" }.joined(separator: "\n")
    return try await page.page(
      "pages/public-cycles", title: words.say("published.title"),
      description: words.say("published.description"),
      stamp: stamp
    ) {
      let dates = Dates(page.visit.visitor)
      return [
        "has_rows": .flag(!cycles.isEmpty),
        "rows": .list(
          cycles.map { each in
            [
              "href": .text(page.paths.results(each.cycle.code)),
              "year": .text(words.say("published.year", ["year": words.year(each.cycle.year)])),
              "title": .text(each.cycle.title.in(words.language).held),
              "count": .text(words.say("published.count", ["count": each.offices.shown])),
              "published": .text(
                words.say("published.published_on", ["day": dates.day(each.publishedAt.day).kept])),
            ]
          }),
      ]
    }
  }

  private static func results(_ page: PublicPage) async throws -> Response {
    let index = try await page.index()
    let (words, cycle) = (try page.words(), index.publication.cycle)
    let year = words.year(cycle.year)
    return try await page.page(
      "pages/public-results", title: words.say("published.heading", ["year": year]),
      description: words.say(
        "published.results_description", ["year": year, "count": index.publication.offices.count.shown]),
      stamp: index.stamp, cycle: cycle.code, place: .results
    ) {
      PublishedListData(
        index, PublishedQuery(page.visit, index.publication), page.paths, words, Dates(page.visit.visitor)
      ).fields
    }
  }

  private static func office(_ page: PublicPage) async throws -> Response {
    let index = try await page.index()
    let entry = try index.office(try page.visit.part("office"))
    let (words, cycle) = (try page.words(), index.publication.cycle)
    let name = entry.office.name.in(words.language)
    return try await page.page(
      "pages/public-office",
      title: words.facts([name, words.say("published.heading", ["year": words.year(cycle.year)])]),
      description: PublishedOfficeData.description(of: entry, in: index.publication, words),
      stamp: index.stamp, cycle: cycle.code
    ) {
      let result = try await scorecard(page, entry, cycle)
      return PublishedOfficeData(entry, result, index, page.paths, words, Dates(page.visit.visitor)).fields
    }
  }

  fileprivate static func scorecard(
    _ page: PublicPage, _ entry: Registry.PublishedOffice, _ cycle: Cycle
  ) async throws -> Registry.PublishedScorecard {
    let now = page.visit.now
    return try await page.visit.portal.read {
      try $0.publishedScorecard(of: entry.office.code, in: cycle.code, at: now)
    }
  }

  private static func method(_ page: PublicPage) async throws -> Response {
    let index = try await page.index()
    let (words, publication) = (try page.words(), index.publication)
    return try await page.page(
      "pages/public-method", title: words.say("published_method.title"),
      description: words.say(
        "published_method.description", ["title": publication.rubric.title.in(words.language)]),
      stamp: index.stamp, cycle: publication.cycle.code, place: .method
    ) { PublishedMethodData(publication, page.paths, words).fields }
  }

  private static func data(_ page: PublicPage) async throws -> Response {
    let index = try await page.index()
    let words = try page.words()
    let year = words.year(index.publication.cycle.year)
    return try await page.page(
      "pages/public-data", title: words.say("published_data.title"),
      description: words.say("published_data.description", ["year": year]),
      stamp: index.stamp, cycle: index.publication.cycle.code, place: .data
    ) { PublishedDataData(index, page.paths, words, Dates(page.visit.visitor)).fields }
  }

  // Data.

  private static func table(_ page: PublicPage) async throws -> Response {
    let index = try await page.index()
    let name = "results-\(index.publication.cycle.code.text.plain).csv"
    return try await page.file("text/csv; charset=utf-8", name: name, stamp: index.stamp) {
      try PublishedTables(index, page).csv
    }
  }

  private static func document(_ page: PublicPage) async throws -> Response {
    let index = try await page.index()
    let name = "results-\(index.publication.cycle.code.text.plain).json"
    return try await page.file("application/json", name: name, stamp: index.stamp, isShown: true) {
      try PublishedTables(index, page).json
    }
  }

  private static func officeDocument(_ page: PublicPage) async throws -> Response {
    let index = try await page.index()
    let entry = try index.office(try page.visit.part("office"))
    let cycle = index.publication.cycle
    let name = "\(cycle.code.text.plain)-\(entry.office.code.text.plain).json"
    return try await page.file("application/json", name: name, stamp: index.stamp, isShown: true) {
      let result = try await scorecard(page, entry, cycle)
      return try PublishedTables(index, page).json(of: entry, result)
    }
  }

  private static func officeTable(_ page: PublicPage) async throws -> Response {
    let index = try await page.index()
    let entry = try index.office(try page.visit.part("office"))
    let cycle = index.publication.cycle
    let name = "\(cycle.code.text.plain)-\(entry.office.code.text.plain).csv"
    return try await page.file("text/csv; charset=utf-8", name: name, stamp: index.stamp) {
      let card = try await scorecard(page, entry, cycle).card
      let least = index.publication.rubric.policy.smallestCount
      return ResponseBody(
        byteBuffer: ByteBuffer(string: ScorecardCSV.text(of: [card], smallestCount: least) + "\r\n"))
    }
  }
}

extension PublishedPages {
  /// Search engines find what is published, and look nowhere else.
  fileprivate static func robots(_ page: PublicPage) -> Response {
    let lines = [
      "User-agent: *", "Allow: \(PublicPaths.base)", "Allow: /assets", "Disallow: /",
      "Sitemap: \(page.visit.portal.settings.base)/sitemap.xml",
    ]
    return Response(
      status: .ok,
      headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "public, max-age=3600"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: lines.joined(separator: "\n") + "\n")))
  }

  /// Every published cycle, and every office of the latest.
  fileprivate static func siteMap(_ page: PublicPage) async throws -> Response {
    let (now, portal) = (page.visit.now, page.visit.portal)
    let cycles = try await portal.read { try $0.publishedCycles(at: now) }
    let paths = PublicPaths(asked: nil)
    var pages = [paths.cycles]
    for each in cycles {
      pages += [paths.results(each.cycle.code), paths.method(each.cycle.code), paths.data(each.cycle.code)]
    }
    if let latest = cycles.first?.cycle.code {
      let index = try await portal.publications.index(of: latest, in: portal)
      pages += index.publication.offices.map { paths.office($0.office.code, in: latest) }
    }
    let entries = pages.map { "<url><loc>\(portal.settings.base)\($0)</loc></url>" }
    let text = """
      <?xml version="1.0" encoding="UTF-8"?>
      <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
      \(entries.joined(separator: "\n"))
      </urlset>

      """
    return Response(
      status: .ok, headers: [.contentType: "application/xml", .cacheControl: "public, max-age=3600"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }

  /// The figures as a workbook, in the language of the page.
  private static func officeWorkbook(_ page: PublicPage) async throws -> Response {
    let index = try await page.index()
    let entry = try index.office(try page.visit.part("office"))
    let (cycle, words) = (index.publication.cycle, try page.words())
    let name = "\(cycle.code.text.plain)-\(entry.office.code.text.plain)-\(words.language.rawValue).xlsx"
    return try await page.file(ReportOrders.xlsx, name: name, stamp: index.stamp, varies: true) {
      let result = try await scorecard(page, entry, cycle)
      let report = PublishedOfficeData(entry, result, index, page.paths, words, Dates(page.visit.visitor))
        .report
      let templates = page.visit.portal.templates
      let bytes = try await page.visit.portal.read { _ in
        let template = try WorkbookTemplate(named: "office", in: templates)
        return try XlsxFile.bytes(of: try template.workbook(of: report.workbookData(words)))
      }
      return ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
    }
  }
}

extension String {
  /// What may stand in the name of a file anywhere.
  var plain: String { filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") } }

  /// A digest in groups of four, four of which stay together.
  var digestGroups: [String] {
    let groups = stride(from: 0, to: count, by: 4).map { String(dropFirst($0).prefix(4)) }
    return stride(from: 0, to: groups.count, by: 4).map {
      groups[$0..<Swift.min($0 + 4, groups.count)].joined(separator: "\u{A0}")
    }
  }
}
