/// Where a request comes from.
enum Addresses {
  /// The connection's own address, or what a trusted proxy on it says: the last address that is not a trusted proxy's.
  static func of(forwarded: String?, connection: String, proxies: Set<String>) -> String {
    guard proxies.contains(connection), let forwarded else { return connection }
    let way = forwarded.split(separator: ",").map { $0.trimmingPrefix { $0 == " " } }
    return way.last { !proxies.contains(String($0)) }.map { String($0.prefix(64)) } ?? connection
  }

  /// The network an address belongs to: guessing moves freely within one.
  static func network(_ address: String) -> String {
    if address.contains(":") {
      return address.split(separator: ":", omittingEmptySubsequences: false).prefix(4).joined(separator: ":")
    }
    return address.split(separator: ".").prefix(3).joined(separator: ".")
  }
}
