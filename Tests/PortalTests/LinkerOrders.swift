import Crypto
import Foundation
import Integrity

@testable import Portal
@testable import Storage

/// Every order the linker can think of: of answers by what is kept of them and by where it lies, and of people by what is
/// known of them. What stands alike is drawn by lot, with a fixed seed.
struct LinkerOrders {
  struct Order {
    let name: String
    /// The people behind it, which the judge fills in.
    let people: [Int]
  }

  private let run: Linker.Run
  private let files: [SearchedFile]
  private var random: SeededGenerator
  private var orders: [Order] = []

  init(_ run: Linker.Run) {
    self.run = run
    files = run.files.map { SearchedFile($0.name, $0.bytes) }
    random = SeededGenerator(seed: run.seed, of: "ties")
  }

  // Answers.

  mutating func ofAnswers() -> [Order] {
    orders = []
    for (name, rows) in [("backup", run.backup), ("closed", run.closed)] {
      let owners = rows.map(run.truth.owner)
      orders.append(Order(name: "\(name) as it is read", people: owners))
      byBytes(name, rows, owners)
      byPlaces(name, rows, owners)
      madeOf("codes", codeDigests(), name, rows, owners)
      madeOf("words of the log", wordDigests(), name, rows, owners)
      let lengths = rows.map { row in
        zip(row.answers, run.labels).reduce(0) { $0 + $1.1[Int($1.0) - 1] }
      }
      add("\(name) by how long the answers are written", lengths, owners)
      add("\(name) by the sum of the answers", rows.map { $0.answers.reduce(0) { $0 + Int($1) } }, owners)
    }
    return orders
  }

  /// By every byte of what is kept, and every run of bytes from there on; a number may be written from either end.
  private mutating func byBytes(_ name: String, _ rows: [Linker.Row], _ owners: [Int]) {
    let whole = rows.map { $0.key + $0.answers }
    for place in 0..<(whole.first?.count ?? 0) {
      for width in [1, 2, 4, 8] where place + width <= whole[0].count {
        let pieces = whole.map { Array($0[place..<(place + width)]) }
        add("\(name) by bytes \(place)+\(width)", pieces.map(LinkerOrders.number), owners)
        if width > 1 {
          add(
            "\(name) by bytes \(place)+\(width) from the end",
            pieces.map { LinkerOrders.number($0.reversed()) }, owners)
        }
      }
    }
  }

  /// By where the key of each, or its answers, stand in every file: in a page, in what is free, in a log; written as bytes
  /// or as text.
  private mutating func byPlaces(_ name: String, _ rows: [Linker.Row], _ owners: [Int]) {
    let needles: [(String, [[UInt8]])] = [
      ("keys", rows.map(\.key)),
      ("beginnings of keys", rows.map { Array($0.key.prefix(8)) }),
      ("keys in hexadecimal", rows.map { Array(Digest.hex($0.key).utf8) }),
      ("keys in base64", rows.map { Array(Data($0.key).base64EncodedString().prefix(20).utf8) }),
      ("answers", rows.map(\.answers)),
      (
        "answers as a form has them",
        rows.map { Array($0.answers.prefix(4).map(String.init).joined(separator: "-").utf8) }
      ),
    ]
    for searched in files {
      for (what, needles) in needles {
        by("\(name), \(what) in \(searched.name)", needles.map { searched.places(of: $0) }, owners)
      }
    }
  }

  /// First, last, how often, and where in its page.
  private mutating func by(_ name: String, _ places: [[Int]], _ owners: [Int]) {
    let found = places.indices.filter { !places[$0].isEmpty }
    let whose = found.map { owners[$0] }
    add("\(name), first", found.map { places[$0].first ?? 0 }, whose)
    add("\(name), last", found.map { places[$0].last ?? 0 }, whose)
    add("\(name), within a page", found.map { (places[$0].first ?? 0) % 4096 }, whose)
    add("\(name), how often", found.map { places[$0].count }, whose)
  }

  /// Where a key is the digest of something known, in the order in which that is known.
  private mutating func madeOf(
    _ what: String, _ known: [Data: Int], _ name: String, _ rows: [Linker.Row], _ owners: [Int]
  ) {
    let places = rows.map { known[Data($0.key.prefix(8))] }
    let found = rows.indices.filter { places[$0] != nil }
    add("\(name), keys made of \(what)", found.compactMap { places[$0] }, found.map { owners[$0] })
  }

  /// Beginnings of what an answer's key could be, were it made of a code: by its place on the sheet.
  private func codeDigests() -> [Data: Int] {
    var digests: [Data: Int] = [:]
    for (place, code) in run.sheet.enumerated() {
      for text in [code.text, code.grouped] {
        for digest in self.digests(of: text) { digests[digest] = place }
      }
    }
    return digests
  }

  /// The same of every word of the log.
  private func wordDigests() -> [Data: Int] {
    var digests: [Data: Int] = [:]
    for (place, word) in run.words.enumerated() where word.count >= 8 {
      for digest in self.digests(of: word) where digests[digest] == nil { digests[digest] = place }
    }
    return digests
  }

  /// Whoever has the key can make what the registry makes.
  private func digests(of text: String) -> [Data] {
    let texts = [text, "\(run.place)\n\(text)", "\(run.place)\n\n\(text)"]
    let purposes: [KeyFile.Purpose] = [.slip, .response, .freeText, .form]
    return texts.flatMap { text in
      purposes.map { run.key.hash(text, for: $0) } + [Data(SHA256.hash(data: Data(text.utf8)))]
    }.map { $0.prefix(8) }
  }

  // People.

  /// As they came; as their codes were printed, are written, are hashed or have left something behind; and by every number
  /// that a line of the log may have of each.
  mutating func ofPeople() -> [Order] {
    orders = []
    let people = Array(run.truth.codes.indices)
    let codes = run.truth.codes.map { run.sheet[$0] }
    let hashes = codes.map { Array(run.key.hash("\(run.place)\n\($0.text)", for: .slip)) }
    orders.append(Order(name: "people came", people: people))
    add("codes were printed", run.truth.codes, people)
    orders.append(Order(name: "codes are written", people: people.sorted { codes[$0].text < codes[$1].text }))
    add("codes are hashed", hashes.map { LinkerOrders.number(Array($0.prefix(8))) }, people)
    for searched in files {
      by("codes are left in \(searched.name)", hashes.map { searched.places(of: $0) }, people)
    }
    numbersOfTheLog(people)
    return orders
  }

  /// Of lines that are as many as people, or so many times as many: each number, in the order of its size.
  private mutating func numbersOfTheLog(_ people: [Int]) {
    for (shape, lines) in Dictionary(grouping: run.log, by: LinkerOrders.shape) {
      let numbers = lines.map(LinkerOrders.numbers)
      let each = lines.count / people.count
      guard lines.count % people.count == 0, (1...12).contains(each), let width = numbers.map(\.count).min()
      else { continue }
      for line in 0..<each {
        for place in 0..<width {
          add(
            "number \(place) of line \(line) of \(shape.prefix(60)) says",
            people.map { numbers[$0 * each + line][place] }, people)
        }
      }
    }
  }

  // Sorting and searching.

  /// Nothing is added where nothing was found, so that no trick is counted that was not tried.
  private mutating func add(_ name: String, _ values: [Int], _ owners: [Int]) {
    guard Set(values).count > 1 else { return }
    let lots = values.map { _ in random.next() }
    let sorted = values.indices.sorted {
      values[$0] == values[$1] ? lots[$0] < lots[$1] : values[$0] < values[$1]
    }
    orders.append(Order(name: name, people: sorted.map { owners[$0] }))
  }

  /// Bytes as a number, the first counting most; eight at most.
  private static func number(_ bytes: [UInt8]) -> Int {
    Int(bitPattern: UInt(bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } >> 1))
  }

  private static func shape(_ line: String) -> String {
    String(line.split(whereSeparator: \.isWhitespace).map { $0.prefix { $0 != "=" } }.joined(separator: " "))
  }

  private static func numbers(_ line: String) -> [Int] {
    line.split { !$0.isNumber }.compactMap { Int($0) }
  }
}

extension Linker.Run {
  /// Of the log, as they come.
  fileprivate var words: [String] {
    log.flatMap { line in
      line.split { !($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }.map(String.init)
    }
  }
}
