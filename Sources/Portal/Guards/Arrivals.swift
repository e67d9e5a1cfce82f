import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// Takes in forms as they arrive, before anybody is let in with them: however slowly they come, they hold no place among
/// those who are being answered. What all of them hold in memory is bounded, and what those of one network hold is a quarter
/// of it.
final class Arrivals: Sendable {
  private let most: Int
  private let held = Mutex<(all: Int, networks: [String: Int])>((0, [:]))

  /// - Parameter most: bytes of all forms that are arriving at once.
  init(most: Int = 64 << 20) { self.most = most }

  /// A request whose form has arrived entirely, and what it holds: to be let go when it has been answered.
  ///
  /// - Throws: `Problem` where it is too large, too slow, or not all of it came; or where too much is arriving already.
  func gather(_ request: Request, from network: String, within patience: Duration) async throws
    -> (request: Request, share: Share)
  {
    let declared = request.headers[.contentLength].flatMap { Int($0) }
    if let declared, declared > Fields.most { throw Problem.tooLarge }
    let share = Share(self, network)
    let buffer = try await withThrowingTaskGroup(of: ByteBuffer.self) { group in
      group.addTask { [body = request.body] in
        var whole = ByteBuffer()
        for try await part in body {
          guard whole.readableBytes + part.readableBytes <= Fields.most else { throw Problem.tooLarge }
          try share.take(part.readableBytes)
          whole.writeImmutableBuffer(part)
        }
        // A connection that ended looks like a form that did.
        guard declared == nil || declared == whole.readableBytes else { throw Problem.oddForm("its end") }
        return whole
      }
      group.addTask {
        try await Task.sleep(for: patience)
        throw Problem.tooSlow
      }
      defer { group.cancelAll() }
      guard let buffer = try await group.next() else { throw Problem.tooSlow }
      return buffer
    }
    var request = request
    request.body = RequestBody(buffer: buffer)
    return (request, share)
  }

  /// What one form holds.
  final class Share: Sendable {
    private let arrivals: Arrivals
    private let network: String
    private let bytes = Mutex(0)

    fileprivate init(_ arrivals: Arrivals, _ network: String) {
      self.arrivals = arrivals
      self.network = network
    }

    fileprivate func take(_ count: Int) throws {
      let isTaken = arrivals.held.withLock { held in
        guard held.all + count <= arrivals.most,
          held.networks[network, default: 0] + count <= arrivals.most / 4
        else { return false }
        held.all += count
        held.networks[network, default: 0] += count
        return true
      }
      guard isTaken else { throw Problem.busy(5) }
      bytes.withLock { $0 += count }
    }

    deinit {
      let count = bytes.withLock { $0 }
      arrivals.held.withLock { held in
        held.all -= count
        let left = held.networks[network, default: 0] - count
        held.networks[network] = left > 0 ? left : nil
      }
    }
  }
}
