import Dispatch
import Synchronization
import Testing

@testable import AdjointKernels

/// On pools of their own, because other tests use the shared one at the same time.
@Suite struct BufferPoolTests {
  static let sizes = [1, 64, 4096, 4097, 100_000, 3 << 20]

  @Test(arguments: sizes)
  func aReleasedBlockServesTheNextRequest(byteCount: Int) {
    let pool = BufferPool()
    let first = pool.take(byteCount)
    pool.give(first)
    let second = pool.take(byteCount)
    #expect(second.address == first.address)
    #expect(pool.statistics.requests == 2)
    #expect(pool.statistics.allocations == 1)
    pool.give(second)
  }

  @Test(arguments: sizes)
  func blocksInUseNeverOverlap(byteCount: Int) {
    let pool = BufferPool()
    for _ in 0..<3 {
      let blocks = (0..<20).map { _ in pool.take(byteCount) }.sorted { $0.address < $1.address }
      for (left, right) in zip(blocks, blocks.dropFirst()) { #expect(left.address + left.capacity <= right.address) }
      for block in blocks { pool.give(block) }
    }
  }

  @Test(arguments: sizes)
  func statisticsAddUp(byteCount: Int) {
    let pool = BufferPool()
    let blocks = (0..<3).map { _ in pool.take(byteCount) }
    let bytes = blocks.reduce(0) { $0 + $1.capacity }
    #expect(pool.statistics.bytesInUse == bytes)
    #expect(pool.statistics.bytesCached == 0)
    for block in blocks { pool.give(block) }
    #expect(pool.statistics.bytesInUse == 0)
    #expect(pool.statistics.bytesCached == bytes)
    #expect(pool.statistics.peakBytesInUse == bytes)
    pool.resetCounters()
    #expect(pool.statistics.peakBytesInUse == 0)
    #expect(pool.statistics.requests == 0)
    #expect(pool.statistics.allocations == 0)
    #expect(pool.statistics.bytesCached == bytes)
  }

  @Test func requestsAreCountedBySize() {
    let pool = BufferPool()
    for byteCount in [100, 5000, 5 << 20] { pool.give(pool.take(byteCount)) }
    #expect(pool.requestCount(ofAtLeast: 0) == 3)
    #expect(pool.requestCount(ofAtLeast: 1000) == 2)
    #expect(pool.requestCount(ofAtLeast: 4 << 20) == 1)
    #expect(pool.requestCount(ofAtLeast: 6 << 20) == 0)
  }

  @Test func aMappedBlockServesASlightlySmallerRequestOnly() {
    let pool = BufferPool()
    let block = pool.take(10 << 20)
    pool.give(block)
    let smaller = pool.take(9 << 20)
    #expect(smaller.address == block.address)
    #expect(smaller.capacity == block.capacity)
    pool.give(smaller)
    let small = pool.take(5 << 20)
    #expect(small.address != block.address)
    pool.give(small)
  }

  @Test func theOldestBlocksGoBeyondTheLimit() {
    let pool = BufferPool(limit: 10 << 20)
    let blocks = (0..<3).map { pool.take((4 + $0) << 20) }
    for block in blocks { pool.give(block) }
    // 4 + 5 + 6 MiB: without the oldest, 11 are still too many.
    #expect(pool.statistics.bytesCached == 6 << 20)
    let newest = pool.take(6 << 20)
    #expect(pool.statistics.allocations == 3)
    pool.give(newest)
  }

  @Test func loweringTheLimitGivesMemoryBack() {
    let pool = BufferPool()
    for byteCount in Self.sizes { pool.give(pool.take(byteCount)) }
    pool.limit = 0
    #expect(pool.statistics.bytesCached == 0)
    for byteCount in Self.sizes { pool.give(pool.take(byteCount)) }
    #expect(pool.statistics.bytesCached == 0)
  }

  @Test func trimmingKeepsAtMostWhatIsAsked() {
    let pool = BufferPool()
    let blocks = (0..<4).map { _ in pool.take(3 << 20) } + [pool.take(100)]
    for block in blocks { pool.give(block) }
    pool.trim(toBytes: 100 << 20)
    #expect(pool.statistics.bytesCached == 12 << 20 | 128)
    pool.trim(toBytes: 7 << 20)
    #expect(pool.statistics.bytesCached == 6 << 20)
    pool.trim()
    #expect(pool.statistics.bytesCached == 0)
  }

  @Test func smallBlocksAreKeptWithinABound() {
    let pool = BufferPool()
    let blocks = (0..<1000).map { _ in pool.take(4096) }
    for block in blocks { pool.give(block) }
    #expect(pool.statistics.bytesCached == 128 << 10)
    #expect(pool.statistics.bytesInUse == 0)
  }

  @Test(arguments: [1, 2, 3, 4])
  func threadsTakeAndGiveEachOthersBlocks(seed: UInt64) {
    let pool = BufferPool(limit: 64 << 20)
    let count = 20_000
    let clashes = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: 4) { worker in
      var state = seed &* 4 &+ UInt64(worker)
      var held: [BufferPool.Block] = []
      for step in 0..<count {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        if held.count < 8, state >> 63 == 0 {
          let sizes = [40, 300, 4000, 9000, 70_000, 2_200_000]
          let block = pool.take(sizes[Int(state >> 33) % sizes.count])
          let mark = worker * count + step
          block.address.storeBytes(of: mark, as: Int.self)
          (block.address + block.capacity - 8).storeBytes(of: mark, as: Int.self)
          held.append(block)
        } else if !held.isEmpty {
          let block = held.remove(at: Int(state >> 33) % held.count)
          let first = block.address.load(as: Int.self)
          let last = (block.address + block.capacity - 8).load(as: Int.self)
          if first != last || first / count != worker { clashes.add(1, ordering: .relaxed) }
          pool.give(block)
        }
        if step % 5000 == 4999 { pool.trim(toBytes: 1 << 20) }
      }
      for block in held { pool.give(block) }
    }
    #expect(clashes.load(ordering: .relaxed) == 0)
    #expect(pool.statistics.bytesInUse == 0)
    #expect(pool.statistics.bytesCached <= 84 << 20)
    pool.trim()
    #expect(pool.statistics.bytesCached == 0)
  }

  @Test func aNegativeLimitStopsTheProcess() async {
    let outcome = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      BufferPool.shared.limit = -1
    }
    #expect(message(outcome).contains("BufferPool.limit: the bound cannot be -1 bytes"))
  }
}
