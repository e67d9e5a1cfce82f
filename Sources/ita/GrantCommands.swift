import ArgumentParser
import Integrity
import Storage

struct GrantCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grant", abstract: "Give somebody a role.",
    discussion: """
      Example: ita grant wichai director --office 4001 --acting in_place_of --order 123/2569 --order-date 2026-02-01 \
      --as admin

      Roles of an office (officer, group_head, director, office_administrator) are for the offices named; the others \
      (assessor, lead_assessor, committee, administrator) hold everywhere where none is named. Somebody who acts for a \
      head does so by an order, whose number and day stand on what they sign.

      Refused are a role for oneself, two roles that one person may not hold together, and to an office's administrator \
      any but the roles of the office's own officers and group heads.
      """)

  @Argument(help: "Who gets it.") var person: Code<Person>
  @Argument(help: "The role.") var role: Role

  @Option(help: "For this office. May be repeated.") var office: [Code<Office>] = []

  @Option(help: "From this day; today, if not given.", transform: Day.argument) var from: Day?

  @Option(help: "Up to but not including this day; without an end, if not given.", transform: Day.argument)
  var until: Day?

  @Option(help: "Of an officer or a group head: only this group's disclosures.") var group: Code<Group>?

  @Option(help: "Acting for the head: in_place_of (รักษาราชการแทน) or on_behalf_of (ปฏิบัติราชการแทน).")
  var acting: Acting.Capacity?

  @Option(help: "The number of the order by which they act.") var order: String?
  @Option(help: "The day of that order.", transform: Day.argument) var orderDate: Day?
  @OptionGroup(title: "Registry") var registry: RegistryOptions

  func run() throws {
    let capacity = try capacity
    try registry.writing { registry, signer, now in
      let grant = Grant(
        role, for: office.isEmpty ? .everywhere : .offices(Set(office)), group: group, from: from ?? now.day,
        until: until, acting: capacity)
      try registry.grant(grant, to: person, by: signer, at: now)
      let end = until.map { " until \($0)" } ?? ""
      Console.say("\(person): \(grant.written(in: .english)), from \(grant.from)\(end)")
    }
  }

  private var capacity: Acting? {
    get throws {
      if let from, let until, until <= from {
        throw ValidationError("--until \(until) is not later than --from \(from).")
      }
      if let group, role != .officer, role != .groupHead {
        throw ValidationError("--group \(group) is for officers and group heads only.")
      }
      guard let acting else {
        guard order == nil, orderDate == nil else {
          throw ValidationError("--order and --order-date go with --acting.")
        }
        return nil
      }
      guard let order, !order.isEmpty, let orderDate else {
        throw ValidationError("--acting needs the order by which it is done: --order and --order-date.")
      }
      return Acting(acting, order: order, date: orderDate)
    }
  }
}

struct RevokeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "End somebody's role.",
    discussion: """
      Example: ita revoke wichai director --office 4001 --until 2026-05-01 --as admin

      The grant stays on record with the day on which it ended. Refused where the person does not hold the role, and for \
      one's own.
      """)

  @Argument(help: "Whose role.") var person: Code<Person>
  @Argument(help: "The role.") var role: Role
  @Option(help: "The office for which it is held; a role held everywhere, if not given.") var office:
    Code<Office>?

  @Option(help: "Up to but not including this day; today, if not given.", transform: Day.argument)
  var until: Day?

  @OptionGroup(title: "Registry") var registry: RegistryOptions

  func run() throws {
    try registry.writing { registry, signer, now in
      let end = until ?? now.day
      try registry.revoke(role, for: office, from: person, until: end, by: signer, at: now)
      let place = office?.text ?? "everywhere"
      Console.say("\(person): \(role.title.english) \(place) until \(end)")
    }
  }
}

struct ConflictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conflict", abstract: "Declare conflicts of interest.", subcommands: [Declare.self])

  struct Declare: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Declare that somebody cannot judge an office fairly.",
      discussion: """
        Example: ita conflict declare anan 4001 --reason "คู่สมรสรับราชการที่สำนักงาน" --as anan

        From now on they can neither be assigned to the office nor judge it. Who belongs to an office, or did within \
        three years, is in conflict without declaring it. Refused to anybody but the person, the lead assessor and an \
        administrator.
        """)

    @Argument(help: "Who cannot.") var person: Code<Person>
    @Argument(help: "The office.") var office: Code<Office>
    @Option(help: "Why; it is kept.") var reason: String
    @OptionGroup(title: "Registry") var registry: RegistryOptions

    func run() throws {
      try registry.writing { registry, signer, now in
        try registry.declareConflict(of: person, with: office, reason: reason, by: signer, at: now)
        Console.say("\(person): in conflict with \(office)")
      }
    }
  }
}
