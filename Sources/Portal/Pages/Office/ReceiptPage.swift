import HTTPTypes
import Hummingbird
import Integrity
import NIOCore
import Reports
import Storage

/// What an office has in hand when it has submitted: to be read, printed and taken away as a table.
enum ReceiptPage {
  static let routes: [Route] = [
    .page(Paths.home + "/receipts") { signedIn in
      let desk = try await signedIn.officeDesk()
      let words = try signedIn.words()
      return try signedIn.page(
        "pages/receipts", title: words.say("receipt.list_title"),
        ReceiptList(desk, words, Dates(signedIn.visit.visitor)).fields,
        frame: try signedIn.frame(.signOff, desk))
    },
    .page(Paths.home + "/receipts/{number}") { signedIn in
      let (desk, words) = (try await signedIn.officeDesk(), try signedIn.words())
      let receipt = try receipt(signedIn, desk)
      let data = ReceiptData(
        receipt, desk, by: signedIn.session.who, at: signedIn.now, words, Dates(signedIn.visit.visitor))
      return try signedIn.page(
        "pages/receipt", title: words.say("receipt.title", ["number": receipt.number]), data.fields,
        frame: try signedIn.frame(.signOff, desk))
    },
    .page(Paths.home + "/receipts/{number}/submitted.csv", load: .export) { signedIn in
      let (desk, words, paths) = (try await signedIn.officeDesk(), try signedIn.words(), try signedIn.paths())
      let number = try receipt(signedIn, desk).number
      let submissions = try await signedIn.read { registry, signer, now in
        try registry.submitted(with: number, of: paths.office, in: paths.cycle, by: signer, at: now)
      }
      let name = String(number.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
      return Response(
        status: .ok,
        headers: [
          .contentType: "text/csv; charset=utf-8",
          .contentDisposition: "attachment; filename=\"\(name).csv\"",
        ],
        body: ResponseBody(
          byteBuffer: ByteBuffer(string: SubmittedTable(number, submissions, desk, words).text)))
    },
  ]

  private static func receipt(
    _ signedIn: SignedIn, _ desk: Registry.OfficeDesk
  ) throws -> Registry.Receipt {
    let number: Code<Registry.Receipt> = try signedIn.part("number")
    guard let receipt = desk.receipts.first(where: { $0.number == number.text }) else {
      throw Problem.notFound
    }
    return receipt
  }
}
