import Foundation

/// A certificate for this machine that nobody vouches for, made by the system's openssl.
public struct SelfSigned: Sendable {
  public let certificate: String
  public let key: String

  public struct Failure: Error { let said: String }

  /// Makes `NAME.pem` and `NAME.key` in a folder; over what is there.
  public init(_ name: String, in folder: String) throws {
    (certificate, key) = ("\(folder)/\(name).pem", "\(folder)/\(name).key")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
      "-days", "2",
      "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost", "-keyout", key,
      "-out",
      certificate,
    ]
    let pipe = Pipe()
    process.standardError = pipe
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    let said = pipe.rest()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure(said: String(decoding: said, as: UTF8.self)) }
  }
}
