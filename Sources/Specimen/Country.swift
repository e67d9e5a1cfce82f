public import Integrity

/// The education service area offices of Thailand, for trying things out in the size of the whole country:
/// the Office of the Basic Education Commission, and below it 183 primary and 62 secondary areas as divided
/// since 2564. Names and provinces are real; numbers of people are made up.
///
/// An office's code is the number of its province (ISO 3166-2:TH), `P` or `S` for primary or secondary, and
/// the number of the area: `50P3` is Chiang Mai 3. A secondary area of several provinces goes by the first
/// in its name: `92S1` is Trang–Krabi.
///
/// To confirm in the Royal Gazette: that the secondary areas Samut Sakhon–Samut Songkhram, Songkhla–Satun,
/// Prachin Buri–Nakhon Nayok and Sing Buri–Ang Thong are of these provinces, in this order. To confirm with
/// the offices: their names in English; provinces are spelled here as in ISO 3166-2, save Bangkok.
public struct Country: Sendable {
  /// The root first, then the area offices in the order of their codes.
  public let offices: [Office]

  /// The office above all others.
  public static let root: Code<Office> = "OBEC"

  /// Builds the tree; the same every time.
  public init() {
    let commission = Office(
      code: Country.root,
      name: Words(
        thai: "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน", english: "Office of the Basic Education Commission"))
    offices = [commission] + Country.provinces.flatMap { Country.primary($0) + Country.secondary($0) }
  }

  private struct Province: Sendable {
    let code: String
    let name: Words
    let primaryAreas: Int

    init(_ code: String, _ thai: String, _ english: String, _ primaryAreas: Int) {
      self.code = code
      name = Words(thai: thai, english: english)
      self.primaryAreas = primaryAreas
    }
  }

  private enum Level {
    case primary, secondary

    var kind: Code<OfficeKind> { self == .primary ? "primary" : "secondary" }
    var letter: String { self == .primary ? "P" : "S" }
    var thai: String { self == .primary ? "ประถมศึกษา" : "มัธยมศึกษา" }
    var english: String { self == .primary ? "Primary" : "Secondary" }
  }

  private static func primary(_ province: Province) -> [Office] {
    let all = Array(repeating: [province.name], count: province.primaryAreas)
    return areas(.primary, of: province, all)
  }

  /// Those whose name begins with the province.
  private static func secondary(_ province: Province) -> [Office] {
    let all = secondaryAreas.filter { $0.first == province.name.thai }
    return areas(.secondary, of: province, all.map { $0.compactMap { names[$0] } })
  }

  /// Only where a province has several areas of a level are they numbered by name.
  private static func areas(_ level: Level, of province: Province, _ areas: [[Words]]) -> [Office] {
    areas.enumerated().map { index, provinces in
      let number = index + 1
      let isNumbered = areas.count > 1
      let code = "\(province.code)\(level.letter)\(number)"
      let thai = provinces.map(\.thai).joined(separator: " ")
      let english = provinces.map(\.english).joined(separator: "–")
      let name = Words(
        thai: "สำนักงานเขตพื้นที่การศึกษา\(level.thai)\(thai)" + (isNumbered ? " เขต \(number)" : ""),
        english: "\(english) \(level.english) Educational Service Area Office"
          + (isNumbered ? " \(number)" : ""))
      return Office(
        code: Code(code), name: name, kind: level.kind, parent: root, provinces: provinces,
        region: Region.of(province: province.code), stakeholders: stakeholders(of: code))
    }
  }

  /// Staff and public, made up from the code alone.
  private static func stakeholders(of code: String) -> [Code<Node>: Int] {
    var random = SeededGenerator(seed: 0, of: code)
    let staff = Int.random(in: 60...220, using: &random)
    return ["IIT": staff, "EIT": Int.random(in: 700...4_000, using: &random)]
  }

  private static let names: [String: Words] = Dictionary(
    uniqueKeysWithValues: provinces.map { ($0.name.thai, $0.name) })

  /// With the number of primary areas of each.
  private static let provinces: [Province] = [
    Province("10", "กรุงเทพมหานคร", "Bangkok", 1),
    Province("11", "สมุทรปราการ", "Samut Prakan", 2),
    Province("12", "นนทบุรี", "Nonthaburi", 2),
    Province("13", "ปทุมธานี", "Pathum Thani", 2),
    Province("14", "พระนครศรีอยุธยา", "Phra Nakhon Si Ayutthaya", 2),
    Province("15", "อ่างทอง", "Ang Thong", 1),
    Province("16", "ลพบุรี", "Lop Buri", 2),
    Province("17", "สิงห์บุรี", "Sing Buri", 1),
    Province("18", "ชัยนาท", "Chai Nat", 1),
    Province("19", "สระบุรี", "Saraburi", 2),
    Province("20", "ชลบุรี", "Chon Buri", 3),
    Province("21", "ระยอง", "Rayong", 2),
    Province("22", "จันทบุรี", "Chanthaburi", 2),
    Province("23", "ตราด", "Trat", 1),
    Province("24", "ฉะเชิงเทรา", "Chachoengsao", 2),
    Province("25", "ปราจีนบุรี", "Prachin Buri", 2),
    Province("26", "นครนายก", "Nakhon Nayok", 1),
    Province("27", "สระแก้ว", "Sa Kaeo", 2),
    Province("30", "นครราชสีมา", "Nakhon Ratchasima", 7),
    Province("31", "บุรีรัมย์", "Buri Ram", 4),
    Province("32", "สุรินทร์", "Surin", 3),
    Province("33", "ศรีสะเกษ", "Si Sa Ket", 4),
    Province("34", "อุบลราชธานี", "Ubon Ratchathani", 5),
    Province("35", "ยโสธร", "Yasothon", 2),
    Province("36", "ชัยภูมิ", "Chaiyaphum", 3),
    Province("37", "อำนาจเจริญ", "Amnat Charoen", 1),
    Province("38", "บึงกาฬ", "Bueng Kan", 1),
    Province("39", "หนองบัวลำภู", "Nong Bua Lam Phu", 2),
    Province("40", "ขอนแก่น", "Khon Kaen", 5),
    Province("41", "อุดรธานี", "Udon Thani", 4),
    Province("42", "เลย", "Loei", 3),
    Province("43", "หนองคาย", "Nong Khai", 2),
    Province("44", "มหาสารคาม", "Maha Sarakham", 3),
    Province("45", "ร้อยเอ็ด", "Roi Et", 3),
    Province("46", "กาฬสินธุ์", "Kalasin", 3),
    Province("47", "สกลนคร", "Sakon Nakhon", 3),
    Province("48", "นครพนม", "Nakhon Phanom", 2),
    Province("49", "มุกดาหาร", "Mukdahan", 1),
    Province("50", "เชียงใหม่", "Chiang Mai", 6),
    Province("51", "ลำพูน", "Lamphun", 2),
    Province("52", "ลำปาง", "Lampang", 3),
    Province("53", "อุตรดิตถ์", "Uttaradit", 2),
    Province("54", "แพร่", "Phrae", 2),
    Province("55", "น่าน", "Nan", 2),
    Province("56", "พะเยา", "Phayao", 2),
    Province("57", "เชียงราย", "Chiang Rai", 4),
    Province("58", "แม่ฮ่องสอน", "Mae Hong Son", 2),
    Province("60", "นครสวรรค์", "Nakhon Sawan", 3),
    Province("61", "อุทัยธานี", "Uthai Thani", 2),
    Province("62", "กำแพงเพชร", "Kamphaeng Phet", 2),
    Province("63", "ตาก", "Tak", 2),
    Province("64", "สุโขทัย", "Sukhothai", 2),
    Province("65", "พิษณุโลก", "Phitsanulok", 3),
    Province("66", "พิจิตร", "Phichit", 2),
    Province("67", "เพชรบูรณ์", "Phetchabun", 3),
    Province("70", "ราชบุรี", "Ratchaburi", 2),
    Province("71", "กาญจนบุรี", "Kanchanaburi", 4),
    Province("72", "สุพรรณบุรี", "Suphan Buri", 3),
    Province("73", "นครปฐม", "Nakhon Pathom", 2),
    Province("74", "สมุทรสาคร", "Samut Sakhon", 1),
    Province("75", "สมุทรสงคราม", "Samut Songkhram", 1),
    Province("76", "เพชรบุรี", "Phetchaburi", 2),
    Province("77", "ประจวบคีรีขันธ์", "Prachuap Khiri Khan", 2),
    Province("80", "นครศรีธรรมราช", "Nakhon Si Thammarat", 4),
    Province("81", "กระบี่", "Krabi", 1),
    Province("82", "พังงา", "Phangnga", 1),
    Province("83", "ภูเก็ต", "Phuket", 1),
    Province("84", "สุราษฎร์ธานี", "Surat Thani", 3),
    Province("85", "ระนอง", "Ranong", 1),
    Province("86", "ชุมพร", "Chumphon", 2),
    Province("90", "สงขลา", "Songkhla", 3),
    Province("91", "สตูล", "Satun", 1),
    Province("92", "ตรัง", "Trang", 2),
    Province("93", "พัทลุง", "Phatthalung", 2),
    Province("94", "ปัตตานี", "Pattani", 3),
    Province("95", "ยะลา", "Yala", 3),
    Province("96", "นราธิวาส", "Narathiwat", 3),
  ]

  /// The provinces of each secondary area, in the order of its name.
  private static let secondaryAreas: [[String]] = [
    ["กรุงเทพมหานคร"], ["กรุงเทพมหานคร"], ["สมุทรปราการ"], ["นนทบุรี"], ["ปทุมธานี"], ["พระนครศรีอยุธยา"],
    ["ลพบุรี"], ["สิงห์บุรี", "อ่างทอง"], ["สระบุรี"], ["ชลบุรี", "ระยอง"], ["จันทบุรี", "ตราด"],
    ["ฉะเชิงเทรา"], ["ปราจีนบุรี", "นครนายก"], ["สระแก้ว"], ["นครราชสีมา"], ["บุรีรัมย์"], ["สุรินทร์"],
    ["ศรีสะเกษ", "ยโสธร"], ["อุบลราชธานี", "อำนาจเจริญ"], ["ชัยภูมิ"], ["บึงกาฬ"], ["ขอนแก่น"],
    ["อุดรธานี"], ["เลย", "หนองบัวลำภู"], ["หนองคาย"], ["มหาสารคาม"], ["ร้อยเอ็ด"], ["กาฬสินธุ์"],
    ["สกลนคร"], ["นครพนม"], ["มุกดาหาร"], ["เชียงใหม่"], ["ลำปาง", "ลำพูน"], ["แพร่"], ["น่าน"],
    ["พะเยา"], ["เชียงราย"], ["แม่ฮ่องสอน"], ["นครสวรรค์"], ["อุทัยธานี", "ชัยนาท"], ["กำแพงเพชร"],
    ["ตาก"], ["สุโขทัย"], ["พิษณุโลก", "อุตรดิตถ์"], ["พิจิตร"], ["เพชรบูรณ์"], ["ราชบุรี"],
    ["กาญจนบุรี"], ["สุพรรณบุรี"], ["นครปฐม"], ["สมุทรสาคร", "สมุทรสงคราม"], ["เพชรบุรี"],
    ["ประจวบคีรีขันธ์"], ["นครศรีธรรมราช"], ["พังงา", "ภูเก็ต", "ระนอง"], ["สุราษฎร์ธานี", "ชุมพร"],
    ["สงขลา", "สตูล"], ["ตรัง", "กระบี่"], ["พัทลุง"], ["ปัตตานี"], ["ยะลา"], ["นราธิวาส"],
  ]
}
