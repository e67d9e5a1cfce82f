import Foundation
import HTTPTypes
import Integrity
import Testing

@testable import Portal

/// What happens when more come than can be answered at once.
@Suite struct CrowdTests {
  /// Fills a crowd with so many, each at a route of its own or all at one, and looks at it then.
  private func fill(
    _ crowd: Crowd, _ load: Crowd.Load, _ count: Int, at route: String? = nil, for person: String? = nil,
    then body: @Sendable () async throws -> Void
  ) async throws {
    guard count > 0 else { return try await body() }
    try await crowd.admit(load, at: route ?? "\(count)", for: person) {
      try await fill(crowd, load, count - 1, at: route, for: person, then: body)
    }
  }

  private func isFull(_ crowd: Crowd, _ load: Crowd.Load, at route: String, for person: String? = nil) async
    -> Bool
  {
    do {
      try await crowd.admit(load, at: route, for: person) {}
      return false
    } catch {
      return true
    }
  }

  @Test func `when too many are inside, reports are sent away before pages, and pages before forms`()
    async throws
  {
    let crowd = Crowd()
    try await fill(crowd, .export, Crowd.Load.export.most) {
      #expect(await isFull(crowd, .export, at: "x"))
      #expect(await !isFull(crowd, .page, at: "x"))
      #expect(await !isFull(crowd, .form, at: "x"))
      #expect(await !isFull(crowd, .upload, at: "x"))
    }
    #expect(await !isFull(crowd, .export, at: "x"), "whoever has left makes room")
    #expect(Crowd.Load.export.most < Crowd.Load.page.most)
    #expect(Crowd.Load.page.most < Crowd.Load.form.most)
  }

  @Test func `one route takes no more than half the room of its kind`() async throws {
    let crowd = Crowd(most: [.page: 8])
    try await fill(crowd, .page, 4, at: "/slow") {
      #expect(await isFull(crowd, .page, at: "/slow"))
      #expect(await !isFull(crowd, .page, at: "/other"))
    }
  }

  @Test func `one person takes no more than an eighth of the room for files`() async throws {
    let crowd = Crowd()
    try await fill(crowd, .upload, 4, at: "/files", for: "officer") {
      #expect(await isFull(crowd, .upload, at: "/files", for: "officer"))
      #expect(await !isFull(crowd, .upload, at: "/files", for: "officer2"))
    }
  }

  @Test func `somebody who is thrown out leaves their place`() async throws {
    let crowd = Crowd(most: [.page: 1])
    for _ in 0..<3 {
      await #expect(throws: Problem.self) { try await crowd.admit(.page, at: "/") { throw Problem.notFound } }
    }
    #expect(await !isFull(crowd, .page, at: "/"))
  }

  /// Every route with no room at all: what it answers is the page for it, in time to come back, whoever asks.
  @Test func `every route but what is kept in memory answers 503 and when to come back`() async throws {
    let site = try Site()
    var settings = Settings()
    settings.port = 80
    settings.crowd = Dictionary(
      uniqueKeysWithValues: Crowd.Load.allCases.map { ($0, $0 == .asset ? .max : 0) })
    let portal = try site.portal(settings)
    let browser = Browser(portal, on: site)
    try browser.bring(session: site.registry, of: Site.name(.officer), at: site.clock.now)
    for route in Routes.all where route.load != .asset {
      let path = MatrixTests.address(route.path)
      let answer = try await (route.method == .get ? browser.get(path) : browser.post(path, [("a", "b")]))
      #expect(answer.status == 503, "\(route.method) \(path)")
      #expect(answer.headers[.retryAfter] == "\(route.load.pause)", "\(path)")
      #expect(answer.text.contains("ขณะนี้มีผู้ใช้จำนวนมาก"))
    }
    #expect(try await browser.get(portal.assets.style).status == 200)
  }
}
