import CBenchmarkProbes

/// Empties the caches by walking over a block larger than the last of them.
public final class CacheEviction: @unchecked Sendable {
  private let block: UnsafeMutableRawBufferPointer

  /// - Parameter lastLevelBytes: the size of the largest cache. Twice as much is walked, at least 32 MiB and at
  ///   most 512 MiB: a virtual machine may report a cache that it has a small share of.
  public init(lastLevelBytes: Int) {
    let bytes = min(max(2 * lastLevelBytes, 32 << 20), 512 << 20)
    block = .allocate(byteCount: bytes, alignment: 64)
    block.initializeMemory(as: UInt8.self, repeating: 1)
  }

  deinit { block.deallocate() }

  public func evict() {
    _ = cb_sweep(block.baseAddress!.assumingMemoryBound(to: UInt8.self), Int64(block.count))
  }
}
