import Integrity
import Reports
import Storage

/// One person as their page shows them.
struct AccountData {
  private let desk: Registry.PersonDesk
  private let signedIn: SignedIn
  private let words: Wording
  private let person: PersonWords

  init(_ desk: Registry.PersonDesk, _ signedIn: SignedIn, _ words: Wording) {
    (self.desk, self.signedIn, self.words) = (desk, signedIn, words)
    person = PersonWords(words, Dates(signedIn.visit.visitor))
  }

  private var dates: Dates { person.dates }
  private var today: Day { signedIn.now.day }

  func fields(_ entered: Entered, groups: [Named<Group>]) throws -> [String: ReportData] {
    let path = SettingUp.person(desk.code)
    let isClosed = desk.way == .closed
    return [
      "form": try signedIn.visit.form(path, entered), "path": .text(path), "back": .text(SettingUp.people),
      "heading": .text(desk.name), "post": ReportData(desk.post.isEmpty ? nil : desk.post),
      "person": .text(desk.code.text), "way": person.way(desk.way), "is_closed": .flag(isClosed),
      "is_reader": .flag(desk.isReader), "may_change": .flag(!desk.isReader),
      "contact": .list([desk.email, desk.phone].filter { !$0.isEmpty }.map { .text($0) }),
      "has_contact": .flag(!desk.email.isEmpty || !desk.phone.isEmpty),
      "factor": .text(words.say(desk.hasSecondFactor ? "setup_person.factor_on" : "setup_person.factor_off")),
      "has_factor": .flag(desk.hasSecondFactor),
      "postings": .list(desk.postings.map(posting)), "has_postings": .flag(!desk.postings.isEmpty),
      "held": .list(desk.grants.filter { isCurrent($0) }.map { grant($0, entered) }),
      "has_held": .flag(desk.grants.contains { isCurrent($0) }),
      "ended": .list(desk.grants.filter { !isCurrent($0) }.map { grant($0, entered) }),
      "has_ended": .flag(desk.grants.contains { !isCurrent($0) }),
      "conflicts": .list(
        desk.conflicts.map { one in
          [
            "office": .text(name(of: one.office)), "reason": .text(one.reason),
            "day": .text(dates.day(one.at.day)),
          ]
        }), "has_conflicts": .flag(!desk.conflicts.isEmpty),
      "change": try change(entered), "grant_form": isClosed ? .absent : try grantForm(entered, groups),
      "letter": isClosed
        ? .absent
        : [
          "has_password": .flag(desk.way == .password),
          "password": desk.way == .password ? try password("letter_password", entered) : .absent,
        ],
      "conflict_office": try field("conflict_office", entered, ["width": "medium"]),
      "conflict_reason": try field("conflict_reason", entered),
      "grant_password": try password("grant_password", entered),
      "close_password": try password("close_password", entered),
      "factor_password": try password("factor_password", entered),
      "export_password": try password("export_password", entered),
      "erase_reason": try field("erase_reason", entered),
      "erase_sure": try field("erase_sure", entered, ["width": "medium", "is_code": true]),
      "erase_password": try password("erase_password", entered),
      // What somebody sent that did not go through stands open, with what they typed.
      "open": [
        "grant": .flag(entered.isOf("scope")), "letter": .flag(entered.isOf("letter_password")),
        "change": .flag(entered.isOf("email")), "conflict": .flag(entered.isOf("conflict_office")),
        "close": .flag(entered.isOf("close_password")), "factor": .flag(entered.isOf("factor_password")),
        "export": .flag(entered.isOf("export_password")), "erase": .flag(entered.isOf("erase_sure")),
      ],
    ]
  }

  // What there is.

  private func isCurrent(_ held: Registry.HeldGrant) -> Bool { held.grant.until.map { today < $0 } ?? true }

  private func name(of office: Code<Office>) -> String {
    words.facts([office.text, desk.offices[office]?.in(words.language).held ?? ""])
  }

  private func span(_ from: Day, _ until: Day?) -> String {
    let last = until.map { words.say("setup_person.until", ["day": dates.day($0.adding(days: -1)).kept]) }
    return words.facts([words.say("setup_person.from", ["day": dates.day(from).kept]), last ?? ""])
  }

  private func posting(_ posting: PostingEntry) -> ReportData {
    [
      "office": .text(name(of: posting.office)),
      "kind": .text(words.say("setup_person.\(posting.kind.rawValue)")),
      "span": .text(span(posting.from, posting.until)),
    ]
  }

  private func grant(_ held: Registry.HeldGrant, _ entered: Entered) -> ReportData {
    let grant = held.grant
    let field = "last-\(held.number)"
    let fault = entered.fault(field)
    return [
      "title": .text(person.title(grant)), "scope": .text(scope(grant)),
      "span": .text(span(grant.from, grant.until)),
      "group": ReportData(grant.group.map { words.say("setup_person.of_group", ["group": $0.text]) }),
      "order": ReportData(Signing(grant.acting).order(words, dates)),
      "by": .text(
        held.grantedBy.map {
          words.say(
            "setup_person.granted_by", ["name": $0, "moment": dates.moment(held.grantedAt).kept])
        } ?? words.say("setup_person.granted_at", ["moment": dates.moment(held.grantedAt).kept])),
      "number": .text("\(held.number)"), "id": .text(field), "fault": ReportData(fault),
      "is_open": .flag(entered.isOf("number") && entered.value("number") == "\(held.number)"),
      "described_by": ReportData(fault == nil ? nil : "\(field)-fault"),
      "value": .text(fault == nil ? "" : entered.value("last")),
    ]
  }

  private func scope(_ grant: Grant) -> String {
    switch grant.scope {
    case .everywhere: return words.say("setup_person.everywhere")
    case .offices(let offices):
      let names = offices.sorted().prefix(5).map(name)
      let more = offices.count - names.count
      return names.joined(separator: ", ")
        + (more > 0 ? words.say("setup_person.more_offices", ["count": more.shown]) : "")
    }
  }

  // What may be done.

  private func field(
    _ name: String, _ entered: Entered, _ more: [String: ReportData] = [:], or saved: String = ""
  )
    throws -> ReportData
  {
    try signedIn.visit.field(name, in: "setup_person", entered, or: saved).with(["autocomplete": "off"])
      .with(more)
  }

  private func password(_ name: String, _ entered: Entered) throws -> ReportData {
    try signedIn.visit.passwordField(name, in: "setup_person", entered).with([
      "label": .text(words.say("setup.password_label"))
    ])
  }

  private func change(_ entered: Entered) throws -> ReportData {
    // Another form of the page may have been sent: then these are as they are kept.
    let entered = entered.isOf("email") ? entered : Entered(faults: entered.faults)
    return [
      "name": try field("name", entered, or: desk.name),
      "post": try field("post", entered, ["is_optional": true], or: desk.post),
      "email": try field("email", entered, ["is_optional": true, "is_code": true], or: desk.email),
      "phone": try field("phone", entered, ["is_optional": true, "width": "medium"], or: desk.phone),
    ]
  }

  private func grantForm(_ entered: Entered, _ groups: [Named<Group>]) throws -> ReportData {
    func own(_ name: String, _ more: [String: ReportData] = [:]) throws -> ReportData {
      try signedIn.visit.field(name, in: "setup_grant", entered).with(["autocomplete": "off"]).with(more)
    }
    let scope = entered.value("scope", or: "offices")
    let capacity = entered.value("capacity")
    return [
      "roles": .list(person.roles(desk.roles, chosen: entered.value("role"))),
      "role_fault": ReportData(entered.fault("role")),
      "is_everywhere": .flag(scope == "everywhere"), "is_offices": .flag(scope != "everywhere"),
      "offices": try own("offices"),
      "groups": .list(
        groups.map { group in
          [
            "code": .text(group.code.text), "title": .text(group.title.in(words.language)),
            "is_chosen": .flag(group.code.text == entered.value("group")),
          ]
        }), "has_groups": .flag(!groups.isEmpty),
      "from": try own("from", ["width": "short", "is_optional": true]),
      "last": try own(
        "last",
        [
          "width": "short", "is_optional": true, "id": "last",
          "value": .text(entered.isOf("scope") ? entered.value("last") : ""),
        ]),
      "capacities": .list(
        Acting.Capacity.allCases.map { one in
          [
            "code": .text(one.rawValue),
            "title": .text(one.title.in(words.language).sentence(in: words.language)),
            "is_chosen": .flag(one.rawValue == capacity),
          ]
        }), "order": try own("order", ["width": "medium", "is_optional": true]),
      "order_day": try own("order_day", ["width": "short", "is_optional": true]),
    ]
  }
}

extension Entered {
  /// Whether it is the form that has this field, and no other one of the page.
  fileprivate func isOf(_ field: String) -> Bool { fields?.has(field) ?? false }
}
