import Integrity
import Storage

@testable import Portal

extension Site {
  /// People of the three sorts that tests of the entrance need can sign in.
  func givingPasswords() throws -> Site {
    for role in [Role.director, .officer, .assessor] { try give(password: Site.password, to: role) }
    return self
  }

  /// Gives a name and a password on the page for that.
  func signIn(
    _ role: Role, _ password: String = Site.password, to: String = "/account", in browser: Browser? = nil
  ) async throws -> (Browser, Browser.Answer) {
    let browser = browser ?? self.browser()
    let answer = try await browser.submit(
      [("name", Site.name(role).text), ("password", password), ("to", to), ("kept", "")], on: "/sign-in")
    return (browser, answer)
  }

  /// Gives somebody a password, as their letter would.
  func give(password: String, to role: Role, cost: Passwords.Cost = Site.cost) throws {
    let registry = registry
    let letter = try registry.reset(Site.name(role), by: Signer("admin"), at: clock.now)
    let hash = try Passwords.hash(password, cost: cost) { try registry.peppered($0) }
    _ = try registry.redeem(letter.code, passwordHash: hash, at: clock.now)
  }

  func hash(of role: Role) throws -> String {
    try registry.account(Site.name(role), at: clock.now)?.passwordHash ?? ""
  }

  /// - Returns: the secret of a second factor that is in force.
  func setUpFactor(of role: Role) throws -> [UInt8] {
    let (signer, secret) = (Signer(Site.name(role)), SecondFactor.random().secret)
    try registry.beginSecondFactor(secret, by: signer, at: clock.now)
    try registry.confirmSecondFactor(recoveryCodes: SecondFactor.recoveryCodes(), by: signer, at: clock.now)
    return secret
  }
}
