import Documents
import Foundation

extension WorkbookTemplate {
  /// What a workbook is about, and so which data it sees.
  public enum Subject: String, Hashable, Sendable, CaseIterable {
    /// Every office of a cycle: the data of `CommitteeReport`.
    case cycle
    /// One office: the data of `OfficeReport`, with its lines as a list.
    case office
  }

  /// The workbooks of a library by name, sorted: `workbooks/committee.yaml` is `committee`.
  public static func names(in library: Library) -> [String] {
    library.paths(ending: ".yaml").filter { $0.hasPrefix("workbooks/") }.map {
      String($0.dropFirst("workbooks/".count).dropLast(".yaml".count))
    }.filter { !$0.contains("/") }
  }

  /// What it is called, and what is in it, where a reader chooses among several.
  public func menu(_ data: ReportData) -> (title: String, note: String) {
    (WorkbookTemplate.text(title, data), note.map { WorkbookTemplate.text($0, data) } ?? "")
  }
}
