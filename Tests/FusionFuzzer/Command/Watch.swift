import Foundation
import Synchronization

/// Ends a child that has been at the same program for two minutes: threads that wait for one another are a failure too.
final class Watch: Sendable {
  private let isEnded = Mutex(false)

  init(_ progress: String, of child: Int32) {
    Thread.detachNewThread {
      var last = Self.seed(progress)
      var idle = 0
      while true {
        Thread.sleep(forTimeInterval: 5)
        let seed = Self.seed(progress)
        idle = seed == last ? idle + 1 : 0
        last = seed
        let isOver = self.isEnded.withLock { isEnded in
          // Under the lock, so that a number that another process got meanwhile is never meant.
          if !isEnded && idle >= 24 { kill(child, SIGKILL) }
          return isEnded
        }
        if isOver || idle >= 24 { return }
      }
    }
  }

  func end() { isEnded.withLock { $0 = true } }

  /// The program that a child is at.
  static func seed(_ progress: String) -> UInt64 {
    let data = (try? Data(contentsOf: URL(fileURLWithPath: progress))) ?? Data()
    return data.count == 8 ? data.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) } : 0
  }
}
