import HTTPTypes
import Hummingbird
import Integrity
import Reports
import Storage

/// What giving offices out would do, looked at before it is done, and carried out exactly so by the form on this page.
struct GivingPlanPage {
  let plan: Registry.GivingPlan
  /// Where the form goes that carries it out.
  let action: String
  /// What was asked for, to be sent again.
  let hidden: [(name: String, value: String)]
  /// Names the heading.
  let title: String
  var seed: String?
  /// Whose work it is, where somebody leaves.
  var leaver: Code<Person>?
  var reason: String?

  /// The most offices that are listed one by one.
  private static let mostListed = 1000

  /// A form that is looked at first: only with `do=confirm` it is done by the form itself.
  static func sent(
    _ form: Form, _ plan: @escaping @Sendable (SignedIn, Fields) async throws -> GivingPlanPage
  ) -> Route {
    // A form that is only looked at goes the same way as one that is done, so that faults come back the same.
    var preview = form
    preview.act = { signedIn, sent in throw Shown(response: try await plan(signedIn, sent).response(signedIn))
    }
    let looking = preview
    return Route(method: .post, path: form.path, load: .form, isOpen: false, fields: form.fields) { visit in
      let signedIn = try visit.signedIn()
      let sent = try await visit.fields(form.fields)
      guard Forgery.matches(sent.token, visit.visitor.token) else { throw Problem.foreignForm }
      if sent.text("do") == "confirm" { return try await form.answer(signedIn, sent) }
      do {
        return try await looking.answer(signedIn, sent)
      } catch let shown as Shown {
        return shown.response
      }
    }
  }

  private struct Shown: Error {
    let response: Response
  }

  private func response(_ signedIn: SignedIn) throws -> Response {
    let words = try signedIn.words()
    var fields = data(words)
    fields["form"] = try signedIn.visit.form(action)
    return try signedIn.page(
      "pages/lead-plan", title: words.say("giving.title"), fields,
      frame: try AssigningPage.frame(signedIn, plan.cycle))
  }

  private func data(_ words: Wording) -> [String: ReportData] {
    let gifts = Dictionary(grouping: plan.gifts, by: \.to)
    let concerned = plan.assessors.filter { load in
      gifts[load.id] != nil || load.isActive && seed != nil && load.code != leaver
    }
    let name = plan.assessors.first { $0.code == leaver }?.name
    let isListed = plan.gifts.count <= GivingPlanPage.mostListed
    return [
      "heading": .text(words.say(title)), "back": .text(action), "digest": .text(plan.digest),
      "hidden": .list(hidden.map { ["name": .text($0.name), "value": .text($0.value)] }),
      "seed": ReportData(seed), "leaver": ReportData(name), "reason": ReportData(reason),
      "rows": .list(
        concerned.map { load in
          let own = gifts[load.id] ?? []
          let items = own.reduce(0) { $0 + $1.count }
          return [
            "name": .text(load.name), "before": .text(load.offices.shown), "gets": .text(own.count.shown),
            "items": .text(items.shown), "after": .text((load.offices + own.count).shown),
            "offices": .list(isListed ? own.map { gift($0, words) } : []),
            "has_offices": .flag(isListed && !own.isEmpty),
          ]
        }),
      "kept": .list(plan.kept.map { kept($0, words) }), "has_kept": .flag(!plan.kept.isEmpty),
      "kept_title": .text(words.say("giving.kept", ["count": plan.kept.count.shown])),
      "is_unlisted": .flag(!isListed), "may": .flag(mayConfirm),
      "decisions": plan.decisions > 0
        ? .text(words.say("giving.decisions", ["count": plan.decisions.shown])) : .absent,
      "finished": plan.finished > 0
        ? .text(words.say("giving.finished", ["count": plan.finished.shown])) : .absent,
      "confirm": .text(
        words.say(
          leaver == nil ? "giving.confirm" : "giving.confirm_hand_over", ["count": plan.gifts.count.shown])),
      "nothing": .flag(!mayConfirm),
    ]
  }

  private var mayConfirm: Bool { !plan.gifts.isEmpty || plan.decisions > 0 || plan.finished > 0 }

  private func gift(_ gift: Registry.Gift, _ words: Wording) -> ReportData {
    [
      "code": .text(gift.office.text),
      "name": .text(Office(code: gift.office, name: gift.name).shortName(words).held),
      "part": ReportData(gift.items.map { words.say("assigning.some", ["count": $0.count.shown]) }),
    ]
  }

  private func kept(_ kept: Registry.KeptOffice, _ words: Wording) -> ReportData {
    let why: String =
      switch kept.why {
      case .held(let names): words.say("giving.held", ["names": words.list(names)])
      case .nobody: words.say("giving.nobody")
      case .readerBarred: words.say("giving.reader_barred")
      case .barred(.conflict): words.say("giving.barred")
      case .barred: words.say("giving.no_role")
      }
    return [
      "code": .text(kept.office.text),
      "name": .text(Office(code: kept.office, name: kept.name).shortName(words).held), "why": .text(why),
    ]
  }
}
