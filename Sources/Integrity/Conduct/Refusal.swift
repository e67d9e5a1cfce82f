/// Why somebody may not do something, and when or by whom it would be possible.
public struct Refusal: Error, Hashable, Sendable, CustomStringConvertible {
  public let act: Act
  public let reason: Reason

  public init(_ act: Act, _ reason: Reason) {
    self.act = act
    self.reason = reason
  }

  public enum Reason: Hashable, Sendable {
    /// It takes one of these roles for the office.
    case role([Role])
    /// The account is closed.
    case closed
    case conflict(Conflict)
    /// Assigned to somebody else.
    case notAssigned
    case phase(is: Phase, needs: [Phase], opens: Moment?, closed: Moment?)
    /// The submission stands elsewhere.
    case state(is: Submission.State?, needs: [Submission.State])
    /// The cycle has been opened, sealed or published.
    case stage(is: Cycle.Stage, needs: [Cycle.Stage])
    case alreadyContested
    case notContested
    /// Who judged first does not decide on the clarification.
    case sameAssessor
    /// Somebody else was named to decide.
    case notNamed
    /// The second member must be another.
    case alreadyAgreed
    case conflictingRoles(Role, Role)
    /// Nobody grants a role to themselves, nor takes their own.
    case oneself
    /// A role of an office is for that office, and others are not.
    case wrongScope(Role)
  }

  public var description: String { said(in: .english) }

  /// The refusal as a sentence.
  public func said(in language: Language) -> String {
    let words = explanation
    switch language {
    case .thai: return "ไม่สามารถ\(act.title.thai)ได้: \(words.thai)"
    case .english: return "cannot \(act.title.english): \(words.english)"
    }
  }

  private var explanation: Words {
    switch reason {
    case .role(let roles):
      Words(
        thai: "ต้องเป็น\(roles.map(\.title.thai).joined(separator: " หรือ "))ที่เกี่ยวข้อง",
        english: "only \(Refusal.list(roles.map { "the \($0.title.english)" })) concerned may")
    case .closed:
      Words(thai: "บัญชีถูกปิดแล้ว ติดต่อผู้ดูแลระบบ", english: "the account is closed; ask the administrator")
    case .conflict(let conflict): Refusal.words(conflict)
    case .notAssigned:
      Words(
        thai: "ไม่ได้รับมอบหมายให้ตรวจหน่วยงานหรือข้อนี้ ติดต่อหัวหน้าผู้ตรวจประเมิน",
        english: "it is assigned to somebody else; the lead assessor assigns")
    case .phase(let phase, let needs, let opens, let closed): Refusal.words(phase, needs, opens, closed)
    case .state(let state, let needs):
      Words(
        thai:
          "ข้อมูลอยู่ในสถานะ\(state?.title.thai ?? "ยังไม่เริ่ม") ต้องเป็น\(needs.map(\.title.thai).joined(separator: "หรือ"))",
        english:
          "it is \(state?.title.english ?? "not begun"); it would have to be \(Refusal.list(needs.map(\.title.english)))"
      )
    case .stage(let stage, let needs):
      Words(
        thai:
          "รอบการประเมิน\(Refusal.words(stage).thai) ต้อง\(needs.map { Refusal.words($0).thai }.joined(separator: "หรือ"))",
        english:
          "the cycle is \(Refusal.words(stage).english); it would have to be \(Refusal.list(needs.map { Refusal.words($0).english }))"
      )
    case .alreadyContested:
      Words(thai: "ข้อนี้ชี้แจงแล้ว ชี้แจงได้ครั้งเดียว", english: "it has been contested, which is possible once")
    case .notContested: Words(thai: "ข้อนี้ไม่มีคำชี้แจง", english: "the office has not contested it")
    case .sameAssessor:
      Words(
        thai: "ผู้ตรวจคนแรกพิจารณาคำชี้แจงของตนไม่ได้",
        english: "who judged first does not decide on the clarification")
    case .notNamed:
      Words(
        thai: "หัวหน้าผู้ตรวจประเมินยังไม่ได้มอบหมายให้ท่านพิจารณา",
        english: "the lead assessor has not named you to decide it")
    case .alreadyAgreed:
      Words(
        thai: "ท่านเห็นชอบแล้ว ต้องมีกรรมการอีกคนหนึ่ง", english: "you have agreed already; another member is needed")
    case .conflictingRoles(let one, let other):
      Words(
        thai: "คนเดียวกันเป็นทั้ง\(one.title.thai)และ\(other.title.thai)ไม่ได้",
        english: "nobody is both \(one.title.english) and \(other.title.english)")
    case .oneself:
      Words(thai: "มอบหรือถอนสิทธิ์ของตนเองไม่ได้", english: "nobody grants or revokes their own roles")
    case .wrongScope(let role):
      role.belongsToAnOffice
        ? Words(
          thai: "สิทธิ์\(role.title.thai)ต้องระบุหน่วยงาน",
          english: "the role \(role.title.english) is for an office; name it")
        : Words(
          thai: "ผู้ดูแลระบบส่วนกลางเท่านั้นที่มอบสิทธิ์\(role.title.thai)ได้",
          english: "only the administrator grants the role \(role.title.english)")
    }
  }

  private static func words(_ conflict: Conflict) -> Words {
    switch conflict {
    case .declared:
      Words(
        thai: "ได้แจ้งผลประโยชน์ทับซ้อนกับหน่วยงานนี้ไว้",
        english: "you have declared a conflict of interest with this office")
    case .present:
      Words(
        thai: "สังกัดหรือปฏิบัติงานในหน่วยงานนี้หรือหน่วยงานต้นสังกัดเดียวกัน",
        english: "you belong to this office, or to one above or below it")
    case .past:
      Words(
        thai: "เคยสังกัดหรือปฏิบัติงานในหน่วยงานนี้ภายในสามปี",
        english: "you belonged to this office within the last three years")
    }
  }

  private static func words(
    _ phase: Phase, _ needs: [Phase], _ opens: Moment?, _ closed: Moment?
  ) -> Words {
    let now = Words(
      thai: "ขณะนี้อยู่ในช่วง\(phase.title.thai) ทำได้ในช่วง\(needs.map(\.title.thai).joined(separator: "หรือ"))",
      english: "it is \(phase.title.english); this is for \(list(needs.map(\.title.english)))")
    if let opens {
      return Words(
        thai: "\(now.thai) เริ่ม \(opens.written(in: .thai))",
        english: "\(now.english), from \(opens.written(in: .english))")
    }
    if let closed {
      return Words(
        thai: "\(now.thai) ซึ่งปิดเมื่อ \(closed.written(in: .thai))",
        english: "\(now.english), which closed on \(closed.written(in: .english))")
    }
    return now
  }

  private static func words(_ stage: Cycle.Stage) -> Words {
    switch stage {
    case .preparing: Words(thai: "ยังอยู่ระหว่างเตรียมการ", english: "being prepared")
    case .open: Words(thai: "เปิดอยู่", english: "open")
    case .sealed: Words(thai: "รับรองผลแล้ว", english: "sealed")
    case .published: Words(thai: "ประกาศผลแล้ว", english: "published")
    }
  }

  /// `a`, `a or b`, `a, b or c`.
  private static func list(_ texts: [String]) -> String {
    guard let last = texts.last, texts.count > 1 else { return texts.first ?? "" }
    return texts.dropLast().joined(separator: ", ") + " or " + last
  }
}
