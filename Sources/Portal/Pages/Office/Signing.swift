import Integrity
import Reports

/// In what capacity somebody signs for an office: as its head, or for the head by an order.
struct Signing: Sendable {
  let acting: Acting?

  init(_ acting: Acting?) { self.acting = acting }

  /// The capacity in which a person would sign now.
  init(_ person: Person, for office: Office, on day: Day) {
    acting = person.grant(.director, for: office.code, on: day)?.acting
  }

  /// `รักษาราชการแทนผู้อำนวยการ สพป.ธารทอง เขต 1`.
  func title(of office: Office, _ words: Wording) -> String {
    let head = words.say("sign_off.head", ["office": office.shortName(words)])
    guard let acting else { return head.sentence(in: words.language).held }
    let capacity = acting.capacity.title.in(words.language)
    let gap = words.language == .thai ? "" : " "
    return (capacity + gap + head).sentence(in: words.language).held
  }

  /// `คำสั่งที่ 112/2567 ลงวันที่ 1 เม.ย. 2567`; nil for the head.
  func order(_ words: Wording, _ dates: Dates) -> String? {
    guard let acting else { return nil }
    let number = acting.order.replacing("ที่", with: "", maxReplacements: 1).trimmingBlanks
    return words.say("sign_off.order", ["number": number, "day": dates.day(acting.date).kept])
  }
}

extension String {
  /// On one line.
  var kept: String { replaced(" ", by: "\u{A0}") }

  /// Byte by byte, which is many times quicker than by characters.
  ///
  /// - Parameter most: how often at most, from the beginning.
  func replaced(_ old: String, by new: String, most: Int = .max) -> String {
    let (text, old) = (Array(utf8), Array(old.utf8))
    guard let first = old.first, text.count >= old.count else { return self }
    var made: [UInt8] = []
    var (place, count) = (0, 0)
    while place < text.count {
      if text[place] == first, count < most, text[place...].starts(with: old) {
        if count == 0 { made.reserveCapacity(text.count + new.utf8.count) }
        made += new.utf8
        place += old.count
        count += 1
      } else {
        made.append(text[place])
        place += 1
      }
    }
    return count == 0 ? self : String(decoding: made, as: UTF8.self)
  }
}
