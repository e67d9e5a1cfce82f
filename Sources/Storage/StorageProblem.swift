/// What keeps the registry from doing something, other than a person's rights: what, where, and what to do.
public enum StorageProblem: Error, Hashable, CustomStringConvertible {
  // The file.
  case missing(path: String)
  case exists(path: String)
  /// Another process writes to it.
  case inUse(path: String)
  case foreign(path: String)
  /// Written by a later version of the program.
  case newer(path: String)
  case damaged(path: String, detail: String)
  case keyMissing(path: String)
  case keyOpen(path: String)
  case clock(now: String, last: String)
  case full
  case setting(String)
  // What was asked for.
  case unknown(what: String, code: String)
  case taken(what: String, code: String)
  case invalid(String)
  case pending([String])
  case tooLarge(name: String, limit: Int)
  case quota(office: String, limit: Int)
  /// Others have changed what was agreed to.
  case changed(String)

  public var description: String {
    switch self {
    case .missing(let path): "\(path): there is no registry; make one with 'ita init'"
    case .exists(let path): "\(path): there is a registry already; choose another folder"
    case .inUse(let path):
      "\(path): another process is writing to the registry; stop it, or use a command that only reads"
    case .foreign(let path): "\(path): this is no registry; check the folder"
    case .newer(let path):
      "\(path): it was written by a later version of the program; install that version or a later one"
    case .damaged(let path, let detail): "\(path): the file is damaged (\(detail)); restore the last backup"
    case .keyMissing(let path):
      "\(path): the key file is missing; put it back from where it is kept, the registry cannot do without it"
    case .keyOpen(let path): "\(path): others may read the key file; run 'chmod 600' on it"
    case .clock(let now, let last):
      "the clock says \(now), but the last entry of the trail is of \(last); set the clock right and start again"
    case .full: "the disk is full: nothing was changed; make room and do it again"
    case .setting(let text): "the database does not keep the setting \(text); check the SQLite library"
    case .unknown(let what, let code): "there is no \(what) '\(code)'"
    case .taken(let what, let code): "the \(what) '\(code)' is there already"
    case .invalid(let text): text
    case .pending(let texts):
      "\(texts.count) still open:\n" + texts.map { "  \($0)" }.joined(separator: "\n")
    case .tooLarge(let name, let limit):
      "\(name): larger than \(limit >> 20) MiB; make it smaller or give a link"
    case .quota(let office, let limit):
      "the office '\(office)' has used its \(limit >> 20) MiB for files; give links instead"
    case .changed(let text): text
    }
  }
}
