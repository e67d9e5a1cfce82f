/// Why a disclosure does not get full marks, in one of a few words: it goes with the sentence to the office, and lets
/// findings be counted by their reason.
public enum ReasonCode: String, Hashable, Sendable, CaseIterable {
  /// Nothing of what is asked for is there.
  case absent
  /// Something is there, and an element is missing.
  case incomplete
  /// Another period than the one that was asked for.
  case wrongPeriod = "wrong_period"
  /// The link did not open.
  case unreachable
  /// Not everybody can open it.
  case notPublic = "not_public"
  /// It opens, and is about something else.
  case wrongDocument = "wrong_document"
  /// It is not on the office's own site, or not of the office.
  case notOwn = "not_own"
  case other

  /// What people write for short: `R2`.
  public var mark: String { "R\((ReasonCode.allCases.firstIndex(of: self) ?? 0) + 1)" }

  public var title: Words {
    switch self {
    case .absent: Words(thai: "ไม่พบข้อมูลที่กำหนด", english: "What is asked for is not there")
    case .incomplete: Words(thai: "ขาดองค์ประกอบที่กำหนด", english: "An element is missing")
    case .wrongPeriod: Words(thai: "ข้อมูลไม่ตรงช่วงเวลาที่กำหนด", english: "Of another period than asked for")
    case .unreachable: Words(thai: "เปิดลิงก์ไม่ได้", english: "The link does not open")
    case .notPublic:
      Words(thai: "ต้องเข้าสู่ระบบหรือขอสิทธิ์ก่อนจึงเปิดได้", english: "Opens only after signing in or asking")
    case .wrongDocument: Words(thai: "เอกสารไม่ตรงกับข้อ", english: "Another document than asked for")
    case .notOwn:
      Words(thai: "ไม่ได้เผยแพร่บนเว็บไซต์ของหน่วยงาน", english: "Not published on the office’s own site")
    case .other: Words(thai: "เหตุอื่น", english: "Another reason")
    }
  }
}

extension LinkState {
  /// What it comes to where a link was found like this; nil where nothing is wrong with it.
  public var reason: ReasonCode? {
    switch self {
    case .opened: nil
    case .notFound, .unreachable: .unreachable
    case .closed: .notPublic
    case .wrongDocument: .wrongDocument
    }
  }
}
