public import Integrity

/// The six regions of Thailand, as the National Geographical Committee divides it.
public enum Region {
  public static let north = Words(thai: "ภาคเหนือ", english: "North")
  public static let northeast = Words(thai: "ภาคตะวันออกเฉียงเหนือ", english: "Northeast")
  public static let central = Words(thai: "ภาคกลาง", english: "Central")
  public static let east = Words(thai: "ภาคตะวันออก", english: "East")
  public static let west = Words(thai: "ภาคตะวันตก", english: "West")
  public static let south = Words(thai: "ภาคใต้", english: "South")

  /// By the number of the province (ISO 3166-2:TH).
  static func of(province: String) -> Words? {
    guard let number = Int(province) else { return nil }
    switch number {
    case 20...25, 27: return east
    case 10...19, 26, 60...62, 64...67, 72...75: return central
    case 30...49: return northeast
    case 50...58: return north
    case 63, 70, 71, 76, 77: return west
    case 80...96: return south
    default: return nil
    }
  }
}
