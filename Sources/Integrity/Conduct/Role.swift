/// What somebody may be, for an office or a set of offices.
public enum Role: String, Hashable, Sendable, CaseIterable {
  /// Prepares disclosures.
  case officer
  /// Looks a group's disclosures over and passes them on, or back.
  case groupHead = "group_head"
  /// Signs and submits for the office.
  case director
  /// Stakeholder numbers, questionnaire links, the accounts of the office's own people.
  case officeAdministrator = "office_administrator"
  /// Judges disclosures.
  case assessor
  /// Assigns assessors and names who decides a clarification.
  case leadAssessor = "lead_assessor"
  /// Compares, corrects, seals and publishes.
  case committee
  /// Sets up cycles, offices and people.
  case administrator

  public var title: Words {
    switch self {
    case .officer: Words(thai: "เจ้าหน้าที่ผู้รับผิดชอบ", english: "officer")
    case .groupHead: Words(thai: "ผู้อำนวยการกลุ่ม", english: "group head")
    case .director: Words(thai: "ผู้อำนวยการสำนักงาน", english: "director")
    case .officeAdministrator: Words(thai: "ผู้ดูแลระบบของหน่วยงาน", english: "office administrator")
    case .assessor: Words(thai: "ผู้ตรวจประเมิน", english: "assessor")
    case .leadAssessor: Words(thai: "หัวหน้าผู้ตรวจประเมิน", english: "lead assessor")
    case .committee: Words(thai: "คณะกรรมการ", english: "committee")
    case .administrator: Words(thai: "ผู้ดูแลระบบส่วนกลาง", english: "administrator")
    }
  }

  /// Held by people of an office, for that office.
  public var belongsToAnOffice: Bool {
    switch self {
    case .officer, .groupHead, .director, .officeAdministrator: true
    case .assessor, .leadAssessor, .committee, .administrator: false
    }
  }

  /// An administrator is neither assessor nor committee: who holds the keys does not hold the pen.
  public func conflicts(with other: Role) -> Bool {
    let judging: Set<Role> = [.assessor, .leadAssessor, .committee]
    return self == .administrator && judging.contains(other)
      || other == .administrator && judging.contains(self)
  }
}
