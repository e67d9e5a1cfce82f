public import Integrity

/// How the site is served: working defaults, values only; where they come from is the command's business.
public struct Settings: Sendable {
  /// Where it listens.
  public var host = "127.0.0.1"
  public var port = 8080
  /// What people type, without a path: `https://ita.example.go.th`; nil for plain http on this machine alone.
  public var origin: String?
  /// Files with the certificate chain and its key in PEM; nil where a proxy in front speaks TLS, or nobody does.
  public var certificate: String?
  public var privateKey: String?
  /// Addresses of proxies whose word about the visitor's address is taken.
  public var proxies: Set<String> = []
  /// A session ends after so many seconds without a request; sooner for whoever decides over others.
  public var idle: Int64 = 30 * 60
  public var idleOfDeciders: Int64 = 15 * 60
  /// And in any case after so many.
  public var absolute: Int64 = 8 * 3600
  /// How much work a guess at a password is.
  public var cost = Passwords.Cost.standard
  /// The most connections at once; of one network, proxies aside, half of them.
  public var connections = 4096
  /// How long a connection may be idle, its next request take to begin, or a piece of an answer to leave.
  public var silence = Duration.seconds(30)
  /// How long a form without files may take to arrive.
  public var patience = Duration.seconds(30)
  /// How long what is under way may take to be finished when the site is to stop.
  public var grace = Duration.seconds(20)
  /// How many are answered at once, where it is not as usual.
  var crowd: [Crowd.Load: Int] = [:]
  /// A folder looked through for a Thai font before the system's.
  public var fonts: String?
  /// A folder for copies of the registry; nil where none are made over the site.
  public var backups: String?
  /// Whom people turn to, for the page that says so.
  public var contact: Words?
  /// In a rehearsal, how many seconds the site's clock is behind the devices that show people their numbers.
  public var secondsBehind: Int64 = 0
  /// For the test that looks for leaks.
  var leaks: Leaks = []
  /// Says on every page that all people and figures are invented.
  public var isExample = false
  /// Of an example, where a visitor may answer a questionnaire.
  public var trying: Trying?

  public init() {}

  /// What the log must not have of those who answer: a test that looks for leaks has to find each.
  struct Leaks: OptionSet, Sendable {
    let rawValue: Int

    /// The number of the form that was sent.
    static let forms = Leaks(rawValue: 1)
    /// How long each page was.
    static let sizes = Leaks(rawValue: 2)
  }

  /// An address as it is compared with: nil for what is none, such as a name.
  public static func address(_ text: String) -> String? {
    Addresses.isAddress(text) ? Addresses.plain(text) : nil
  }

  /// Only plain http on this machine goes without secure cookies.
  var isSecure: Bool { base.hasPrefix("https://") }

  /// The site's own origin.
  var base: String { origin ?? "\(certificate == nil ? "http" : "https")://\(shownHost):\(port)" }

  /// Base addresses under which it answers: on this machine alone, by either of its names.
  var bases: Set<String> {
    let isLocal = origin == nil && shownHost == "127.0.0.1"
    return isLocal ? [base, base.replacing("127.0.0.1", with: "localhost")] : [base]
  }

  private var shownHost: String { host == "0.0.0.0" ? "127.0.0.1" : host.contains(":") ? "[\(host)]" : host }
}
