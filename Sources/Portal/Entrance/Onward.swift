import Foundation
import HTTPTypes
import Hummingbird

/// Where somebody was going when they had to sign in, and what they had typed there.
struct Onward: Sendable {
  /// A path of this site.
  let to: String
  /// The fields of the form they were sending, as it was sent, without passwords; empty where there was none.
  let kept: String

  /// In the forms that carry it along.
  static let names: Set<String> = ["to", "kept"]
  /// More than any form of ours holds when it is filled in.
  private static let most = 64 << 10

  init(to: String, kept: String = "") {
    let path = to.sameSite
    self.to =
      ["/sign-in", "/sign-out", "/second-factor", "/code"].contains { path.hasPrefix($0) } ? "/" : path
    self.kept = kept.utf8.count > Onward.most ? "" : kept
  }

  init(_ fields: Fields) { self.init(to: fields.text("to"), kept: fields.raw("kept")) }

  /// From a form as it is shown: as it was sent, or from the address.
  init(_ visit: Visit, _ entered: Entered) {
    if let fields = entered.fields {
      self.init(fields)
    } else {
      self.init(to: visit.asked("to") ?? "/")
    }
  }

  /// Of a request that has to wait.
  static func of(_ visit: Visit) async -> Onward {
    let uri = visit.request.uri
    guard visit.request.method == .post else {
      return Onward(to: uri.path + (uri.query.map { "?" + $0 } ?? ""))
    }
    return Onward(to: Routes.page(for: uri.path), kept: await visit.typed())
  }

  var hasKept: Bool { !kept.isEmpty }

  /// To be carried in a form of the entrance.
  var fields: Fields? {
    try? Fields(pairs: [("to", to), ("kept", kept)], Fields.Names(once: Onward.names))
  }

  /// What they had typed, to be shown in the form it was meant for; whatever its fields are called.
  var typed: Fields? {
    guard hasKept, let pairs = try? Fields.pairs(kept) else { return nil }
    return try? Fields(
      pairs: pairs, Fields.Names(many: Set(pairs.map(\.name)).subtracting(["token", "form"])))
  }

  /// The address of a page of the entrance that goes on from here.
  func address(_ page: String) -> String { to == "/" ? page : "\(page)?to=\(to.queryEscaped)" }
}

extension Routes {
  /// The page on which a form stands that is sent to a path: at the same address, or one above it.
  static func page(for path: String) -> String {
    var parts = path.split(separator: "/")
    while !parts.isEmpty {
      if all.contains(where: { $0.method == .get && $0.fits(parts) }) { break }
      parts.removeLast()
    }
    return "/" + parts.joined(separator: "/")
  }
}

extension Route {
  fileprivate func fits(_ parts: [Substring]) -> Bool {
    let own = path.split(separator: "/")
    return own.count == parts.count && zip(own, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
  }
}

extension Visit {
  /// What a form sent, as far as it may be shown again.
  fileprivate func typed() async -> String {
    let type = request.headers[.contentType] ?? ""
    var pairs: [(name: String, value: String)] = []
    if type.hasPrefix("multipart/form-data") {
      pairs = await texts(type)
    } else if request.isURLEncoded, let text = try? await request.text() {
      pairs = (try? Fields.pairs(text)) ?? []
    }
    pairs.removeAll { ["token", "form"].contains($0.name) }
    return (try? Fields(pairs: pairs, Fields.Names(many: Set(pairs.map(\.name)))))?.urlencoded ?? ""
  }

  /// The fields of a form with a file, up to the file, which is not read: nobody has signed in who might hand one in.
  private func texts(_ type: String) async -> [(name: String, value: String)] {
    struct Enough: Error {}
    guard var parser = try? MultipartParser(contentType: type) else { return [] }
    var pairs: [(name: String, value: String)] = []
    var (name, bytes, count) = ("", [UInt8](), 0)
    let began = ContinuousClock.now
    do {
      for try await buffer in request.body {
        guard began.duration(to: .now) < portal.settings.patience else { break }
        try parser.feed(buffer.readableBytesView) { event in
          switch event {
          case .part(_, .some): throw Enough()
          case .part(let field, nil): (name, bytes) = (field, [])
          case .bytes(let more):
            count += more.count
            guard count <= Fields.most else { throw Enough() }
            bytes += more
          case .end:
            if let text = String(validating: bytes, as: UTF8.self) { pairs.append((name, text)) }
          }
        }
      }
    } catch {
      // What came before is all there is to keep.
    }
    return pairs
  }
}
