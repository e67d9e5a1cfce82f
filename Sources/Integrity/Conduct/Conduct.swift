/// The permission room: who may do what, when. Everything else asks here; no page and no command compares a role.
public enum Conduct {
  /// Whether a person may do something now; nil where nothing speaks against it.
  public static func may(
    _ act: Act, in matter: Matter, by person: Person, at now: Moment
  ) -> Refusal? {
    let question = Question(act: act, matter: matter, person: person, now: now)
    return question.refusal.map { Refusal(act, $0) }
  }

  /// One asking, so that the rules read as sentences.
  private struct Question {
    let act: Act
    let matter: Matter
    let person: Person
    let now: Moment

    var day: Day { now.day }

    var refusal: Refusal.Reason? {
      if person.isClosed { return .closed }
      switch act {
      case .setUpCycle, .openCycle: return needs(.administrator) ?? stage(.preparing)
      case .changeSchedule, .extendWindow, .enterGiven:
        return needs(.administrator) ?? stage(.preparing, .open)
      case .keepOffices, .retain, .backUp, .erasePerson: return needs(.administrator)
      case .keepPeople: return needs(.administrator) == nil ? nil : keepingOwn
      case .grantRole, .revokeRole: return granting
      case .declareConflict:
        return matter.subject?.id == person.id ? nil : needs(.administrator, .leadAssessor)
      case .manageOwnAccount: return matter.subject?.id == person.id ? nil : .anothersAccount
      case .exportPerson: return matter.subject?.id == person.id ? nil : needs(.administrator)
      case .enterStakeholders:
        return needs(.officeAdministrator, .director, .administrator) ?? phase(.preparing, .collecting)
      case .bringAnswers: return needs(.administrator) ?? stage(.open) ?? sinceCollecting
      case .askForSlips: return askingForSlips ?? stage(.open) ?? phase(.preparing, .collecting)
      case .makeSlips: return makingSlips ?? stage(.open) ?? phase(.preparing, .collecting)
      case .voidSlips: return asAssessor ?? stage(.open) ?? phase(.preparing, .collecting) ?? second
      case .draft:
        return ofGroup(.officer, .groupHead, .director) ?? phase(.collecting) ?? state(nil, .draft, .returned)
      case .pass:
        return ofGroup(.groupHead, .director) ?? phase(.collecting) ?? state(.draft, .returned)
      case .sendBack: return ofGroup(.groupHead, .director) ?? phase(.collecting) ?? state(.draft, .ready)
      case .submit: return needs(.director) ?? phase(.collecting) ?? state(.ready)
      case .recall: return needs(.director) ?? phase(.collecting) ?? state(.submitted)
      case .acknowledge:
        // Whoever comes late is recorded all the same.
        return needs(.director, .groupHead, .officer) ?? phase(.clarifying, .deciding)
      case .contest:
        return needs(.director) ?? phase(.clarifying) ?? (matter.isContested ? .alreadyContested : nil)
      case .assign: return needs(.leadAssessor) ?? conflict ?? stage(.open) ?? subjectsConflict
      case .judge: return judging ?? phase(.assessing) ?? whileJudging
      case .nameDecider: return namingDecider
      case .decideClarification: return deciding
      case .correct: return needs(.committee) ?? stage(.open) ?? wholePhase(.deciding) ?? conflict
      case .seal: return needs(.committee) ?? stage(.open) ?? wholePhase(.deciding) ?? again
      case .amend: return needs(.committee) ?? stage(.sealed, .published) ?? conflict ?? again
      case .publish: return needs(.committee) ?? stage(.sealed)
      case .readSubmission: return readingSubmission
      case .readFinding: return readingFinding
      case .readProgress:
        return ofOffice ? nil : needs(.administrator, .leadAssessor, .committee)
      case .readScorecard: return readingScorecard
      case .readResults:
        return isPublished
          ? nil : needs(.committee, .leadAssessor) ?? wholePhase(.assessing, .clarifying, .deciding)
      case .readAnswers: return needs(.committee) ?? stage(.open, .sealed, .published)
      case .readTrail: return needs(.administrator, .committee, .director)
      case .readPeople: return needs(.administrator, .officeAdministrator, .director)
      }
    }

    // Who.

    /// One of these roles for the office of the matter.
    func needs(_ roles: Role...) -> Refusal.Reason? { needs(roles) }

    func needs(_ roles: [Role]) -> Refusal.Reason? {
      person.roles(for: matter.office, on: day).isDisjoint(with: roles) ? .role(roles) : nil
    }

    /// One of these roles of the office, for a group that answers for the disclosure.
    func ofGroup(_ roles: Role...) -> Refusal.Reason? {
      roles.contains { person.holds($0, for: matter.office, in: matter.groups, on: day) } ? nil : .role(roles)
    }

    var conflict: Refusal.Reason? { person.conflict(with: matter.lineage, on: day).map { .conflict($0) } }

    var subjectsConflict: Refusal.Reason? {
      guard let subject = matter.subject else { return nil }
      guard subject.roles(for: matter.office, on: day).contains(.assessor) else { return .role([.assessor]) }
      return subject.conflict(with: matter.lineage, on: day).map { .conflict($0) }
    }

    /// An administrator grants any role wherever they are one, an office's administrator those of the office's own
    /// officers and heads.
    var granting: Refusal.Reason? {
      guard let grant = matter.grant, let subject = matter.subject else { return needs(.administrator) }
      if subject.id == person.id { return .oneself }
      let places: [Code<Office>?]
      switch grant.scope {
      case .everywhere: places = grant.role.belongsToAnOffice ? [] : [nil]
      case .offices(let offices): places = Array(offices)
      }
      if places.isEmpty { return .wrongScope(grant.role) }
      func covers(_ role: Role) -> Bool {
        places.allSatisfy { person.roles(for: $0, on: day).contains(role) }
      }
      if !covers(.administrator) {
        guard covers(.officeAdministrator) else {
          return .role([.administrator, .officeAdministrator])
        }
        guard grant.role == .officer || grant.role == .groupHead else { return .role([.administrator]) }
      }
      guard act == .grantRole else { return nil }
      let held = subject.grants.filter(grant.overlaps).map(\.role)
      return held.first { grant.role.conflicts(with: $0) }.map { .conflictingRoles(grant.role, $0) }
    }

    /// An office's administrator keeps the accounts of people who are nowhere but in the office: nobody's who judges,
    /// decides, or serves elsewhere.
    var keepingOwn: Refusal.Reason? {
      if let refusal = needs(.administrator, .officeAdministrator) { return refusal }
      guard let subject = matter.subject else { return nil }
      func isOwn(_ office: Code<Office>) -> Bool {
        person.roles(for: office, on: day).contains(.officeAdministrator)
      }
      let isElsewhere =
        subject.postings.contains { !isOwn($0.office) }
        || subject.grants.contains { grant in
          guard case .offices(let offices) = grant.scope, grant.role.belongsToAnOffice else { return true }
          return !offices.allSatisfy(isOwn)
        }
      return isElsewhere ? .role([.administrator]) : nil
    }

    // Asking.

    /// The lead assessor, or an assessor of the office; neither has anything to do with it.
    var asAssessor: Refusal.Reason? {
      let isGiven = matter.assignees.contains(person.id)
      if needs(.leadAssessor) == nil || needs(.assessor) == nil && isGiven { return conflict }
      return needs(.assessor) == nil ? .notAssigned : .role([.assessor, .leadAssessor])
    }

    /// Somebody of the office may ask as well, and never makes them alone. Of a part of a questionnaire nobody there may:
    /// whom it reaches is for the assessors to choose.
    var askingForSlips: Refusal.Reason? {
      if matter.route != nil { return asAssessor }
      return needs(.officeAdministrator, .director) == nil
        ? nil
        : asAssessor.map {
          $0.isRole ? .role([.officeAdministrator, .director, .assessor, .leadAssessor]) : $0
        }
    }

    /// The assessors alone; in the office two people.
    var makingSlips: Refusal.Reason? { asAssessor == nil ? nil : askingForSlips ?? second }

    /// Another must have asked for it.
    var second: Refusal.Reason? {
      matter.agreed.subtracting([person.id]).isEmpty ? .secondPerson : nil
    }

    // Judging and clarifying.

    /// An assessor to whom it is assigned and who has nothing to do with the office.
    var judging: Refusal.Reason? {
      needs(.assessor) ?? conflict ?? (matter.assignees.contains(person.id) ? nil : .notAssigned)
    }

    var namingDecider: Refusal.Reason? {
      if let refusal = needs(.leadAssessor) ?? conflict ?? stage(.open) ?? phase(.clarifying, .deciding) {
        return refusal
      }
      guard matter.isContested else { return .notContested }
      return matter.subject?.id == matter.firstAssessor ? .sameAssessor : subjectsConflict
    }

    var deciding: Refusal.Reason? {
      if let refusal = needs(.assessor) ?? conflict ?? stage(.open) ?? phase(.clarifying, .deciding) {
        return refusal
      }
      guard matter.isContested else { return .notContested }
      if matter.firstAssessor == person.id { return .sameAssessor }
      return matter.decider == person.id ? nil : .notNamed
    }

    /// Two members, not one twice.
    var again: Refusal.Reason? { matter.agreed.contains(person.id) ? .alreadyAgreed : nil }

    // When.

    func stage(_ stages: Cycle.Stage...) -> Refusal.Reason? {
      guard let cycle = matter.cycle, !stages.contains(cycle.stage) else { return nil }
      return .stage(is: cycle.stage, needs: stages)
    }

    /// From the day a questionnaire opens until the results are sealed: what a form has collected can be exported only
    /// when it has closed. How many rows came in, and when, is on the trail.
    var sinceCollecting: Refusal.Reason? {
      phase(.collecting, .assessing, .clarifying, .deciding)
    }

    /// The phase of the instrument for the office.
    func phase(_ phases: Phase...) -> Refusal.Reason? {
      guard let cycle = matter.cycle, let instrument = matter.instrument else { return nil }
      let phase = cycle.phase(of: instrument, for: matter.office, at: now)
      return phases.contains(phase) ? nil : refusal(phase, phases, of: instrument)
    }

    /// The phase of the cycle as a whole.
    func wholePhase(_ phases: Phase...) -> Refusal.Reason? {
      guard let cycle = matter.cycle else { return nil }
      let phase = cycle.phase(at: now)
      return phases.contains(phase) ? nil : refusal(phase, phases, of: nil)
    }

    /// With the moment from which it will be possible, or else the one from which it no longer was.
    private func refusal(_ phase: Phase, _ needs: [Phase], of instrument: Instrument?) -> Refusal.Reason {
      guard let cycle = matter.cycle, let schedule = cycle.schedule else {
        return .phase(is: phase, needs: needs, opens: nil, closed: nil)
      }
      let own = instrument.flatMap { cycle.window(of: $0.code, for: matter.office) }
      let spans = needs.compactMap { need -> (opens: Moment, closes: Moment?)? in
        switch need {
        case .collecting: own.map { ($0.opens, $0.closes) }
        case .assessing:
          (max(schedule.assessing.opens, own?.closes ?? schedule.assessing.opens), schedule.assessing.closes)
        case .clarifying: (schedule.clarifying.opens, schedule.clarifying.closes)
        case .deciding: (cycle.end, nil)
        case .preparing, .published: nil
        }
      }
      let opens = spans.map { $0.opens }.filter { now < $0 }.min()
      let closed = opens == nil ? spans.compactMap { $0.closes }.filter { $0 <= now }.max() : nil
      return .phase(is: phase, needs: needs, opens: opens, closed: closed)
    }

    func state(_ states: Submission.State?...) -> Refusal.Reason? {
      states.contains(matter.submission)
        ? nil : .state(is: matter.submission, needs: states.compactMap { $0 })
    }

    /// Judging has a window of its own within the time between collecting and clarifying.
    var whileJudging: Refusal.Reason? {
      guard let window = matter.cycle?.schedule?.assessing, !window.contains(now) else { return nil }
      return .phase(
        is: .assessing, needs: [.assessing], opens: now < window.opens ? window.opens : nil,
        closed: now >= window.closes ? window.closes : nil)
    }

    // Reading.

    var isPublished: Bool { matter.cycle?.stage == .published }

    var ofOffice: Bool {
      !person.roles(for: matter.office, on: day).isDisjoint(with: [
        .officer, .groupHead, .director, .officeAdministrator,
      ])
    }

    /// The office always; an assessor what is assigned or theirs to decide, and the committee, once it is frozen;
    /// administrators never.
    var readingSubmission: Refusal.Reason? {
      if ofOffice { return nil }
      if needs(.committee, .leadAssessor) == nil {
        return conflict ?? phase(.assessing, .clarifying, .deciding, .published)
      }
      guard needs(.assessor) == nil else {
        return .role([.officer, .groupHead, .director, .assessor, .leadAssessor, .committee])
      }
      let isGiven = matter.assignees.contains(person.id) || matter.decider == person.id
      return conflict ?? (isGiven ? phase(.assessing, .clarifying, .deciding, .published) : .notAssigned)
    }

    /// Assessors and the committee from judging on; the office once it may clarify.
    var readingFinding: Refusal.Reason? {
      if isPublished { return nil }
      if ofOffice { return phase(.clarifying, .deciding) }
      return readingSubmission
    }

    /// The committee while it decides, everybody once it is published.
    var readingScorecard: Refusal.Reason? {
      if isPublished { return nil }
      if needs(.committee, .leadAssessor) == nil {
        return conflict ?? wholePhase(.assessing, .clarifying, .deciding)
      }
      return .role([.committee, .leadAssessor])
    }
  }
}
