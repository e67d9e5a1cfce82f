import Foundation
import Integrity
import Testing

@testable import Storage

/// Files of evidence.
@Suite struct FilesTests {
  private func file(_ district: District, _ bytes: Data, _ name: String = "a.pdf") throws -> FileHandle {
    let path = "\(district.folder)/\(UUID().uuidString)"
    try bytes.write(to: URL(fileURLWithPath: path))
    return try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
  }

  private func keep(
    _ district: District, _ bytes: Data, as person: Code<Person> = "officer",
    of office: Code<Office> = District.main
  )
    throws -> Evidence.Content
  {
    try district.registry.keepFile(
      "a.pdf", from: file(district, bytes), for: office, in: District.cycle, by: district.by(person),
      at: District.collecting)
  }

  @Test func `a file comes out as it went in, and the same file is kept once`() throws {
    let district = try District()
    let bytes = Data((0..<(3 * Registry.piece + 17)).map { UInt8(truncatingIfNeeded: $0 &* 31) })
    guard case .file(_, let digest, let size) = try keep(district, bytes) else { return }
    #expect(size == bytes.count)
    #expect(try keep(district, bytes) == .file(name: "a.pdf", digest: digest, bytes: size))
    _ = try keep(district, bytes, as: "officer2", of: District.other)
    let out = "\(district.folder)/out"
    try Data().write(to: URL(fileURLWithPath: out))
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: out))
    func write(_ person: Code<Person>) throws {
      try district.registry.writeFile(
        digest, of: District.main, in: District.cycle, to: handle, by: district.by(person),
        at: District.collecting)
    }
    // Kept is not submitted: nobody sees it before it is evidence, and others of the office's only then.
    #expect(district.said { try write("officer") } == "there is no file '\(digest)'")
    let content = Evidence.Content.file(name: "a.pdf", digest: digest, bytes: size)
    let draft = DraftEntry(
      office: District.main, item: "O1", isDisclosed: true, evidence: [Evidence(content)])
    _ = try district.registry.draft(
      draft, in: District.cycle, by: district.by("officer"), at: District.collecting)
    #expect(throws: Refusal.self) { try write("officer2") }
    try write("officer")
    #expect(try Data(contentsOf: URL(fileURLWithPath: out)) == bytes)
    #expect(try district.registry.verify().blobs == 1)
  }

  @Test func `a file too large, a quota used up and a full disk are refused in words`() throws {
    var settings = District.settings
    settings.largestFile = 1 << 20
    settings.quota = 1 << 20
    let district = try District(settings: settings)
    #expect(
      district.said { _ = try keep(district, Data(count: (1 << 20) + 1)) }
        == "a.pdf: larger than 1 MiB; make it smaller or give a link")
    _ = try keep(district, Data(count: 1 << 20))
    #expect(
      district.said { _ = try keep(district, Data([1])) }
        == "the office '4001' has used its 1 MiB for files; give links instead")
    var full = District.settings
    full.reserve = .max / 2
    #expect(
      district.said { _ = try keep(District(settings: full), Data([1])) }
        == "the disk is full: nothing was changed; make room and do it again")
  }

  @Test func `a file that was kept stands on the trail for its office, and not for the committee`() throws {
    let district = try District()
    guard case .file(_, let digest, _) = try keep(district, Data("plan".utf8)) else { return }
    func told(_ person: Code<Person>) throws -> [String] {
      try district.registry.trail(
        of: District.main, limit: 10_000, by: district.by(person), at: District.collecting
      ).compactMap(\.payload).filter { $0.contains(digest) }
    }
    #expect(try told("director").count == 1)
    #expect(try told("member1").isEmpty)
  }

  @Test func `an office cannot use a file it has not put in, though it knows its digest`() throws {
    let district = try District()
    let content = try keep(district, Data("secret".utf8))
    let draft = DraftEntry(
      office: District.other, item: "O1", isDisclosed: true, evidence: [Evidence(content)])
    #expect(
      district.said {
        _ = try district.registry.draft(
          draft, in: District.cycle, by: district.by("officer2"), at: District.collecting)
      }.hasPrefix("there is no file '"))
  }
}
