import ArgumentParser
import Documents
import Integrity
import Reports
import Storage

struct LettersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "letters", abstract: "Write the sheets by which people sign in for the first time.",
    discussion: """
      Example: ita letters --office 4001 -o letters.html --address https://ita.office.example --as office-admin

      One A4 sheet for everybody who has not signed in yet, in Thai and English, to be printed and handed over. Each \
      carries a code that may be used once, within 30 days; a code from an earlier sheet is void from now on. The file \
      is for its owner's eyes only; delete it once it is printed. Refused to anybody but an administrator, and for \
      their own office its administrator.
      """)

  @Option(help: "Only people who serve at this office. May be repeated.") var office: [Code<Office>] = []
  @Option(name: .shortAndLong, help: "The file to write.", completion: .file(extensions: ["html"]))
  var output: String
  @Option(help: "Where the site is reached, as printed on the sheet.") var address: String?

  @Option(
    help: "A folder of templates of your own; what is not in it is taken from the shipped ones.",
    completion: .directory)
  var templates: String?

  @OptionGroup(title: "Registry") var registry: RegistryOptions

  func run() throws {
    // Whatever is wrong with a template is said before any code is made.
    let pages = try registry.guarded { try Pages(try Library.templates(own: templates)) }
    let count = try registry.writing { registry, signer, now in
      var count = 0
      try Console.writePrivately(to: output) {
        let letters = try registry.letters(of: office.isEmpty ? nil : office, by: signer, at: now)
        guard !letters.isEmpty else {
          throw StorageProblem.invalid("everybody has signed in already; there is nobody to write to")
        }
        count = letters.count
        let report = LettersReport(letters: letters.map(\.sheet), address: address)
        return try pages.render(
          "letters", report.data(thai: try pages.words(.thai), english: try pages.words(.english)))
      }
      return count
    }
    Console.say("\(output): \(Console.count(count, "letter"))")
  }
}

extension Registry.Letter {
  fileprivate var sheet: LettersReport.Letter {
    LettersReport.Letter(
      person: person, name: name, post: post, office: office, code: code, expires: expires)
  }
}
