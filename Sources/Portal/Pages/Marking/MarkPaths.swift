import Integrity
import Storage

/// Every address of an assessor's room.
struct MarkPaths: Sendable {
  let cycle: Code<Cycle>

  private var base: String { "/\(cycle.text.queryEscaped)" }

  var queue: String { base + "/marking" }
  var comments: String { base + "/comments" }
  var conflicts: String { base + "/conflicts" }

  func mark(_ office: Code<Office>, _ item: Code<Node>) -> String {
    "\(queue)/\(office.text.queryEscaped)/\(item.text.queryEscaped)"
  }

  func mark(_ entry: Registry.MarkEntry) -> String { mark(entry.office, entry.item.code) }

  func capture(_ capture: Registry.Capture, on item: Code<Node>, of office: Code<Office>) -> String {
    "\(mark(office, item))/captures/\(capture.digest)/\(capture.name.queryEscaped)"
  }

  /// As routes name them.
  static let queue = "/{cycle}/marking"
  static let mark = queue + "/{office}/{item}"
}

/// Which disclosure of which office an address is about.
struct MarkPlace: Sendable {
  let cycle: Code<Cycle>
  let office: Code<Office>
  let item: Code<Node>
  let walk: MarkWalk

  init(_ signedIn: SignedIn) throws {
    cycle = try signedIn.part("cycle")
    office = try signedIn.part("office")
    item = try signedIn.part("item")
    walk = MarkWalk(signedIn.visit)
  }

  var paths: MarkPaths { MarkPaths(cycle: cycle) }
  /// Without the walk.
  var path: String { paths.mark(office, item) }
  var address: String { path + walk.query }
}

/// The way through the queue: item by item or office by office, perhaps only what stands somewhere.
struct MarkWalk: Hashable, Sendable {
  enum By: String, Sendable {
    case item, office
  }

  var by = By.item
  var state: Registry.MarkState?

  init() {}

  init(_ visit: Visit) {
    by = visit.asked("by").flatMap(By.init) ?? .item
    state = visit.asked("state").flatMap(Registry.MarkState.init(rawValue:))
  }

  /// What stands behind the `?`.
  var query: String { query([]) }

  func query(_ more: [(String, String)]) -> String {
    let own = [("by", by == .item ? "" : by.rawValue), ("state", state?.rawValue ?? "")]
    let asked = (own + more).filter { !$0.1.isEmpty }.map { "\($0.0)=\($0.1.queryEscaped)" }
    return asked.isEmpty ? "" : "?" + asked.joined(separator: "&")
  }

  /// In the order in which they are gone through.
  func order(_ queue: Registry.MarkQueue) -> [Registry.MarkEntry] {
    guard by == .office else { return queue.entries }
    // Item after item within each office, as they came.
    var offices = Array(repeating: [Registry.MarkEntry](), count: queue.offices.count)
    for entry in queue.entries { offices[entry.place].append(entry) }
    return offices.flatMap { $0 }
  }

  /// Whether two stand together: the same item, or the same office.
  func isTogether(_ a: Registry.MarkEntry, _ b: Registry.MarkEntry) -> Bool {
    by == .item ? a.item.code == b.item.code : a.place == b.place
  }
}

extension Registry.MarkEntry {
  /// Whether somebody has still to judge it here.
  var isToDo: Bool { state == .notJudged || state == .begun || state == .open }
}

extension Registry.MarkQueue {
  /// What can be judged now and has not been.
  func isToDo(_ entry: Registry.MarkEntry) -> Bool { entry.isToDo && offices[entry.place].refusal == nil }
}

/// Where one entry stands on the way.
struct MarkStep {
  /// In its group, from 1, and of how many.
  let number: Int
  let count: Int
  /// Of the group, and of everything.
  let judged: Int
  let allJudged: Int
  let all: Int
  let next: Registry.MarkEntry?
  let previous: Registry.MarkEntry?
  /// The next one that is still to be judged, from here on and round.
  let toDo: Registry.MarkEntry?
  /// Whether that one is in another group.
  let leaves: Bool

  /// - Parameter own: where they are; it counts as being there whatever is filtered.
  init?(_ queue: Registry.MarkQueue, _ walk: MarkWalk, at office: Code<Office>, _ item: Code<Node>) {
    func isOwn(_ entry: Registry.MarkEntry) -> Bool { entry.office == office && entry.item.code == item }
    let order = walk.order(queue)
    guard let place = order.firstIndex(where: isOwn) else { return nil }
    let own = order[place]
    let group = order.filter { walk.isTogether($0, own) }
    number = (group.firstIndex(where: isOwn) ?? 0) + 1
    count = group.count
    judged = group.count { $0.state == .judged }
    allJudged = queue.judged
    all = order.count
    func isShown(_ entry: Registry.MarkEntry) -> Bool { walk.state == nil || entry.state == walk.state }
    next = order[(place + 1)...].first(where: isShown)
    previous = order[..<place].last(where: isShown)
    let round = order[(place + 1)...] + order[..<place]
    // The group first, to its end and from its beginning, then whatever comes after it.
    let toDo =
      round.first { walk.isTogether($0, own) && queue.isToDo($0) } ?? round.first(where: queue.isToDo)
    self.toDo = toDo
    leaves = toDo.map { !walk.isTogether($0, own) } ?? true
  }
}
