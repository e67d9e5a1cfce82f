import ArgumentParser
import Documents
import Foundation
import Integrity
import Portal

/// How the site is served: an option says it first, then ITA_… in the environment, then `ita.yaml` in the folder of the
/// registry, then the program.
struct SiteOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The address to listen on; 127.0.0.1, this machine alone, if not given.", valueName: "address"))
  var host: String?

  @Option(help: "The port to listen on; 8080 if not given.") var port: Int?

  @Option(
    help: ArgumentHelp(
      "What people type to come here, such as https://ita.example.go.th; needed for more than this machine.",
      valueName: "address"))
  var origin: String?

  @Option(help: ArgumentHelp("The certificate and its chain in PEM.", valueName: "file"), completion: .file())
  var certificate: String?

  @Option(help: ArgumentHelp("The certificate's private key in PEM.", valueName: "file"), completion: .file())
  var privateKey: String?

  @Option(
    help: ArgumentHelp(
      "The address of a proxy in front, whose word on where a visitor comes from is taken; may be repeated.",
      valueName: "address"))
  var proxy: [String] = []

  @Option(
    help: ArgumentHelp(
      "A folder with your own templates and wordings, looked through before the shipped one.",
      valueName: "dir"),
    completion: .directory)
  var templates: String?

  @Option(
    help: ArgumentHelp(
      "A folder with Sarabun or Laksaman, looked through before the system's.", valueName: "dir"),
    completion: .directory)
  var fonts: String?

  @Option(
    help: ArgumentHelp(
      "A folder for backups made over the site; 'backups' in the folder of the registry, if not given.",
      valueName: "dir"),
    completion: .directory)
  var backups: String?
}

/// What was made of all of them.
struct SiteSettings {
  static let file = "ita.yaml"

  var settings = Settings()
  var templates: String?

  /// - Throws: `Complaints` for the file, `ValidationError` for what does not go together.
  init(_ options: SiteOptions, data folder: String) throws {
    let path = "\(folder)/\(SiteSettings.file)"
    let file =
      try FileManager.default.contents(atPath: path)
      .map { try SiteFile(Intake.File(name: path, bytes: [UInt8]($0))) } ?? SiteFile()
    func said(_ option: String?, _ name: String, _ line: String?) -> String? {
      option ?? RegistryOptions.environment("ITA_\(name)") ?? line
    }
    settings.host = said(options.host, "HOST", file.host) ?? settings.host
    settings.port = try SiteSettings.port(options.port, file.port) ?? settings.port
    settings.origin = try said(options.origin, "ORIGIN", file.origin).map(SiteSettings.origin)
    settings.certificate = said(options.certificate, "CERTIFICATE", file.certificate)
    settings.privateKey = said(options.privateKey, "PRIVATE_KEY", file.privateKey)
    let named = RegistryOptions.environment("ITA_PROXIES")?.split { $0 == "," || $0 == " " }.map(String.init)
    settings.proxies = Set(
      try (options.proxy.isEmpty ? named ?? file.proxies : options.proxy).map { text in
        guard let address = Settings.address(text) else {
          throw ValidationError("'\(text)' is no address; name a proxy by its IP address, such as 127.0.0.1.")
        }
        return address
      })
    settings.fonts = said(options.fonts, "FONTS", file.fonts)
    settings.backups = said(options.backups, "BACKUPS", file.backups) ?? "\(folder)/backups"
    settings.contact = file.contact
    // ITA_TEMPLATES names the shipped ones, here as everywhere.
    templates = options.templates ?? file.templates
    try inspect()
  }

  /// Enough for passwords that are printed anyway, and quick to check in a program built without optimising.
  static let costOfExamples = Passwords.Cost(log2N: 13, r: 8, p: 1)

  /// A registry made by a demo says so on every page, and in its guide how a questionnaire is answered.
  mutating func beExample(_ trying: Trying?) {
    settings.isExample = true
    settings.trying = trying
    settings.cost = SiteSettings.costOfExamples
  }

  private static func port(_ option: Int?, _ line: Int?) throws -> Int? {
    guard let text = option.map(String.init) ?? RegistryOptions.environment("ITA_PORT") else { return line }
    guard let port = Int(text), (1...65_535).contains(port) else {
      throw ValidationError("'\(text)' is no port; give a number from 1 to 65535.")
    }
    return port
  }

  /// The scheme and the host, and the port where it is not the usual one.
  private static func origin(_ text: String) throws -> String {
    let plain = text.hasSuffix("/") ? String(text.dropLast()) : text
    let match = plain.wholeMatch(of: /(https?):\/\/(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+)(:[0-9]+)?/)
    guard let match else {
      throw ValidationError(
        "'\(text)' is no origin; write https:// and the host alone, as https://ita.example.go.th.")
    }
    guard
      match.output.1 == "https" || ["127.0.0.1", "localhost", "[::1]"].contains(match.output.2.lowercased())
    else {
      throw ValidationError(
        "'\(text)' would send passwords without encryption; only this machine itself goes without https.")
    }
    return plain.lowercased()
  }

  private var isHere: Bool { ["127.0.0.1", "localhost", "::1"].contains(settings.host) }

  private func inspect() throws {
    guard (settings.certificate == nil) == (settings.privateKey == nil) else {
      throw ValidationError("A certificate goes with its key: give --certificate and --private-key.")
    }
    for path in [settings.certificate, settings.privateKey].compactMap({ $0 }) {
      guard FileManager.default.isReadableFile(atPath: path) else {
        throw ValidationError("\(path): there is no such file, or it may not be read.")
      }
    }
    if !isHere, settings.origin == nil {
      throw ValidationError(
        "Beyond this machine the site must know its name: say what people type with --origin.")
    }
    if !isHere, settings.origin?.hasPrefix("http:") == true {
      throw ValidationError(
        "Listening on \(settings.host) without https would take passwords from the network without encryption; listen on 127.0.0.1, or give an origin with https."
      )
    }
    if settings.origin?.hasPrefix("https:") == true, settings.certificate == nil, settings.proxies.isEmpty {
      throw ValidationError(
        "Somebody has to speak https: give --certificate and --private-key, or name the proxy that does with --proxy."
      )
    }
  }
}
