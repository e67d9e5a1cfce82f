import ArgumentParser
import Documents
import Foundation

extension Intake.File {
  /// Reads a file that somebody names, or says that it cannot be read and ends with exit code 1.
  init(path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      Console.warn("\(path):1:1: the file cannot be read; check the name and the folder")
      throw ExitCode(1)
    }
    self.init(name: path, bytes: [UInt8](data))
  }
}

extension Intake.Inputs.Responses {
  /// Reads `iit=FILE` or `eit.PART=FILE`; nil for anything else.
  init?(argument text: String) throws {
    guard let equals = text.firstIndex(of: "=") else { return nil }
    let name = text[..<equals].split(separator: ".", maxSplits: 1).map(String.init)
    guard let instrument = name.first else { return nil }
    self.init(
      instrument: instrument, part: name.count > 1 ? name[1] : nil,
      file: try Intake.File(path: String(text[text.index(after: equals)...])))
  }
}
