import Integrity
import Specimen
import Storage

/// From opened results to published ones.
extension DemoNow {
  // Clarifying.

  /// Offices open their results over four days and contest what they do not accept on the next.
  func clarifying() -> [Step] {
    let hours = ExamplePresent.hours(from: 6, 10, days: 4)
    var (openings, contests): ([Step], [Step]) = ([], [])
    for number in offices.indices where present.opensResults(number) {
      let opened = hours.moment(number, of: offices.count)
      openings.append(
        Step(opened) {
          try registry.acknowledge(offices[number], in: cycle, by: signer(of: number), at: opened)
        })
      // Two of an office are contested a day apart, so that they stand at different places.
      for (place, contest) in present.contests(of: number).enumerated() {
        contests += steps(of: contest, by: number, at: opened.adding(days: place).adding(seconds: 3600))
      }
    }
    let stood = contests.count { $0.moment < morning.evening }
    return told(hours.first, openings) { "opened their results: \(earlier.count($0, "office"))" }
      + (stood > 0
        ? told(hours.first, contests) { _ in "contested: single findings, for others to decide" } : [])
  }

  private func steps(of contest: ExamplePresent.Contest, by number: Int, at made: Moment) -> [Step] {
    let (item, office) = (contest.item.code, offices[number])
    // The lead names who decides in the afternoon of the day or, from the second office on, two days later.
    let named = Moment(startOf: made.day.adding(days: number == 0 ? 0 : 1)).adding(seconds: 15 * 3600)
    let decided = named.adding(seconds: number == 0 ? 16 * 3600 + 1800 : 2 * 24 * 3600)
    return [
      Step(made) {
        try registry.contest(
          item, of: office, in: cycle, statement: contest.statement, evidence: contest.evidence,
          by: signer(of: number), at: made)
      },
      Step(named) {
        try registry.nameDecider(
          decider(of: number), of: item, of: office, in: cycle, by: by(people.lead(of: number)), at: named)
      },
      Step(decided) {
        try registry.decide(
          contest.decision, on: item, of: office, in: cycle, by: by(decider(of: number)), at: decided)
      },
    ]
  }

  // Deciding.

  private func member(_ number: Int) -> Signer { by(people.committee[number]) }

  /// The committee judges what was left, corrects a finding, agrees by two members and publishes.
  func deciding() -> [Step] {
    correcting() + sealing() + amending()
  }

  private func correcting() -> [Step] {
    let hours = ExamplePresent.hours(from: 6, 19)
    var steps: [Step] = []
    if let number = missingNumber {
      let found = present.findings(of: number)
      for (place, item) in present.disclosures(of: number).suffix(2).enumerated() {
        guard let finding = found[item.code] else { continue }
        let now = hours.moment(place, of: 3)
        let reason =
          finding.reason.isEmpty ? "คณะกรรมการตรวจแทน เนื่องจากไม่ได้ตรวจภายในกำหนด พบครบถ้วน" : finding.reason
        steps.append(correct(Finding(finding.judgement, reason: reason), item, of: number, at: now))
      }
    }
    if let (number, item) = lost(from: 2) {
      let now = hours.moment(2, of: 3)
      let reason = "คณะกรรมการตรวจสอบแล้วพบข้อมูลครบตามที่เผยแพร่ก่อนปิดรับข้อมูล"
      steps.append(correct(Finding(item.whole, reason: reason), item, of: number, at: now))
    }
    return told(hours.first, steps) { "corrected by the committee: \(earlier.count($0, "finding"))" }
  }

  private func correct(_ finding: Finding, _ item: Item, of number: Int, at now: Moment) -> Step {
    Step(now) {
      try registry.correct(finding, on: item.code, of: offices[number], in: cycle, by: member(2), at: now)
    }
  }

  /// The first disclosure below full marks that was submitted and that nobody contests, of an office from a number on.
  private func lost(from number: Int) -> (number: Int, item: Item)? {
    let pilots = present.pilots
    let numbers = offices.indices.filter { $0 >= number || offices.count <= number }
    for number in numbers {
      let (found, contested) = (
        present.findings(of: number), Set(present.contests(of: number).map(\.item.code))
      )
      let items = present.disclosures(of: number).dropLast(number == missingNumber ? 2 : 0)
      let item = items.last { item in
        present.isSubmitted(item, by: number) && !pilots.contains(item.code) && !contested.contains(item.code)
          && found[item.code]?.reason.isEmpty == false
      }
      if let item { return (number, item) }
    }
    return nil
  }

  private func sealing() -> [Step] {
    let (first, second) = (
      ExamplePresent.hours(from: 6, 24).moment(3, of: 4), ExamplePresent.hours(from: 6, 26).moment(1, of: 4)
    )
    let published = ExamplePresent.hours(from: 7, 9).moment()
    return [
      Step(first) {
        _ = try registry.seal(cycle, by: member(0), at: first)
        earlier.tell(first.day, "agreed to: by \(people.committee[0])")
      },
      Step(second) {
        _ = try registry.seal(cycle, by: member(1), at: second)
        earlier.tell(second.day, "sealed: by \(people.committee[0]) and \(people.committee[1])")
      },
      Step(published) {
        try registry.publish(cycle, by: member(0), at: published)
        earlier.tell(published.day, "published")
      },
    ]
  }

  /// One amendment is proposed before publishing and agreed to after; another waits since yesterday.
  private func amending() -> [Step] {
    guard let (number, item) = lost(from: offices.count > 3 ? 3 : 0) else { return [] }
    let proposed = ExamplePresent.hours(from: 7, 1).moment(1, of: 2)
    let agreed = ExamplePresent.hours(from: 7, 3).moment()
    var steps = [
      amend(item, of: number, by: 0, at: proposed), amend(item, of: number, by: 1, at: agreed),
    ]
    if let (another, item) = lost(from: offices.count > 5 ? 5 : 0), another != number {
      steps.append(amend(item, of: another, by: 0, at: ExamplePresent.hours(from: 7, 16).moment()))
    }
    return told(proposed.day, steps) { _ in "proposed: an amendment to a sealed result" }
  }

  private func amend(_ item: Item, of number: Int, by place: Int, at now: Moment) -> Step {
    let reason = "หน่วยงานแสดงหลักฐานว่าข้อมูลเผยแพร่ครบก่อนปิดรับ แต่ระบบของผู้ตรวจแสดงหน้าเดิมที่ค้างไว้"
    return Step(now) {
      _ = try registry.amend(
        Finding(item.whole), on: item.code, of: offices[number], in: cycle, reason: reason, by: member(place),
        at: now)
    }
  }
}
