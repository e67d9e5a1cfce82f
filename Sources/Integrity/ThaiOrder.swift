/// The order of a Thai dictionary, in which names are listed.
///
/// A vowel that is written before its consonant is read after it, so the two change places; marks of tone count only
/// between words that are otherwise alike; a number counts as a number, `เขต 2` before `เขต 10`. It is the order of the
/// Royal Institute as far as names need it, without tables of a library.
public enum ThaiOrder {
  /// What names are compared by: the smaller key comes first.
  public struct Key: Hashable, Sendable, Comparable {
    private let letters: [UInt32]
    private let marks: [UInt32]

    public init(_ text: String) {
      var letters: [UInt32] = []
      var marks: [UInt32] = []
      var waiting: UInt32?
      var digits: [UInt32] = []
      func putNumber() {
        guard !digits.isEmpty else { return }
        let number = digits.drop { $0 == 48 }
        // Longer numbers are greater; equally long ones go by their digits.
        letters.append(48 << 8 | UInt32(min(255, number.count)))
        letters += number
        digits = []
      }
      for scalar in text.lowercased().unicodeScalars {
        let value = scalar.value
        if (48...57).contains(value) || (0x0E50...0x0E59).contains(value) {
          digits.append(value < 128 ? value : value - 0x0E50 + 48)
          continue
        }
        putNumber()
        switch value {
        case 0x0E40...0x0E44:
          if let held = waiting { letters.append(held << 8) }
          waiting = value
        case 0x0E47...0x0E4C: marks.append(UInt32(letters.count) << 8 | (value & 0xFF))
        case 0x200B...0x200D, 0x2060: continue
        default:
          letters.append(value << 8)
          if let held = waiting {
            letters.append(held << 8)
            waiting = nil
          }
        }
      }
      putNumber()
      if let waiting { letters.append(waiting << 8) }
      self.letters = letters
      self.marks = marks
    }

    public static func < (a: Key, b: Key) -> Bool {
      if a.letters != b.letters { return a.letters.lexicographicallyPrecedes(b.letters) }
      return a.marks.lexicographicallyPrecedes(b.marks)
    }
  }
}
