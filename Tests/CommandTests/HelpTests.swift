import Foundation
import Testing

/// `--help` of every command, found by what the program says of itself.
@Suite struct HelpTests {
  private struct Tree: Decodable {
    let command: Command
  }

  private struct Command: Decodable {
    let commandName: String
    let abstract: String?
    let discussion: String?
    let subcommands: [Command]?
    let arguments: [Argument]?
  }

  private struct Argument: Decodable {
    let shouldDisplay: Bool
    let kind: String
    let names: [Name]?
    let abstract: String?

    struct Name: Decodable {
      let kind: String
      let name: String
    }
  }

  private func tree() throws -> Command {
    let dump = try Program.run(["--experimental-dump-help"])
    return try JSONDecoder().decode(Tree.self, from: Data(dump.output.utf8)).command
  }

  /// Every command that does something, with the words it is called by.
  private func leaves(of command: Command, _ path: [String] = []) -> [(path: [String], command: Command)] {
    let below = (command.subcommands ?? []).filter { $0.commandName != "help" }
    if below.isEmpty { return [(path, command)] }
    return below.flatMap { leaves(of: $0, path + [$0.commandName]) }
  }

  @Test func `every command's help names its options and says what they are for`() throws {
    let commands = leaves(of: try tree())
    #expect(commands.count > 50)
    for (path, command) in commands {
      let name = path.joined(separator: " ")
      let help = try Program.run(path + ["--help"])
      #expect(help.status == 0, "\(name)")
      for argument in command.arguments ?? [] where argument.shouldDisplay {
        for option in argument.names ?? [] where option.kind == "long" {
          #expect(help.output.contains("--\(option.name)"), "\(name) --\(option.name)")
        }
        #expect(argument.abstract?.isEmpty == false, "\(name): an argument without a word on it")
      }
      #expect(!help.output.contains("--now"), "\(name)")
    }
  }

  @Test func `the help of a command on a registry shows an example that the command takes`() throws {
    for (path, command) in leaves(of: try tree()) {
      let options = (command.arguments ?? []).flatMap { $0.names ?? [] }.map(\.name)
      guard options.contains("data") else { continue }
      let name = "ita " + path.joined(separator: " ")
      let discussion = command.discussion ?? ""
      // The default of its parent is called without its own name.
      let short = "ita " + path.dropLast().joined(separator: " ") + " "
      #expect(discussion.contains("Example: \(name)") || discussion.contains("Example: \(short)"), "\(name)")
    }
  }
}
