import Integrity
import Specimen
import Storage

/// What assessors find, and what the offices say to it.
extension DemoYear {
  func assign() throws {
    let hours = year.hours(from: 4, 29, days: 2)
    for (number, participant) in participants.enumerated() {
      try registry.assign(
        people.assessor(of: number), to: participant.office.code, items: nil, in: cycle,
        by: by(people.lead(of: number)), at: hours.moment(number, of: participants.count))
    }
    let assessors = Set(participants.indices.map(people.assessor)).count
    tell(
      hours.first,
      "assigned: \(count(participants.count, "office")) to \(count(assessors, "assessor"))")
    guard let own = people.firstOfficesOwn else { return }
    do {
      try registry.assign(
        own, to: main.office.code, items: nil, in: cycle, by: by(people.lead(of: 0)), at: hours.evening)
    } catch let refusal as Refusal {
      tell(hours.evening.day, "refused: \(own) for \(main.office.code): \(refusal)")
    }
  }

  func judge() throws {
    let hours = year.hours(from: 5, 6, days: 15)
    var (notMet, dead) = (0, 0)
    try forEachDisclosure(hours) { number, participant, item, now in
      guard let finding = participant.first[item.code] else { return }
      let state = year.linkState(for: finding)
      let seen = year.draft(of: item, by: participant).evidence.compactMap { evidence -> Registry.Seen? in
        guard case .link(let link) = evidence.content else { return nil }
        return Registry.Seen(link: link, state: state, at: now)
      }
      try registry.judge(
        finding, on: item.code, of: participant.office.code, in: cycle, seen: seen,
        by: by(people.assessor(of: number)), at: now)
      if !finding.reason.isEmpty { notMet += 1 }
      if state != .opened { dead += 1 }
    }
    tell(
      hours.first,
      "judged: \(count(disclosures, "disclosure")), \(notMet) not met in full; "
        + "\(count(dead, "link")) did not open")
  }

  func acknowledge() throws {
    let hours = year.hours(from: 6, 17, days: 5)
    var opened = 0
    // In one office of ten nobody looks: silence is acceptance.
    for (number, participant) in participants.enumerated() where number % 10 != 9 {
      let office = participant.office.code
      try registry.acknowledge(
        office, in: cycle, by: by(people.director(of: office)),
        at: hours.moment(number, of: participants.count))
      opened += 1
    }
    let silent = participants.count - opened
    tell(
      hours.first,
      "acknowledged: \(count(opened, "office")) opened the findings"
        + (silent > 0 ? ", \(silent) did not" : ""))
  }

  func clarify() throws {
    let contested = participants.enumerated().flatMap { number, one in one.contests.map { (number, one, $0) }
    }
    func forEachContest(
      _ hours: OfficeHours, _ act: (Int, Code<Office>, ExampleYear.Contest, Moment) throws -> Void
    ) throws {
      for (place, (number, participant, contest)) in contested.enumerated() {
        try act(number, participant.office.code, contest, hours.moment(place, of: contested.count))
      }
    }
    let hours = year.hours(from: 6, 24)
    try forEachContest(hours) { _, office, contest, now in
      try registry.contest(
        contest.item.code, of: office, in: cycle, statement: contest.statement, evidence: contest.evidence,
        by: by(people.director(of: office)), at: now)
    }
    try forEachContest(year.hours(from: 6, 25)) { number, office, contest, now in
      try registry.nameDecider(
        people.decider(of: number), of: contest.item.code, of: office, in: cycle,
        by: by(people.lead(of: number)),
        at: now)
    }
    try forEachContest(year.hours(from: 6, 27)) { number, office, contest, now in
      try registry.decide(
        contest.decision, on: contest.item.code, of: office, in: cycle, by: by(people.decider(of: number)),
        at: now)
    }
    let changed = contested.count { $0.2.isGranted }
    tell(
      hours.first,
      "contested: \(count(contested.count, "finding")); decided by another assessor, "
        + "\(contested.count - changed) upheld and \(changed) changed")
  }
}
