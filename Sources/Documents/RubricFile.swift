import Foundation
public import Integrity

/// A rubric with the texts it was read from: its own file first, then each one it extends.
public struct RubricFile: Sendable {
  public let rubric: Rubric
  public let sources: [Source]
  /// Where each part stands, for complaints that come later (a case that fails).
  let tree: YamlTree

  public struct Source: Hashable, Sendable {
    public let name: String
    public let bytes: [UInt8]
  }

  /// The most bytes a rubric file may have, unless the reader says otherwise.
  public static let largest = 256 * 1024

  /// Reads a rubric file from disk, and the files it extends from the same folder.
  ///
  /// - Parameter largest: bytes beyond which a file is refused unread.
  /// - Throws: `Complaints`, every fault with its place.
  public init(path: String, largest: Int = RubricFile.largest) throws(Complaints) {
    let url = URL(fileURLWithPath: path)
    let folder = url.deletingLastPathComponent()
    let prefix = path.contains("/") ? String(path[...(path.lastIndex(of: "/") ?? path.startIndex)]) : ""
    try self.init(name: url.lastPathComponent, shownIn: prefix, largest: largest) { name in
      try RubricFile.bytes(of: folder.appendingPathComponent(name).path, atMost: largest)
    }
  }

  /// Reads a rubric from named texts, such as the ones kept with a cycle.
  ///
  /// - Parameters:
  ///   - prefix: put before a file's name in complaints.
  ///   - bytes: the content of a file beside the rubric; throws where there is none.
  public init(
    name: String, shownIn prefix: String = "", largest: Int = RubricFile.largest,
    bytes: (String) throws -> [UInt8]
  ) throws(Complaints) {
    var sources: [Source] = []
    var limits = YamlTree.Limits()
    limits.bytes = largest
    let merged = try RubricFile.merged(
      name, prefix: prefix, limits: limits, calledFrom: nil, &sources, bytes: bytes)
    rubric = try Rubric.read(merged)
    self.sources = sources
    tree = merged
  }

  private static let mostExtended = 5

  private static func merged(
    _ name: String, prefix: String, limits: YamlTree.Limits, calledFrom place: Place?,
    _ sources: inout [Source], bytes: (String) throws -> [UInt8]
  ) throws(Complaints) -> YamlTree {
    let shown = prefix + name
    let here = place ?? Place(file: shown)
    guard sources.count <= mostExtended else {
      throw Complaints([
        Complaint(
          here, "the files extend one another more than \(mostExtended) deep",
          "extend an earlier one directly")
      ])
    }
    guard !sources.contains(where: { $0.name == name }) else {
      throw Complaints([Complaint(here, "'\(name)' extends itself", "break the circle")])
    }
    let content: [UInt8]
    do {
      content = try bytes(name)
    } catch {
      throw Complaints([
        Complaint(here, "'\(shown)' cannot be read: \(reason(error))", "check the name and the folder")
      ])
    }
    sources.append(Source(name: name, bytes: content))
    let tree = try YamlTree(bytes: content, file: shown, limits: limits)
    guard let extends = tree.field("extends") else { return tree }
    guard let base = extends.value.scalar, !base.isEmpty, !base.contains("/"), base != ".." else {
      throw Complaints([
        Complaint(
          extends.value.place, "'extends' must name a file beside this one",
          "write, for example, ita-2567.yaml")
      ])
    }
    let below = try merged(
      base, prefix: prefix, limits: limits, calledFrom: extends.value.place, &sources, bytes: bytes)
    return try below.overridden(by: tree)
  }

  /// A file's bytes, one more than allowed at the most: enough to refuse it by size without reading it all.
  private static func bytes(of path: String, atMost largest: Int) throws -> [UInt8] {
    let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    defer { try? handle.close() }
    return [UInt8](try handle.read(upToCount: largest + 1) ?? Data())
  }

  private static func reason(_ error: any Error) -> String {
    let error = error as NSError
    switch error.code {
    case CocoaError.fileReadNoSuchFile.rawValue, CocoaError.fileNoSuchFile.rawValue:
      return "there is no such file"
    case CocoaError.fileReadNoPermission.rawValue: return "no permission"
    default: return "it is no readable file"
    }
  }
}
