extension String {
  /// Keeps compounds on one line that browsers break in two, by joining their parts with U+2060.
  var held: String {
    let text = Array(utf8)
    // What the first letters of all compounds begin with.
    guard text.contains(0xE0) else { return self }
    var joined: [UInt8] = []
    joined.reserveCapacity(text.count + 12)
    var place = 0
    while place < text.count {
      guard let found = Compounds.found(in: text, at: place) else {
        joined.append(text[place])
        place += 1
        continue
      }
      joined += found.whole[..<found.seam] + "\u{2060}".utf8 + found.whole[found.seam...]
      place += found.whole.count
    }
    return String(decoding: joined, as: UTF8.self)
  }
}

/// Bytes, since a letter with marks above it is one character and yet four.
private struct Compounds {
  let whole: [UInt8]
  /// How many bytes stand before the seam.
  let seam: Int

  private init(_ first: String, _ second: String) {
    whole = Array((first + second).utf8)
    seam = first.utf8.count
  }

  /// The compound that begins at a place.
  static func found(in text: [UInt8], at place: Int) -> Compounds? {
    guard text[place] == 0xE0, place + 2 < text.count else { return nil }
    let candidates = byLetter[letter(text[place + 1], text[place + 2])]
    return candidates.isEmpty ? nil : candidates.first { text[place...].starts(with: $0.whole) }
  }

  /// A Thai letter's number, by its second and third byte.
  private static func letter(_ second: UInt8, _ third: UInt8) -> Int {
    Int(second & 1) << 6 | Int(third & 63)
  }

  /// By their first letter.
  private static let byLetter: [[Compounds]] = {
    var byLetter = [[Compounds]](repeating: [], count: 128)
    for one in all { byLetter[letter(one.whole[1], one.whole[2])].append(one) }
    return byLetter
  }()

  private static let all = [
    Compounds("หน่วย", "งาน"), Compounds("ผู้", "มีส่วน"), Compounds("ดำเนิน", "งาน"), Compounds("ดำเนิน", "การ"),
    Compounds("ประจำ", "ปี"), Compounds("งบ", "ประมาณ"), Compounds("องค์", "ประกอบ"), Compounds("ปฏิบัติ", "งาน"),
    Compounds("ผู้", "บริหาร"), Compounds("ผู้", "อำนวยการ"), Compounds("อำนวย", "การ"),
    Compounds("ความ", "โปร่งใส"),
  ]
}
