public import Integrity

/// How a site is served, read from `ita.yaml` beside its registry. Every line may be left out.
public struct SiteFile: Sendable {
  public private(set) var host: String?
  public private(set) var port: Int?
  public private(set) var origin: String?
  public private(set) var certificate: String?
  public private(set) var privateKey: String?
  public private(set) var proxies: [String] = []
  public private(set) var templates: String?
  public private(set) var fonts: String?
  public private(set) var backups: String?
  /// Whom people turn to, as the page says it.
  public private(set) var contact: Words?

  /// Where nothing is said.
  public init() {}

  /// - Throws: `Complaints` for what cannot be read, and for every line the site does not know.
  public init(_ file: Intake.File) throws(Complaints) {
    guard file.bytes.count <= 64 * 1024 else {
      throw Complaints([
        Complaint(
          Place(file: file.name), "the file has more than 64 KiB", "give the settings of docs/operations.md")
      ])
    }
    let tree = try YamlTree(bytes: file.bytes, file: file.name, manual: "docs/operations.md")
    guard tree.fields != nil else {
      throw Complaints([
        Complaint(tree.place, "settings are lines of 'name: value'", "write them as in docs/operations.md")
      ])
    }
    let faults = Faults()
    let fields = Fields(tree, "the settings", faults: faults)
    host = fields.text("host")
    port = fields.whole("port", in: 1...65_535)
    origin = fields.text("origin")
    certificate = fields.text("certificate")
    privateKey = fields.text("private_key")
    proxies = fields.names("proxies").map(\.text)
    templates = fields.text("templates")
    fonts = fields.text("fonts")
    backups = fields.text("backups")
    contact = fields.words("contact")
    fields.finish()
    try faults.throwIfAny()
  }
}
