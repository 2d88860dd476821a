import Dispatch
import Foundation
public final class Buffer: @unchecked Sendable {
  package let baseAddress: UnsafeMutableRawPointer
  public let byteCount: Int
  public init(byteCount: Int) {
    self.byteCount = byteCount
    baseAddress = .allocate(byteCount: max(byteCount, 64) + 64, alignment: 64)
  }
  deinit { baseAddress.deallocate() }
}
public enum Parallelism {
  public static func forEachBlock(_ count: Int, _ body: (Int) -> Void) {
    for i in 0..<count { body(i) }
  }
}
extension Parallelism {
  public static func yieldProcessor() { sched_yield() }
}
