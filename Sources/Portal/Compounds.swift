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
      let rest = text[place...]
      guard rest.first == 0xE0, let found = Compounds.all.first(where: { rest.starts(with: $0.whole) }) else {
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

  static let all = [
    Compounds("หน่วย", "งาน"), Compounds("ผู้", "มีส่วน"), Compounds("ดำเนิน", "งาน"), Compounds("ดำเนิน", "การ"),
    Compounds("ประจำ", "ปี"), Compounds("งบ", "ประมาณ"), Compounds("องค์", "ประกอบ"), Compounds("ปฏิบัติ", "งาน"),
    Compounds("ผู้", "บริหาร"), Compounds("ผู้", "อำนวยการ"), Compounds("อำนวย", "การ"),
    Compounds("ความ", "โปร่งใส"),
  ]
}
