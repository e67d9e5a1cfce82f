import Hummingbird
import Integrity
import Reports
import Storage

/// An assessor's own sentences, for one disclosure or for all.
enum CommentsPage {
  private static let path = "/{cycle}/comments"

  static let routes = Form(
    path: path, fields: Fields.Names(once: ["text", "item", "code", "over", "do"]), show: show, act: act
  ).routes

  private static func show(_ signedIn: SignedIn, _ entered: Entered) async throws -> Response {
    let code: Code<Cycle> = try signedIn.part("cycle")
    let (comments, cycle, rubric) = try await signedIn.read { registry, signer, now in
      (
        try registry.comments(by: signer, at: now), try registry.cycle(code), try registry.rubric(of: code)
      )
    }
    let words = try signedIn.words()
    let edited = entered.fields?.text("over") ?? signedIn.visit.asked("edit") ?? ""
    let old = comments.first { "\($0.id)" == edited }
    let item = entered.value("item", or: old?.item?.text ?? signedIn.visit.asked("item") ?? "")
    let reason = entered.value("code", or: old?.code?.rawValue ?? "")
    let items = rubric.items.filter { $0.instrument.questionnaire == nil }.map(\.item)
    let paths = MarkPaths(cycle: code)
    func title(_ key: Key?) -> String {
      guard let key else { return words.say("comments.every_item") }
      return items.first { $0.key == key }.map { "\($0.code) \($0.title.in(words.language))" } ?? key.text
    }
    return try signedIn.page(
      "pages/marking-comments", title: words.say("comments.title"),
      [
        "form": try signedIn.visit.form(paths.comments, entered), "path": .text(paths.comments),
        "over": ReportData(old.map { "\($0.id)" }), "is_editing": .flag(old != nil),
        "text": try signedIn.visit.field("text", in: "comments", entered, or: old?.text ?? ""),
        "items": .list(
          items.map { one in
            [
              "value": .text(one.key.text), "title": .text(title(one.key).held),
              "is_chosen": .flag(one.key.text == item),
            ]
          }),
        "codes": .list(
          ReasonCode.allCases.map { code in
            [
              "value": .text(code.rawValue), "title": .text(MarkWords(words).code(code).held),
              "is_chosen": .flag(code.rawValue == reason),
            ]
          }),
        "comments": .list(
          comments.map { comment in
            [
              "id": .text("\(comment.id)"), "text": .text(comment.text),
              "item": .text(title(comment.item).held),
              "code": ReportData(comment.code.map(MarkWords(words).code)),
              "edit": .text("\(paths.comments)?edit=\(comment.id)#text"),
            ]
          }), "is_empty": .flag(comments.isEmpty),
        "count": .text(words.say("comments.count", ["count": comments.count.shown])),
      ], frame: try signedIn.frame(.marking, .comments, in: cycle))
  }

  private static func act(_ signedIn: SignedIn, _ sent: Fields) async throws -> String {
    let code: Code<Cycle> = try signedIn.part("cycle")
    let (words, path) = (try signedIn.words(), MarkPaths(cycle: code).comments)
    let wish = sent.text("do")
    if wish.hasPrefix("drop_") {
      guard let id = Int64(wish.dropFirst("drop_".count)) else { throw Problem.oddForm("do") }
      try await signedIn.write(sent) { registry, signer, now in
        try registry.dropComment(id, by: signer, at: now)
      }
      return path + "?done=comment_deleted"
    }
    guard wish == "save" else { throw Problem.oddForm("do") }
    let text = sent.text("text")
    var faults: [FieldFault] = []
    if text.isEmpty { faults.append(FieldFault("text", words.say("comments.fault_empty"))) }
    faults.append(tooLong: text, most: Registry.longestComment, "text", words)
    guard faults.isEmpty else { throw FieldFaults(faults) }
    let item = sent.text("item")
    let reason = sent.text("code")
    guard reason.isEmpty || ReasonCode(rawValue: reason) != nil else { throw Problem.oddForm("code") }
    let over = sent.text("over")
    guard over.isEmpty || Int64(over) != nil else { throw Problem.oddForm("over") }
    try await signedIn.write(sent) { registry, signer, now in
      let keys = try registry.rubric(of: code).items.map(\.item.key)
      guard item.isEmpty || keys.contains(Key(item)) else { throw Problem.oddForm("item") }
      try registry.keepComment(
        text, for: item.isEmpty ? nil : Key(item), code: ReasonCode(rawValue: reason), over: Int64(over),
        by: signer, at: now)
    }
    return path + "?done=comment_kept"
  }
}
