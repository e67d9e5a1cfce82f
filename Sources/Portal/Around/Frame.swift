import Foundation
import Hummingbird
import Integrity
import Reports
import Storage

/// The places in the header of an office's pages.
enum Place: String, CaseIterable, Sendable {
  case home, disclosures, questionnaires
  case signOff = "sign_off"
}

/// What is around a page: its places, the phase and what is left of it, and who is here.
struct Frame {
  let signedIn: SignedIn
  /// nil on pages that belong to no cycle, such as an account.
  var cycle: Cycle?
  var rubric: Rubric?
  var office: Office?
  var place: Place?
  /// Of those who belong to no office.
  var room: Room?
  var roomPlace: RoomPlace?

  var data: ReportData {
    get throws {
      let words = try signedIn.words()
      var fields: [String: ReportData] = [
        "person": ["name": .text(signedIn.session.name), "role": .text(role(words))],
        "token": .text(signedIn.visit.visitor.token),
        "done": ReportData(signedIn.visit.asked("done").map { words.say("done.\($0)") }.flatMap(known)),
        "office": ReportData(office.map { $0.name.in(signedIn.language) }),
      ]
      if let cycle, let office, let rubric {
        let paths = Paths(cycle: cycle.code, office: office.code)
        let instrument = rubric.instruments.first { $0.questionnaire == nil }
        fields["places"] = true
        fields["list"] = .list(
          Place.allCases.map { place in
            let code = instrument?.code.text ?? ""
            return [
              "href": .text(paths[place]),
              "name": .text(words.say("places.\(place.rawValue)", ["instrument": code])),
              "is_current": .flag(place == self.place),
            ]
          })
        fields["more"] = .list(more(paths, words))
        fields["banner"] = banner(cycle, office, instrument, words)
      } else if let room {
        fields["places"] = true
        fields["list"] = .list(
          reachable(room.places).map { place in
            [
              "href": .text(place.path(in: cycle?.code)),
              "name": .text(words.say("places.\(place.rawValue)")),
              "is_current": .flag(place == roomPlace),
            ]
          })
        fields["more"] = .list(more(room, words))
        fields["banner"] = cycle.map { banner($0, nil, nil, words) } ?? .absent
      }
      return .record(fields)
    }
  }

  /// Nothing of a name that is in no words: the address may have been typed by anybody.
  private func known(_ text: String) -> String? {
    text.hasPrefix("done.") ? nil : text.contains(".") && !text.contains(" ") ? nil : text
  }

  private func more(_ paths: Paths, _ words: Wording) -> [ReportData] {
    func link(_ name: String, _ href: String) -> ReportData {
      ["href": .text(href), "name": .text(words.say("places.\(name)"))]
    }
    var links = [link("review", paths.review), link("self_check", paths.selfCheck)]
    if let office,
      Conduct.may(.readPeople, in: Matter(office: office.code), by: signedIn.session.who, at: signedIn.now)
        == nil
    {
      links.append(link("people", paths.people))
    }
    return links
  }

  /// Further places of the room, and the other rooms the person works in.
  private func more(_ room: Room, _ words: Wording) -> [ReportData] {
    let others = Room.all(for: signedIn.session.who, on: signedIn.now.day).filter { $0 != room }
    return reachable(room.more).map { place in
      ["href": .text(place.path(in: cycle?.code)), "name": .text(words.say("places.\(place.rawValue)"))]
    }
      + others.compactMap { other in
        reachable(Array(other.places.prefix(1))).first.map { place in
          ["href": .text(place.path(in: cycle?.code)), "name": .text(words.say("rooms.\(other.rawValue)"))]
        }
      }
  }

  private func reachable(_ places: [RoomPlace]) -> [RoomPlace] {
    places.filter { cycle != nil || !$0.needsCycle }
  }

  private func banner(_ cycle: Cycle, _ office: Office?, _ instrument: Instrument?, _ words: Wording)
    -> ReportData
  {
    let now = signedIn.now
    let phase =
      instrument.flatMap { one in office.map { cycle.phase(of: one, for: $0.code, at: now) } }
      ?? cycle.phase(at: now)
    var fields: [String: ReportData] = [
      "year": .text(words.say("banner.year", ["year": words.year(cycle.year)])),
      "phase": .text(phase.title.in(signedIn.language).sentence(in: signedIn.language)),
    ]
    let dates = Dates(signedIn.visit.visitor)
    let closes: (code: String, moment: Moment)? =
      switch phase {
      case .collecting:
        office == nil
          ? next(in: cycle)
          : instrument.flatMap { one in
            office.flatMap { cycle.window(of: one.code, for: $0.code) }
              .map { (code: one.code.text, moment: $0.closes) }
          }
      case .clarifying:
        cycle.schedule.map {
          (
            code: phase.title.in(signedIn.language).sentence(in: signedIn.language),
            moment: $0.clarifying.closes
          )
        }
      default: nil
      }
    if phase == .assessing, room != nil, let window = cycle.schedule?.assessing {
      fields["closes"] = .text(words.say("banner.judge_by", ["day": dates.last(of: window)]))
      fields["left"] = .text(dates.left(until: window.closes.adding(seconds: -1), from: now, words))
    } else if let closes {
      fields["closes"] = .text(
        words.say("banner.closes", ["instrument": closes.code, "moment": dates.moment(closes.moment)]))
      fields["left"] = .text(dates.left(until: closes.moment, from: now, words))
    }
    return .record(fields)
  }

  /// The instrument that closes next for everybody, for whoever works for no office alone.
  private func next(in cycle: Cycle) -> (code: String, moment: Moment)? {
    let open = (cycle.schedule?.collecting ?? [:]).filter { signedIn.now < $0.value.closes }
    return open.map { (code: $0.key.text, moment: $0.value.closes) }
      .min { ($0.moment, $0.code) < ($1.moment, $1.code) }
  }

  /// What they are here: acting heads by their capacity.
  private func role(_ words: Wording) -> String {
    let day = signedIn.now.day
    let grants = signedIn.session.who.grants.filter { $0.holds(on: day) && $0.reaches(office?.code) }
    guard let grant = grants.first else { return signedIn.session.post }
    let title = grant.role.title.in(signedIn.language).sentence(in: signedIn.language)
    let capacity = grant.acting.map {
      $0.capacity.title.in(signedIn.language).sentence(in: signedIn.language)
    }
    let name =
      capacity.map { $0 + (signedIn.language == .thai ? "" : " ") + grant.role.title.in(signedIn.language) }
      ?? title
    return words.facts([name, office.map { $0.shortName(words) } ?? ""])
  }
}

extension SignedIn {
  func frame(_ place: Place?, _ cycle: Cycle, _ rubric: Rubric, _ office: Office) throws -> ReportData {
    try Frame(signedIn: self, cycle: cycle, rubric: rubric, office: office, place: place).data
  }

  /// For pages that belong to no office.
  func bareFrame() throws -> ReportData { try Frame(signedIn: self).data }

  func page(
    _ template: String, title: String, _ data: [String: ReportData], frame: ReportData,
    status: HTTPResponse.Status = .ok
  ) throws -> Response {
    try visit.page(template, title: title, data, frame: frame, status: status)
  }
}

extension Grant {
  fileprivate func reaches(_ office: Code<Office>?) -> Bool {
    switch scope {
    case .everywhere: true
    case .offices(let offices): office.map(offices.contains) ?? true
    }
  }
}

extension String {
  /// With a capital where a sentence or a label begins.
  func sentence(in language: Language) -> String {
    language == .english ? prefix(1).uppercased() + dropFirst() : self
  }
}

extension Office {
  /// As people say it: `สพป.ธารทอง เขต 1`.
  func shortName(_ words: Wording) -> String {
    let name = self.name.in(words.language)
    for kind in ["primary", "secondary"] {
      let short = name.replaced(
        words.say("short.\(kind)_long"), by: words.say("short.\(kind)"), most: 1)
      if short != name { return short }
    }
    return name
  }
}
