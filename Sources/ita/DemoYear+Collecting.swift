import Integrity
import Specimen
import Storage

/// What the offices put forward.
extension DemoYear {
  /// One of the main office's comes back from the head of its group.
  func draft() throws {
    let hours = year.hours(from: 3, 4, days: 20)
    var links = 0
    try forEachDisclosure(hours) { _, participant, item, now in
      let draft = year.firstDraft(of: item, by: participant)
      _ = try registry.draft(
        draft, in: cycle, by: by(people.officer(for: item, of: participant.office.code)), at: now)
      links += draft.evidence.count
    }
    tell(hours.first, "drafted: \(count(disclosures, "disclosure")) with \(count(links, "link"))")
    let (office, item) = (main.office.code, year.returned)
    let note = "ลิงก์ยังเป็นของปีก่อน ขอให้แก้เป็นของปีนี้"
    _ = try registry.sendBack(
      item.code, of: office, in: cycle, note: note, by: by(people.head(for: item, of: office)),
      at: hours.evening)
    _ = try registry.draft(
      year.draft(of: item, by: main), in: cycle, by: by(people.officer(for: item, of: office)),
      at: hours.evening.adding(seconds: 1800))
    tell(hours.evening.day, "sent back: \(office) \(item.code), '\(note)', and mended")
  }

  func pass() throws {
    let hours = year.hours(from: 4, 1, days: 5)
    try forEachDisclosure(hours) { _, participant, item, now in
      let office = participant.office.code
      _ = try registry.pass(
        item.code, of: office, in: cycle, by: by(people.head(for: item, of: office)), at: now)
    }
    tell(hours.first, "passed on: by the heads of \(count(headsAtWork, "group"))")
  }

  private var headsAtWork: Int {
    Set(participants.flatMap { one in one.disclosures.map { people.head(for: $0, of: one.office.code) } })
      .count
  }

  func submit() throws {
    let hours = year.hours(from: 4, 22, days: 3)
    var items = 0
    for (number, participant) in participants.enumerated() {
      let office = participant.office.code
      let receipt = try registry.submit(
        nil, of: office, in: cycle, by: by(people.director(of: office)),
        at: hours.moment(number, of: participants.count))
      items += receipt.items.count
    }
    tell(
      hours.first,
      "signed and submitted: \(count(items, "disclosure")) by \(count(participants.count, "director"))")
  }

  /// The main office takes one back and sends it again, signed by the deputy while the director is away.
  func submitAgain() throws {
    let (office, item) = (main.office.code, year.recalled)
    let (recalled, again) = (year.hours(from: 4, 25), year.hours(from: 4, 26))
    let acting = Acting(.inPlaceOf, order: "ที่ 118/2567", date: year.day(4, 24))
    try registry.grant(
      Grant(
        .director, for: .offices([office]), from: again.first, until: again.first.adding(days: 5),
        acting: acting),
      to: people.deputy(of: office), by: administrator, at: recalled.moment())
    _ = try registry.recall(
      item.code, of: office, in: cycle, note: "ลืมระบุหน้าที่ต้องดู", by: by(people.director(of: office)),
      at: recalled.moment(1, of: 3))
    tell(recalled.first, "recalled: \(office) \(item.code), while its window is open")
    _ = try registry.draft(
      year.draft(of: item, by: main), in: cycle, by: by(people.officer(for: item, of: office)),
      at: again.moment())
    _ = try registry.pass(
      item.code, of: office, in: cycle, by: by(people.head(for: item, of: office)), at: again.moment(1, of: 3)
    )
    let receipt = try registry.submit(
      [item.code], of: office, in: cycle, by: by(people.deputy(of: office)), at: again.moment(2, of: 3))
    tell(
      again.first,
      "submitted again: by \(receipt.signer), \(acting.capacity.title.thai), \(acting.order)")
  }
}
