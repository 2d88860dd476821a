#if os(Linux)
  import Glibc
  import Synchronization
  import Testing

  @testable import Adjoint

  /// A child of a process whose other threads compute: it computes too, and does not wait for what is not there.
  @Suite(.serialized) struct ForkTests {
    private final class Flag: Sendable {
      let isSet = Atomic<Bool>(false)
    }

    private static func result() -> Double {
      let x = Tensor<Double>((0..<40_000).map { Double($0 % 97) / 97 }, shape: [200, 200], requiresGrad: true)
      // Of this order, OpenBLAS uses its own threads.
      let (q, r) = try! x.detached().qr()
      let y = (x.matmul(x) * 0.01).tanh().sum() + Tensor<Double>.randn(100_000).sum() * 0 + q.matmul(r).sum() * 0
      y.backward()
      return y.item() + x.grad!.sum().item()
    }

    @Test func childrenCompute() async throws {
      // Swift hides it, since most programs must not call it.
      let symbol = try #require(dlsym(nil, "fork"))
      let fork = unsafeBitCast(symbol, to: (@convention(c) () -> Int32).self)
      let expected = Self.result()
      let done = Flag()
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<3 {
          group.addTask { while !done.isSet.load(ordering: .relaxed) { _ = Self.result() } }
        }
        for round in 0..<60 {
          let child = fork()
          if child == 0 { _exit(Self.result() == expected ? 0 : 1) }
          var (status, waited): (Int32, Int) = (-1, 0)
          while waitpid(child, &status, WNOHANG) == 0, waited < 6_000 {
            usleep(10_000)
            waited += 1
          }
          if waited == 6_000 {
            kill(child, SIGKILL)
            waitpid(child, &status, 0)
          }
          #expect(status == 0, "child \(round) of 60: \(waited == 6_000 ? "hangs" : "status \(status)")")
        }
        done.isSet.store(true, ordering: .relaxed)
      }
    }
  }
#endif
