import Integrity
import Reports

/// Where people work who belong to no office: each room has its places in the header.
enum Room: String, CaseIterable, Sendable {
  case marking, leading, committee
  case settingUp = "setting_up"

  /// In the header; the first is where the room begins.
  var places: [RoomPlace] {
    switch self {
    case .marking: [.queue, .clarifications, .comments, .conflicts]
    case .leading: [.assigning, .progress, .clarifications, .downloads]
    case .committee: [.results, .indicators, .sealing, .downloads]
    case .settingUp: [.checklist, .offices, .people, .trail]
    }
  }

  /// Places of less need, in the menu under the person's name.
  var more: [RoomPlace] {
    switch self {
    case .settingUp: [.late, .retention, .backups]
    case .committee: [.quality]
    case .marking, .leading: []
    }
  }

  /// Who works there.
  private var role: Role {
    switch self {
    case .marking: .assessor
    case .leading: .leadAssessor
    case .committee: .committee
    case .settingUp: .administrator
    }
  }

  /// The rooms in which somebody works today.
  static func all(for person: Person, on day: Day) -> [Room] {
    allCases.filter { room in person.grants.contains { $0.role == room.role && $0.holds(on: day) } }
  }
}

/// A place in a room; the name of its words under `places`.
enum RoomPlace: String, Sendable {
  case queue, clarifications, comments, conflicts
  case assigning, progress
  case results, indicators, quality, sealing, downloads
  case checklist, offices, people = "all_people", trail, late, retention, backups

  func path(in cycle: Code<Cycle>?) -> String {
    let base = cycle.map { "/" + $0.text.queryEscaped } ?? ""
    return switch self {
    case .queue: base + "/marking"
    case .clarifications, .comments, .conflicts, .assigning, .progress, .results, .sealing, .downloads, .late:
      base + "/" + rawValue
    case .indicators, .quality: base + "/results/" + rawValue
    case .checklist: "/setting-up"
    case .offices, .trail, .retention, .backups: "/" + rawValue
    case .people: "/people"
    }
  }

  /// Whether it is of a cycle.
  var needsCycle: Bool { path(in: "x").hasPrefix("/x/") }
}

extension SignedIn {
  /// The frame of a room's page.
  ///
  /// - Parameter cycle: nil where there is none yet, or where the page is of none.
  func frame(_ room: Room, _ place: RoomPlace?, in cycle: Cycle?) throws -> ReportData {
    try Frame(signedIn: self, cycle: cycle, room: room, roomPlace: place).data
  }
}
