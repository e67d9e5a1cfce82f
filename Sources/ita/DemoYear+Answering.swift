import Integrity
import Specimen
import Storage

/// How people are asked, and what they answer.
extension DemoYear {
  /// Slips for the staff of each office are made by two of its people, those for the sample by the lead assessors.
  func handOut() throws {
    let hours = year.hours(from: 1, 15, days: 5)
    var made = 0
    for (number, participant) in participants.enumerated() {
      let office = participant.office
      made += try box.fill(
        for: office.code, number, office.stakeholders, year.answers(of: number),
        at: hours.moment(number, of: participants.count))
    }
    tell(
      hours.first,
      "handed out: \(count(made, "code slip")), drawn from a box; and the open link of each office",
      "แจกบัตรรหัส \(made) ใบ ให้จับจากกล่อง และแจ้งลิงก์เปิดของทุกหน่วยงาน")
  }

  /// With a slip or through the link, one by one; what they send leaves nothing on the trail.
  func answer() async throws {
    let hours = year.hours(from: 1, 22, days: 20)
    var sent = 0
    for (number, participant) in participants.enumerated() {
      sent += try await box.send(
        year.answers(of: number), to: participant.office.code,
        at: hours.moment(number, of: participants.count))
    }
    tell(
      hours.first, "answered: \(count(sent, "questionnaire")), nobody knows by whom",
      "ตอบแบบวัดแล้ว \(sent) ชุด ไม่มีใครรู้ว่าใครตอบ")
  }

  /// From paper and from forms elsewhere, on the last day on which the questionnaires are open.
  func bringAnswers() throws {
    let hours = year.hours(from: 5, 31)
    var total = 0
    for (number, participant) in participants.enumerated() {
      total += try box.bring(
        year.answers(of: number), to: participant.office.code, by: administrator,
        at: hours.moment(number, of: participants.count))
    }
    tell(
      hours.first, "brought in: \(count(total, "filled questionnaire")) from paper",
      "นำเข้าแบบวัดที่ตอบบนกระดาษ \(total) ชุด")
  }

  /// What is left of the order in which answers came goes, and the slips that nobody used.
  func close() throws {
    let hours = year.hours(from: 6, 1)
    try registry.closeQuestionnaires(at: hours.moment())
    tell(hours.first, DemoBox.closed.english, DemoBox.closed.thai)
  }
}
