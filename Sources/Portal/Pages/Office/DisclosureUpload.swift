import Foundation
import HTTPTypes
import Hummingbird
import Integrity
import Reports
import Storage

/// Handing in a file: with everything else that stands in the form, or alone where the page's script does it.
enum DisclosureUpload {
  static let route = Route(
    method: .post, path: DisclosurePage.path + "/files", load: .upload, isOpen: false,
    fields: DisclosureSheet.fields
  ) { visit in
    let signedIn = try visit.signedIn()
    let place = try DisclosurePlace(signedIn)
    let largest = visit.portal.registry.largestFile
    // Nobody who may not draft gets anything onto the disk.
    let desk = try await signedIn.read { registry, signer, now in
      try registry.disclosureDesk(place.item, of: place.office, in: place.cycle, by: signer, at: now)
    }
    if let refusal = Conduct.may(.draft, in: desk.matter, by: signedIn.session.who, at: signedIn.now) {
      throw refusal
    }
    let upload = try await Upload.read(visit, DisclosureSheet.fields, file: "upload", largest: largest)
    guard Forgery.matches(upload.fields.token, visit.visitor.token) else { throw Problem.foreignForm }
    if upload.fields.has("auto") { return try await told(signedIn, place, upload) }
    var form = DisclosurePage.form
    form.act = { signedIn, fields in
      _ = try await keep(upload, signedIn, place)
      return "\(place.path)?done=file_kept"
    }
    return try await form.answer(signedIn, upload.fields)
  }

  private static func told(_ signedIn: SignedIn, _ place: DisclosurePlace, _ upload: Upload) async throws
    -> Response
  {
    try await DisclosureReply.told(signedIn.language) {
      let kept = try await keep(upload, signedIn, place)
      var reply = DisclosureReply()
      (reply.before, reply.revision) = (kept?.before, kept?.after)
      if let kept, case .file(let name, let digest, let bytes) = kept.content {
        reply.file = DisclosureReply.File(
          name: name, href: place.paths.file(digest, name), size: ByteCount.shown(bytes), digest: digest)
      }
      return reply
    }
  }

  private struct Kept: Sendable {
    let content: Evidence.Content
    let before: Int
    let after: Int
  }

  private static func keep(_ upload: Upload, _ signedIn: SignedIn, _ place: DisclosurePlace) async throws
    -> Kept?
  {
    let words = try signedIn.words()
    let file = try checked(upload.file, words, largest: signedIn.portal.registry.largestFile)
    let fields = upload.fields
    if fields.has("revision") {
      let faults = try DisclosureSheet(fields).faults(words)
      guard faults.isEmpty else {
        throw FieldFaults(faults + [FieldFault("upload", words.say("disclosure.fault_choose_again"))])
      }
    }
    return try await signedIn.write(fields) { registry, signer, now in
      let unkeyed = Signer(signer.person)
      let desk = try registry.disclosureDesk(
        place.item, of: place.office, in: place.cycle, by: signer, at: now)
      let before = desk.work.submission
      let content = try registry.keepFile(
        file.name.text, from: file.content.handle, for: place.office, in: place.cycle, by: unkeyed, at: now)
      let isThere = before?.evidence.contains { $0.content.digest == content.digest } ?? false
      let evidence = isThere ? nil : Evidence(content)
      let after: Submission?
      if fields.has("revision") {
        after = try DisclosureAct(place: place, registry: registry, signer: signer, now: now, words: words)
          .save(fields, adding: evidence, by: signer)
      } else {
        let draft = DisclosureSheet(before).draft(
          of: desk.work.item, office: place.office, over: before, adding: evidence)
        after =
          isThere
          ? before
          : try registry.draft(draft, in: place.cycle, expecting: before?.revision, by: signer, at: now)
      }
      return Kept(content: content, before: before?.revision ?? 0, after: after?.revision ?? 0)
    }
  }

  /// The file, if it is one that may be handed in.
  private static func checked(_ file: Upload.File?, _ words: Wording, largest: Int) throws -> Upload.File {
    func fault(_ name: String, _ blanks: [String: String] = [:]) -> FieldFaults {
      FieldFaults("upload", words.say("disclosure.\(name)", blanks))
    }
    guard let file else { throw fault("fault_no_file") }
    let name = file.name
    guard !file.isTooLarge else {
      throw fault("fault_large", ["name": name.text, "most": "\(largest >> 20)"])
    }
    guard file.content.size > 0 else { throw fault("fault_empty", ["name": name.text]) }
    guard let kind = FileKind(name: name.text) else { throw fault("fault_kind", ["name": name.text]) }
    guard try FileKind(content: file.content) == kind else {
      throw fault("fault_content", ["name": name.text])
    }
    guard !name.holdsNationalID else { throw fault("fault_number") }
    return file
  }
}

extension Registry.DisclosureDesk {
  /// For asking what may be done with it.
  fileprivate var matter: Matter {
    Matter(
      cycle: cycle, office: office.code, instrument: work.instrument,
      groups: Set([work.item.group].compactMap { $0 } + work.item.contributing),
      submission: work.submission?.state)
  }
}

extension Evidence.Content {
  var digest: String? { if case .file(_, let digest, _) = self { digest } else { nil } }
}

/// Sizes of files as people read them.
enum ByteCount {
  static func shown(_ bytes: Int) -> String {
    if bytes < 1000 { return "\(bytes) B" }
    if bytes < 1_000_000 { return "\((bytes + 500) / 1000) kB" }
    let isGreat = bytes >= 1_000_000_000
    let unit = isGreat ? 1_000_000_000 : 1_000_000
    let tenths = (bytes + unit / 20) / (unit / 10)
    return "\(tenths / 10).\(tenths % 10) \(isGreat ? "GB" : "MB")"
  }
}
