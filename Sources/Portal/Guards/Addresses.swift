import Foundation
import NIOCore

/// Where a request comes from.
enum Addresses {
  /// The connection's own address, or what a trusted proxy on it says: the last address that is not a trusted proxy's.
  /// Nobody else is believed, nor anything that is no address.
  static func of(forwarded: String?, connection: String, proxies: Set<String>) -> String {
    guard proxies.contains(connection), let forwarded else { return connection }
    let way = forwarded.split(separator: ",").map { plain(String($0.prefix(64)).filter { $0 != " " }) }
    return way.last { !proxies.contains($0) }.flatMap { isAddress($0) ? $0 : nil } ?? connection
  }

  static func isAddress(_ text: String) -> Bool { bytes(of: text) != nil }

  /// An address as it is written everywhere: IPv4 that came over IPv6 is IPv4.
  static func plain(_ address: String) -> String {
    guard let bytes = bytes(of: address) else { return address }
    if bytes.count == 4 { return bytes.map(String.init).joined(separator: ".") }
    return (try? SocketAddress(ipAddress: address, port: 0))?.ipAddress ?? address
  }

  /// The network an address belongs to, within which one moves freely: the first three parts of IPv4, and the half of
  /// IPv6 that a provider gives to a house.
  static func network(_ address: String) -> String {
    guard let bytes = bytes(of: address) else { return address }
    if bytes.count == 4 { return bytes.prefix(3).map(String.init).joined(separator: ".") }
    return bytes.prefix(8).map { String($0 + 0x100, radix: 16).dropFirst() }.joined()
  }

  /// Four bytes or sixteen; nil for what is no address.
  private static func bytes(of address: String) -> [Int]? {
    switch try? SocketAddress(ipAddress: address, port: 0) {
    case .v4(let address): return withUnsafeBytes(of: address.address.sin_addr) { $0.map(Int.init) }
    case .v6(let address):
      let bytes = withUnsafeBytes(of: address.address.sin6_addr) { $0.map(Int.init) }
      let isMapped = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10...11].allSatisfy { $0 == 255 }
      return isMapped ? Array(bytes.suffix(4)) : bytes
    default: return nil
    }
  }
}
