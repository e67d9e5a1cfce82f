import Foundation
import GRDB
public import Integrity
import Synchronization

/// One SQLite file for everything an assessment needs. A write method is a use case: one transaction loads the matter,
/// asks `Conduct.may`, changes, and appends to the trail. Methods block; call them where that is allowed.
public final class Registry: Sendable {
  let database: any DatabaseWriter
  let path: String
  let settings: Settings
  let formats: Formats
  /// nil where the registry is only read.
  let key: KeyFile?
  /// Held until the registry is closed.
  private let lock: Mutex<LockFile?>
  let rubrics = Mutex(RubricCache())
  let scorecards = Mutex(ScorecardCache())
  let changes = Mutex(ResultChanges())
  let digests = Mutex(DigestCache())
  let people = PeopleOrder()
  let answers = AnswerQueue()
  let settled = Settled()

  /// What the registry is given where everything meets, since it neither reads YAML nor writes a scorecard's JSON.
  public struct Formats: Sendable {
    let rubric: @Sendable ([RubricText]) throws -> Rubric
    let scorecard: @Sendable (Scorecard) -> String

    /// - Parameters:
    ///   - rubric: reads a rubric from its text, its own file first and behind it those it extends.
    ///   - scorecard: a scorecard as JSON, the same for the same scorecard.
    public init(
      rubric: @escaping @Sendable ([RubricText]) throws -> Rubric,
      scorecard: @escaping @Sendable (Scorecard) -> String
    ) {
      self.rubric = rubric
      self.scorecard = scorecard
    }
  }

  public struct Settings: Sendable {
    /// The most bytes a file may have.
    public var largestFile = 20 << 20
    /// The most bytes an office may keep.
    public var quota = 2 << 30
    /// Free bytes of the disk below which no file is taken.
    public var reserve = 256 << 20
    /// The most answers that wait to be written, and that are written together.
    public var mostWaiting = 4096
    public var mostTogether = 512
    /// For the test that looks for leaks.
    var leaks: Leaks = []

    public init() {}
  }

  /// What is left undone of what hides in which order people answered: a test that looks for leaks has to find each.
  struct Leaks: OptionSet, Sendable {
    let rawValue: Int

    /// A copy is made page by page.
    static let backup = Leaks(rawValue: 1)
    /// Nothing is done when a questionnaire is closed.
    static let closing = Leaks(rawValue: 2)
    /// Keys of answers count up.
    static let keys = Leaks(rawValue: 4)
    /// Keys of answers are made of the codes.
    static let codes = Leaks(rawValue: 8)
  }

  public enum Access: Sendable {
    /// The one process that writes.
    case writing
    /// Any number beside it.
    case reading
  }

  static func databasePath(_ folder: String) -> String { folder + "/registry.sqlite" }
  static func keyPath(_ folder: String) -> String { folder + "/registry.key" }
  static func lockPath(_ folder: String) -> String { folder + "/registry.lock" }

  /// Opens the registry in a folder.
  ///
  /// - Throws: `StorageProblem` where there is none, another process writes to it, it is not ours or of a later version,
  ///   its key is missing, or the clock is behind the trail.
  public init(
    in folder: String, _ access: Access, formats: Formats, settings: Settings = Settings(), at now: Moment
  ) throws {
    let path = Registry.databasePath(folder)
    guard FileManager.default.fileExists(atPath: path) else { throw StorageProblem.missing(path: path) }
    self.path = path
    self.settings = settings
    self.formats = formats
    do {
      switch access {
      case .reading:
        lock = Mutex(nil)
        key = nil
        database = try DatabaseQueue(path: path, configuration: Registry.configuration(readonly: true))
        try database.read { db in
          try Registry.recognise(db, path)
          // Reading cannot bring a registry of an earlier version up to date.
          let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
          guard version == Schema.migrations.count else { throw StorageProblem.older(path: path) }
        }
      case .writing:
        let held = try LockFile(path: Registry.lockPath(folder))
        lock = Mutex(held)
        let key = try KeyFile(path: Registry.keyPath(folder))
        self.key = key
        let pool = try DatabasePool(path: path, configuration: Registry.configuration(readonly: false))
        database = pool
        try pool.read { db in try Registry.recognise(db, path) }
        try Registry.insistOnFullSync(pool)
        try Schema.migrator.migrate(pool)
        try pool.read { db in try Registry.inspect(db, path, key: key, now: now) }
      }
    } catch let error as DatabaseError {
      throw Registry.problem(error, path)
    }
  }

  /// Opens one file to look at it, such as a backup.
  init(reading path: String, formats: Formats) throws {
    self.path = path
    self.formats = formats
    settings = Settings()
    lock = Mutex(nil)
    key = nil
    do {
      database = try DatabaseQueue(path: path, configuration: Registry.configuration(readonly: true))
      try database.read { db in try Registry.recognise(db, path) }
    } catch let error as DatabaseError {
      throw Registry.problem(error, path)
    }
  }

  /// Makes a registry: the file, its key and the first administrator.
  public static func create(
    in folder: String, administrator: PersonEntry, formats: Formats, settings: Settings = Settings(),
    at now: Moment
  ) throws -> Registry {
    let path = databasePath(folder)
    guard !FileManager.default.fileExists(atPath: path) else { throw StorageProblem.exists(path: path) }
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    if !FileManager.default.fileExists(atPath: keyPath(folder)) { try KeyFile.make(at: keyPath(folder)) }
    let key = try KeyFile(path: keyPath(folder))
    do {
      let pool = try DatabasePool(path: path, configuration: configuration(readonly: false))
      try insistOnFullSync(pool)
      try pool.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
      }
      try Schema.migrator.migrate(pool)
      try pool.write { db in
        try db.run(
          "INSERT INTO registry (id, made_at, key_check) VALUES (1, ?, ?)", now.seconds,
          key.hash("", for: .check))
      }
      try pool.close()
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    } catch let error as DatabaseError {
      throw problem(error, path)
    }
    let registry = try Registry(in: folder, .writing, formats: formats, settings: settings, at: now)
    try registry.found(administrator, at: now)
    return registry
  }

  /// Writes the log back into the one file, and lets go of it.
  public func close() throws {
    answers.finish()
    do {
      // What is in the log is kept as safely as in the file: a full disk now loses nothing.
      if key != nil { try? writeBack() }
      try database.close()
    } catch let error as DatabaseError {
      throw Registry.problem(error, path)
    }
    lock.withLock { $0 = nil }
  }

  /// Empties the write-ahead log into the file.
  func writeBack() throws {
    try database.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
  }

  /// Writes the whole file anew, its rows in the order of their keys, and empties the log: what lay where before can no
  /// longer be read off. Nobody reads meanwhile.
  func rewrite() throws {
    do {
      try database.barrierWriteWithoutTransaction { db in
        try db.execute(sql: "VACUUM")
        _ = try db.checkpoint(.truncate)
      }
    } catch let error as DatabaseError {
      throw Registry.problem(error, path)
    }
  }

  // How the file is opened; each of these bit somebody.

  private static func configuration(readonly: Bool) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = readonly
    configuration.foreignKeysEnabled = true
    configuration.maximumReaderCount = 4
    configuration.prepareDatabase { db in
      // Without it REPLACE walks past triggers that forbid deleting.
      try db.execute(sql: "PRAGMA recursive_triggers = ON")
      try db.execute(sql: "PRAGMA trusted_schema = OFF")
      try db.execute(sql: "PRAGMA secure_delete = ON")
    }
    return configuration
  }

  /// A pool sets `synchronous = NORMAL` when it turns the write-ahead log on, after `prepareDatabase`: an acknowledged
  /// change could be lost with the power. So it is set once the pool is open, and read back.
  private static func insistOnFullSync(_ pool: DatabasePool) throws {
    try pool.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA synchronous = FULL")
      let expected: [(pragma: String, value: Int64)] = [
        ("synchronous", 2), ("foreign_keys", 1), ("recursive_triggers", 1), ("trusted_schema", 0),
        ("secure_delete", 1),
      ]
      for (pragma, value) in expected where try Int64.fetchOne(db, sql: "PRAGMA \(pragma)") != value {
        throw StorageProblem.setting("\(pragma) = \(value)")
      }
    }
  }

  private static func recognise(_ db: Database, _ path: String) throws {
    guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == Schema.applicationID else {
      throw StorageProblem.foreign(path: path)
    }
    let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    guard version <= Schema.migrations.count else { throw StorageProblem.newer(path: path) }
  }

  private static func inspect(_ db: Database, _ path: String, key: KeyFile, now: Moment) throws {
    let check = try Data.fetchOne(db, sql: "SELECT key_check FROM registry")
    guard check == key.hash("", for: .check) else {
      throw StorageProblem.damaged(path: path, detail: "the key file belongs to another registry")
    }
    try inspectClock(db, now)
  }

  /// Nothing is written by a clock that is behind what was written before.
  static func inspectClock(_ db: Database, _ now: Moment) throws {
    if let last = try db.integer("SELECT max(made_at) FROM event"), now.seconds < last - 300 {
      throw StorageProblem.clock(now: now.description, last: Moment(seconds: last).description)
    }
  }

  static func problem(_ error: DatabaseError, _ path: String) -> any Error {
    switch error.resultCode {
    case .SQLITE_FULL: StorageProblem.full
    case .SQLITE_CORRUPT, .SQLITE_NOTADB:
      StorageProblem.damaged(path: path, detail: error.message ?? error.resultCode.description)
    case .SQLITE_CANTOPEN: StorageProblem.missing(path: path)
    case .SQLITE_IOERR where hasNoRoom(error, path): StorageProblem.full
    default: error
    }
  }

  /// A disk that is full shows in many ways, by which of its files SQLite was writing.
  private static func hasNoRoom(_ error: DatabaseError, _ path: String) -> Bool {
    let writing: [ResultCode] = [
      .SQLITE_IOERR_WRITE, .SQLITE_IOERR_TRUNCATE, .SQLITE_IOERR_SHMSIZE, .SQLITE_IOERR_FSYNC,
    ]
    return writing.contains(error.extendedResultCode) || freeBytes(path).map { $0 < 1 << 16 } ?? false
  }

  // The only ways to read and to write.

  func read<T>(_ body: (Database) throws -> T) throws -> T {
    do {
      let generation = settled.generation
      return try database.read { db in
        settled.note(generation, for: db)
        return try body(db)
      }
    } catch let error as DatabaseError {
      throw Registry.problem(error, path)
    }
  }

  /// One transaction at a desk: asked, done and put on the trail, or nothing happened.
  func write<T>(_ signer: Signer?, at now: Moment, _ body: (Desk) throws -> T) throws -> T {
    var isUnsettled = false
    defer { if isUnsettled { settled.open() } }
    do {
      let (result, touched, hasEarlier, renamed) = try database.write { db in
        let desk = try Desk(db, self, signer, now)
        if let form = signer?.form { try db.spend(form: form, at: now) }
        // Counted from here: that a form was spent is kept beside the trail, not on it.
        let before = db.totalChangesCount
        let result = try body(desk)
        precondition(
          desk.entries > 0 || db.totalChangesCount == before, "a change without an entry on the trail")
        if desk.unsettles {
          settled.close()
          isUnsettled = true
        }
        return (result, desk.touched, desk.touchedEarlier, desk.renamed)
      }
      noteChange(of: touched, hasEarlier: hasEarlier)
      people.move(renamed)
      return result
    } catch let error as DatabaseError {
      throw Registry.problem(error, path)
    }
  }

  /// The third door, for answers as they are sent: the trail would say when each came. Nothing else goes through here.
  func receive<T>(_ body: (Database) throws -> (T, touched: [(cycle: Int64, office: Int64?)])) throws -> T {
    do {
      let (result, touched) = try database.write(body)
      noteChange(of: touched)
      return result
    } catch let error as DatabaseError {
      throw Registry.problem(error, path)
    }
  }

  private func noteChange(of touched: [(cycle: Int64, office: Int64?)], hasEarlier: Bool = false) {
    scorecards.withLock { $0.drop(touched, hasEarlier: hasEarlier) }
    changes.withLock { $0.note(touched, hasEarlier: hasEarlier) }
    digests.withLock { $0.drop(touched) }
  }

  /// The second door, for what keeps somebody signed in and is nobody's act: sessions and when they were last seen, the
  /// step of a second factor that was spent, a password hashed anew, and sweeping out what has ended. Each page that is
  /// opened would else be an entry on the trail, and the trail a diary of people's working days. Nothing that anybody
  /// puts forward, finds or decides goes through here.
  func upkeep<T>(_ body: (Database) throws -> T) throws -> T {
    do {
      return try database.write(body)
    } catch let error as DatabaseError {
      throw Registry.problem(error, path)
    }
  }
}

/// Who acts, whether from the command line, and with which form.
public struct Signer: Hashable, Sendable {
  public let person: Code<Person>
  public let isConsole: Bool
  /// The key of the form that was sent; it is good for one write.
  public let form: String?

  /// - Parameter form: the key that was in the form when it was given out. A second write with it throws
  ///   `StorageProblem.repeated`, so a form sent twice is done once. Where one form takes several writes, the last of
  ///   them has the key.
  public init(_ person: Code<Person>, isConsole: Bool = false, form: String? = nil) {
    self.person = person
    self.isConsole = isConsole
    self.form = form
  }
}

/// A file of a rubric as it was when its cycle was opened.
public struct RubricText: Hashable, Sendable {
  public let name: String
  public let bytes: [UInt8]

  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}
