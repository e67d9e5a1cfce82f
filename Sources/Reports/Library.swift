import Documents
import Foundation

/// Finds the files a committee may change: in its own folder first, then among the shipped ones.
public struct Library: Sendable {
  /// The folders looked through, first one first.
  let folders: [String]

  public init(folders: [String]) { self.folders = folders }

  /// A rubric's file: a path as it is, or the name of a shipped rubric (`ita-2567`).
  public static func rubric(named name: String) -> String {
    if name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml") { return name }
    return shipped("Rubrics", environment: "ITA_RUBRICS") + "/\(name).yaml"
  }

  /// Names of the shipped rubrics, sorted.
  public static var shippedRubrics: [String] {
    let files = try? FileManager.default.contentsOfDirectory(
      atPath: shipped("Rubrics", environment: "ITA_RUBRICS"))
    return (files ?? []).filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(".yaml".count)) }.sorted()
  }

  /// The folder of what is shipped: named in the environment, beside the installed program, or in the sources.
  static func shipped(_ folder: String, environment: String) -> String {
    if let path = ProcessInfo.processInfo.environment[environment], !path.isEmpty { return path }
    let itself = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let program = URL(fileURLWithPath: itself ?? CommandLine.arguments.first ?? "ita")
      .resolvingSymlinksInPath()
    let installed = program.deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("share/ita/\(folder)").path
    if FileManager.default.fileExists(atPath: installed) { return installed }
    return URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent(folder).path
  }
}

extension Library {
  /// The templates: the committee's folder, if there is one, then the shipped one.
  ///
  /// - Throws: `Complaints` where the committee's folder is not there.
  public static func templates(own folder: String? = nil) throws -> Library {
    var isFolder: ObjCBool = false
    if let folder,
      !FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) || !isFolder.boolValue
    {
      throw Complaints([Complaint(Place(file: folder), "there is no such folder", "check --templates")])
    }
    return Library(folders: [folder, shipped("Templates", environment: "ITA_TEMPLATES")].compactMap { $0 })
  }

  /// Paths within the folders, sorted, each once however many folders hold it.
  func paths(ending suffix: String) -> [String] {
    var paths: Set<String> = []
    for folder in folders {
      let all = FileManager.default.enumerator(atPath: folder)
      while let path = all?.nextObject() as? String {
        if path.hasSuffix(suffix) { paths.insert(path) }
      }
    }
    return paths.sorted()
  }

  /// A file's text, from the first folder that has it.
  public func text(_ path: String) throws -> String {
    for folder in folders {
      guard let data = FileManager.default.contents(atPath: "\(folder)/\(path)") else { continue }
      guard let text = String(validating: data, as: UTF8.self) else {
        throw Complaints([
          Complaint(Place(file: "\(folder)/\(path)"), "the file is not UTF-8", "save it as UTF-8")
        ])
      }
      return text
    }
    throw nothing(of: "'\(path)'")
  }

  /// The full path of the file that is read for a path.
  func shown(_ path: String) -> String {
    let folder = folders.first { FileManager.default.fileExists(atPath: "\($0)/\(path)") }
    return "\(folder ?? folders.first ?? "")/\(path)"
  }

  func nothing(of what: String) -> Complaints {
    Complaints([
      Complaint(
        Place(file: folders.first ?? "Templates"),
        "there is no \(what) in \(folders.joined(separator: " or "))",
        "give the folder with --templates, or in ITA_TEMPLATES")
    ])
  }
}
