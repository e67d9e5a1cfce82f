import Hummingbird
import Integrity
import Reports
import Storage

/// Copies of the registry on the server: made and verified here, and taken away by whoever runs the machine alone.
enum BackupsPage {
  static let routes: [Route] =
    SettingUp.form(SettingUp.backups, Fields.Names(once: ["password"]), show: show, act: make).routes
    + [
      SettingUp.form(
        SettingUp.backups + "/verify", Fields.Names(once: ["name"]), show: show, act: verify
      ).sent,
      SettingUp.back(from: SettingUp.backups + "/verify") { _ in SettingUp.backups },
    ]

  private static let errand = "backup"

  private static func show(_ signedIn: SignedIn, _ entered: Entered) async throws -> Response {
    let (words, dates, portal) = (try signedIn.words(), Dates(signedIn.visit.visitor), signedIn.portal)
    let backups = portal.settings.backups.map(Backups.init)
    let copies = backups?.all ?? []
    let room = portal.registry.room
    // Twice the registry's size: the copy, and what is written meanwhile.
    let isTight = room.free.map { $0 < 2 * room.size } ?? false
    return try signedIn.page(
      "pages/setup-backups", title: words.say("backups.title"),
      [
        "form": try signedIn.visit.form(SettingUp.backups, entered), "back": .text(SettingUp.checklist),
        "verify": .text(SettingUp.backups + "/verify"), "has_folder": .flag(backups != nil),
        "folder": ReportData(backups?.folder),
        "facts": .text(
          words.facts([
            words.say("backups.size", ["size": ByteCount.shown(room.size)]),
            room.free.map { words.say("backups.free", ["size": ByteCount.shown($0)]) } ?? "",
          ])), "is_tight": .flag(isTight),
        "is_under_way": .flag(portal.errands.isUnderWay(errand)),
        "rows": .list(copies.map { row($0, words, dates) }), "is_empty": .flag(copies.isEmpty),
        "last": .text(
          copies.first.map { words.say("backups.last", ["moment": dates.moment($0.at)]) }
            ?? words.say("backups.never")),
        "password": try signedIn.visit.passwordField(in: "setup", entered),
      ], frame: try await signedIn.frame(settingUp: .backups))
  }

  private static func row(_ copy: Backups.Copy, _ words: Wording, _ dates: Dates) -> ReportData {
    let kind = copy.verified.map { $0.faults == 0 ? "ready" : "returned" } ?? "not_begun"
    let title =
      copy.verified.map { verified in
        verified.faults == 0
          ? words.say("backups.verified", ["day": dates.short(Moment(seconds: verified.at).day)])
          : words.say("backups.faulty", ["count": verified.faults.shown])
      } ?? words.say("backups.unverified")
    return [
      "name": .text(copy.name), "moment": .text(dates.moment(copy.at)),
      "size": .text(ByteCount.shown(copy.bytes)),
      "kind": .text(kind), "title": .text(title), "ready": .flag(kind == "ready"),
      "returned": .flag(kind == "returned"), "not_begun": .flag(kind == "not_begun"),
    ]
  }

  private static func make(_ signedIn: SignedIn, _ sent: Fields) async throws -> String {
    let (words, portal, now) = (try signedIn.words(), signedIn.portal, signedIn.now)
    guard let backups = portal.settings.backups.map(Backups.init) else { throw Problem.notFound }
    try await signedIn.confirm(sent.raw("password"))
    guard !portal.errands.isUnderWay(errand) else {
      throw FieldFaults(nil, words.say("backups.under_way"))
    }
    let signer = Signer(signedIn.session.person, form: sent.key)
    return try await signedIn.undertake(errand) { progress in
      try backups.prepare()
      let name = backups.newName(at: now)
      do {
        try portal.registry.backUp(to: backups.path(name), by: signer, at: now) { step in
          switch step {
          case .copying(let done, let all): progress(done, all)
          case .verifying: progress(0, 0)
          }
        }
      } catch StorageProblem.repeated {
        return SettingUp.backups
      }
      try backups.note(name, faults: 0, at: now)
      return SettingUp.backups + "?told=backed_up"
    }
  }

  private static func verify(_ signedIn: SignedIn, _ sent: Fields) async throws -> String {
    let (portal, now) = (signedIn.portal, signedIn.now)
    let name = sent.text("name")
    guard let backups = portal.settings.backups.map(Backups.init), backups.copy(name) != nil else {
      throw Problem.notFound
    }
    return try await signedIn.undertake("verify") { _ in
      var faults = 1
      do {
        faults = try portal.registry.verify(backup: backups.path(name)).faults.count
      } catch is StorageProblem {
        // It cannot be opened at all.
      }
      try backups.note(name, faults: faults, at: now)
      return SettingUp.backups + (faults == 0 ? "?told=verified" : "?told=faulty")
    }
  }
}
