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
      case .keepOffices, .retain, .erasePerson: return needs(.administrator)
      case .keepPeople: return needs(.administrator, .officeAdministrator)
      case .grantRole, .revokeRole: return granting
      case .declareConflict:
        return matter.subject?.id == person.id ? nil : needs(.administrator, .leadAssessor)
      case .exportPerson: return matter.subject?.id == person.id ? nil : needs(.administrator)
      case .enterStakeholders:
        return needs(.officeAdministrator, .director, .administrator) ?? phase(.preparing, .collecting)
      case .bringAnswers: return needs(.administrator) ?? stage(.open) ?? notYetDecided
      case .draft:
        return ofGroup(.officer, .groupHead, .director) ?? phase(.collecting) ?? state(nil, .draft, .returned)
      case .pass:
        return ofGroup(.groupHead, .director) ?? phase(.collecting) ?? state(.draft, .returned)
      case .sendBack: return ofGroup(.groupHead, .director) ?? phase(.collecting) ?? state(.draft, .ready)
      case .submit: return needs(.director) ?? phase(.collecting) ?? state(.ready)
      case .recall: return needs(.director) ?? phase(.collecting) ?? state(.submitted)
      case .acknowledge: return needs(.director, .groupHead, .officer) ?? phase(.clarifying)
      case .contest:
        return needs(.director) ?? phase(.clarifying) ?? (matter.isContested ? .alreadyContested : nil)
      case .assign: return needs(.leadAssessor) ?? stage(.open) ?? subjectsConflict
      case .judge: return judging ?? phase(.assessing)
      case .nameDecider: return namingDecider
      case .decideClarification: return deciding
      case .correct: return needs(.committee) ?? stage(.open) ?? wholePhase(.deciding) ?? conflict
      case .seal: return needs(.committee) ?? stage(.open) ?? wholePhase(.deciding) ?? again
      case .amend: return needs(.committee) ?? stage(.sealed, .published) ?? conflict ?? again
      case .publish: return needs(.committee) ?? stage(.sealed)
      case .readSubmission: return readingSubmission
      case .readFinding: return readingFinding
      case .readScorecard: return readingScorecard
      case .readResults:
        return isPublished
          ? nil : needs(.committee, .leadAssessor) ?? wholePhase(.assessing, .clarifying, .deciding)
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

    /// An administrator grants any role, an office's administrator those of the office's own officers and heads.
    var granting: Refusal.Reason? {
      guard let grant = matter.grant, let subject = matter.subject else { return needs(.administrator) }
      if subject.id == person.id { return .oneself }
      if case .everywhere = grant.scope, grant.role.belongsToAnOffice { return .wrongScope(grant.role) }
      if !person.holds(.administrator, on: day) {
        guard case .offices(let offices) = grant.scope,
          offices.allSatisfy({ person.roles(for: $0, on: day).contains(.officeAdministrator) })
        else { return .role([.administrator, .officeAdministrator]) }
        guard grant.role == .officer || grant.role == .groupHead else { return .wrongScope(grant.role) }
      }
      guard act == .grantRole else { return nil }
      let held = subject.grants.filter { $0.until.map { $0 > grant.from } ?? true }.map(\.role)
      return held.first { grant.role.conflicts(with: $0) }.map { .conflictingRoles(grant.role, $0) }
    }

    // Judging and clarifying.

    /// An assessor to whom it is assigned and who has nothing to do with the office.
    var judging: Refusal.Reason? {
      needs(.assessor) ?? conflict ?? (matter.assignees.contains(person.id) ? nil : .notAssigned)
    }

    var namingDecider: Refusal.Reason? {
      if let refusal = needs(.leadAssessor) ?? stage(.open) ?? phase(.clarifying, .deciding) {
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

    var notYetDecided: Refusal.Reason? {
      guard let cycle = matter.cycle, let instrument = matter.instrument else { return nil }
      let phase = cycle.phase(of: instrument, for: matter.office, at: now)
      return phase == .preparing ? refusal(phase, [.collecting]) : nil
    }

    /// The phase of the instrument for the office.
    func phase(_ phases: Phase...) -> Refusal.Reason? {
      guard let cycle = matter.cycle, let instrument = matter.instrument else { return nil }
      let phase = cycle.phase(of: instrument, for: matter.office, at: now)
      return phases.contains(phase) ? nil : refusal(phase, phases)
    }

    /// The phase of the cycle as a whole.
    func wholePhase(_ phases: Phase...) -> Refusal.Reason? {
      guard let cycle = matter.cycle else { return nil }
      let phase = cycle.phase(at: now)
      if phases.contains(phase) { return nil }
      return .phase(
        is: phase, needs: phases, opens: phases.contains(.deciding) ? cycle.end : nil, closed: nil)
    }

    private func refusal(_ phase: Phase, _ needs: [Phase]) -> Refusal.Reason {
      guard let cycle = matter.cycle, let schedule = cycle.schedule, let instrument = matter.instrument,
        let wanted = needs.last
      else { return .phase(is: phase, needs: needs, opens: nil, closed: nil) }
      let window: Window? =
        switch wanted {
        case .collecting: cycle.window(of: instrument.code, for: matter.office)
        case .assessing: schedule.assessing
        case .clarifying: schedule.clarifying
        case .preparing, .deciding, .published: nil
        }
      return .phase(
        is: phase, needs: needs, opens: window.flatMap { now < $0.opens ? $0.opens : nil },
        closed: window.flatMap { now >= $0.closes ? $0.closes : nil })
    }

    func state(_ states: Submission.State?...) -> Refusal.Reason? {
      states.contains(matter.submission)
        ? nil : .state(is: matter.submission, needs: states.compactMap { $0 })
    }

    // Reading.

    var isPublished: Bool { matter.cycle?.stage == .published }

    var ofOffice: Bool {
      !person.roles(for: matter.office, on: day).isDisjoint(with: [
        .officer, .groupHead, .director, .officeAdministrator,
      ])
    }

    /// The office always; an assessor what is assigned, and the committee, once it is frozen; administrators never.
    var readingSubmission: Refusal.Reason? {
      if isPublished || ofOffice { return nil }
      if needs(.committee, .leadAssessor) == nil || judging == nil || matter.decider == person.id {
        return phase(.assessing, .clarifying, .deciding)
      }
      return .role([.officer, .groupHead, .director, .assessor, .leadAssessor, .committee])
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
      if needs(.committee, .leadAssessor) == nil { return wholePhase(.assessing, .clarifying, .deciding) }
      return .role([.committee, .leadAssessor])
    }
  }
}
