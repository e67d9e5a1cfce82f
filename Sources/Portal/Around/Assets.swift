import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Reports

/// The stylesheet, the script and a Thai font, kept in memory. Their addresses carry their digest, so that browsers keep
/// them for good and never show an old one.
struct Assets: Sendable {
  private let files: [String: (type: String, bytes: ByteBuffer)]
  let style: String
  let script: String
  /// What respondents' pages have instead: small, for a slow line.
  let answeringStyle: String
  let answeringScript: String
  /// The mark in a browser's tab.
  let icon: String
  /// A stylesheet that names the fonts found on this machine; nil where there is none.
  let fontStyle: String?

  /// What one stylesheet is made of: the reports', every page's, and each room's.
  private static let sheets = [
    "site", "portal", "entrance", "office", "texts", "disclosure", "signing", "published", "clarifying",
    "committee", "busy", "marking", "setting-up", "sealing", "downloads", "asking",
  ]
  private static let scripts = ["site", "saving", "marking"]

  /// - Throws: `Complaints` where the stylesheet or the script is missing.
  init(_ templates: Library, fonts folder: String?) throws {
    var files: [String: (type: String, bytes: ByteBuffer)] = [:]
    func keep(_ name: String, _ type: String, _ bytes: Data) -> String {
      let digest = SHA256.hash(data: bytes).prefix(8).hex
      files["\(digest)/\(name)"] = (type, ByteBuffer(bytes: bytes))
      return "/assets/\(digest)/\(name)"
    }
    func joined(_ names: [String], _ kind: String) throws -> Data {
      Data(try names.map { try templates.text("assets/\($0).\(kind)") }.joined(separator: "\n").utf8)
    }
    style = keep("site.css", "text/css; charset=utf-8", try joined(Assets.sheets, "css"))
    script = keep("site.js", "text/javascript; charset=utf-8", try joined(Assets.scripts, "js"))
    answeringStyle = keep("answering.css", "text/css; charset=utf-8", try joined(["answering"], "css"))
    answeringScript = keep(
      "answering.js", "text/javascript; charset=utf-8", try joined(["answering"], "js"))
    icon = keep("mark.svg", "image/svg+xml", Data(try templates.text("assets/mark.svg").utf8))
    var faces = ""
    for font in ThaiFont.find(in: folder) {
      let address = keep(font.name, font.type, font.bytes)
      faces += """
        @font-face { font-family: "\(font.family)"; font-weight: \(font.weight); font-display: swap; src: url("\(address)"); }

        """
    }
    fontStyle = faces.isEmpty ? nil : keep("fonts.css", "text/css; charset=utf-8", Data(faces.utf8))
    self.files = files
  }

  static var routes: [Route] {
    [
      .open(.get, "/assets/{digest}/{name}", load: .asset) { visit in
        let parameters = visit.visitor.parameters
        guard let digest = parameters.get("digest"), let name = parameters.get("name"),
          let file = visit.portal.assets.files["\(digest)/\(name)"]
        else { throw Problem.notFound }
        return Response(
          status: .ok,
          headers: [.contentType: file.type, .cacheControl: "public, max-age=31536000, immutable"],
          body: ResponseBody(byteBuffer: file.bytes))
      }
    ]
  }
}

/// A Thai font of the system's, offered to browsers that have none; nothing is fetched from elsewhere.
struct ThaiFont {
  let family: String
  let weight: String
  let name: String
  let type: String
  let bytes: Data

  /// Sarabun where it is installed, else Laksaman from Debian's Thai fonts.
  static func find(in folder: String?) -> [ThaiFont] {
    let home = ProcessInfo.processInfo.environment["HOME"] ?? ""
    let folders = [
      folder, "/usr/local/share/fonts/sarabun", "/usr/share/fonts/truetype/sarabun", "\(home)/.fonts",
      "/usr/share/fonts/truetype/tlwg",
    ].compactMap { $0 }
    let families: [(family: String, faces: [(weight: String, name: String)])] = [
      (
        "Sarabun",
        [
          ("400", "Sarabun-Regular.ttf"), ("500", "Sarabun-Medium.ttf"), ("600", "Sarabun-SemiBold.ttf"),
          ("700", "Sarabun-Bold.ttf"),
        ]
      ),
      ("Laksaman", [("400", "Laksaman.ttf"), ("700", "Laksaman-Bold.ttf")]),
    ]
    for (family, faces) in families {
      for folder in folders {
        let fonts = faces.compactMap { weight, name in
          FileManager.default.contents(atPath: "\(folder)/\(name)").map {
            ThaiFont(family: family, weight: weight, name: name, type: "font/ttf", bytes: $0)
          }
        }
        if fonts.contains(where: { $0.weight == "400" }) { return fonts }
      }
    }
    return []
  }
}
