public import Integrity

/// What keeps the registry from doing something, other than a person's rights: what, where, and what to do.
public enum StorageProblem: Error, Hashable, CustomStringConvertible {
  // The file.
  case missing(path: String)
  case exists(path: String)
  /// Another process writes to it.
  case inUse(path: String)
  case foreign(path: String)
  /// Written by a later version of the program.
  case newer(path: String)
  /// Written by an earlier version, and not to be changed by a command that only reads.
  case older(path: String)
  case damaged(path: String, detail: String)
  case keyMissing(path: String)
  case keyOpen(path: String)
  case clock(now: String, last: String)
  case full
  case setting(String)
  // What was asked for.
  case unknown(what: String, code: String)
  case taken(what: String, code: String)
  case invalid(String, thai: String? = nil)
  case pending([String])
  case tooLarge(name: String, limit: Int)
  case quota(office: String, limit: Int)
  /// Others have changed what was agreed to.
  case changed(String, thai: String? = nil)
  /// The same form was sent before and was taken.
  case repeated
  /// Somebody has changed it since it was looked at.
  case stale(by: String, at: Moment)

  public var description: String { said(in: .english) }

  /// The problem as a sentence for whoever meets it.
  public func said(in language: Language) -> String { words.in(language) }

  private var words: Words {
    switch self {
    case .missing(let path):
      Words(
        thai: "\(path): ไม่มีทะเบียนข้อมูล โปรดสร้างด้วยคำสั่ง 'ita init'",
        english: "\(path): there is no registry; make one with 'ita init'")
    case .exists(let path):
      Words(
        thai: "\(path): มีทะเบียนข้อมูลอยู่แล้ว โปรดเลือกโฟลเดอร์อื่น",
        english: "\(path): there is a registry already; choose another folder")
    case .inUse(let path):
      Words(
        thai: "\(path): มีโปรแกรมอื่นกำลังบันทึกทะเบียนข้อมูลนี้อยู่ โปรดหยุดโปรแกรมนั้น หรือใช้คำสั่งที่อ่านอย่างเดียว",
        english:
          "\(path): another process is writing to the registry; stop it, or use a command that only reads")
    case .foreign(let path):
      Words(
        thai: "\(path): ไม่ใช่ไฟล์ทะเบียนข้อมูล โปรดตรวจสอบโฟลเดอร์",
        english: "\(path): this is no registry; check the folder")
    case .newer(let path):
      Words(
        thai: "\(path): ไฟล์นี้บันทึกด้วยโปรแกรมรุ่นใหม่กว่า โปรดติดตั้งโปรแกรมรุ่นนั้นหรือรุ่นที่ใหม่กว่า",
        english:
          "\(path): it was written by a later version of the program; install that version or a later one")
    case .older(let path):
      Words(
        thai: "\(path): ไฟล์นี้บันทึกด้วยโปรแกรมรุ่นก่อน โปรดเปิดด้วย 'ita serve' หรือคำสั่งที่บันทึกข้อมูลหนึ่งครั้ง",
        english:
          "\(path): it was written by an earlier version of the program; open it once with 'ita serve' or any command that writes"
      )
    case .damaged(let path, let detail):
      Words(
        thai: "\(path): ไฟล์เสียหาย (\(detail)) โปรดนำข้อมูลสำรองครั้งล่าสุดกลับมาใช้",
        english: "\(path): the file is damaged (\(detail)); restore the last backup")
    case .keyMissing(let path):
      Words(
        thai: "\(path): ไม่พบไฟล์กุญแจ โปรดนำกลับมาจากที่เก็บรักษาไว้ ทะเบียนข้อมูลใช้งานไม่ได้หากไม่มีไฟล์นี้",
        english:
          "\(path): the key file is missing; put it back from where it is kept, the registry cannot do without it"
      )
    case .keyOpen(let path):
      Words(
        thai: "\(path): ผู้อื่นอ่านไฟล์กุญแจได้ โปรดใช้คำสั่ง 'chmod 600' กับไฟล์นี้",
        english: "\(path): others may read the key file; run 'chmod 600' on it")
    case .clock(let now, let last):
      Words(
        thai:
          "นาฬิกาของเครื่องแสดงเวลา \(now) แต่รายการล่าสุดในประวัติการดำเนินการคือ \(last) โปรดตั้งนาฬิกาให้ถูกต้องแล้วเริ่มใหม่",
        english:
          "the clock says \(now), but the last entry of the trail is of \(last); set the clock right and start again"
      )
    case .full:
      Words(
        thai: "พื้นที่จัดเก็บข้อมูลเต็ม ระบบไม่ได้เปลี่ยนแปลงข้อมูลใด โปรดเพิ่มพื้นที่ว่างแล้วดำเนินการอีกครั้ง",
        english: "the disk is full: nothing was changed; make room and do it again")
    case .setting(let text):
      Words(
        thai: "ฐานข้อมูลไม่รับการตั้งค่า \(text) โปรดตรวจสอบไลบรารี SQLite",
        english: "the database does not keep the setting \(text); check the SQLite library")
    case .unknown(let what, let code): StorageProblem.unknown(what, code)
    case .taken(let what, let code):
      Words(
        thai: "มี\(StorageProblem.thai(what)) “\(code)” อยู่แล้ว",
        english: "the \(what) '\(code)' is there already")
    case .invalid(let text, let thai):
      Words(thai: thai ?? "ข้อมูลที่ส่งมายังใช้ไม่ได้: \(text)", english: text)
    case .pending(let texts):
      Words(
        thai: "ยังมีรายการค้างดำเนินการ \(texts.count) รายการ:\n" + StorageProblem.lines(texts),
        english: "\(texts.count) still open:\n" + StorageProblem.lines(texts))
    case .tooLarge(let name, let limit):
      Words(
        thai: "\(name): ไฟล์มีขนาดเกิน \(limit >> 20) MiB โปรดลดขนาดไฟล์ หรือใช้ลิงก์แทน",
        english: "\(name): larger than \(limit >> 20) MiB; make it smaller or give a link")
    case .quota(let office, let limit):
      Words(
        thai: "หน่วยงาน “\(office)” ใช้พื้นที่เก็บไฟล์ครบ \(limit >> 20) MiB แล้ว โปรดใช้ลิงก์แทน",
        english: "the office '\(office)' has used its \(limit >> 20) MiB for files; give links instead")
    case .changed(let text, let thai):
      Words(thai: thai ?? "ข้อมูลมีการเปลี่ยนแปลงระหว่างดำเนินการ: \(text)", english: text)
    case .repeated:
      Words(
        thai: "ระบบได้รับแบบฟอร์มนี้และบันทึกไว้แล้ว จึงไม่บันทึกซ้ำอีก",
        english: "this form was sent before and was taken; it was not done a second time")
    case .stale(let name, let at):
      Words(
        thai:
          "\(name) แก้ไขข้อมูลนี้เมื่อวันที่ \(at.written(in: .thai)) หลังจากที่ท่านเปิดหน้านี้ โปรดตรวจสอบข้อมูลล่าสุดแล้วบันทึกอีกครั้ง",
        english:
          "\(name) changed it on \(at.written(in: .english)), after you opened it; look at it as it is now and save again"
      )
    }
  }

  private static func lines(_ texts: [String]) -> String {
    texts.map { "  \($0)" }.joined(separator: "\n")
  }

  private static func unknown(_ what: String, _ code: String) -> Words {
    // Whatever was typed is a secret, or nearly one: it is not said again.
    if what == "code" {
      return Words(
        thai: "รหัสนี้ใช้ไม่ได้ อาจพิมพ์ผิด หมดอายุ หรือใช้ไปแล้ว โปรดตรวจสอบอีกครั้งหรือขอรหัสใหม่จากผู้ดูแลระบบ",
        english:
          "the code is not valid: mistyped, run out or used; check it, or ask the administrator for another")
    }
    return Words(thai: "ไม่พบ\(thai(what)) “\(code)”", english: "there is no \(what) '\(code)'")
  }

  /// What a thing is called in Thai; a thing that is not in the list is an item.
  private static func thai(_ what: String) -> String { nouns[what] ?? "รายการ" }

  private static let nouns = [
    "backup": "ไฟล์ข้อมูลสำรอง", "cycle": "รอบการประเมิน", "disclosure": "ข้อ", "file": "ไฟล์",
    "finding on": "ผลการตรวจประเมินข้อ", "folder": "โฟลเดอร์", "instrument": "เครื่องมือการประเมิน",
    "office": "หน่วยงาน", "person": "ผู้ใช้", "questionnaire": "แบบวัด", "receipt": "ใบรับ",
    "sealed scorecard of": "ผลการประเมินที่รับรองแล้วของหน่วยงาน",
    "second factor of": "การยืนยันตัวตนขั้นที่สองของผู้ใช้", "submission": "ข้อมูลที่ส่งของข้อ",
  ]
}
