import Integrity
import Reports
import Storage

extension SignedIn {
  /// Where the pages of the office in the path are.
  func paths() throws -> Paths { Paths(cycle: try part("cycle"), office: try part("office")) }

  /// The office in the path, as its pages show it.
  func officeDesk() async throws -> Registry.OfficeDesk {
    let paths = try paths()
    return try await read { registry, signer, now in
      try registry.officeDesk(paths.office, in: paths.cycle, by: signer, at: now)
    }
  }

  /// The same for the office's own people alone. Others may read what is submitted, and are told nothing of what is not.
  func ownDesk() async throws -> Registry.OfficeDesk {
    let paths = try paths()
    return try await read { registry, signer, now in
      let own = try registry.currentCycles(for: signer, at: now) ?? []
      let isOwn = own.contains { cycle, offices in
        cycle.code == paths.cycle && offices.contains { $0.code == paths.office }
      }
      guard isOwn else { throw Problem.notFound }
      return try registry.officeDesk(paths.office, in: paths.cycle, by: signer, at: now)
    }
  }

  func frame(_ place: Place?, _ desk: Registry.OfficeDesk) throws -> ReportData {
    try frame(place, desk.cycle, desk.rubric, desk.office)
  }
}

extension Registry.OfficeDesk {
  /// What the permission room says to an act on one of the office's disclosures where it stands.
  func refusal(_ act: Act, of work: Registry.DisclosureWork, by who: Person, at now: Moment) -> Refusal? {
    Conduct.may(act, in: matter(of: work, standing: work.submission?.state), by: who, at: now)
  }

  /// The same wherever it would stand.
  func refusal(
    _ act: Act, of work: Registry.DisclosureWork, standing state: Submission.State, by who: Person,
    at now: Moment
  ) -> Refusal? {
    Conduct.may(act, in: matter(of: work, standing: state), by: who, at: now)
  }

  /// The same of any disclosure that would stand there: what a page is for, and why not now.
  func refusal(_ act: Act, standing state: Submission.State, by who: Person, at now: Moment) -> Refusal? {
    let refusals = works.map { Conduct.may(act, in: matter(of: $0, standing: state), by: who, at: now) }
    // One that may be done is enough.
    return refusals.contains { $0 == nil } ? nil : refusals.first ?? nil
  }

  private func matter(of work: Registry.DisclosureWork, standing state: Submission.State?) -> Matter {
    Matter(
      cycle: cycle, office: office.code, instrument: work.instrument,
      groups: Set([work.item.group].compactMap { $0 } + work.item.contributing), submission: state)
  }

  /// The instrument of disclosures, by which an office's deadlines go.
  var instrument: Instrument? { works.first?.instrument }

  /// When disclosures of the office are collected, while they are.
  func openWindow(at now: Moment) -> Window? {
    guard let instrument, cycle.phase(of: instrument, for: office.code, at: now) == .collecting else {
      return nil
    }
    return cycle.window(of: instrument.code, for: office.code)
  }

  /// Name and year, as they stand under a heading.
  func place(_ words: Wording) -> String {
    words.facts([
      office.shortName(words).held, words.say("banner.year", ["year": words.year(cycle.year)]).held,
    ])
  }
}

extension Figure {
  /// As something that is taken off: `−2.50`.
  var lost: String { Figure(units: -units, places: places).shown }
}
