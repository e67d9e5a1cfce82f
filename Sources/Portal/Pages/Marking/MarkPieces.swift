import Integrity
import Reports
import Storage

/// The left side of the page: what the office has submitted, piece after piece, and the year before.
struct MarkPieces {
  private let page: MarkData
  private var desk: Registry.MarkDesk { page.desk }
  private var words: Wording { page.words }
  private var language: Language { page.words.language }
  private let paths: Paths

  init(_ page: MarkData) {
    self.page = page
    paths = Paths(cycle: page.desk.cycle.code, office: page.desk.office.code)
  }

  var fields: [String: ReportData] {
    let pieces = pieces
    let last = lastYear
    let note = desk.submission?.note ?? ""
    return [
      "answer": .text(answer), "sent": ReportData(sent), "is_submitted": .flag(desk.submission != nil),
      "pieces": .list(pieces), "has_pieces": .flag(!pieces.isEmpty || last != nil), "last": last ?? .absent,
      "office_note": .text(note), "has_office_note": .flag(!note.isEmpty),
      "links": .list(desk.submission?.links.map { .text($0) } ?? []),
      "nothing": .flag(desk.submission?.evidence.isEmpty ?? true),
    ]
  }

  private var answer: String {
    guard let submission = desk.submission else { return words.say("marking.not_submitted") }
    return words.say(submission.isDisclosed == true ? "marking.answered_yes" : "marking.answered_no")
  }

  private var sent: String? {
    guard let submission = desk.submission, let at = desk.submittedAt else { return nil }
    return words.say(
      "marking.submitted_at", ["version": "\(submission.version)", "when": page.dates.moment(at)])
  }

  // Piece after piece.

  private var pieces: [ReportData] {
    var (links, files, notes) = (0, 0, 0)
    return (desk.submission?.evidence ?? []).enumerated().map { index, evidence in
      var fields: [String: ReportData] = [
        "id": .text("piece-\(index + 1)"), "page": .text(evidence.pointer),
        "has_page": .flag(!evidence.pointer.isEmpty), "quote": .text(evidence.quote),
        "has_quote": .flag(!evidence.quote.isEmpty),
        "nature": evidence.nature == .document
          ? .absent : .text(evidence.nature.title.in(language).sentence(in: language)),
      ]
      switch evidence.content {
      case .link(let address):
        links += 1
        fields.merge(link(address, links)) { $1 }
      case .file(let name, let digest, let bytes):
        files += 1
        fields.merge(file(name, digest, bytes, files, evidence.pointer)) { $1 }
      case .note(let text):
        notes += 1
        fields.merge([
          "label": .text(words.say("marking.tab_note", ["number": "\(notes)"])), "text": .text(text),
          "is_note": true,
        ]) { $1 }
      }
      return .record(fields)
    }
  }

  private func link(_ address: String, _ number: Int) -> [String: ReportData] {
    let host = address.hasPrefix("https://") ? address.dropFirst(8) : address.dropFirst(7)
    let look = page.mark.looks.first { $0.link == address }
    let isPDF = address.lowercased().prefix { $0 != "?" && $0 != "#" }.hasSuffix(".pdf")
    return [
      "label": .text(words.say("marking.tab_link", ["number": "\(number)"])),
      "kind": .text(isPDF ? "PDF" : words.say("marking.web")), "is_link": true, "number": .text("\(number)"),
      "address": .text(address), "shown": .text(String(host)),
      "open": Evidence.flaw(ofLink: address) == nil ? .text(address) : .absent,
      "states": .list(
        [("", words.say("link_state.not_seen"))].map { choice($0.0, $0.1, look == nil) }
          + LinkState.allCases.map { choice($0.rawValue, MarkWords(words).link($0), look?.state == $0) }),
      "seen": ReportData(seen(address)),
      "is_well": .flag(look?.state == .opened), "is_ill": .flag(look.map { $0.state != .opened } ?? false),
    ]
  }

  private func choice(_ value: String, _ title: String, _ isChosen: Bool) -> ReportData {
    ["value": .text(value), "title": .text(title), "is_chosen": .flag(isChosen)]
  }

  /// When it was seen as it is said to be.
  private func seen(_ address: String) -> String? {
    let all = desk.own?.seen ?? desk.seen
    guard let seen = all.first(where: { $0.link == address }),
      page.mark.looks.contains(Mark.Look(seen.link, seen.state))
    else { return nil }
    return words.say(
      "marking.seen_at",
      ["state": MarkWords(words).link(seen.state), "when": page.dates.moment(seen.at)])
  }

  private func file(_ name: String, _ digest: String, _ bytes: Int, _ number: Int, _ pointer: String)
    -> [String: ReportData]
  {
    let kind = FileKind(name: name)
    let href = paths.file(digest, name)
    // Where the office says which page to look at, the reader begins there.
    let first = pointer.drop { !$0.isASCII || !$0.isNumber }.prefix { $0.isASCII && $0.isNumber }
    let page = kind == .pdf && !first.isEmpty && first.count < 5 ? "#page=\(first)" : ""
    return [
      "label": .text(words.say("marking.tab_file", ["number": "\(number)"])),
      "kind": .text(kind?.rawValue.uppercased() ?? ""), "is_file": true, "name": .text(name),
      "href": .text(href), "size": .text(ByteCount.shown(bytes)),
      "open": kind?.isShown == true ? .text(href + "?view=1") : .text(href),
      "paper": kind == .pdf ? .text(href + "?view=1" + page) : .absent,
      "picture": kind == .png || kind == .jpeg ? .text(href + "?view=1") : .absent,
      "frame_title": .text(words.facts([words.say("marking.tab_file", ["number": "\(number)"]), name])),
    ]
  }

  // The year before.

  private var lastYear: ReportData? {
    guard let last = desk.lastYear else { return nil }
    let evidence = last.submission?.evidence ?? []
    let reason = last.finding?.reason ?? ""
    let isFull = last.finding.map { last.item.isFull($0.judgement) } ?? false
    var missing: String?
    if case .elements(let found)? = last.finding?.judgement {
      let titles = last.item.elements.filter { !found.contains($0.key) }.map { $0.title.in(language).held }
      missing = titles.isEmpty ? nil : words.say("marking.last_missing", ["what": words.titles(titles)])
    }
    return [
      "title": .text(
        words.say(
          "marking.last_year", ["year": words.year(last.year), "code": last.itemCode.text])),
      "result": ReportData(last.finding.map { MarkWords(words).verdict($0.judgement, last.item) }),
      "is_full": .flag(isFull), "was_short": .flag(last.finding != nil && !isFull),
      "reason": .text(reason), "has_reason": .flag(!reason.isEmpty), "missing": ReportData(missing),
      "evidence": .list(evidence.map(earlier)), "has_evidence": .flag(!evidence.isEmpty),
      "note": .text(last.submission?.note ?? ""),
      "has_note": .flag(!(last.submission?.note ?? "").isEmpty),
    ]
  }

  private func earlier(_ evidence: Evidence) -> ReportData {
    var fields: [String: ReportData] = [
      "page": .text(evidence.pointer), "has_page": .flag(!evidence.pointer.isEmpty),
    ]
    switch evidence.content {
    case .link(let link):
      let host = link.hasPrefix("https://") ? link.dropFirst(8) : link.dropFirst(7)
      fields["text"] = .text(String(host))
      fields["href"] = Evidence.flaw(ofLink: link) == nil ? .text(link) : .absent
    case .file(let name, _, _):
      fields["text"] = .text(name)
      fields["is_file"] = true
    case .note(let text): fields["text"] = .text(text)
    }
    return .record(fields)
  }
}

extension Submission {
  /// Addresses of its links, in their order.
  var links: [String] {
    evidence.compactMap { if case .link(let link) = $0.content { link } else { nil } }
  }
}
