import Testing

@testable import Adjoint

/// Positions of extremes: the first of equal elements, the first NaN before all.
@Suite struct PositionTests {
  static func elements(_ count: Int, levels: Int, nans: Int) -> [Double] {
    var state = count &* 31 &+ levels
    return (0..<count).map { index in
      state = (state &* 1_103_515_245 &+ 12_345) % (1 << 31)
      return nans > 0 && (state >> 8) % nans == 0 ? .nan : Double((state >> 16) % levels - levels / 2)
    }
  }

  static func position<Element: Comparable>(_ line: [Element], _ isNaN: (Element) -> Bool, largest: Bool) -> Int {
    if let nan = line.firstIndex(where: isNaN) { return nan }
    return line.indices.dropFirst().reduce(0) { (largest ? line[$1] > line[$0] : line[$1] < line[$0]) ? $1 : $0 }
  }

  func check<Scalar: TensorNumber & Comparable>(
    _ shape: [Int], levels: Int, nans: Int, _ convert: (Double) -> Scalar, _ isNaN: (Scalar) -> Bool
  ) {
    let (outer, count, inner) = (shape[0], shape[1], shape[2])
    let x = Self.elements(outer * count * inner, levels: levels, nans: nans).map(convert)
    let tensor = Tensor<Scalar>(x, shape: Shape(shape))
    for largest in [true, false] {
      let found = (largest ? tensor.argmax(axis: 1) : tensor.argmin(axis: 1)).scalars
      let expected = (0..<outer * inner).map { place in
        let line = (0..<count).map { x[(place / inner * count + $0) * inner + place % inner] }
        return Self.position(line, isNaN, largest: largest)
      }
      #expect(found == expected, "\(Scalar.self) \(shape), \(levels) levels, NaN one in \(nans), largest \(largest)")
    }
  }

  @Test(arguments: [
    [1, 1, 1], [3, 5, 1], [2, 63, 1], [2, 64, 1], [1, 130, 1], [4, 2047, 1], [3, 2049, 1], [1, 5000, 1],
    [1, 200_000, 1], [2, 7, 3], [1, 40, 300], [2, 3, 257],
  ]) func extremes(_ shape: [Int]) {
    for (levels, nans) in [(1, 0), (3, 0), (1 << 14, 0), (1 << 14, 5000), (9, 3)] {
      check(shape, levels: levels, nans: nans, { Float($0) }, \.isNaN)
      check(shape, levels: levels, nans: nans, { $0 }, \.isNaN)
      if nans == 0 {
        check(shape, levels: levels, nans: 0, { Int($0) }, { _ in false })
        check(shape, levels: levels, nans: 0, { Int32($0) }, { _ in false })
      }
    }
  }

  @Test func truth() {
    let x = Tensor<Bool>([false, true, true, false, false, false], shape: [2, 3])
    #expect(x.argmax(axis: 1).scalars == [1, 0])
    #expect(x.argmin(axis: 1).scalars == [0, 0])
  }

  @Test func onlyInfinities() {
    let x = Tensor<Float>([-.infinity, -.infinity, .infinity, .infinity])
    #expect(x.slice(axis: 0, end: 2).argmax().item() == 0)
    #expect(x.argmax().item() == 2)
    #expect(x.argmin().item() == 0)
  }
}

/// What a user writes with literals, and one axis where lists of axes are general.
@Suite struct ConvenienceTests {
  @Test func literals() {
    let x = Tensor<Float>([1, 2, 3])
    #expect((x.power(2)).scalars == [1, 4, 9])
    #expect((x.power(1.7)).scalars.map { ($0 * 100).rounded() } == [100, 325, 647])
    #expect(Tensor.power(2, x).scalars == [2, 4, 8])
    #expect((x * 2).scalars == [2, 4, 6] && (2 * x).scalars == [2, 4, 6])
    #expect((x / 2).scalars == [0.5, 1, 1.5] && (6 / x).scalars == [6, 3, 2])
    #expect((x + 0.5).scalars == [1.5, 2.5, 3.5] && (1 - x).scalars == [0, -1, -2])
    #expect(Tensor.maximum(x, 2).scalars == [2, 2, 3] && Tensor.minimum(x, 2.5).scalars == [1, 2, 2.5])
    #expect(x.remainder(2).scalars == [1, 0, 1] && x.fmod(2).scalars == [1, 0, 1])
    #expect(x.divided(by: 2, rounding: .down).scalars == [0, 1, 1] && x.copysign(-1).scalars == [-1, -2, -3])
    #expect(x.clamped(min: 1.5, max: 2.5).scalars == [1.5, 2, 2.5] && x.clamped(max: 2).scalars == [1, 2, 2])
    #expect(x.lerp(to: x * 3, weight: 0.5).scalars == [2, 4, 6])
    #expect(Tensor.where(x .> 1, x, 0).scalars == [0, 2, 3] && Tensor.where(x .> 1, 0, x).scalars == [1, 0, 0])
    #expect(x.maskedFill(x .< 2, 9).scalars == [9, 2, 3])
    #expect((x .> 1.5).scalars == [false, true, true] && (x .== 2).scalars == [false, true, false])
    let n = Tensor<Int>([1, 2, 3])
    #expect(
      (n.power(2)).scalars == [1, 4, 9] && (2 * n).scalars == [2, 4, 6] && (n .<= 2).scalars == [true, true, false])
  }

  @Test func oneAxis() {
    let x = Tensor<Double>([1, 2, 3, 4, 0, 6], shape: [2, 3])
    #expect(x.variance(axis: 1) == x.variance(axes: [1]))
    #expect(x.standardDeviation(axis: 0, correction: 0) == x.standardDeviation(axes: [0], correction: 0))
    #expect(x.norm(axis: -1, keepingDimensions: true) == x.norm(axes: [1], keepingDimensions: true))
    #expect(x.amax(axis: 0).scalars == [4, 2, 6] && x.amin(axis: 1).scalars == [1, 0])
    #expect(x.all(axis: 1).scalars == [true, false] && x.any(axis: 0).scalars == [true, true, true])
    #expect(x.countNonzero(axis: 1).scalars == [3, 2])
  }

  @Test func emptyVectorsAreLeftOut() {
    let (none, x) = (Tensor<Float>([], shape: [0]), Tensor<Float>([1, 2, 3, 4], shape: [2, 2]))
    #expect(Tensor.concatenate([none, x, none, x], axis: 1).shape == [2, 4])
    #expect(Tensor.concatenate([none, none]).shape == [0])
    #expect(Tensor.concatenate([none, Tensor<Float>([7])]).scalars == [7])
  }
}
