import Foundation
import Integrity
import Yams

/// A YAML document with the place of every part, and nothing YAML can hide in one: no aliases, anchors, merge keys,
/// tags or second documents.
package struct YamlTree: Sendable {
  package let place: Place
  package let content: Content

  package indirect enum Content: Sendable {
    case scalar(String)
    case list([YamlTree])
    case fields([Field])
  }

  package struct Field: Sendable {
    package let name: String
    package let place: Place
    package let value: YamlTree
  }

  /// What is read before a file is refused.
  package struct Limits: Sendable {
    var bytes = 256 * 1024
    var depth = 20

    package init() {}
  }

  init(place: Place, content: Content) {
    self.place = place
    self.content = content
  }

  /// Reads a file's bytes. Hostile input (too large, too deep, expanding, not UTF-8) is refused in time and memory
  /// bounded by its size.
  ///
  /// - Parameter manual: the page that says what such a file holds.
  package init(
    bytes: [UInt8], file: String, limits: Limits = Limits(), manual: String = "docs/rubrics.md"
  ) throws(Complaints) {
    let start = Place(file: file)
    func refuse(_ place: Place, _ problem: String, _ remedy: String) -> Complaints {
      Complaints([Complaint(place, problem, remedy)])
    }
    guard bytes.count <= limits.bytes else {
      throw refuse(
        start, "the file has more than \(limits.bytes / 1024) KiB",
        "split it with 'extends', or raise the limit with --max-size")
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw refuse(start, "the file is UTF-16", "save it as UTF-8")
    }
    let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    if let index = body.firstIndex(of: 0) {
      throw refuse(
        YamlTree.place(of: index, in: body, file: file), "the file contains a NUL byte",
        "it is no text file, or was damaged: save it as UTF-8 text")
    }
    guard let text = String(validating: body, as: UTF8.self) else {
      throw refuse(start, "the file is not UTF-8", "save it as UTF-8")
    }
    if let index = YamlTree.expansion(in: body) {
      throw refuse(
        YamlTree.place(of: index, in: body, file: file), "the file uses a YAML anchor and an alias",
        "write the content out where it is needed; in a wording, put a space behind & and *")
    }
    self = try YamlTree.compose(text, file: file, limits: limits, manual: manual)
  }

  private static func compose(
    _ text: String, file: String, limits: Limits, manual: String
  ) throws(Complaints) -> YamlTree {
    do {
      // Scalars are read as text; guessing their type, by a dozen patterns each, would take half the time.
      let parser = try Parser(yaml: text, resolver: .basic)
      // Anchors are held weakly by the nodes: the parser must outlive the walk.
      return try withExtendedLifetime(parser) {
        guard let root = try parser.singleRoot() else {
          throw Complaints([
            Complaint(Place(file: file), "the file is empty", "begin with the lines of \(manual)")
          ])
        }
        let composition = Composition(
          file: file, lines: text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false),
          limits: limits)
        let tree = YamlTree(root, depth: 1, composition)
        try composition.faults.throwIfAny()
        return tree
      }
    } catch let complaints as Complaints {
      throw complaints
    } catch let error as YamlError {
      throw Complaints([YamlTree.complaint(error, file: file)])
    } catch {
      throw Complaints([Complaint(Place(file: file), "\(error)", "check the file's YAML")])
    }
  }

  /// What the walk over the nodes of one file shares.
  private struct Composition {
    let file: String
    let lines: [Substring.UnicodeScalarView]
    let limits: Limits
    let faults = Faults()

    func scalar(at place: Place) -> Unicode.Scalar? {
      guard lines.indices.contains(place.line - 1) else { return nil }
      return lines[place.line - 1].dropFirst(place.column - 1).first
    }
  }

  private init(_ node: Yams.Node, depth: Int, _ composition: Composition) {
    let file = composition.file
    let faults = composition.faults
    place = Place(file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    guard depth <= composition.limits.depth else {
      faults.add(place, "the file is nested deeper than \(composition.limits.depth) levels", "flatten it")
      content = .scalar("")
      return
    }
    if node.anchor != nil {
      faults.add(place, "a YAML anchor (&name) is not allowed", "write the content out where it is needed")
      content = .scalar("")
      return
    }
    switch node {
    case .scalar(let scalar):
      YamlTree.refuseTag(scalar.tag, place, composition)
      content = .scalar(scalar.string)
    case .sequence(let sequence):
      YamlTree.refuseTag(sequence.tag, place, composition)
      content = .list(
        sequence.map { YamlTree($0, depth: depth + 1, composition) })
    case .mapping(let mapping):
      YamlTree.refuseTag(mapping.tag, place, composition)
      var fields: [Field] = []
      for (key, value) in mapping {
        let keyPlace = Place(file: file, line: key.mark?.line ?? 1, column: key.mark?.column ?? 1)
        guard case .scalar(let name) = key, key.anchor == nil else {
          faults.add(keyPlace, "a key must be a plain word", "write 'name: value'")
          continue
        }
        if name.string == "<<" {
          faults.add(keyPlace, "a YAML merge key (<<) is not allowed", "write the content out")
          continue
        }
        fields.append(
          Field(
            name: name.string, place: keyPlace,
            value: YamlTree(value, depth: depth + 1, composition)))
      }
      content = .fields(fields)
    case .alias:
      faults.add(place, "a YAML alias (*name) is not allowed", "write the content out where it is needed")
      content = .scalar("")
    }
  }

  /// A tag written in the file. A composed node cannot tell: what is quoted counts as a tagged string there, so the
  /// text itself is looked at, which begins with the tag where there is one.
  private static func refuseTag(_ tag: Tag, _ place: Place, _ composition: Composition) {
    let name = tag.description
    guard !name.isEmpty else { return }
    if composition.scalar(at: place) != "!", ["!", "tag:yaml.org,2002:str"].contains(name) { return }
    composition.faults.add(place, "a YAML tag (\(name)) is not allowed", "remove it")
  }

  /// Where an anchor would stand if the text, read as loosely as can be, has both an anchor and an alias; composing
  /// such a file could expand without bound. Ordinary wordings (`Q&A`, `* note`) pass.
  private static func expansion(in bytes: [UInt8]) -> Int? {
    func isWord(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "-"):
        true
      default: false
      }
    }
    func isIndicator(_ index: Int, _ sign: UInt8) -> Bool {
      bytes[index] == sign && index + 1 < bytes.count && isWord(bytes[index + 1])
        && (index == 0 || !isWord(bytes[index - 1]))
    }
    var anchor: Int?
    var hasAlias = false
    for index in bytes.indices {
      if anchor == nil, isIndicator(index, UInt8(ascii: "&")) { anchor = index }
      if isIndicator(index, UInt8(ascii: "*")) { hasAlias = true }
    }
    return hasAlias ? anchor : nil
  }

  private static func place(of index: Int, in bytes: [UInt8], file: String) -> Place {
    let before = bytes[..<index]
    let line = before.count { $0 == UInt8(ascii: "\n") } + 1
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    // Every byte but a continuation byte begins a scalar.
    let column = bytes[start..<index].count { $0 & 0xC0 != 0x80 } + 1
    return Place(file: file, line: line, column: column)
  }

  private static func complaint(_ error: YamlError, file: String) -> Complaint {
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let place = Place(file: file, line: mark.line, column: mark.column)
      if problem.contains("Maximum nesting") {
        return Complaint(place, "the file is nested deeper than 20 levels", "flatten it")
      }
      if problem.contains("undefined alias") {
        return Complaint(place, "a YAML alias (*name) is not allowed", "write the content out")
      }
      if problem.contains("another document") {
        return Complaint(place, "a second document begins here", "remove the line '---'")
      }
      let where_ = context.map { " (\($0.text) at line \($0.mark.line))" } ?? ""
      return Complaint(
        place, "this is not YAML: \(problem)\(where_)",
        "check indentation, colons and quotes on this line and the one above")
    case .duplicatedKeysInMapping(let duplicates, let context):
      return Complaint(
        Place(file: file, line: context.mark.line, column: context.mark.column),
        "'\(duplicates.joined(separator: "', '"))' is written twice in the same place", "keep one of them")
    case .reader(let problem, _, _, _):
      return Complaint(Place(file: file), "the text cannot be read: \(problem)", "save it as UTF-8 text")
    default:
      return Complaint(Place(file: file), "the file cannot be read as YAML", "check its syntax")
    }
  }
}

extension YamlTree {
  package var fields: [Field]? { if case .fields(let fields) = content { fields } else { nil } }
  package var list: [YamlTree]? { if case .list(let list) = content { list } else { nil } }
  package var scalar: String? { if case .scalar(let text) = content { text } else { nil } }

  package func field(_ name: String) -> Field? { fields?.first { $0.name == name } }

  /// The part at a path of names and positions, or as near to it as the document goes.
  func nearest(to path: some Collection<Integrity.Rubric.PathStep>) -> YamlTree {
    guard let step = path.first else { return self }
    let next: YamlTree? =
      switch (step, content) {
      case (.name(let name), .fields): field(name)?.value
      case (.index(let index), .list(let list)): list.indices.contains(index) ? list[index] : nil
      case (.index(let index), .fields(let fields)):
        fields.indices.contains(index) ? fields[index].value : nil
      default: nil
      }
    return next?.nearest(to: path.dropFirst()) ?? self
  }
}
