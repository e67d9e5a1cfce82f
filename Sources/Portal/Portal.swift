import Foundation
public import Hummingbird
public import Integrity
import NIOPosix
public import Reports
public import Storage

/// The site: where the registry, the templates, the clock and the network meet.
public final class Portal: Sendable {
  let settings: Settings
  /// Base addresses under which it answers.
  let bases: Set<String>
  let registry: Registry
  let pages: Pages
  let assets: Assets
  let templates: Library
  let clock: @Sendable () -> Moment
  let passwords: Passwords
  let throttle: Throttle
  let crowd: Crowd
  let publications = Publications()
  let exports = Exports()
  /// Tells this process from another, whose templates may be others.
  let start = Sessions.newToken()
  /// What results are sorted and filtered by, kept between requests.
  let indexes = ResultsIndexes()
  let errands = Errands()
  let lookedAt = LookedAt()
  let shippedRubrics = ShippedRubrics()
  let arrivals = Arrivals()
  let kept = KeptForms()
  let answerPace: AnswerPace
  let asked = AskedQuestionnaires()
  let prints = Memo<AnswerPrint, KeptPrint>(most: 1000)
  let troubles = AnswerTroubles()
  /// The registry blocks; it is asked on threads of its own. Whoever writes never waits behind whoever reads.
  private let readers = NIOThreadPool(numberOfThreads: 4)
  private let writers = NIOThreadPool(numberOfThreads: 2)

  /// - Parameter clock: what time it is; the one clock of every deadline.
  /// - Throws: `Complaints` where a template or the wording cannot be read.
  public convenience init(
    _ registry: Registry, templates: Library, settings: Settings = Settings(),
    clock: @escaping @Sendable () -> Moment
  ) throws {
    try self.init(
      registry, templates: templates, settings: settings, clock: clock, throttle: Throttle())
  }

  /// - Parameter throttle: with a clock of its own, which nobody sets.
  init(
    _ registry: Registry, templates: Library, settings: Settings, clock: @escaping @Sendable () -> Moment,
    throttle: Throttle
  ) throws {
    self.registry = registry
    self.settings = settings
    bases = settings.bases
    self.clock = clock
    self.templates = templates
    pages = try Pages(templates)
    assets = try Assets(templates, fonts: settings.fonts)
    passwords = Passwords(cost: settings.cost, pepper: { try registry.peppered($0) })
    self.throttle = throttle
    answerPace = AnswerPace()
    crowd = Crowd(most: settings.crowd)
    readers.start()
    writers.start()
  }

  deinit {
    readers.shutdownGracefully { _ in }
    writers.shutdownGracefully { _ in }
  }

  /// Everything a request passes, from the outermost door inwards.
  public var responder: some HTTPResponder<Visitor> {
    let router = Router(context: Visitor.self, options: .autoGenerateHeadEndpoints)
    for route in Routes.all {
      router.on(RouterPath(route.path), method: route.method) { request, visitor in
        let visit = Visit(portal: self, request: request, visitor: visitor)
        return try await self.crowd.admit(route.load, at: route.path, for: visitor.session?.person.text) {
          try await route.answer(visit)
        }
      }
    }
    return Door(portal: self, inner: router.buildResponder())
  }

  /// Asks the registry something.
  func read<Value: Sendable>(_ body: @escaping @Sendable (Registry) throws -> Value) async throws -> Value {
    try await readers.runIfActive { [registry] in try body(registry) }
  }

  /// Has the registry do something.
  func write<Value: Sendable>(_ body: @escaping @Sendable (Registry) throws -> Value) async throws -> Value {
    try await writers.runIfActive { [registry] in try body(registry) }
  }
}
