import Crypto
import Foundation
import Integrity
import Reports
import Storage

/// A published cycle made ready for looking through: in the orders it is listed in, with what each office is found by.
struct PublishedIndex: Sendable {
  let publication: Registry.Publication
  /// How many offices reached each level, the best first; and how many have none.
  let levels: [(level: Level?, offices: Int)]
  /// By their Thai names, in Thai order.
  let provinces: [Words]
  /// Of every form of the data; changes whenever anything in them does.
  let stamp: String
  private let shortNames: [[Language: String]]
  private let found: [[UInt8]]
  private let byCode: [Code<Office>: Int]
  private let orders: [Order: [Int]]

  enum Order: Hashable, Sendable {
    case total
    case name(Language)
  }

  init(_ publication: Registry.Publication, _ pages: Pages) throws {
    self.publication = publication
    let offices = publication.offices
    let words = try Language.allCases.map { try pages.words($0) }
    let shortNames = offices.map { entry in
      Dictionary(uniqueKeysWithValues: words.map { ($0.language, entry.office.shortName($0)) })
    }
    self.shortNames = shortNames
    found = zip(offices, shortNames).map { entry, short in
      let texts =
        [entry.office.name.thai, entry.office.name.english, entry.office.code.text] + short.values.sorted()
      return Array(texts.map(PublishedIndex.plain).joined(separator: "\n").utf8)
    }
    byCode = Dictionary(offices.enumerated().map { ($1.office.code, $0) }) { a, _ in a }

    let places = Array(offices.indices)
    var orders: [Order: [Int]] = [:]
    for language in Language.allCases {
      let keys = shortNames.map { ThaiOrder.Key($0[language] ?? "") }
      orders[.name(language)] = places.sorted { (keys[$0], $0) < (keys[$1], $1) }
    }
    // Equal figures stand in the order of their names; those without one come last.
    let byName = orders[.name(.thai)] ?? places
    let figures = offices.map { $0.total?.points.millionths ?? .min }
    orders[.total] = byName.enumerated().sorted { a, b in
      (figures[b.element], a.offset) < (figures[a.element], b.offset)
    }.map(\.element)
    self.orders = orders

    var counts: [Code<Level>?: Int] = [:]
    for entry in offices { counts[entry.level?.level.code, default: 0] += 1 }
    levels =
      publication.rubric.levels.map { ($0, counts[$0.code] ?? 0) }
      + (counts[nil].map { [(nil, $0)] } ?? [])
    var named: [String: Words] = [:]
    for entry in offices { for province in entry.office.provinces { named[province.thai] = province } }
    provinces = named.values.sorted { ThaiOrder.Key($0.thai) < ThaiOrder.Key($1.thai) }
    var hash = SHA256()
    hash.update(data: Data("\(publication.publishedAt.seconds) \(publication.seal)".utf8))
    for entry in offices {
      hash.update(data: Data("\(entry.sealed.last) \(entry.previous?.description ?? "")\n".utf8))
    }
    stamp = hash.finalize().prefix(12).hex
  }

  /// - Throws: where the office does not take part, as where there is none of that code.
  func office(_ code: Code<Office>) throws -> Registry.PublishedOffice {
    guard let place = byCode[code] else { throw Problem.notFound }
    return publication.offices[place]
  }

  /// What an office is called in a list.
  func shortName(of code: Code<Office>, in language: Language) -> String {
    byCode[code].flatMap { shortNames[$0][language] } ?? code.text
  }

  /// Offices that fit what is asked for, in the order asked for.
  func offices(_ query: PublishedQuery, in language: Language) -> [Registry.PublishedOffice] {
    let order: Order = query.sort == .name ? .name(language) : .total
    let admitted = (orders[order] ?? []).filter { query.admits(publication.offices[$0]) }
    return found(query.search, among: admitted).map { publication.offices[$0] }
  }

  /// Those that have the whole of what is searched for; or else each of its words.
  private func found(_ search: String, among places: [Int]) -> [Int] {
    let whole = Array(PublishedIndex.plain(search).utf8)
    if whole.isEmpty { return places }
    let exact = places.filter { found[$0].contains(whole) }
    if !exact.isEmpty { return exact }
    let words = search.split(whereSeparator: \.isWhitespace).map {
      Array(PublishedIndex.plain(String($0)).utf8)
    }
    return places.filter { place in words.allSatisfy { found[place].contains($0) } }
  }

  /// As it is compared: small letters, no blanks, dots or marks that are not seen, Arabic digits.
  private static func plain(_ text: String) -> String {
    var plain = String.UnicodeScalarView()
    for scalar in text.lowercased().unicodeScalars {
      switch scalar.value {
      case 0x0E50...0x0E59: plain.append(Unicode.Scalar(UInt8(scalar.value - 0x0E50 + 48)))
      case 0x20, 0x2E, 0xA0, 0x200B...0x200D, 0x2060: continue
      default: plain.append(scalar)
      }
    }
    return String(plain)
  }
}

extension [UInt8] {
  /// Whether the bytes stand somewhere within.
  fileprivate func contains(_ part: [UInt8]) -> Bool {
    guard let first = part.first, part.count <= count else { return part.isEmpty }
    return withUnsafeBufferPointer { all in
      part.withUnsafeBufferPointer { part in
        var place = 0
        while place <= all.count - part.count {
          if all[place] == first {
            var length = 1
            while length < part.count, all[place + length] == part[length] { length += 1 }
            if length == part.count { return true }
          }
          place += 1
        }
        return false
      }
    }
  }
}
