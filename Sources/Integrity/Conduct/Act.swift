/// The closed list of things somebody can do.
public enum Act: String, Hashable, Sendable, CaseIterable {
  // Setting up.
  case setUpCycle = "set_up_cycle"
  case openCycle = "open_cycle"
  case changeSchedule = "change_schedule"
  case extendWindow = "extend_window"
  case enterGiven = "enter_given"
  case keepOffices = "keep_offices"
  case keepPeople = "keep_people"
  case grantRole = "grant_role"
  case revokeRole = "revoke_role"
  case declareConflict = "declare_conflict"
  case manageOwnAccount = "manage_own_account"
  case retain
  case backUp = "back_up"
  case exportPerson = "export_person"
  case erasePerson = "erase_person"
  // The office.
  case enterStakeholders = "enter_stakeholders"
  case bringAnswers = "bring_answers"
  case askForSlips = "ask_for_slips"
  case makeSlips = "make_slips"
  case voidSlips = "void_slips"
  case draft
  case pass
  case sendBack = "send_back"
  case submit
  case recall
  case acknowledge
  case contest
  // Judging.
  case assign
  case judge
  case nameDecider = "name_decider"
  case decideClarification = "decide_clarification"
  // Deciding.
  case correct
  case seal
  case amend
  case publish
  // Reading.
  case readSubmission = "read_submission"
  case readFinding = "read_finding"
  case readProgress = "read_progress"
  case readScorecard = "read_scorecard"
  case readResults = "read_results"
  case readAnswers = "read_answers"
  case readTrail = "read_trail"
  case readPeople = "read_people"

  /// Whether it only looks.
  public var isReading: Bool {
    switch self {
    case .readSubmission, .readFinding, .readProgress, .readScorecard, .readResults, .readAnswers, .readTrail,
      .readPeople,
      .exportPerson:
      true
    default: false
    }
  }

  public var title: Words {
    switch self {
    case .setUpCycle: Words(thai: "ตั้งค่ารอบการประเมิน", english: "set up a cycle")
    case .openCycle: Words(thai: "เปิดรอบการประเมิน", english: "open a cycle")
    case .changeSchedule: Words(thai: "กำหนดปฏิทินการประเมิน", english: "set the schedule")
    case .extendWindow: Words(thai: "ขยายเวลาให้หน่วยงาน", english: "give an office longer")
    case .enterGiven: Words(thai: "บันทึกคะแนนจากแหล่งอื่น", english: "enter figures assessed elsewhere")
    case .keepOffices: Words(thai: "จัดการทะเบียนหน่วยงาน", english: "keep the offices")
    case .keepPeople: Words(thai: "จัดการบัญชีผู้ใช้", english: "keep people's accounts")
    case .grantRole: Words(thai: "มอบสิทธิ์", english: "grant a role")
    case .revokeRole: Words(thai: "เพิกถอนสิทธิ์", english: "revoke a role")
    case .declareConflict: Words(thai: "แจ้งผลประโยชน์ทับซ้อน", english: "declare a conflict of interest")
    case .manageOwnAccount: Words(thai: "ดูแลบัญชีผู้ใช้ของตนเอง", english: "manage one's own account")
    case .retain: Words(thai: "ลบข้อมูลที่ครบกำหนดเก็บรักษา", english: "carry out the retention schedule")
    case .backUp: Words(thai: "สำรองข้อมูล", english: "back the registry up")
    case .exportPerson: Words(thai: "ส่งออกข้อมูลส่วนบุคคล", english: "export what is held on a person")
    case .erasePerson: Words(thai: "ลบข้อมูลส่วนบุคคล", english: "erase a person's data")
    case .enterStakeholders: Words(thai: "บันทึกจำนวนผู้มีส่วนได้ส่วนเสีย", english: "enter stakeholder numbers")
    case .bringAnswers: Words(thai: "นำเข้าคำตอบแบบวัด", english: "bring in filled questionnaires")
    case .askForSlips: Words(thai: "ขอจัดทำรหัสตอบแบบวัด", english: "ask for code slips")
    case .makeSlips: Words(thai: "จัดทำรหัสตอบแบบวัด", english: "make code slips")
    case .voidSlips: Words(thai: "ยกเลิกรหัสตอบแบบวัด", english: "make code slips void")
    case .draft: Words(thai: "จัดทำร่างข้อมูล", english: "draft a disclosure")
    case .pass: Words(thai: "เสนอข้อมูลต่อผู้บริหาร", english: "pass a disclosure on")
    case .sendBack: Words(thai: "ส่งข้อมูลกลับแก้ไข", english: "send a disclosure back")
    case .submit: Words(thai: "ลงนามและส่งข้อมูล", english: "sign and submit")
    case .recall: Words(thai: "เรียกคืนข้อมูลที่ส่งแล้ว", english: "recall a submission")
    case .acknowledge: Words(thai: "รับทราบผลการตรวจประเมิน", english: "acknowledge findings")
    case .contest: Words(thai: "ชี้แจงเพิ่มเติม", english: "contest a finding")
    case .assign: Words(thai: "มอบหมายผู้ตรวจประเมิน", english: "assign an assessor")
    case .judge: Words(thai: "ตรวจประเมิน", english: "judge a disclosure")
    case .nameDecider: Words(thai: "มอบหมายผู้พิจารณาคำชี้แจง", english: "name who decides a clarification")
    case .decideClarification: Words(thai: "พิจารณาคำชี้แจง", english: "decide a clarification")
    case .correct: Words(thai: "แก้ไขผลการตรวจประเมิน", english: "correct a finding")
    case .seal: Words(thai: "รับรองผลการประเมิน", english: "seal the results")
    case .amend: Words(thai: "แก้ไขผลการประเมินที่รับรองแล้ว", english: "amend a sealed result")
    case .publish: Words(thai: "ประกาศผลการประเมิน", english: "publish the results")
    case .readSubmission: Words(thai: "ดูข้อมูลที่หน่วยงานส่ง", english: "see a submission")
    case .readFinding: Words(thai: "ดูผลการตรวจประเมินรายข้อ", english: "see a finding")
    case .readProgress: Words(thai: "ดูรายการที่ยังค้างดำเนินการ", english: "see what is missing")
    case .readScorecard: Words(thai: "ดูรายงานผลการประเมินรายหน่วยงาน", english: "see a scorecard")
    case .readResults: Words(thai: "ดูผลการประเมินของทุกหน่วยงาน", english: "see all results")
    case .readAnswers: Words(thai: "ดูคุณภาพของคำตอบแบบวัด", english: "see how answers look")
    case .readTrail: Words(thai: "ดูประวัติการดำเนินการ", english: "see the trail")
    case .readPeople: Words(thai: "ดูรายชื่อบุคลากร", english: "see people")
    }
  }
}
