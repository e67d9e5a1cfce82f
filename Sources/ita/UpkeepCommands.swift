import ArgumentParser
import Foundation
import Integrity
import Reports
import Storage

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Make a registry with its key and its first administrator.",
    discussion: """
      Example: ita init --data /srv/ita --administrator admin --name "สมหญิง ใจดี"

      The code for the administrator's first sign-in is printed once and kept nowhere. Keep a copy of the key file apart \
      from the backups: without it the registry cannot be used. Refused where there is a registry already.
      """)

  @Option(
    help: ArgumentHelp("The name the first administrator signs in with.", valueName: "person"),
    transform: Code<Person>.userName)
  var administrator: Code<Person>

  @Option(help: "The administrator's name.") var name: String
  @Option(help: "Their post.") var post = ""
  @OptionGroup(title: "Registry") var registry: RegistryOptions

  func run() throws {
    let now = try registry.moment()
    let folder = registry.data
    try registry.guarded {
      let entry = PersonEntry(code: administrator, name: name, post: post)
      let made = try Registry.create(in: folder, administrator: entry, formats: .shipped, at: now)
      let signer = Signer(administrator, isConsole: true)
      let letters = try made.letters(of: nil, by: signer, at: now)
      try made.close()
      Console.say("\(folder)/registry.sqlite: the registry")
      Console.say("\(folder)/registry.key: its key; keep a copy apart from the backups")
      for letter in letters { Console.say(letter.line) }
    }
  }
}

struct RecoverAdminCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recover-admin", abstract: "Let an administrator in again where none can.",
    discussion: """
      Example: ita recover-admin admin --name "สมหญิง ใจดี" --reason "ลืมรหัสผ่าน"

      Whoever holds the file and its key holds the registry, so nobody is asked; the trail says that it was done here, \
      and why. The person becomes an administrator if they are none, their password is void, and a new code is printed \
      once.
      """)

  @Argument(help: "The name they sign in with.", transform: Code<Person>.userName) var person: Code<Person>
  @Option(help: "Their name, where there is no such person yet.") var name = ""
  @Option(help: "Why; it is kept.") var reason: String
  @OptionGroup(title: "Registry") var registry: RegistryOptions

  func run() throws {
    let now = try registry.moment()
    try registry.guarded {
      let kept = try Registry(in: registry.data, .writing, formats: .shipped, at: now)
      defer { try? kept.close() }
      let isKnown = (try? kept.person(person)) != nil
      guard isKnown || !name.isEmpty else {
        throw StorageProblem.invalid("there is no person '\(person)'; give --name to make one")
      }
      let entry = PersonEntry(code: person, name: name)
      Console.say(try kept.recoverAdministrator(entry, reason: reason, at: now).line)
    }
  }
}

extension Registry.Letter {
  fileprivate var line: String {
    "\(person): first sign-in with \(code), until \(expires.written(in: .english))"
  }
}

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check everything that can be checked.",
    discussion: """
      Example: ita verify

      Recomputes every sealed scorecard from its findings, tallies and the kept text of the rubric, hashes every file and \
      every entry of the trail anew, and runs the database's own checks. Exit code 1 with every fault. It reads only, and \
      may run while the registry is in use.
      """)

  @Flag(help: "For a program.") var json = false
  @OptionGroup(title: "Registry") var registry: RegistryOptions

  func run() throws {
    try registry.looking { registry, _ in
      let found = try registry.verify { part in if !json { Console.say("checking \(part)") } }
      if json {
        Console.say(found.json)
      } else {
        for fault in found.faults { Console.warn(fault.description) }
        Console.say(
          [
            "checked: \(Console.count(found.scorecards, "sealed scorecard"))",
            Console.count(found.blobs, "file"),
            "\(found.entries) entries of the trail", "\(found.bytes >> 10) KiB",
          ].joined(separator: ", "))
        Console.say(found.faults.isEmpty ? "no fault" : Console.count(found.faults.count, "fault"))
      }
      if !found.faults.isEmpty { throw ExitCode(1) }
    }
  }
}

extension Registry.Verification {
  fileprivate var json: JSON {
    .object([
      (
        "faults",
        .list(faults.map { .object([("place", .text($0.place)), ("problem", .text($0.problem))]) })
      ),
      ("scorecards", .number(scorecards)), ("files", .number(blobs)), ("entries", .number(Int(entries))),
      ("bytes", .number(Int(bytes))),
    ])
  }
}

struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "Write a copy of the registry to one file.",
    discussion: """
      Example: ita backup /mnt/backup/ita-2026-04-01.sqlite

      It may run while the registry is in use; the copy is of one moment and is checked after it is written. The key \
      file is not in it: keep a copy of that apart. Refused where the file is there already.
      """)

  @Argument(help: "The file to write.", completion: .file()) var file: String
  @OptionGroup(title: "Registry") var registry: RegistryOptions

  func run() throws {
    try registry.looking { registry, _ in
      guard !FileManager.default.fileExists(atPath: file) else {
        throw StorageProblem.invalid("\(file): the file is there already; choose another name")
      }
      try registry.backup(to: file)
      Console.say("\(file): written and checked")
    }
  }
}

struct RestoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Put a backup in the place of the registry.",
    discussion: """
      Example: ita restore /mnt/backup/ita-2026-04-01.sqlite --data /srv/ita

      The backup is checked first, and the file it replaces stays beside it. The key file must be in the folder. \
      Refused while another process writes to the registry, and for a backup with a fault.
      """)

  @Argument(help: "The backup.", completion: .file()) var file: String
  @OptionGroup(title: "Registry") var registry: RegistryOptions

  func run() throws {
    let now = try registry.moment()
    try registry.guarded {
      try Registry.restore(file, into: registry.data, formats: .shipped, at: now)
      Console.say("\(registry.data): restored from \(file)")
    }
  }
}

struct RetainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retain", abstract: "Carry out the retention schedule: delete what is no longer needed.",
    discussion: """
      Example: ita retain --dry-run --as admin

      Contact data go 30 days after a cycle, raw answers after the window for appeals; sealed results and the trail \
      stay. Refused to anybody but an administrator.
      """)

  @Flag(help: "Say what would be deleted, and delete nothing.") var dryRun = false
  @Flag(help: "For a program.") var json = false
  @OptionGroup(title: "Registry") var registry: RegistryOptions

  func run() throws {
    try registry.writing { registry, signer, now in
      let retained = try registry.retain(isDryRun: dryRun, by: signer, at: now)
      if json {
        Console.say(
          JSON.list(
            retained.map {
              .object([("what", .text($0.what)), ("due", .moment($0.due)), ("rows", .number($0.rows))])
            }))
        return
      }
      if retained.isEmpty { Console.say("Nothing is due.") }
      for entry in retained {
        let verb = dryRun ? "would go" : "gone"
        Console.say(
          "\(entry.what): \(Console.count(entry.rows, "row")) \(verb), due \(entry.due.written(in: .english))"
        )
      }
      if dryRun { Console.say("Nothing was deleted: this was a dry run.") }
    }
  }
}
