import Hummingbird
import Integrity
import Reports
import Storage

/// The score that an office's own marks would give, for its own people alone.
enum SelfCheckPage {
  static let routes: [Route] = [
    .page(Paths.home + "/self-check") { signedIn in
      let (cycle, office): (Code<Cycle>, Code<Office>) = (
        try signedIn.part("cycle"), try signedIn.part("office")
      )
      let desk = try await signedIn.read { registry, signer, now in
        // Assessors may read what is submitted, and are told nothing of what the office thinks of itself.
        let own = try registry.currentCycles(for: signer, at: now) ?? []
        guard own.contains(where: { $0.cycle.code == cycle && $0.offices.contains { $0.code == office } })
        else {
          throw Problem.notFound
        }
        return try registry.officeDesk(office, in: cycle, by: signer, at: now)
      }
      let words = try signedIn.words()
      return try signedIn.page(
        "pages/self-check", title: words.say("self_check.title"), SelfCheckData(desk, words).fields,
        frame: try signedIn.frame(nil, desk.cycle, desk.rubric, desk.office))
    }
  ]
}
