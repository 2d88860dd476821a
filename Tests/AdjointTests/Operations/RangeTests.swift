import Testing

@testable import Adjoint

/// Values and derivatives that exist where what is calculated on the way leaves the type's range.
@Suite struct RangeTests {
  private func gradient<S: TensorFloatingPoint>(
    _ x: [S], _ f: (Tensor<S>) -> Tensor<S>
  ) -> (value: S, gradient: [S]) {
    let x = Tensor<S>(x, requiresGrad: true)
    let y = f(x)
    y.backward()
    return (y.item(), x.grad!.scalars)
  }

  private func expectClose<S: TensorFloatingPoint>(
    _ values: [S], _ expected: [S], _ what: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for (value, right) in zip(values, expected) {
      #expect(
        value == right || (value.isNaN && right.isNaN)
          || abs(Double(value) - Double(right)) <= 4 * Double(S.ulpOfOne) * abs(Double(right)),
        "\(what): \(values), not \(expected)", sourceLocation: sourceLocation)
    }
    #expect(values.count == expected.count, sourceLocation: sourceLocation)
  }

  // MARK: Products

  @Test func products() {
    for (factors, product, others) in [
      ([1e13, 0, 0, 1e13, 1e13, 0, 1e13, 1e13, 1e13], 0, [0, 0, 0, 0, 0, 0, 0, 0, 0]),
      ([1e30, 1e30, 0, 1e-30, 1e-30], 0, [0, 0, 1, 0, 0]),
      ([1e30, 1e30, 1e-30, 1e-30], 1, [1e-30, 1e-30, 1e30, 1e30]),
      ([1e-30, 1e-30, 1e30, 1e30], 1, [1e30, 1e30, 1e-30, 1e-30]),
      ([1e30, 1e30, -1, 0], 0, [0, 0, 0, -.infinity]),
      ([3], 3, [1]), ([0, 5], 0, [5, 0]), ([.infinity, 2], .infinity, [2, .infinity]),
      ([.infinity, 0], .nan, [0, .infinity]), ([.nan, 0, 2], .nan, [0, .nan, .nan]),
    ] as [([Float], Float, [Float])] {
      let (value, gradient) = gradient(factors) { $0.product() }
      expectClose([value], [product], "product of \(factors)")
      expectClose(gradient, others, "gradient of \(factors)")
    }
    let wide: [Double] = [1e200, 1e200, 3, 1e-200, 1e-200, 0x1p-1074, 0x1p1000]
    let (value, gradient) = gradient(wide) { $0.product() }
    expectClose([value], [3 * 0x1p-74], "product of \(wide)")
    expectClose(Array(gradient[2...2]), [0x1p-74], "gradient of \(wide)")
    // Small partial products keep their digits: 10⁻¹⁶⁰ · 10⁻¹⁶⁰ has four of them.
    let small: [Double] = [1.23456789e-160, 1.23456789e-160, 1e300]
    expectClose([gradient.count == 7 ? Tensor(small).product().item() : 0], [1.23456789 * 1.23456789e-20], "\(small)")
  }

  /// Each line of an array by itself, at lengths around those of blocks and registers, along every axis.
  @Test(arguments: [1, 7, 8, 9, 63, 64, 65, 127, 129, 4095, 4097, 32_767, 32_768, 32_769, 70_001])
  func productsOfManyLengths(count: Int) {
    var state: UInt64 = UInt64(count)
    func next() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) * 0x1p-53
    }
    for width in [1, 3] {
      // Magnitudes from 2⁻⁶⁰⁰ to 2⁶⁰⁰ in pairs that cancel, so that every order of partial products leaves the range.
      let scales = (0..<count * width).map { _ in Int(next() * 1200) - 600 }
      let significands = (0..<count * width).map { _ in 1 + 0.0001 * (next() - 0.5) }
      var elements = [Double](repeating: 1, count: count * width)
      for column in 0..<width {
        for k in 0..<count {
          let other = k ^ 1 < count ? scales[(k & ~1) * width + column] : 0
          elements[k * width + column] =
            Double(sign: .plus, exponent: k & 1 == 0 ? other : -other, significand: significands[k * width + column])
        }
      }
      let x = Tensor<Double>(elements, shape: [count, width])
      let y = x.product(axis: 0).scalars
      let z = x.transposed().product(axis: 1).scalars
      for column in 0..<width {
        let exact = (0..<count).reduce(1.0) { $0 * significands[$1 * width + column] }
        #expect(
          abs(y[column] - exact) <= 1e-15 * Double(count + 1) * exact, "\(count) × \(width): \(y[column]), \(exact)")
        #expect(
          abs(z[column] - exact) <= 1e-15 * Double(count + 1) * exact, "\(count) × \(width): \(z[column]), \(exact)")
      }
    }
  }

  @Test func productsOverAxesApart() {
    let x = Tensor<Double>([1e200, 2, 1e200, 3, 1e-200, 5, 1e-200, 7], shape: [2, 2, 2])
    expectClose(x.product(axes: [0, 2]).scalars, [10, 21], "axes 0 and 2")
    expectClose(x.product(axes: [0, 1]).scalars, [1, 210], "axes 0 and 1")
    expectClose(x.product().scalars, [210], "all")
    expectClose(x.reshaped([2, 1, 2, 2]).product(axes: [0, 1, 3]).scalars, [10, 21], "with an axis of 1 between")
  }

  /// Second and third derivatives, with zeros and beyond the range.
  @Test func derivativesOfProductsOfHigherOrder() {
    typealias D = Tensor<Double>
    let x: D = [2, 0, 3, 0, 5]
    // ∂²/∂x₁∂x₃ = 30 is all there is.
    let second = hessian(of: { (x: D) in x.product() }, at: x).scalars
    for i in 0..<5 {
      for j in 0..<5 { #expect(second[i * 5 + j] == ((i, j) == (1, 3) || (i, j) == (3, 1) ? 30 : 0), "\(i), \(j)") }
    }
    let third = jvp(of: { (x: D) in hessian(of: { $0.product() }, at: x) }, at: x, along: [1, 0, 0, 0, 0]).tangent
    #expect(third.scalars[1 * 5 + 3] == 15)
    #expect(third.scalars.reduce(0, +) == 30)
    let wide: D = [1e200, 1e200, 0, 1e-200, 1e-200]
    let mixed = hvp(of: { (x: D) in x.product() }, at: wide, along: [0, 0, 1, 0, 0]).scalars
    expectClose(mixed, [1e-200, 1e-200, 0, 1e200, 1e200], "row of the Hessian")
  }

  // MARK: Norms

  @Test func norms() {
    for (x, norm, direction) in [
      ([1e20, 1, 1], 1e20, [1, 1e-20, 1e-20]), ([3e38, 0], 3e38, [1, 0]), ([3e-30, 4e-30], 5e-30, [0.6, 0.8]),
      ([0, 0], 0, [0, 0]), ([.infinity, 1], .infinity, [.nan, 0]), ([.nan, 1], .nan, [.nan, .nan]),
    ] as [([Float], Float, [Float])] {
      for form in [{ $0.norm() }, { $0.reshaped([1, x.count]).norm(axis: 1).reshaped([]) }]
        as [(Tensor<Float>) -> Tensor<Float>]
      {
        let (value, gradient) = gradient(x, form)
        expectClose([value], [norm], "norm of \(x)")
        expectClose(gradient, direction, "gradient of the norm of \(x)")
      }
    }
    for (x, norm, direction) in [
      ([3e-200, 4e-200], 5e-200, [0.6, 0.8]), ([3e200, 4e200], 5e200, [0.6, 0.8]),
      ([0x1p-1074, 0], 0x1p-1074, [1, 0]), ([0x1p1023, 0x1p-1074], 0x1p1023, [1, 0]),
      ([0x3p-1040, -0x4p-1040], 0x5p-1040, [0.6, -0.8]),
    ] as [([Double], Double, [Double])] {
      let (value, gradient) = gradient(x) { $0.norm() }
      #expect(abs(value - norm) <= max(4e-16 * norm, 0x1p-1074), "norm of \(x): \(value)")
      for (slope, right) in zip(gradient, direction) {
        #expect(abs(slope - right) < 1e-12, "norm of \(x): \(gradient)")
      }
    }
    for order in [3, 1.5, 0.5, 7] {
      for scale in [1e-200, 1e-100, 1, 1e100, 1e200] {
        let plain = gradient([1, -2, 0.5, 0]) { $0.norm(order: order) }
        let scaled = gradient([scale, -2 * scale, 0.5 * scale, 0]) { $0.norm(order: order) }
        #expect(
          abs(scaled.value / scale - plain.value) < 1e-14 * plain.value, "order \(order), \(scale): \(scaled.value)")
        for (a, b) in zip(plain.gradient, scaled.gradient) {
          #expect(abs(a - b) < 1e-14, "order \(order), scale \(scale)")
        }
      }
    }
    expectClose([Tensor<Float>([1e20, 1e20]).norm(order: 3).item()], [1.2599211e20], "order 3")
    expectClose([Tensor<Double>([1e-200, 2e-200]).norm(order: -2).item()], [1e-200 * (0.8).squareRoot()], "order −2")
    // Long rows, columns and the distances that are made of norms.
    let rows = Tensor<Double>.full([3, 10_000], 1e200)
    expectClose(rows.norm(axis: 1).scalars, [1e202, 1e202, 1e202], "rows")
    expectClose(rows.transposed().norm(axis: 0).scalars, [1e202, 1e202, 1e202], "columns")
    expectClose(
      Tensor<Float>.full([3, 5], 1e30).cdist(.zeros(2, 5)).scalars, .init(repeating: 2.236068e30, count: 6), "cdist")
    expectClose(Tensor<Float>([[1e30, 0]]).normalize().scalars, [1, 0], "normalize")
    expectClose([try! Tensor<Double>([[3e-200, 0], [0, 4e-200]]).matrixNorm().item()], [5e-200], "matrixNorm")
  }

  /// The second derivative of a norm's square at 0, where the norm has a kink.
  @Test func squaresOfNorms() {
    typealias D = Tensor<Double>
    func timesItself(_ x: D) -> D {
      let y = x.norm()
      return y * y
    }
    for (name, f) in [
      ("norm² by square", { $0.norm().square() }), ("norm² by power", { $0.norm().power(2) }),
      ("norm²: y·y", timesItself), ("norm² of rows", { $0.norm(axis: 0, keepingDimensions: true).square().sum() }),
    ] as [(String, (D) -> D)] {
      for x in [[0, 0], [3, 4]] as [D] {
        #expect(hessian(of: f, at: x).scalars == [2, 0, 0, 2], "\(name) at \(x)")
        #expect(f(x).item() == (x.scalars[0] == 0 ? 0 : 25), "\(name) at \(x)")
        #expect(grad(of: f)(x).scalars == (x.scalars[0] == 0 ? [0, 0] : [6, 8]), "\(name) at \(x)")
      }
    }
  }

  // MARK: Slopes

  @Test func planeGeometry() {
    func slopes<S: TensorFloatingPoint>(_ a: S, _ b: S, _ f: (Tensor<S>, Tensor<S>) -> Tensor<S>) -> [S] {
      let (a, b) = (Tensor<S>(a, requiresGrad: true), Tensor<S>(b, requiresGrad: true))
      f(a, b).backward()
      return [a.grad!.item(), b.grad!.item()]
    }
    expectClose(slopes(Float(1e30), 1e30) { .atan2($0, $1) }, [5e-31, -5e-31], "atan2")
    expectClose(slopes(Float(1e-30), 1e-30) { .atan2($0, $1) }, [5e29, -5e29], "atan2")
    expectClose(slopes(3e300, 4e300) { .atan2($0, $1) }, [0.16e-300, -0.12e-300], "atan2")
    expectClose(slopes(3e-300, -4e-300) { .atan2($0, $1) }, [-0.16e300, -0.12e300], "atan2")
    expectClose(slopes(0.0, 0) { .atan2($0, $1) }, [0, 0], "atan2 at the origin")
    for scale in [1, 1e300, 1e-300, 1e307, 1e-307, 0x1p-1040] {
      expectClose(slopes(3 * scale, 4 * scale) { .hypot($0, $1) }, [0.6, 0.8], "hypot at \(scale)")
    }
    expectClose(
      slopes(Double.greatestFiniteMagnitude, .greatestFiniteMagnitude) { .hypot($0, $1) },
      [Double(0.5).squareRoot(), Double(0.5).squareRoot()], "hypot")
    expectClose(slopes(Float(3e38), 3e38) { .hypot($0, $1) }, [0.70710677, 0.70710677], "hypot")
    expectClose(slopes(0.0, 0) { .hypot($0, $1) }, [0, 0], "hypot at the origin")
    expectClose(slopes(0.0, -2) { .hypot($0, $1) }, [0, -1], "hypot on an axis")
  }

  @Test func inverseFunctions() {
    func slope<S: TensorFloatingPoint>(_ x: S, _ f: @escaping (Tensor<S>) -> Tensor<S>) -> [S] {
      gradient([x]) { f($0).sum() }.gradient
    }
    expectClose(slope(Float(1e20)) { $0.asinh() }, [1e-20], "asinh")
    expectClose(slope(Float(1e20)) { $0.acosh() }, [1e-20], "acosh")
    expectClose(slope(-1e200) { $0.asinh() }, [1e-200], "asinh")
    expectClose(slope(1e200) { $0.acosh() }, [1e-200], "acosh")
    // Near the ends, where 1 − x² and x² − 1 cancel: 1/√(δ(2 ± δ)) for a δ that is exact.
    let delta = 0x1p-40
    expectClose(slope(1 + delta) { $0.acosh() }, [1 / (delta * (2 + delta)).squareRoot()], "acosh near 1")
    expectClose(slope(1 - delta) { $0.asin() }, [1 / (delta * (2 - delta)).squareRoot()], "asin near 1")
    expectClose(slope(delta - 1) { $0.acos() }, [-1 / (delta * (2 - delta)).squareRoot()], "acos near −1")
    expectClose(slope(1 - delta) { $0.atanh() }, [1 / (delta * (2 - delta))], "atanh near 1")
    #expect(slope(1.0) { $0.acosh() } == [.infinity] && slope(0.0) { $0.asinh() } == [1])
  }

  /// Functions with slope 1 at 0 are the identity on the smallest numbers.
  @Test func smallestNumbers() {
    func check<S: TensorFloatingPoint>(_: S.Type) {
      for x in [S.leastNonzeroMagnitude, 3 * S.leastNonzeroMagnitude, S.leastNormalMagnitude] {
        for (name, f) in [
          ("expm1", { $0.expm1() }), ("log1p", { $0.log1p() }), ("sin", { $0.sin() }), ("tan", { $0.tan() }),
          ("asin", { $0.asin() }), ("atan", { $0.atan() }), ("sinh", { $0.sinh() }), ("tanh", { $0.tanh() }),
          ("asinh", { $0.asinh() }), ("atanh", { $0.atanh() }), ("softsign", { $0.softsign() }),
        ] as [(String, (Tensor<S>) -> Tensor<S>)] {
          #expect(f(Tensor<S>([x, -x])).scalars == [x, -x], "\(name) of \(x) as \(S.self)")
        }
      }
    }
    check(Float.self)
    check(Double.self)
  }
}
