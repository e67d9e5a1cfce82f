import ArgumentParser
import Documents
import Foundation
import Integrity
import Reports

struct RubricCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rubric", abstract: "Check, show and compare rubrics.",
    subcommands: [Check.self, Show.self, Diff.self])

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check rubric files and run the cases in them.",
      discussion: """
        Every fault is said as file:line:column: what is wrong; what to do. Exit code 0 if there is none, 1 if there is.
        """)

    @Argument(help: "Rubric files, or names of shipped ones.", completion: .file(extensions: ["yaml"]))
    var files: [String]

    @OptionGroup var size: SizeLimit

    func run() throws {
      var all: [Complaint] = []
      for path in files {
        do {
          let file = try RubricFile(path: Library.rubric(named: path), largest: try size.bytes)
          let failed = file.caseComplaints
          all += failed
          if failed.isEmpty {
            let items = Console.count(file.rubric.items.count, "item")
            let cases = Console.count(file.rubric.cases.count, "case")
            Console.say("\(path): \(file.rubric.code), \(items), \(cases), no fault")
          }
        } catch let complaints as Complaints {
          all += complaints.all
        }
      }
      guard !all.isEmpty else { return }
      Console.problems(Complaints(all).all)
      throw ExitCode(1)
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print a rubric as an outline with effective weights.")

    @Argument(help: "A rubric file.", completion: .file(extensions: ["yaml"]))
    var file: String

    @Option(help: "th or en.") var language: Language = .thai
    @OptionGroup var size: SizeLimit

    func run() throws {
      let rubric = try size.read(file).rubric
      Console.say(RubricText(language: language).outline(of: rubric))
    }
  }

  struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say by meaning what changed from one rubric to another.",
      discussion: """
        Nodes are found by their stable key. Comments, order and layout of the files make no difference. For each \
        item it is said whether figures of both years may be compared.
        """)

    @Argument(help: "The earlier rubric.", completion: .file(extensions: ["yaml"]))
    var from: String

    @Argument(help: "The later rubric.", completion: .file(extensions: ["yaml"]))
    var to: String

    @Option(help: "th or en.") var language: Language = .thai
    @OptionGroup var size: SizeLimit

    func run() throws {
      let diff = RubricDiff(from: try size.read(from).rubric, to: try size.read(to).rubric)
      guard !diff.isEmpty else { return }
      Console.say(RubricText(language: language).differences(diff))
    }
  }
}

/// How large a rubric file may be.
struct SizeLimit: ParsableArguments {
  @Option(name: .customLong("max-size"), help: "The most KiB a rubric file may have.")
  var kibibytes = RubricFile.largest / 1024

  var bytes: Int {
    get throws {
      guard (1...65_536).contains(kibibytes) else {
        throw ValidationError("--max-size is a number of KiB from 1 to 65536.")
      }
      return kibibytes * 1024
    }
  }

  func read(_ path: String) throws -> RubricFile { try SizeLimit.read(path, largest: bytes) }

  /// Reads a rubric, or says what is wrong with it and ends with exit code 1.
  static func read(_ path: String, largest: Int = RubricFile.largest) throws -> RubricFile {
    do {
      return try RubricFile(path: Library.rubric(named: path), largest: largest)
    } catch {
      Console.problems(error.all)
      throw ExitCode(1)
    }
  }
}
