import Testing

import Adjoint

/// Places in sorted lists, counts, encodings and grids.
@Suite struct CountingTests {
  @Test func searchSortedIsTheNumberOfElementsBefore() {
    let generator = RandomGenerator(seed: 3)
    let line = Tensor<Int>.randint(0, 12, shape: [40], generator: generator).sorted().values
    let values = Tensor<Int>.randint(-2, 15, shape: [5, 6], generator: generator)
    let elements = line.scalars
    for afterEqual in [false, true] {
      let expected = values.scalars.map { v in elements.count { afterEqual ? $0 <= v : $0 < v } }
      #expect(line.searchSorted(values, afterEqual: afterEqual).scalars == expected)
      // A line for each line of values.
      let lines = line.reshaped(5, 8).sorted().values
      let rows = lines.searchSorted(values, afterEqual: afterEqual)
      for row in 0..<5 {
        let own = lines.select(axis: 0, index: row).searchSorted(
          values.select(axis: 0, index: row), afterEqual: afterEqual)
        #expect(rows.select(axis: 0, index: row).scalars == own.scalars)
      }
    }
    let withNaN = Tensor<Double>([1, 2, .nan])
    #expect(withNaN.searchSorted(Tensor([.nan, .infinity])).scalars == [2, 2])
    #expect(withNaN.searchSorted(Tensor([.nan]), afterEqual: true).scalars == [3])
    #expect(Tensor<Double>([]).searchSorted(Tensor([1.0, 2.0])).scalars == [0, 0])
  }

  @Test func bincountCountsEachNumber() {
    let numbers = Tensor<Int>.randint(0, 7, shape: [50], generator: RandomGenerator(seed: 5))
    let counts = numbers.bincount(minimumCount: 9)
    #expect(counts.scalars == (0..<9).map { n in numbers.scalars.count { $0 == n } })
    #expect(Tensor<Int>([]).bincount().shape == [0])
    #expect(Tensor<Int>([]).bincount(minimumCount: 2).scalars == [0, 0])
    // Weights get the cotangent of their number.
    let weights = Tensor<Double>.rand(50, requiresGrad: true, generator: RandomGenerator(seed: 6))
    let sums = numbers.bincount(weights: weights)
    let cotangent = Tensor<Double>.arange(0, Double(sums.count))
    sums.backward(cotangent)
    #expect(weights.grad!.scalars == numbers.scalars.map { Double($0) })
  }

  @Test func histogramPartsHoldTheirElements() {
    let x = Tensor<Double>.randn(500, generator: RandomGenerator(seed: 7))
    let (counts, edges) = x.histogram(bins: 13)
    #expect(counts.sum().item() == 500)
    let bounds = edges.scalars
    #expect(bounds.count == 14 && bounds[0] == x.min().item() && bounds[13] == x.max().item())
    for bin in 1..<12 {
      #expect(counts.scalars[bin] == x.scalars.count { $0 >= bounds[bin] && $0 < bounds[bin + 1] }, "part \(bin)")
    }
    let limited = Tensor<Double>([0, 1, 2, 3, .nan, 9]).histogram(bins: 3, range: 0...3)
    #expect(limited.counts.scalars == [1, 1, 2])
    #expect(Tensor<Double>([2, 2]).histogram(bins: 1).edges.scalars == [1.5, 2.5])
    #expect(Tensor<Double>([]).histogram(bins: 2).counts.scalars == [0, 0])
  }

  @Test func uniqueElementsMakeTheTensorAgain() {
    let x = Tensor<Int>.randint(-4, 5, shape: [6, 7], generator: RandomGenerator(seed: 8))
    let (values, inverse, counts) = x.unique()
    #expect(values.scalars == Set(x.scalars).sorted())
    #expect(values.take(inverse).scalars == x.scalars && inverse.shape == x.shape)
    #expect(counts.scalars == values.scalars.map { v in x.scalars.count { $0 == v } })
    #expect(Tensor<Double>([.nan, 1, .nan]).unique().counts.scalars == [1, 1, 1])
    #expect(Tensor<Int>([]).unique().values.shape == [0])
  }

  @Test func oneHotRowsHaveTheirOne() {
    let labels: Tensor<Int> = [[2, 0], [1, 2]]
    let encoded = labels.oneHot()
    #expect(encoded.shape == [2, 2, 3] && encoded.argmax(axis: -1).scalars == labels.scalars)
    #expect(encoded.sum().item() == 4)
    #expect(labels.oneHot(classes: 5).shape == [2, 2, 5])
  }

  @Test func gridsRepeatTheirLists() {
    let (a, b, c) = (Tensor<Double>([1, 2]), Tensor<Double>([3, 4, 5]), Tensor<Double>([6]))
    let grids = Tensor.meshgrid([a, b, c])
    #expect(grids.allSatisfy { $0.shape == [2, 3, 1] })
    for i in 0..<2 {
      for j in 0..<3 {
        let place = grids.map { $0.select(axis: 0, index: i).select(axis: 0, index: j).scalars[0] }
        #expect(place == [a.scalars[i], b.scalars[j], 6])
      }
    }
    let drawn = Tensor.meshgrid([a, b], indexing: .cartesian)
    #expect(
      drawn[0].shape == [3, 2] && drawn[0].scalars == [1, 2, 1, 2, 1, 2] && drawn[1].scalars == [3, 3, 4, 4, 5, 5])
  }
}
