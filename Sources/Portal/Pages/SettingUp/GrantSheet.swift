import Integrity
import Reports
import Storage

/// A role as it is given over a form: which, where, from when to when, and in what capacity.
struct GrantSheet {
  let words: Wording

  static let names: Set<String> = [
    "role", "scope", "offices", "group", "from", "last", "capacity", "order", "order_day",
  ]

  init(_ words: Wording) { self.words = words }

  /// - Throws: `FieldFaults`, each at its field.
  func grant(_ sent: Fields, _ signedIn: SignedIn) async throws -> Grant {
    var faults: [FieldFault] = []
    func fault(_ field: String, _ name: String, _ blanks: [String: String] = [:]) {
      faults.append(FieldFault(field, words.say("setup_grant.\(name)", blanks)))
    }
    let role = Role(rawValue: sent.text("role"))
    if role == nil { fault("role", "role_missing") }
    let isEverywhere = sent.text("scope") == "everywhere"
    if isEverywhere, let role, role.belongsToAnOffice { fault("offices", "offices_needed") }
    let codes = isEverywhere ? [] : try await offices(sent.text("offices"), signedIn, &faults)
    if !isEverywhere, codes.isEmpty, sent.text("offices").isEmpty { fault("offices", "offices_missing") }
    func day(_ field: String) -> Day? {
      let text = sent.text(field)
      guard !text.isEmpty else { return nil }
      let day = TypedDay.read(text)
      if day == nil { faults.append(FieldFault(field, words.say("setup_office.day_wrong"))) }
      return day
    }
    let from = day("from") ?? signedIn.now.day
    let until = day("last")?.adding(days: 1)
    if let until, until <= from { fault("last", "last_early") }
    let acting = acting(sent, day("order_day"), fault)
    guard faults.isEmpty, let role else { throw FieldFaults(faults) }
    let group = sent.text("group")
    return Grant(
      role, for: isEverywhere ? .everywhere : .offices(Set(codes)),
      group: group.isEmpty || !role.isOfGroup ? nil : Code(group), from: from, until: until, acting: acting)
  }

  private func acting(
    _ sent: Fields, _ day: Day?, _ fault: (String, String, [String: String]) -> Void
  ) -> Acting? {
    guard let capacity = Acting.Capacity(rawValue: sent.text("capacity")) else { return nil }
    let order = sent.text("order")
    if order.isEmpty { fault("order", "order_missing", [:]) }
    if day == nil, sent.text("order_day").isEmpty { fault("order_day", "order_day_missing", [:]) }
    return day.map { Acting(capacity, order: String(order.prefix(100)), date: $0) }
  }

  /// Codes, or names that are plain, separated by commas, semicolons or lines.
  private func offices(
    _ text: String, _ signedIn: SignedIn, _ faults: inout [FieldFault]
  ) async throws -> [Code<Office>] {
    let parts = text.split { ",;\n".contains($0) }.map { String($0).trimmingBlanks }.filter { !$0.isEmpty }
    guard parts.count <= 1000 else {
      faults.append(FieldFault("offices", words.say("setup_grant.offices_many")))
      return []
    }
    // Codes are found at once; only what is none is looked for by name.
    let known = try await signedIn.portal.read { [parts] in
      try $0.officeNames(Set(parts.map { Code($0) }))
    }
    var codes: [Code<Office>] = []
    for part in parts {
      if known[Code(part)] != nil {
        codes.append(Code(part))
      } else if let code = try await signedIn.office(part, field: "offices", &faults) {
        codes.append(code)
      }
      if faults.count > 5 { break }
    }
    return codes
  }
}
