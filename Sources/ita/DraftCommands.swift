import ArgumentParser
import Documents
import Foundation
import Integrity
import Reports
import Storage

struct DraftCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draft", abstract: "Bring in what an office means to submit, and show where it stands.",
    subcommands: [Import.self, Show.self])

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take a table of evidence in as drafts, with the files it names.",
      discussion: """
        Example: ita draft import evidence.csv --as officer

        One row a link or file: office, item, answer (มี or ไม่มี), link, file, page, quote, note, nature, elements. \
        Files are named from the folder of the table and never from outside it. The rows of an item together are its \
        draft, and take the place of what the draft held before; of a table without the last two columns, ticks and kinds \
        of evidence stay as they are.

        Every bad row is listed and then nothing comes in. Each draft is saved by itself; those that are refused are \
        named at the end: a disclosure of another group, one that has been submitted, a file that is too large, and \
        everything once the window has closed.
        """)

    @Argument(help: "The table.", completion: .file(extensions: ["csv"])) var file: String
    @OptionGroup var choice: CycleChoice
    @OptionGroup(title: "Registry") var registry: RegistryOptions

    func run() throws {
      let table = try Intake.File(path: file)
      try registry.writing { registry, signer, now in
        let code = try choice.code(in: registry)
        let offices = Set(try registry.participants(of: code).map(\.code))
        let entries = try DraftsFile(table, rubric: try registry.rubric(of: code), offices: offices).entries
        let folder = EvidenceFolder(of: file)
        try folder.inspect(entries)
        var batch = Batch(language: self.registry.language)
        for entry in entries {
          let (office, item) = (entry.draft.office, entry.draft.item)
          try batch.attempt("\(office) \(item)") {
            let files = try entry.files.map { file in
              let handle = try folder.open(file)
              defer { try? handle.close() }
              return try registry.keepFile(
                folder.name(of: file), from: handle, for: office, in: code, by: signer, at: now)
            }
            let current =
              entry.saysNatures && entry.saysElements
              ? nil
              : try registry.submissions(of: office, in: code, by: signer, at: now).first { $0.item == item }
            let draft = entry.draft(over: current, files: files)
            _ = try registry.draft(draft, in: code, by: signer, at: now)
          }
        }
        try batch.finish("\(Console.count(batch.done, "draft")) saved")
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say where each disclosure of an office stands.",
      discussion: """
        Example: ita draft show 4001 --as director

        Refused to administrators, and to assessors and the committee while the office still collects.
        """)

    @Argument(help: "The office.") var office: Code<Office>
    @Flag(help: "For a program.") var json = false
    @OptionGroup var choice: CycleChoice
    @OptionGroup(title: "Registry") var registry: RegistryOptions

    func run() throws {
      try registry.reading { registry, signer, now in
        let code = try choice.code(in: registry)
        let submissions = try registry.submissions(of: office, in: code, by: signer, at: now)
        if json {
          Console.say(JSON.list(submissions.map(\.json)))
          return
        }
        let language = self.registry.language
        let rows = submissions.map { submission in
          [
            submission.item.text, submission.state.title.in(language), "\(submission.version)",
            submission.isDisclosed.map { $0 ? "มี" : "ไม่มี" } ?? "", "\(submission.evidence.count)",
            submission.note.split(separator: "\n").first.map(String.init) ?? "",
          ]
        }
        let head = ["item", "state", "version", "answer", "evidence", "note"]
        Console.say(Columns(rows: [head] + rows, numbers: [2, 4]).text)
      }
    }
  }
}

/// The folder beside a table, from which its files are taken.
private struct EvidenceFolder {
  private let url: URL

  init(of table: String) {
    url = URL(fileURLWithPath: table).resolvingSymlinksInPath().deletingLastPathComponent()
  }

  func name(of file: DraftsFile.FileEntry) -> String { url(of: file).lastPathComponent }

  func open(_ file: DraftsFile.FileEntry) throws -> FileHandle {
    try FileHandle(forReadingFrom: url(of: file).resolvingSymlinksInPath())
  }

  private func url(of file: DraftsFile.FileEntry) -> URL { url.appendingPathComponent(file.path) }

  /// Every file is there, is a file, and is not reached through a link that leads out of the folder.
  func inspect(_ entries: [DraftsFile.Entry]) throws(Complaints) {
    var complaints: [Complaint] = []
    for file in entries.flatMap(\.files) {
      let target = url(of: file).resolvingSymlinksInPath()
      var isFolder: ObjCBool = false
      if !target.path.hasPrefix(url.path + "/") {
        complaints.append(
          Complaint(
            file.place, "'\(file.path)' leads out of the folder of this table", "put the file itself there"))
      } else if !FileManager.default.fileExists(atPath: target.path, isDirectory: &isFolder)
        || isFolder.boolValue || !FileManager.default.isReadableFile(atPath: target.path)
      {
        complaints.append(
          Complaint(file.place, "there is no file '\(file.path)'", "check its name and the folder"))
      }
    }
    if !complaints.isEmpty { throw Complaints(complaints) }
  }
}

extension Submission {
  fileprivate var json: JSON {
    .object([
      ("item", .text(item.text)), ("version", .number(version)), ("state", .text(state.rawValue)),
      ("disclosed", isDisclosed.map { .flag($0) } ?? .null), ("note", .text(note)),
      ("evidence", .list(evidence.map(\.json))),
      (
        "elements",
        .list(
          elements.map { .object([("element", .text($0.element.text)), ("place", .text($0.place))]) })
      ),
      ("revision", .number(revision)),
    ])
  }
}

extension Evidence {
  fileprivate var json: JSON {
    let fields: [(String, JSON)] =
      switch content {
      case .link(let link): [("link", .text(link))]
      case .note(let note): [("note", .text(note))]
      case .file(let name, let digest, let bytes):
        [("file", .text(name)), ("digest", .text(digest)), ("bytes", .number(bytes))]
      }
    return .object(
      fields + [("nature", .text(nature.rawValue)), ("pointer", .text(pointer)), ("quote", .text(quote))])
  }
}
