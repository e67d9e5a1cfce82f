/// Where an instrument of an office stands in the year.
public enum Phase: String, Hashable, Sendable, CaseIterable, Comparable {
  case preparing, collecting, assessing, clarifying, deciding, published

  public var title: Words {
    switch self {
    case .preparing: Words(thai: "เตรียมการ", english: "preparing")
    case .collecting: Words(thai: "เก็บรวบรวมข้อมูล", english: "collecting")
    case .assessing: Words(thai: "ตรวจประเมิน", english: "assessing")
    case .clarifying: Words(thai: "ชี้แจงเพิ่มเติม", english: "clarifying")
    case .deciding: Words(thai: "พิจารณาผล", english: "deciding")
    case .published: Words(thai: "ประกาศผล", english: "published")
    }
  }

  public static func < (a: Phase, b: Phase) -> Bool {
    let order = Phase.allCases
    return order.firstIndex(of: a) ?? 0 < order.firstIndex(of: b) ?? 0
  }
}
