import HTTPTypes

extension HTTPFields {
  /// Sets what every answer carries, each header exactly once. A route that needs something else has set its policy
  /// before: only evidence may be framed, by our own pages.
  mutating func harden(isPrivate: Bool, isSecure: Bool) {
    let own = self[.contentSecurityPolicy]
    self[.contentSecurityPolicy] =
      own
      ?? "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; script-src 'self'; connect-src 'self'; "
      + "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    self[.xContentTypeOptions] = "nosniff"
    self[.referrerPolicy] = "no-referrer"
    self[.crossOriginOpenerPolicy] = self[.crossOriginOpenerPolicy] ?? "same-origin"
    self[.crossOriginResourcePolicy] = "same-origin"
    self[.permissionsPolicy] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
    if isSecure { self[.strictTransportSecurity] = "max-age=31536000; includeSubDomains" }
    if isPrivate || self[.cacheControl] == nil { self[.cacheControl] = "no-store" }
  }
}

extension HTTPField.Name {
  /// All of them are tokens; the literal is only to say so without a doubt.
  private static func own(_ name: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(name) else { preconditionFailure("'\(name)' is no name of a header") }
    return name
  }

  static let referrerPolicy = own("Referrer-Policy")
  static let crossOriginOpenerPolicy = own("Cross-Origin-Opener-Policy")
  static let crossOriginResourcePolicy = own("Cross-Origin-Resource-Policy")
  static let permissionsPolicy = own("Permissions-Policy")
  static let secFetchSite = own("Sec-Fetch-Site")
  static let forwardedFor = own("X-Forwarded-For")
}
