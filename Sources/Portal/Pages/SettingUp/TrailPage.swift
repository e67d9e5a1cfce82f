import Foundation
import Hummingbird
import Integrity
import NIOCore
import Reports
import Storage

/// The trail: who did what when, to look through and to take away.
enum TrailPage {
  static let routes: [Route] = [
    .page(SettingUp.trail) { try await show($0) },
    .page(SettingUp.trail + ".csv", load: .export) { try await table($0) },
  ]

  private static func show(_ signedIn: SignedIn) async throws -> Response {
    let (words, visit) = (try signedIn.words(), signedIn.visit)
    let search = TrailSearch(visit)
    let before = visit.asked("before").flatMap { Int64($0) }
    let found = try await signedIn.read { registry, signer, now in
      try registry.trail(search.filter, before: before, most: Paging.size, by: signer, at: now)
    }
    let cycles = try await signedIn.portal.read { try $0.cycles() }
    let trail = TrailWords(words, Dates(visit.visitor))
    func address(_ more: [(String, String)]) -> String {
      Paging.address(SettingUp.trail, search.asked + more)
    }
    func field(_ name: String, _ value: String, _ fault: String?) -> ReportData {
      [
        "id": .text(name), "label": .text(words.text("trail", "\(name)_label")), "value": .text(value),
        "fault": ReportData(fault), "described_by": ReportData(fault == nil ? nil : "\(name)-fault"),
      ]
    }
    return try signedIn.page(
      "pages/setup-trail", title: words.say("trail.title"),
      [
        "rows": .list(found.lines.map(trail.row)), "is_empty": .flag(found.lines.isEmpty),
        "search": .text(search.text), "person": .text(search.person), "office": .text(search.office),
        "from": field("from", search.from, search.isFromWrong ? words.say("setup_office.day_wrong") : nil),
        "last": field("last", search.last, search.isLastWrong ? words.say("setup_office.day_wrong") : nil),
        "acts": .list(
          Act.allCases.filter { !$0.isReading }.map { act in
            [
              "code": .text(act.rawValue),
              "title": .text(act.title.in(words.language).sentence(in: words.language)),
              "is_chosen": .flag(act.rawValue == search.act),
            ]
          }),
        "cycles": .list(
          cycles.reversed().map { cycle in
            [
              "code": .text(cycle.code.text), "title": .text(cycle.title.in(words.language)),
              "is_chosen": .flag(cycle.code.text == search.cycle),
            ]
          }), "is_filtered": .flag(!search.isEmpty), "is_further": .flag(before != nil),
        "newest": .text(address([])),
        "older": ReportData(
          found.lookedTo == nil ? found.next.map { address([("before", "\($0)")]) } : nil),
        "looked": found.lookedTo.map { moment -> ReportData in
          [
            "text": .text(
              words.say(
                "trail.looked_to", ["moment": Dates(visit.visitor).moment(moment).kept])),
            "on": .text(address([("before", "\(found.next ?? 0)")])),
          ]
        } ?? .absent,
        "table": .text(Paging.address(SettingUp.trail + ".csv", search.asked)),
      ], frame: try frame(signedIn, cycles))
  }

  /// The committee and directors read the trail too, from rooms of their own.
  private static func frame(_ signedIn: SignedIn, _ cycles: [Cycle]) throws -> ReportData {
    let cycle = cycles.last { $0.stage != .published }
    let rooms = Room.all(for: signedIn.session.who, on: signedIn.now.day)
    if rooms.contains(.settingUp) { return try signedIn.frame(settingUp: .trail, in: cycle) }
    if rooms.contains(.committee) { return try signedIn.frame(.committee, nil, in: cycle) }
    return try signedIn.bareFrame()
  }

  /// As long as it is, in pieces, each a look of its own.
  private static func table(_ signedIn: SignedIn) async throws -> Response {
    let (words, search) = (try signedIn.words(), TrailSearch(signedIn.visit))
    let trail = TrailWords(words, Dates(signedIn.visit.visitor))
    // Whoever may not is told so before anything is sent.
    let first = try await piece(signedIn, search, before: nil)
    return Response(
      status: .ok,
      headers: [
        .contentType: "text/csv; charset=utf-8", .contentDisposition: "attachment; filename=\"trail.csv\"",
      ],
      body: ResponseBody { writer in
        var page = first
        try await writer.write(ByteBuffer(string: ScorecardCSV.table([trail.header])))
        while true {
          let rows = page.lines.map(trail.cells)
          if !rows.isEmpty {
            // Without the mark that begins a file.
            let text = "\r\n" + ScorecardCSV.table(rows).dropFirst()
            try await writer.write(ByteBuffer(string: text))
          }
          guard let next = page.next else { break }
          page = try await piece(signedIn, search, before: next)
        }
        try await writer.write(ByteBuffer(string: "\r\n"))
        try await writer.finish(nil)
      })
  }

  private static func piece(
    _ signedIn: SignedIn, _ search: TrailSearch, before: Int64?
  ) async throws -> Registry.TrailPage {
    try await signedIn.read { registry, signer, now in
      try registry.trail(search.filter, before: before, most: 1000, by: signer, at: now)
    }
  }
}

/// What is looked for, as it stands in the address.
struct TrailSearch: Sendable {
  let text: String
  let cycle: String
  let office: String
  let person: String
  let act: String
  let from: String
  let last: String

  init(_ visit: Visit) {
    (text, cycle, office, person) = (
      visit.sought("search"), visit.sought("cycle"), visit.sought("office"), visit.sought("person")
    )
    (act, from, last) = (visit.sought("act"), visit.sought("from"), visit.sought("last"))
  }

  var isFromWrong: Bool { !from.isEmpty && TypedDay.read(from) == nil }
  var isLastWrong: Bool { !last.isEmpty && TypedDay.read(last) == nil }

  var filter: Registry.TrailFilter {
    Registry.TrailFilter(
      cycle: cycle.isEmpty ? nil : Code(cycle), office: office.isEmpty ? nil : Code(office),
      person: person.isEmpty ? nil : Code(person), act: Act(rawValue: act), from: TypedDay.read(from),
      last: TypedDay.read(last), text: text)
  }

  var asked: [(String, String)] {
    [
      ("search", text), ("cycle", cycle), ("office", office), ("person", person), ("act", act),
      ("from", from),
      ("last", last),
    ]
  }

  var isEmpty: Bool { asked.allSatisfy { $0.1.isEmpty } }
}
