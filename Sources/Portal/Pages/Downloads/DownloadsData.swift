import Integrity
import Reports
import Storage

/// The menu of reports and the reports that were asked for, as pages show them.
struct DownloadsData {
  private let desk: Registry.DownloadsDesk
  private let words: Wording
  private let dates: Dates

  init(_ desk: Registry.DownloadsDesk, _ words: Wording, _ dates: Dates) {
    (self.desk, self.words, self.dates) = (desk, words, dates)
  }

  private var cycle: Cycle { desk.cycle }
  private var path: String { DownloadsPage.path(cycle.code) }

  /// A report as the menu offers it.
  struct Entry {
    let name: String
    let title: String
    let note: String
    let kind: String
  }

  /// Every report, the workbooks first. Option counts are for whoever works on results alone.
  func menu(_ workbooks: [(name: String, template: WorkbookTemplate)]) -> [Entry] {
    let data: ReportData = ["words": words.data, "cycle": ["year": .text(words.year(cycle.year))]]
    let books = workbooks.map { name, template in
      let (title, note) = template.menu(data)
      return Entry(name: "workbook-\(name)", title: title, note: note, kind: "XLSX")
    }
    func entry(_ name: String, _ kind: String) -> Entry {
      Entry(
        name: name, title: words.text("downloads", "\(name)_title"),
        note: words.text("downloads", "\(name)_note"),
        kind: kind)
    }
    return books + [entry("scorecards", "ZIP"), entry("lines", "CSV")]
      + (desk.isFromInside ? [entry("working", "JSON")] : [])
  }

  func fields(_ menu: [Entry]) -> [String: ReportData] {
    [
      "place": .text(
        words.facts([words.say("banner.year", ["year": words.year(cycle.year)]), standing])),
      "entries": .list(
        menu.map { entry in
          [
            "value": .text(entry.name), "title": .text(entry.title), "note": .text(entry.note),
            "kind": .text(entry.kind),
          ]
        }),
      "languages": .list(
        Language.allCases.map { language in
          [
            "value": .text(language.rawValue), "title": .text(language == .thai ? "ไทย" : "English"),
            "is_chosen": .flag(language == words.language),
          ]
        }),
      "action": .text(path), "kept": .text(words.say("downloads.kept", ["minutes": "\(Exports.kept / 60)"])),
    ]
  }

  /// Whether what is taken away may still change.
  private var standing: String {
    switch cycle.stage {
    case .preparing, .open: words.say("downloads.not_sealed")
    case .sealed: words.say("downloads.sealed")
    case .published: words.say("downloads.published")
    }
  }

  // What was asked for.

  /// - Parameter menu: what it is called in the reader's language.
  func one(_ job: Exports.Job, _ menu: [Entry]) -> [String: ReportData] {
    let isReady = if case .ready = job.state { true } else { false }
    let isFailed = if case .failed = job.state { true } else { false }
    return [
      "title": .text(menu.first { $0.name == job.report }?.title ?? job.name), "name": .text(job.name),
      "href": .text("\(path)/\(job.id)"),
      "file": .text("\(path)/\(job.id)/file"), "state_href": .text("\(path)/\(job.id)/state"),
      "back": .text(path), "state": .text(state(job)), "share": .text("\(share(job))"),
      "is_ready": .flag(isReady), "is_failed": .flag(isFailed), "is_under_way": .flag(!job.isOver),
      "ends": .text(words.say("downloads.ends", ["time": dates.time(job.ends)])),
    ]
  }

  /// Per cent that is done.
  func share(_ job: Exports.Job) -> Int {
    switch job.state {
    case .waiting, .failed: 0
    case .running(let done, let all): all > 0 ? done * 100 / all : 0
    case .ready: 100
    }
  }

  func state(_ job: Exports.Job) -> String {
    switch job.state {
    case .waiting: return words.say("downloads.waiting")
    case .running(let done, let all):
      if all == 0 { return words.say("downloads.beginning") }
      return words.say("downloads.running", ["done": done.shown, "all": all.shown])
    case .ready(let file): return words.say("downloads.ready", ["size": size(of: file)])
    case .failed: return words.say("downloads.failed")
    }
  }

  /// `1.2 MB`, `34 kB`.
  private func size(of file: Scratch) -> String {
    let bytes = file.size
    if bytes < 1_000_000 { return "\(max(1, bytes / 1000)) kB" }
    return "\(bytes / 1_000_000).\(bytes % 1_000_000 / 100_000) MB"
  }
}
