import HTTPTypes
import Hummingbird
import Integrity
import NIOCore
import Reports
import Storage

/// Every disclosure of an office, by sub-indicator; to look through, to search and to take away as a table.
enum DisclosuresPage {
  static let routes: [Route] = [
    .page(Paths.home + "/disclosures") { signedIn in
      let desk = try await desk(signedIn)
      let words = try signedIn.words()
      let rows = DisclosureRows(desk, DisclosureFilter(signedIn.visit), at: signedIn.now, words)
      return try signedIn.page(
        "pages/disclosures", title: words.say("disclosures.title"), rows.fields,
        frame: try signedIn.frame(.disclosures, desk.cycle, desk.rubric, desk.office))
    },
    .page(Paths.home + "/disclosures.csv") { signedIn in
      let desk = try await desk(signedIn)
      let words = try signedIn.words()
      let table = DisclosureTable(desk, at: signedIn.now, words).text
      let name = "disclosures-\(desk.cycle.code.text.plain)-\(desk.office.code.text.plain).csv"
      return Response(
        status: .ok,
        headers: [
          .contentType: "text/csv; charset=utf-8", .contentDisposition: "attachment; filename=\"\(name)\"",
        ], body: ResponseBody(byteBuffer: ByteBuffer(string: table)))
    },
  ]

  private static func desk(_ signedIn: SignedIn) async throws -> Registry.OfficeDesk {
    let (cycle, office): (Code<Cycle>, Code<Office>) = (
      try signedIn.part("cycle"), try signedIn.part("office")
    )
    return try await signedIn.read { registry, signer, now in
      try registry.officeDesk(office, in: cycle, by: signer, at: now)
    }
  }
}
