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
    /// Assigned to others, or to nobody.
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
    /// It takes two people: one asks, another does it.
    case secondPerson
    case conflictingRoles(Role, Role)
    /// Nobody grants a role to themselves, nor takes their own.
    case oneself
    /// A password, a second factor and sessions are nobody else's.
    case anothersAccount
    /// A role of an office is for offices that are named; the others may also be held everywhere.
    case wrongScope(Role)

    /// Whether another role would be needed.
    var isRole: Bool { if case .role = self { true } else { false } }
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

  /// Whether it is somebody else who does not fit, not the person who asks.
  private var isAboutAnother: Bool { act == .assign || act == .nameDecider }

  private var explanation: Words {
    switch reason {
    case .role([.assessor]) where isAboutAnother:
      Words(
        thai: "บุคคลนี้ไม่มีสิทธิ์เป็นผู้ตรวจประเมินของหน่วยงานนี้",
        english: "this person is not an assessor for this office")
    case .role(let roles):
      Words(
        thai: "ดำเนินการได้เฉพาะ\(Refusal.thaiList(roles.map(\.title.thai)))ที่เกี่ยวข้อง",
        english: "only \(Refusal.list(roles.map { "the \($0.title.english)" })) concerned may")
    case .closed:
      Words(
        thai: "บัญชีผู้ใช้นี้ถูกปิดแล้ว โปรดติดต่อผู้ดูแลระบบ",
        english: "the account is closed; ask the administrator")
    case .conflict(let conflict): words(conflict)
    case .notAssigned:
      Words(
        thai: "ท่านไม่ได้รับมอบหมายให้ตรวจประเมินหน่วยงานหรือข้อนี้ โปรดติดต่อหัวหน้าผู้ตรวจประเมิน",
        english: "it is assigned to somebody else; the lead assessor assigns")
    case .phase(let phase, let needs, let opens, let closed): Refusal.words(phase, needs, opens, closed)
    case .state(let state, let needs):
      Words(
        thai:
          "ข้อมูลอยู่ในสถานะ “\(state?.title.thai ?? "ยังไม่เริ่ม")” ดำเนินการได้เมื่ออยู่ในสถานะ \(needs.map { "“\($0.title.thai)”" }.joined(separator: " หรือ "))",
        english:
          "it is \(state?.title.english ?? "not begun"); it would have to be \(Refusal.list(needs.map(\.title.english)))"
      )
    case .stage(let stage, let needs):
      Words(
        thai:
          "รอบการประเมินนี้\(Refusal.words(stage).thai) ดำเนินการได้เฉพาะรอบการประเมินที่\(Refusal.thaiList(needs.map { Refusal.words($0).thai }))",
        english:
          "the cycle is \(Refusal.words(stage).english); it would have to be \(Refusal.list(needs.map { Refusal.words($0).english }))"
      )
    case .alreadyContested:
      Words(
        thai: "ข้อนี้ได้ชี้แจงไปแล้ว แต่ละข้อชี้แจงได้เพียงครั้งเดียว",
        english: "it has been contested, which is possible once")
    case .notContested:
      Words(thai: "หน่วยงานไม่ได้ยื่นคำชี้แจงในข้อนี้", english: "the office has not contested it")
    case .sameAssessor:
      Words(
        thai: "ผู้ที่ตรวจประเมินข้อนี้ในครั้งแรกเป็นผู้พิจารณาคำชี้แจงไม่ได้ ต้องเป็นผู้ตรวจประเมินคนอื่น",
        english: "who judged first does not decide on the clarification")
    case .notNamed:
      Words(
        thai: "หัวหน้าผู้ตรวจประเมินไม่ได้มอบหมายให้ท่านพิจารณาคำชี้แจงในข้อนี้",
        english: "the lead assessor has not named you to decide it")
    case .alreadyAgreed:
      Words(
        thai: "ท่านได้ให้ความเห็นชอบแล้ว ต้องมีกรรมการอีกหนึ่งคนเห็นชอบด้วย",
        english: "you have agreed already; another member is needed")
    case .secondPerson:
      Words(
        thai: "ต้องมีผู้มีสิทธิ์สองคน คนหนึ่งเป็นผู้ขอ อีกคนหนึ่งเป็นผู้ดำเนินการ",
        english: "it takes two people, one who asks and another who does it")
    case .conflictingRoles(let one, let other):
      Words(
        thai: "บุคคลเดียวกันมีสิทธิ์ทั้งของ\(one.title.thai)และของ\(other.title.thai)ในเวลาเดียวกันไม่ได้",
        english: "nobody is both \(one.title.english) and \(other.title.english) at the same time")
    case .oneself:
      Words(
        thai: "ท่านมอบหรือเพิกถอนสิทธิ์ของตนเองไม่ได้ ต้องให้ผู้ดูแลระบบคนอื่นดำเนินการ",
        english: "nobody grants or revokes their own roles")
    case .anothersAccount:
      Words(
        thai: "บัญชีนี้เป็นของผู้อื่น เจ้าของบัญชีเท่านั้นที่ดำเนินการได้",
        english: "the account is somebody else's; only its holder may")
    case .wrongScope(let role):
      role.belongsToAnOffice
        ? Words(
          thai: "สิทธิ์ของ\(role.title.thai)ต้องระบุหน่วยงาน",
          english: "the role \(role.title.english) is for an office; name it")
        : Words(
          thai: "สิทธิ์ของ\(role.title.thai)ต้องระบุหน่วยงาน หรือระบุว่าใช้ได้กับทุกหน่วยงาน",
          english: "the role \(role.title.english) is for named offices or for all; say which")
    }
  }

  private func words(_ conflict: Conflict) -> Words {
    let thai = isAboutAnother ? "บุคคลนี้" : "ท่าน"
    let tie = "สังกัดหรือปฏิบัติงานในหน่วยงานนี้ หรือในหน่วยงานต้นสังกัดหรือหน่วยงานภายใต้สังกัดของหน่วยงานนี้"
    let ties = "to this office, or to one above or below it"
    return switch conflict {
    case .declared:
      Words(
        thai: "\(thai)ได้แจ้งไว้ว่ามีผลประโยชน์ทับซ้อนกับหน่วยงานนี้",
        english:
          "\(isAboutAnother ? "this person has" : "you have") declared a conflict of interest with this office"
      )
    case .present:
      Words(
        thai: "\(thai)\(tie)", english: "\(isAboutAnother ? "this person belongs" : "you belong") \(ties)")
    case .past:
      Words(
        thai: "ภายในสามปีที่ผ่านมา \(thai)เคย\(tie)",
        english: "\(isAboutAnother ? "this person" : "you") belonged \(ties), within the last three years")
    }
  }

  private static func words(
    _ phase: Phase, _ needs: [Phase], _ opens: Moment?, _ closed: Moment?
  ) -> Words {
    let now = Words(
      thai: "ขณะนี้อยู่ในช่วง\(phase.title.thai) ดำเนินการได้ในช่วง\(thaiList(needs.map(\.title.thai)))",
      english: "it is \(phase.title.english); this is for \(list(needs.map(\.title.english)))")
    if let opens {
      return Words(
        thai: "\(now.thai) ตั้งแต่วันที่ \(opens.written(in: .thai))",
        english: "\(now.english), from \(opens.written(in: .english))")
    }
    if let closed {
      return Words(
        thai: "\(now.thai) ซึ่งสิ้นสุดเมื่อวันที่ \(closed.written(in: .thai))",
        english: "\(now.english), which closed on \(closed.written(in: .english))")
    }
    return now
  }

  private static func words(_ stage: Cycle.Stage) -> Words {
    switch stage {
    case .preparing: Words(thai: "อยู่ระหว่างเตรียมการ", english: "in preparation")
    case .open: Words(thai: "เปิดดำเนินการอยู่", english: "open")
    case .sealed: Words(thai: "รับรองผลแล้ว", english: "sealed")
    case .published: Words(thai: "ประกาศผลแล้ว", english: "published")
    }
  }

  /// `a`, `a or b`, `a, b or c`.
  private static func list(_ texts: [String]) -> String {
    guard let last = texts.last, texts.count > 1 else { return texts.first ?? "" }
    return texts.dropLast().joined(separator: ", ") + " or " + last
  }

  /// `ก`, `กหรือข`, `ก ข หรือค`.
  private static func thaiList(_ texts: [String]) -> String {
    guard let last = texts.last, texts.count > 1 else { return texts.first ?? "" }
    return texts.dropLast().joined(separator: " ") + (texts.count > 2 ? " หรือ" : "หรือ") + last
  }
}
