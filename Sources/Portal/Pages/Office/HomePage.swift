import Hummingbird
import Integrity
import Reports
import Storage

/// The overview of an office.
enum HomePage {
  static let routes: [Route] = [
    .page(Paths.home) { signedIn in
      let (cycle, office): (Code<Cycle>, Code<Office>) = (
        try signedIn.part("cycle"), try signedIn.part("office")
      )
      let (desk, may) = try await signedIn.read { registry, signer, now in
        (
          try registry.officeDesk(office, in: cycle, by: signer, at: now),
          try registry.mayAct([.submit, .pass, .readProgress], on: office, in: cycle, by: signer, at: now)
        )
      }
      // Whoever judges the office item by item is not shown what it comes to.
      guard may.contains(.readProgress) else { throw Problem.notFound }
      let words = try signedIn.words()
      let home = HomeData(desk, may: may, at: signedIn.now, words, Dates(signedIn.visit.visitor))
      return try signedIn.page(
        "pages/home", title: words.say("home.title"), home.fields,
        frame: try signedIn.frame(.home, desk.cycle, desk.rubric, desk.office))
    }
  ]
}
