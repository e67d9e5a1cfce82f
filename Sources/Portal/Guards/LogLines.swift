import Foundation
public import Logging

/// One line an event to standard error, as `name=value` pairs: a journal keeps it, and any tool reads it. No event of ours
/// holds an address that was asked for, who asked, or anything that was typed.
struct LogLines: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.info

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
    FileHandle.standardError.write(
      Data(LogLines.line(event.level, event.message.description, all, at: Date()).utf8))
  }

  static func line(
    _ level: Logger.Level, _ message: String, _ metadata: Logger.Metadata, at time: Date
  ) -> String {
    let fields =
      [("time", time.ISO8601Format()), ("level", level.rawValue), ("message", message)]
      + metadata.sorted { $0.key < $1.key }.map { ($0.key, $0.value.description) }
    return fields.map { "\($0.0)=\(quoted($0.1))" }.joined(separator: " ") + "\n"
  }

  /// In quotation marks unless it is one plain word; never with a line end of its own.
  private static func quoted(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.:/{}".contains($0)) }
    if isPlain { return text }
    return "\"" + text.logged.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}

extension Logger {
  /// The site's own log.
  public static func lines(level: Level = .info) -> Logger {
    var logger = Logger(label: "ita") { _ in LogLines() }
    logger.logLevel = level
    return logger
  }
}
