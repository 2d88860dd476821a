import AdjointKernels
import CBenchmarkProbes
import COpenBLAS
import Dispatch

extension Peaks {
  /// Measures the peaks with a number of threads; about a second.
  public static func measure(machine: MachineInfo, threads: Int) -> Peaks {
    let before = openblas_get_num_threads()
    openblas_set_num_threads(Int32(threads))
    defer { openblas_set_num_threads(before) }
    return Peaks(
      threads: threads,
      float32: Arithmetic(
        multiplyAdd: multiplyAdds(threads, cb_multiply_add_float), matrixProduct: matrixProduct(Float.self)),
      float64: Arithmetic(
        multiplyAdd: multiplyAdds(threads, cb_multiply_add_double), matrixProduct: matrixProduct(Double.self)),
      bandwidth: levels(of: machine, threads).map { bandwidth($0.level, bytesPerThread: $0.bytes, threads) })
  }

  /// Each level with a working set per thread that fits well into it and not into the one below: half of it, and at
  /// most six times the one below, because a virtual machine may report a cache of which it has a small share.
  ///
  /// The memory's is twice the last cache's, at most 768 MiB and an eighth of the memory: touching gigabytes would
  /// take longer than measuring.
  private static func levels(of machine: MachineInfo, _ threads: Int) -> [(level: String, bytes: Int)] {
    var levels: [(level: String, bytes: Int)] = []
    var below = Int.max / 8
    for cache in machine.dataCaches {
      let share = cache.sharedBy > 1 ? max(1, min(threads, cache.sharedBy)) : 1
      levels.append((MachineInfo.levelName(cache), min(cache.bytes / 2 / share, 6 * below)))
      below = cache.bytes
    }
    let last = machine.dataCaches.last?.bytes ?? 32 << 20
    let memory = min(max(2 * last, 128 << 20), 768 << 20, max(machine.memBytes / 8, 64 << 20))
    levels.append(("memory", memory / threads))
    return levels
  }

  private static func bandwidth(_ level: String, bytesPerThread: Int, _ threads: Int) -> Bandwidth {
    let count = max(1024, bytesPerThread / 12 / 1024 * 1024)
    // An odd number of lines between the arrays: at a multiple of 4 KiB they would fight for the same sets.
    let arrays = (0..<threads).map { _ in ProbeArrays(count: count, gap: 5 * 16) }
    // Two rates of each: on a shared machine the better one is nearer to what the machine can do.
    func best(bytes: Int, _ body: @escaping @Sendable (ProbeArrays, Int64) -> Void) -> Double {
      let repetitions = Int64(max(1, (24 << 20) / (count * 12)))
      return (0..<3).map { _ in
        let seconds = seconds(threads, atLeast: 0.02) { body(arrays[$0], repetitions) }
        return Double(bytes * count * threads) * Double(repetitions) / seconds / 1e9
      }.max()!
    }
    let count64 = Int64(count)
    return Bandwidth(
      level: level, workingSet: 12 * count * threads,
      triad: best(bytes: 12) { cb_triad($0.a, $0.b, $0.c, 1.5, count64, $1) },
      streaming: best(bytes: 12) { cb_triad_streaming($0.a, $0.b, $0.c, 1.5, count64, $1) },
      read: best(bytes: 12) { _ = cb_read($0.a, 3 * count64, $1) })
  }

  private static func multiplyAdds(
    _ threads: Int, _ body: @escaping @convention(c) (Int64) -> Double
  ) -> Double {
    let work = body(16)
    return (0..<4).map { _ in
      let rounds: Int64 = 2_000_000
      let seconds = seconds(threads, atLeast: 0.01) { _ in _ = body(rounds) }
      return work / 16 * Double(rounds) * Double(threads) / seconds / 1e9
    }.max()!
  }

  /// Seconds of a round in which every thread runs `body` once.
  private static func seconds(_ threads: Int, atLeast: Double, _ body: @escaping @Sendable (Int) -> Void) -> Double {
    var rounds = 0
    let start = Clock.now()
    var elapsed = 0.0
    repeat {
      if threads == 1 { body(0) } else { DispatchQueue.concurrentPerform(iterations: threads, execute: body) }
      rounds += 1
      elapsed = Double(Clock.now() - start) / 1e9
    } while elapsed < atLeast
    return elapsed / Double(rounds)
  }

  private static func matrixProduct<Scalar: BinaryFloatingPoint>(_: Scalar.Type) -> Double {
    let n = 1024
    let a = (0..<n * n).map { Scalar($0 % 7) - 3 }
    var c = [Scalar](repeating: 0, count: n * n)
    func run() {
      if Scalar.self == Float.self {
        a.withUnsafeBytes { a in
          c.withUnsafeMutableBytes { c in
            let (a, c) = (a.bindMemory(to: Float.self).baseAddress, c.bindMemory(to: Float.self).baseAddress)
            cblas_sgemm(
              CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(n), Int32(n), Int32(n), 1, a, Int32(n), a, Int32(n), 0,
              c,
              Int32(n))
          }
        }
      } else {
        a.withUnsafeBytes { a in
          c.withUnsafeMutableBytes { c in
            let (a, c) = (a.bindMemory(to: Double.self).baseAddress, c.bindMemory(to: Double.self).baseAddress)
            cblas_dgemm(
              CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(n), Int32(n), Int32(n), 1, a, Int32(n), a, Int32(n), 0,
              c,
              Int32(n))
          }
        }
      }
    }
    run()
    return (0..<4).map { _ in
      let start = Clock.now()
      run()
      return 2 * Double(n * n * n) / Double(Clock.now() - start)
    }.max()!
  }
}

/// Three arrays of a thread in one block.
private final class ProbeArrays: @unchecked Sendable {
  let a, b, c: UnsafeMutablePointer<Float>
  private let block: UnsafeMutableRawPointer

  init(count: Int, gap: Int) {
    block = .allocate(byteCount: (3 * (count + gap) + gap) * 4, alignment: 64)
    let floats = block.bindMemory(to: Float.self, capacity: 3 * (count + gap) + gap)
    floats.initialize(repeating: 1, count: 3 * (count + gap) + gap)
    a = floats
    b = floats + count + gap
    c = floats + 2 * (count + gap)
  }

  deinit { block.deallocate() }
}
