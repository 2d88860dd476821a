import Testing

@testable import BenchmarkCore

@Suite struct StatisticsTests {
  /// Values computed with NumPy: percentile(x, [25, 50, 75, 95]) and median(|x − median|).
  @Test func knownValues() {
    let statistics = Statistics([7, 1, 3, 9, 5, 11, 2, 8, 100, 4])
    #expect(statistics.count == 10)
    #expect(statistics.min == 1)
    #expect(statistics.max == 100)
    #expect(statistics.mean == 15)
    #expect(statistics.p25 == 3.25)
    #expect(statistics.median == 6)
    #expect(statistics.p75 == 8.75)
    #expect(abs(statistics.p95 - 59.95) < 1e-12)
    #expect(statistics.mad == 3)
  }

  @Test func oneSample() {
    let statistics = Statistics([4])
    #expect(statistics.median == 4)
    #expect(statistics.mad == 0)
    #expect(statistics.p95 == 4)
    #expect(statistics.noise == 0)
  }

  /// Quartiles 2.25 and 8.75 put the upper fences at 18.5 and 28.25.
  @Test func outliersAreCountedAndKept() {
    let quiet = (0...10).map(Double.init)
    let mild = Statistics(quiet + [0, 10] + [20])
    #expect(mild.mildOutliers == 1)
    #expect(mild.severeOutliers == 0)
    let severe = Statistics(quiet + [1000, -1000])
    #expect(severe.mildOutliers == 2)
    #expect(severe.severeOutliers == 2)
    #expect(severe.max == 1000)
    #expect(severe.count == 13)
  }

  /// Four times the samples halve the noise.
  @Test func noiseFallsWithTheRootOfTheSamples() {
    let few = (0..<100).map { 100 + Double($0 % 10) }
    let many = few + few + few + few
    #expect(abs(Statistics(few).noise / Statistics(many).noise - 2) < 1e-12)
    // MAD 2.5 around the median 104.5.
    #expect(abs(Statistics(few).noise - 1.2533 * 1.4826 * 2.5 / 10 / 104.5) < 1e-12)
  }

  @Test func bootstrapSeesAClearChangeAndOnlyThat() {
    var generator = SplitMix(state: 7)
    func samples(_ center: Double) -> [Double] {
      (0..<200).map { _ in center * (1 + 0.05 * (Double(generator.next() >> 11) / 0x1p53 - 0.5)) }
    }
    let old = samples(100)
    let slower = RatioInterval(old: old, new: samples(110))
    #expect(slower.isSignificant)
    #expect(slower.low < 1.1 && 1.1 < slower.high, "\(slower)")
    #expect(slower.high - slower.low < 0.03)
    let same = RatioInterval(old: old, new: samples(100))
    #expect(!same.isSignificant, "\(same)")
    #expect(RatioInterval(old: old, new: old).ratio == 1)
    #expect(RatioInterval(old: old, new: old) == RatioInterval(old: old, new: old))
  }

  @Test func geometricMean() {
    #expect(Comparison.geometricMean([]) == nil)
    #expect(abs(Comparison.geometricMean([2, 8])! - 4) < 1e-12)
    #expect(abs(Comparison.geometricMean([0.5, 2, 1])! - 1) < 1e-12)
  }
}
