import Foundation
import HTTPTypes
import Hummingbird
import Integrity
import NIOCore
import Storage

/// Files that an office has handed in.
enum EvidencePage {
  static let routes: [Route] = [
    .page(Paths.home + "/files/{digest}/{name}", load: .file) { signedIn in
      let (cycle, office): (Code<Cycle>, Code<Office>) = (
        try signedIn.part("cycle"), try signedIn.part("office")
      )
      let parameters = signedIn.visit.visitor.parameters
      guard let digest = parameters.get("digest"), let given = parameters.get("name")?.removingPercentEncoding
      else { throw Problem.notFound }
      let file = try await signedIn.read { registry, signer, now in
        let file = try Scratch()
        try registry.writeFile(digest, of: office, in: cycle, to: file.handle, by: signer, at: now)
        return file
      }
      return try response(file, FileName(given), isShown: signedIn.visit.asked("view") == "1")
    }
  ]

  static func response(_ file: Scratch, _ name: FileName, isShown: Bool) throws -> Response {
    let kind = try FileKind(content: file)
    // Whatever the address calls it: the name ends as the content is.
    guard !name.text.isEmpty, kind == nil || FileKind(name: name.text) == kind else { throw Problem.notFound }
    let isInline = isShown && kind?.isShown ?? false
    var headers: HTTPFields = [
      .contentType: kind?.type ?? "application/octet-stream",
      .contentDisposition: "\(isInline ? "inline" : "attachment"); \(name.disposition)",
    ]
    headers.keepApart(kind, isFramed: isInline)
    return Response(status: .ok, headers: headers, body: file.body)
  }
}

extension HTTPFields {
  /// What somebody handed in gets no rights of the site. Only what browsers show themselves may stand in a frame of our
  /// own pages; a reader of PDFs does not run within a sandbox, and a PDF runs nothing outside its reader.
  fileprivate mutating func keepApart(_ kind: FileKind?, isFramed: Bool) {
    let rest = "default-src 'none'; base-uri 'none'; form-action 'none'"
    self[.contentSecurityPolicy] =
      switch (isFramed, kind) {
      case (true, .pdf?): "\(rest); object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
      case (true, _): "\(rest); img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
      default: "\(rest); frame-ancestors 'none'; sandbox"
      }
  }
}

extension Paths {
  /// A file of the office, by its digest and what it is called.
  func file(_ digest: String, _ name: String) -> String { "\(home)/files/\(digest)/\(name.queryEscaped)" }
}
