import Testing

@testable import BenchmarkCore

@Suite struct MachineTests {
  @Test func levelsBySizeAndThreads() {
    let machine = Fixture.machine
    #expect(machine.level(ofBytes: 32 << 10, threads: 1) == "L1")
    #expect(machine.level(ofBytes: 48 << 10, threads: 1) == "L2")
    // Two threads bring two caches of their own, but share the last.
    #expect(machine.level(ofBytes: 48 << 10, threads: 2) == "L1")
    #expect(machine.level(ofBytes: 16 << 20, threads: 2) == "L3")
    #expect(machine.level(ofBytes: 17 << 20, threads: 2) == "memory")
  }

  @Test func percentOfPeak() {
    let rate = BenchmarkResult.Rate(.init(bytes: 100, flops: 50, items: 1), nanoseconds: 1)
    func percent(_ kind: Workload.Kind, _ type: DataType, _ bytes: Int) -> Double? {
      Fixture.peaks.percent(of: rate, kind: kind, type: type, footprint: bytes, machine: Fixture.machine)
    }
    #expect(percent(.bandwidth, .float32, 1000) == 50)
    #expect(percent(.bandwidth, .float32, 1 << 30)! == 100.0 * 100 / 12)
    #expect(percent(.arithmetic, .float32, 1000) == 50)
    #expect(percent(.arithmetic, .float64, 1000) == 100)
    #expect(percent(.latency, .float32, 1000) == nil)
    // A level that was not measured.
    #expect(percent(.bandwidth, .float32, 10 << 20) == nil)
  }

  @Test func warnsOfAnOldOpenBLASCore() {
    var machine = Fixture.machine
    machine.isa = "avx512"
    machine.env = [:]
    machine.blas.corename = "Haswell"
    #expect(machine.standingWarnings().count == 1)
    #expect(machine.standingWarnings()[0].contains("does not recognise"))
    machine.env["OPENBLAS_CORETYPE"] = "Haswell"
    #expect(machine.standingWarnings()[0].contains("OPENBLAS_CORETYPE"))
    machine.blas.corename = "SkylakeX"
    #expect(machine.standingWarnings().isEmpty)
    // Cores of other architectures are not judged.
    machine.blas.corename = "NEOVERSEN1"
    #expect(machine.standingWarnings().isEmpty)
    machine.isa = "baseline"
    #expect(machine.standingWarnings().count == 1)
  }

  @Test func readsProcessorTimes() {
    let usage = LoadMonitor.Usage(parsing: "cpu  100 20 30 400 50 6 7 80 0 0\ncpu0 1 2 3\n", ticksPerSecond: 100)
    #expect(usage?.busy == 1.63)
    #expect(usage?.stolen == 0.8)
    #expect(LoadMonitor.Usage(parsing: "", ticksPerSecond: 100) == nil)
    #expect(LoadMonitor.Usage(parsing: "cpu  1 2", ticksPerSecond: 100) == nil)
  }

  @Test func describesThisMachine() {
    let machine = MachineInfo.current()
    #expect(machine.cores >= 1)
    #expect(machine.memBytes > 0)
    #expect(!machine.blas.config.isEmpty)
    #expect(!machine.caches.isEmpty)
    #expect(machine.description.contains(machine.blas.corename))
  }

  @Test func files() {
    #expect(SystemFile.value(of: "NAME", in: "A=1\nNAME=\"x y\"\n") == "x y")
    #expect(SystemFile.value(of: "model name", in: "model name\t: CPU 1\n") == "CPU 1")
    #expect(SystemFile.value(of: "none", in: "A=1") == nil)
    #expect(SystemFile.contents("/no/such/file") == nil)
    #expect("  a b \n".trimmed() == "a b")
  }

  @Test func theClockTicks() {
    #expect(Clock.tick >= 1)
    let start = Clock.now()
    #expect(Clock.now() >= start)
    #expect(LoadMonitor.clockSpeed() > 0)
  }
}
