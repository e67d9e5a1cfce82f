import Foundation
import HTTPTypes
import Hummingbird
import Integrity
import Reports
import Storage

/// Captures of what an assessor saw: handed in with everything else that stands in the form, and looked at again.
enum CapturePage {
  static let sending = Route(
    method: .post, path: MarkPaths.mark + "/captures", load: .upload, isOpen: false
  ) { visit in
    let signedIn = try visit.signedIn()
    let place = try MarkPlace(signedIn)
    // Nobody who may not judge gets anything onto the disk.
    let refusal = try await refusal(signedIn, place)
    let upload = try await Upload.read(
      visit, MarkForm.fields, file: "capture",
      largest: refusal == nil ? visit.portal.registry.largestFile : 0)
    guard Forgery.matches(upload.fields.token, visit.visitor.token) else { throw Problem.foreignForm }
    if let refusal { throw refusal }
    var form = MarkPage.form
    form.act = { signedIn, fields in
      try await keep(upload, place, signedIn)
      return place.path + place.walk.query([("done", "file_kept")])
    }
    return try await form.answer(signedIn, upload.fields)
  }

  /// What keeps them from judging it; nil where nothing does.
  private static func refusal(_ signedIn: SignedIn, _ place: MarkPlace) async throws -> (any Error)? {
    do {
      return try await signedIn.read { registry, signer, now in
        try registry.markDesk(place.item, of: place.office, in: place.cycle, by: signer, at: now).refusal
      }
    } catch let problem as StorageProblem {
      return problem
    } catch let refusal as Refusal {
      return refusal
    }
  }

  private static func keep(_ upload: Upload, _ place: MarkPlace, _ signedIn: SignedIn) async throws {
    let words = try signedIn.words()
    let file = try checked(upload.file, words, largest: signedIn.portal.registry.largestFile)
    let fields = upload.fields
    let form = try MarkForm(fields)
    let link = fields.text("capture_link")
    try await signedIn.write(fields) { registry, signer, now in
      try MarkAct(place: place, registry: registry, signer: signer, now: now, words: words).insist(on: form)
      try registry.keepCapture(
        file.name.text, of: link, from: file.content.handle, with: form.mark, on: place.item,
        of: place.office, in: place.cycle, seeing: form.expected, by: signer, at: now)
    }
  }

  /// The file, if it is a picture or a print.
  private static func checked(_ file: Upload.File?, _ words: Wording, largest: Int) throws -> Upload.File {
    func fault(_ name: String, _ blanks: [String: String] = [:]) -> FieldFaults {
      FieldFaults("capture", words.say("marking.\(name)", blanks))
    }
    guard let file else { throw fault("fault_no_file") }
    guard !file.isTooLarge else {
      throw fault("fault_large", ["name": file.name.text, "most": "\(largest >> 20)"])
    }
    guard let kind = FileKind(name: file.name.text), kind.isShown,
      try FileKind(content: file.content) == kind
    else { throw fault("fault_kind", ["name": file.name.text]) }
    return file
  }

  static let showing = Route.page(MarkPaths.mark + "/captures/{digest}/{name}", load: .export) { signedIn in
    let place = try MarkPlace(signedIn)
    let parameters = signedIn.visit.visitor.parameters
    guard let digest = parameters.get("digest"), let given = parameters.get("name")?.removingPercentEncoding
    else { throw Problem.notFound }
    let file = try await signedIn.read { registry, signer, now in
      let file = try Scratch()
      try registry.writeCapture(
        digest, on: place.item, of: place.office, in: place.cycle, to: file.handle, by: signer, at: now)
      return file
    }
    return try EvidencePage.response(
      file, FileName(given), isShown: signedIn.visit.asked("view") == "1")
  }
}
