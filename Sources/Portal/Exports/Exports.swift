import Foundation
import Integrity
import NIOPosix
import Synchronization

/// Reports that take longer than a page may: made one after the other on threads of their own, kept for a short while for
/// whoever asked for them, then gone. They lie in files without a name, so that nothing is left behind.
final class Exports: Sendable {
  /// A report that was asked for.
  struct Job: Sendable {
    enum State: Sendable {
      case waiting
      case running(done: Int, of: Int)
      case ready(Scratch)
      case failed
    }

    let id: String
    let person: Code<Person>
    let cycle: Code<Cycle>
    /// What the form calls it.
    let report: String
    /// What the file is called, and what it is.
    let name: String
    let type: String
    let begunAt: Moment
    /// When it is thrown away.
    let ends: Moment
    var state = State.waiting

    var isOver: Bool {
      switch state {
      case .ready, .failed: true
      case .waiting, .running: false
      }
    }
  }

  /// What is to be made.
  struct Order: Sendable {
    let report: String
    let name: String
    let type: String
    /// Writes it, and says how far it is.
    let make: @Sendable (Scratch, (_ done: Int, _ of: Int) -> Void) throws -> Void
  }

  /// At once; the others wait.
  static let atOnce = 2
  /// How many may wait; whoever comes later is told to come back.
  static let waiting = 8
  /// How many one person may have.
  static let each = 4
  /// Seconds a report is kept.
  static let kept: Int64 = 15 * 60

  private let jobs = Mutex<[String: Job]>([:])
  /// By the form it was asked with, so that a form sent twice makes one report.
  private let forms = Mutex<[String: String]>([:])
  private let threads = NIOThreadPool(numberOfThreads: Exports.atOnce)

  init() { threads.start() }

  deinit { threads.shutdownGracefully { _ in } }

  /// Has a report made.
  ///
  /// - Throws: `Problem.busy` where too many wait.
  func begin(
    _ order: Order, in cycle: Code<Cycle>, by person: Code<Person>, form: String?, at now: Moment
  ) throws -> Job {
    drop(at: now)
    let key = form.map { "\(person) \($0)" }
    if let key, let known = forms.withLock({ $0[key] }), let job = job(known, of: person, at: now) {
      return job
    }
    let job = Job(
      id: Sessions.newToken(), person: person, cycle: cycle, report: order.report, name: order.name,
      type: order.type, begunAt: now, ends: now.adding(seconds: Exports.kept))
    try jobs.withLock { jobs in
      let own = jobs.values.filter { $0.person == person }
      let open = jobs.values.count { !$0.isOver }
      guard open < Exports.atOnce + Exports.waiting, own.count(where: { !$0.isOver }) < Exports.each else {
        throw Problem.busy(20)
      }
      // The oldest makes room: it can be made again.
      if own.count >= Exports.each,
        let oldest = own.filter(\.isOver).min(by: { $0.begunAt < $1.begunAt })
      {
        jobs[oldest.id] = nil
      }
      jobs[job.id] = job
    }
    if let key { forms.withLock { $0[key] = job.id } }
    threads.submit { [weak self] state in
      guard state == .active else { return }
      self?.make(order, job.id)
    }
    return job
  }

  private func make(_ order: Order, _ id: String) {
    set(.running(done: 0, of: 0), of: id)
    do {
      let file = try Scratch()
      try order.make(file) { done, all in self.set(.running(done: done, of: all), of: id) }
      set(.ready(file), of: id)
    } catch {
      set(.failed, of: id)
    }
  }

  private func set(_ state: Job.State, of id: String) { jobs.withLock { $0[id]?.state = state } }

  /// One's own report; nil where there is none, where it is somebody else's, and once it is thrown away.
  func job(_ id: String, of person: Code<Person>, at now: Moment) -> Job? {
    jobs.withLock { jobs in
      guard let job = jobs[id], job.person == person, now < job.ends else { return nil }
      return job
    }
  }

  /// One's own reports of a cycle, the latest first.
  func jobs(of person: Code<Person>, in cycle: Code<Cycle>, at now: Moment) -> [Job] {
    drop(at: now)
    return jobs.withLock { jobs in
      jobs.values.filter { $0.person == person && $0.cycle == cycle }.sorted { $0.begunAt > $1.begunAt }
    }
  }

  /// Throws away one's own report.
  func drop(_ id: String, of person: Code<Person>) {
    jobs.withLock { jobs in if jobs[id]?.person == person { jobs[id] = nil } }
  }

  /// Throws away what has been kept long enough.
  func drop(at now: Moment) {
    let left = jobs.withLock { jobs in
      jobs = jobs.filter { now < $0.value.ends }
      return Set(jobs.keys)
    }
    forms.withLock { forms in forms = forms.filter { left.contains($0.value) } }
  }
}
