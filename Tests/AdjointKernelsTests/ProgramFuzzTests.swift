import ProgramFuzzer
import Testing

/// A bounded run of random tile programs; `make fuzz` runs them without end, guided by coverage and under sanitizers.
@Suite struct ProgramFuzzTests {
  @Test func randomProgramsStayWithinTheirArrays() {
    for seed in UInt64(0)..<1500 {
      var state = seed
      let bytes = (0..<256).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: state >> 33)
      }
      if let fault = bytes.withUnsafeBufferPointer({ program_fuzzer_run($0.baseAddress, $0.count) }) {
        Issue.record("seed \(seed): \(String(cString: fault))")
      }
    }
  }
}
