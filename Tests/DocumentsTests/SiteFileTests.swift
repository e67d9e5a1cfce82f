import Documents
import Integrity
import Testing

@Suite struct SiteFileTests {
  private func read(_ text: String) throws -> SiteFile {
    try SiteFile(Intake.File(name: "ita.yaml", bytes: [UInt8](text.utf8)))
  }

  @Test func `every line is read`() throws {
    let file = try read(
      """
      host: 0.0.0.0
      port: 8443
      origin: https://ita.example.go.th
      certificate: chain.pem
      private_key: key.pem
      proxies: [10.0.0.1, 10.0.0.2]
      templates: ours
      fonts: fonts
      contact: { th: โทร 1111, en: Call 1111 }
      """)
    #expect(file.host == "0.0.0.0" && file.port == 8443 && file.origin == "https://ita.example.go.th")
    #expect(file.certificate == "chain.pem" && file.privateKey == "key.pem")
    #expect(file.proxies == ["10.0.0.1", "10.0.0.2"])
    #expect(file.templates == "ours" && file.fonts == "fonts")
    #expect(file.contact == Words(thai: "โทร 1111", english: "Call 1111"))
  }

  @Test func `every line may be left out`() throws {
    let file = try read("port: 8443")
    #expect(file.host == nil && file.proxies.isEmpty && file.contact == nil)
  }

  @Test(arguments: [
    ("contact: { th: โทร }", "ita.yaml:1:10: 'contact' of the settings has no English wording; add 'en: …'"),
    ("- port", "ita.yaml:1:1: settings are lines of 'name: value'; write them as in docs/operations.md"),
    (
      "port: many",
      "ita.yaml:1:7: 'port' of the settings must be a whole number from 1 to 65535; write digits 0-9 only"
    ),
    ("prot: 80", "ita.yaml:1:1: 'prot' is not known in the settings; did you mean 'port'?"),
  ])
  func `a fault is named with its place`(text: String, complaint: String) throws {
    let error = #expect(throws: Complaints.self) { _ = try read(text) }
    #expect(error?.description == complaint)
  }
}
