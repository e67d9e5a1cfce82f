import Foundation
import FoundationNetworking
import Glibc
import Testing

/// `ita serve`, as somebody who installs it meets it.
@Suite struct ServeTests {
  /// One that nobody listens on now.
  static func freePort() throws -> Int {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let port = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { general in
        bind(socket, general, length) == 0 && getsockname(socket, general, &length) == 0
          ? Int(UInt16(bigEndian: pointer.pointee.sin_port)) : nil
      }
    }
    return try #require(port)
  }

  private static func get(_ path: String, _ port: Int) throws -> (status: Int, text: String) {
    let address = try #require(URL(string: "http://127.0.0.1:\(port)\(path)"))
    let done = DispatchSemaphore(value: 0)
    nonisolated(unsafe) var answer: (Int, String) = (0, "")
    URLSession.shared.dataTask(with: address) { data, response, _ in
      answer = (
        (response as? HTTPURLResponse)?.statusCode ?? 0, String(decoding: data ?? Data(), as: UTF8.self)
      )
      done.signal()
    }.resume()
    done.wait()
    return answer
  }

  @Test(arguments: [SIGTERM, SIGINT])
  func `it serves a registry until it is told to stop, and leaves it sound`(signal: Int32) throws {
    try Program.inEmptyFolder { folder in
      let made = try Program.run(
        ["demo", "--size", "office", "--no-serve", "--data", "d", "-o", "r"], in: folder)
      #expect(made.status == 0, "\(made.output)")
      let port = try ServeTests.freePort()
      let site = try Running(["serve", "--data", "d", "--port", "\(port)"], in: folder)
      #expect(site.wait(for: "Serving http://127.0.0.1:\(port)"), "\(site.said)")
      #expect(site.wait(for: "4001.director"), "\(site.said)")
      let page = try ServeTests.get("/help", port)
      #expect(page.status == 200)
      #expect(page.text.contains("ข้อมูลตัวอย่าง"), "a demo says that it is one")
      #expect(try ServeTests.get("/", port).status == 401)
      let second = try Program.run(["serve", "--data", "d", "--port", "\(port)"], in: folder)
      #expect(second.status == 1 && second.output.contains("another process is writing"), "\(second.output)")
      let other = try Program.run(["results", "--data", "d", "--cycle", "2567"], in: folder)
      #expect(other.status == 0, "reading goes on beside it\n\(other.output)")
      #expect(site.stop(signal) == 0)
      #expect(site.said.contains("Stopped."), "\(site.said)")
      let log = try FileManager.default.attributesOfItem(atPath: "\(folder)/d/registry.sqlite-wal")
      #expect(log[.size] as? Int == 0, "the log is written back into the file")
      #expect(try Program.run(["verify", "--data", "d"], in: folder).output.contains("no fault"))
    }
  }

  @Test func `a port that is taken is named`() throws {
    try Program.inEmptyFolder { folder in
      _ = try Program.run(["demo", "--size", "office", "--no-serve", "--data", "d", "-o", "r"], in: folder)
      _ = try Program.run(["init", "--administrator", "admin", "--name", "A", "--data", "e"], in: folder)
      let port = try ServeTests.freePort()
      let site = try Running(["serve", "--data", "d", "--port", "\(port)"], in: folder)
      #expect(site.wait(for: "Serving"))
      let second = try Program.run(["serve", "--data", "e", "--port", "\(port)"], in: folder)
      #expect(second.status == 1)
      #expect(
        second.output.contains("something listens on 127.0.0.1 port \(port) already"), "\(second.output)")
    }
  }

  private static let faults: [([String], String)] = [
    (["--host", "0.0.0.0"], "Beyond this machine the site must know its name"),
    (["--certificate", "x.pem"], "A certificate goes with its key"),
    (["--certificate", "x.pem", "--private-key", "y.pem"], "x.pem: there is no such file"),
    (["--origin", "ita.example.go.th"], "is no origin; write https:// and the host alone"),
    (["--origin", "https://ita.example.go.th/path"], "is no origin"),
    (["--origin", "http://ita.example.go.th"], "would send passwords without encryption"),
    (["--origin", "https://ita.example.go.th"], "Somebody has to speak https"),
    (
      ["--host", "0.0.0.0", "--origin", "http://localhost:8080"],
      "take passwords from the network without encryption"
    ),
    (["--origin", "https://ita.example.go.th", "--proxy", "localhost"], "'localhost' is no address"),
    (["--port", "0"], "'0' is no port; give a number from 1 to 65535."),
    (["--now", "2026-01-01"], "--now is for rehearsals: set ITA_REHEARSAL=1"),
  ]

  @Test(arguments: faults)
  func `what does not go together is said before anything is opened`(arguments: [String], text: String) throws
  {
    try Program.inEmptyFolder { folder in
      _ = try Program.run(["init", "--administrator", "admin", "--name", "A"], in: folder)
      let result = try Program.run(["serve"] + arguments, in: folder)
      #expect(result.status == 64)
      #expect(result.output.contains(text), "\(result.output)")
    }
  }

  @Test func `an option is stronger than the environment, and that than the file`() throws {
    try Program.inEmptyFolder { folder in
      _ = try Program.run(["init", "--administrator", "admin", "--name", "A"], in: folder)
      try Program.write("origin: in-the-file\n", to: "data/ita.yaml", in: folder)
      let environment = ["ITA_ORIGIN": "in-the-environment"]
      let (file, named, option) = (
        try Program.run(["serve"], in: folder),
        try Program.run(["serve"], in: folder, environment: environment),
        try Program.run(["serve", "--origin", "in-the-option"], in: folder, environment: environment)
      )
      #expect(file.output.contains("'in-the-file' is no origin"), "\(file.output)")
      #expect(named.output.contains("'in-the-environment' is no origin"), "\(named.output)")
      #expect(option.output.contains("'in-the-option' is no origin"), "\(option.output)")
    }
  }

  @Test func `a fault in the file is named with its line`() throws {
    try Program.inEmptyFolder { folder in
      _ = try Program.run(["init", "--administrator", "admin", "--name", "A"], in: folder)
      try Program.write("port: 99999\nhots: x\n", to: "data/ita.yaml", in: folder)
      let result = try Program.run(["serve"], in: folder)
      #expect(result.status == 1)
      #expect(
        result.output.contains(
          "data/ita.yaml:1:7: 'port' of the settings must be a whole number from 1 to 65535"),
        "\(result.output)")
      #expect(
        result.output.contains("data/ita.yaml:2:1: 'hots' is not known in the settings"), "\(result.output)")
    }
  }
}
