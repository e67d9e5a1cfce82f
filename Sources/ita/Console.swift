import Documents
import Foundation

/// What the command line says, and how it ends.
enum Console {
  static func say(_ text: String) { print(text) }

  /// To standard error: faults, and notes that must not mix with output meant for a program.
  static func warn(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }

  /// Problems found in a person's files: exit code 1.
  static func problems(_ complaints: [Complaint]) {
    for complaint in complaints { warn(complaint.description) }
    warn(count(complaints.count, "problem"))
  }

  static func count(_ number: Int, _ noun: String) -> String {
    number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
  }
}
