import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// Answers `/{bytes}` with so many bytes and no work: what an answer costs before anything is looked up or written.
struct BareSite {
  let port: Int

  private static let most = 1 << 24

  func run() async throws {
    let router = Router()
    router.get("{bytes}") { _, context in
      let count = context.parameters.get("bytes", as: Int.self) ?? 0
      return Response(
        status: .ok, headers: [.contentType: "text/plain"],
        body: ResponseBody(
          byteBuffer: ByteBuffer(repeating: UInt8(ascii: "x"), count: max(0, min(count, BareSite.most)))))
    }
    let application = Application(
      router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
      logger: Logger(label: "bare") { _ in SwiftLogNoOpLogHandler() })
    try await application.runService()
  }
}
