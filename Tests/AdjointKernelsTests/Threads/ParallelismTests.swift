import Synchronization
import Testing

@testable import AdjointKernels

/// Serialized, because the number of threads is the process's.
@Suite(.serialized) struct ParallelismTests {
  private final class Cells: Sendable {
    let values: [Cell]
    init(_ count: Int) { values = (0..<count).map { _ in Cell() } }
  }
  private final class Cell: Sendable { let value = Atomic<Int>(0) }

  private func withThreads(_ count: Int, _ body: () -> Void) {
    let before = Parallelism.threads
    Parallelism.threads = count
    body()
    Parallelism.threads = before
  }

  @Test(arguments: [1, 2, 3, 16], [0, 1, 2, 7, 1000])
  func everyBlockRunsOnce(threads: Int, count: Int) {
    withThreads(threads) {
      let cells = Cells(count)
      Parallelism.forEachBlock(count) { cells.values[$0].value.add(1, ordering: .relaxed) }
      #expect(cells.values.allSatisfy { $0.value.load(ordering: .relaxed) == 1 })
    }
  }

  @Test func nestedCallsStayOnTheirThread() {
    withThreads(4) {
      let visits = Cells(6 * 50)
      let strays = Cell()
      Parallelism.forEachBlock(6) { outer in
        // Counting without an atomic addition would lose some if the inner blocks ran at once.
        let running = Cell()
        Parallelism.forEachBlock(50) { inner in
          if running.value.exchange(1, ordering: .relaxed) != 0 { strays.value.add(1, ordering: .relaxed) }
          visits.values[outer * 50 + inner].value.add(1, ordering: .relaxed)
          if running.value.exchange(0, ordering: .relaxed) != 1 { strays.value.add(1, ordering: .relaxed) }
        }
      }
      #expect(strays.value.load(ordering: .relaxed) == 0)
      #expect(visits.values.allSatisfy { $0.value.load(ordering: .relaxed) == 1 })
    }
    #expect(!Parallelism.isInsideBlock)
  }

  @Test func callsFromManyTasksAllFinish() async {
    let total = Cell()
    await withTaskGroup { group in
      for _ in 0..<50 {
        group.addTask { Parallelism.forEachBlock(20) { total.value.add($0, ordering: .relaxed) } }
      }
    }
    #expect(total.value.load(ordering: .relaxed) == 50 * 190)
  }

  @Test func theDefaultIsWhatTheProcessMayUse() {
    #expect(Parallelism.availableProcessors >= 1)
    #expect(Parallelism.threads >= 1)
  }

  @Test func noThreadStopsTheProcess() async {
    let outcome = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Parallelism.threads = 0
    }
    #expect(message(outcome).contains("Parallelism.threads: at least one thread is needed, not 0"))
  }
}
