import HTTPTypes
import Hummingbird
import Logging

/// One line a request: the route's pattern, never the address asked for, nor who asked from where.
enum AccessLog {
  static func note(_ visitor: Visitor, _ request: Request, _ response: Response, _ took: Duration) {
    visitor.logger.info(
      "request",
      metadata: [
        "method": "\(request.method.rawValue.logged)", "route": "\(visitor.endpointPath ?? "none")",
        "status": "\(response.status.code)",
        "ms": "\(took.components.seconds * 1000 + took.components.attoseconds / 1_000_000_000_000_000)",
      ])
  }
}

extension String {
  /// Without anything that could begin a new line, or never end.
  var logged: String {
    String(unicodeScalars.prefix(500).map { $0.value < 32 || $0.value == 127 ? "?" : Character($0) })
  }
}
