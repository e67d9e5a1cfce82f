import Hummingbird
import Integrity
import Reports
import Storage

/// Personal data that goes when its time is up: what is due, what comes later, and having it done.
enum RetentionPage {
  static let routes = SettingUp.form(
    SettingUp.retention, Fields.Names(once: ["password", "seen"]), show: show, act: act
  ).routes

  private static func show(_ signedIn: SignedIn, _ entered: Entered) async throws -> Response {
    let (words, now, dates) = (try signedIn.words(), signedIn.now, Dates(signedIn.visit.visitor))
    let outlook = try await signedIn.read { registry, signer, now in try registry.outlook(by: signer, at: now)
    }
    let due = outlook.filter { isDue($0, at: now) }
    return try signedIn.page(
      "pages/setup-retention", title: words.say("retention.title"),
      [
        "form": try signedIn.visit.form(SettingUp.retention, entered), "back": .text(SettingUp.checklist),
        "rows": .list(
          outlook.map { one in
            let isDue = isDue(one, at: now)
            return [
              "title": .text(title(one, words)), "rule": .text(rule(one, words)),
              "rows": .text(one.rows.shown), "is_due": .flag(isDue),
              "due": .text(
                one.rows == 0
                  ? words.say("retention.nothing")
                  : one.due.map { moment in
                    isDue
                      ? words.say("retention.due")
                      : words.say("retention.later", ["day": dates.day(moment.day)])
                  } ?? words.say("retention.unknown")),
            ]
          }), "has_due": .flag(!due.isEmpty), "seen": .text(mark(of: due)),
        "going": .list(
          due.map {
            .text(words.facts([title($0, words), words.say("retention.rows", ["count": $0.rows.shown])]))
          }),
        "password": try signedIn.visit.passwordField(in: "setup", entered),
      ], frame: try await signedIn.frame(settingUp: .retention))
  }

  private static func isDue(_ one: Registry.Outlook, at now: Moment) -> Bool {
    one.rows > 0 && one.due.map { $0 <= now } ?? false
  }

  /// What somebody agreed to: something else may be due by the time they press. Sessions end all the time.
  private static func mark(of due: [Registry.Outlook]) -> String {
    due.filter { $0.what != .ended }.map { "\($0.what) \($0.rows)" }.joined(separator: "; ")
  }

  private static func title(_ one: Registry.Outlook, _ words: Wording) -> String {
    switch one.what {
    case .contact: words.say("retention.contact")
    case .responses(_, let title): words.say("retention.responses", ["cycle": title.in(words.language)])
    case .ended: words.say("retention.ended")
    }
  }

  private static func rule(_ one: Registry.Outlook, _ words: Wording) -> String {
    switch one.what {
    case .contact: words.say("retention.contact_rule", ["days": "\(one.days)"])
    case .responses: words.say("retention.responses_rule", ["days": "\(one.days)"])
    case .ended: words.say("retention.ended_rule")
    }
  }

  private static func act(_ signedIn: SignedIn, _ sent: Fields) async throws -> String {
    let (words, now) = (try signedIn.words(), signedIn.now)
    let outlook = try await signedIn.read { registry, signer, now in try registry.outlook(by: signer, at: now)
    }
    guard sent.text("seen") == mark(of: outlook.filter { isDue($0, at: now) }) else {
      throw FieldFaults(nil, words.say("retention.changed"))
    }
    try await signedIn.confirm(sent.raw("password"))
    let portal = signedIn.portal
    let signer = Signer(signedIn.session.person, form: sent.key)
    return try await signedIn.undertake("retain") { _ in
      do {
        _ = try portal.registry.retain(isDryRun: false, by: signer, at: now)
      } catch StorageProblem.repeated {
        // It is gone.
      }
      return SettingUp.retention + "?told=retained"
    }
  }
}
