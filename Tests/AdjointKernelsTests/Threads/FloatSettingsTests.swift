import CKernels
import Synchronization
import Testing

@testable import AdjointKernels

#if arch(x86_64)
  /// What helpers compute is rounded as the caller rounds.
  @Suite(.serialized) struct FloatSettingsTests {
    @Test func helpersRoundAsTheCallerDoes() {
      let threads = Parallelism.threads
      defer { Parallelism.threads = threads }
      Parallelism.threads = 4
      let usual = ck_float_settings()
      defer { ck_use_float_settings(usual) }
      // Upwards, downwards, and to nearest again.
      for mode in [2, 1, 0] as [UInt64] {
        ck_use_float_settings(usual & ~(3 << 13) | mode << 13)
        let expected = ck_float_settings()
        let others = Atomic<Int>(0)
        Parallelism.forEachBlock(400) { _ in
          if ck_float_settings() != expected { others.wrappingAdd(1, ordering: .relaxed) }
          for _ in 0..<200 { ck_pause() }
        }
        #expect(others.load(ordering: .relaxed) == 0, "mode \(mode)")
      }
    }
  }
#endif
