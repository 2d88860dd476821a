import Testing

@testable import Adjoint

/// Results within the range of which a part is not: means of sums, running and scattered products, norms of squares, and second
/// derivatives where the first one is 0 by convention.
@Suite struct PartialResultTests {
  typealias D = Tensor<Double>

  private func isClose<S: TensorFloatingPoint>(_ a: S, _ b: S, _ units: Double = 4) -> Bool {
    a == b || (a.isNaN && b.isNaN) || abs(Double(a) / Double(b) - 1) <= units * Double(S.ulpOfOne)
  }

  private func rowByRow<S>(_ x: Tensor<S>) -> Tensor<S> { Tensor<S>(x.scalars, shape: x.shape) }

  // MARK: Means

  /// Lengths around those of chunks, tiles, single calls and blocks.
  @Test(arguments: [1, 2, 3, 8, 9, 129, 511, 513, 4095, 4097, 33_000, 140_000])
  func meansOfLargeNumbers(count: Int) {
    // The bounds of `sum`, for chains of columns too.
    let units = 80 + Double(Swift.min(count, 1024)) / 2
    func check<S: TensorFloatingPoint>(_ large: S) {
      for (what, x) in [
        ("a constant", Tensor<S>.full([count], large)), ("all", rowByRow(.full([count], large))),
        ("a stride", rowByRow(.full([2 * count], large))[.stride(by: 2)]),
        ("a sum", rowByRow(.full([count], large / 2)) + rowByRow(.full([count], large / 2))),
      ] {
        #expect(isClose(x.mean().item(), large, units), "\(what) of \(count): \(x.mean().item()), not \(large)")
      }
      let rows = rowByRow(Tensor<S>.full([3, count], large))
      for (what, means) in [
        ("rows", rows.mean(axis: 1)), ("columns", rows.transposed().mean(axis: 0)),
        ("strided columns", rowByRow(rows.transposed()).mean(axis: 0)),
        ("columns of a sum", (rowByRow(rows.transposed()) / 2 + rowByRow(rows.transposed()) / 2).mean(axis: 0)),
        (
          "axes apart",
          rows.reshaped([3, count, 1]).broadcast(to: [3, count, 2]).permuted([1, 0, 2]).mean(axes: [0, 2])
        ),
        ("nanMean of rows", rows.nanMean(axes: [1])),
      ] {
        #expect(means.scalars.allSatisfy { isClose($0, large, units) }, "\(what) of \(count): \(means.scalars)")
      }
      let x = Tensor<S>.full([count], large, requiresGrad: true)
      x.mean().backward()
      #expect(x.grad!.scalars.allSatisfy { isClose($0, 1 / S(count)) }, "\(count)")
      #expect(jvp(of: { (x: Tensor<S>) in x.mean() }, at: rows, along: rows).tangent.item() / large > 0.999)
      // What is not finite stays so.
      var elements = [S](repeating: large, count: count)
      elements[count / 2] = .infinity
      #expect(Tensor<S>(elements).mean().item() == .infinity)
      elements[count / 2] = .nan
      #expect(Tensor<S>(elements).mean().item().isNaN)
    }
    check(Float.greatestFiniteMagnitude / 1.25)
    check(Double.greatestFiniteMagnitude / 1.25)
  }

  @Test func meansOfBothSigns() {
    let large = Double.greatestFiniteMagnitude
    for parts in [[large, large, -large, -large], [large, large, large, -large]] {
      #expect(isClose(D(parts).mean().item(), parts.reduce(0) { $0 + $1 / 4 }))
      let columns = rowByRow(D(parts, shape: [4, 1]).broadcast(to: [4, 5]))
      #expect(columns.mean(axis: 0).scalars.allSatisfy { isClose($0, parts.reduce(0) { $0 + $1 / 4 }) })
    }
    // Small numbers keep their last bit.
    let least = Double.leastNonzeroMagnitude
    #expect(D([least, 3 * least]).mean().item() == 2 * least)
    #expect(D.full([3, 40_000], 3 * least).mean(axis: 1).scalars == [3 * least, 3 * least, 3 * least])
    #expect(D.full([1, 1, 8], large).averagePool1D(4).scalars == [large, large])
    #expect(Tensor<Float>.full([1, 1, 4, 4], 3e38).averagePool2D(2).scalars == [3e38, 3e38, 3e38, 3e38])
    #expect(Tensor<Float>([3e38, 3e38, 3e38]).variance().item() == 0)
  }

  // MARK: Deviations

  @Test func deviations() {
    for (x, expected) in [
      ([1e30, 3e30], 1.4142135e30), ([1e-30, 3e-30], 1.4142135e-30), ([-3e38, 3e38, 0], 3e38), ([5e30, 5e30, 5e30], 0),
    ] as [([Float], Float)] {
      let value = Tensor<Float>(x).standardDeviation().item()
      #expect(isClose(value, expected) || (expected == 0 && value < 1e24), "of \(x): \(value)")
    }
    for scale in [1e-200, 1e-30, 1, 1e30, 1e200, 1e307] {
      let x = D([1 * scale, 2 * scale, 4 * scale, -3 * scale], requiresGrad: true)
      let y = x.standardDeviation()
      y.backward()
      let plain = D([1, 2, 4, -3], requiresGrad: true)
      plain.standardDeviation().backward()
      #expect(isClose(y.item(), scale * D([1, 2, 4, -3]).standardDeviation().item()), "\(scale)")
      #expect(
        zip(x.grad!.scalars, plain.grad!.scalars).allSatisfy { abs($0 - $1) < 1e-15 }, "\(scale): \(x.grad!.scalars)")
    }
  }

  /// All the ways to a second derivative, at places where the first factor's derivative is 0 by convention.
  @Test func squaresOfKinks() {
    func check(_ name: String, _ x: [Double], _ expected: [Double], _ f: @escaping @Sendable (D) -> D) {
      let (x, count) = (D(x), x.count)
      let directions = (0..<count).map { k in D((0..<count).map { $0 == k ? 1 : 0 }) }
      func matrix(_ row: (D) -> D) -> [Double] { directions.flatMap { row($0).scalars } }
      func agrees(_ a: [Double]) -> Bool { zip(a, expected).allSatisfy { abs($0 - $1) < 1e-14 } }
      let gradient = { @Sendable (x: D) in grad(of: f)(x) }
      let reverse = hessian(of: f, at: x).scalars
      #expect(agrees(reverse), "\(name) at \(x.scalars), reverse: \(reverse)")
      let mixed = matrix { jvp(of: gradient, at: x, along: $0).tangent }
      #expect(agrees(mixed), "\(name) at \(x.scalars), forward over reverse: \(mixed)")
      let other = matrix { t in grad(of: { jvp(of: f, at: $0, along: t).tangent })(x) }
      #expect(agrees(other), "\(name) at \(x.scalars), reverse over forward: \(other)")
      let forward = matrix { t in
        D.stack(directions.map { s in jvp(of: { jvp(of: f, at: $0, along: t).tangent }, at: x, along: s).tangent })
      }
      #expect(agrees(forward), "\(name) at \(x.scalars), forward: \(forward)")
    }
    for x in [[0, 0], [3, -4]] as [[Double]] {
      let identity: [Double] = [2, 0, 0, 2]
      check("norm²", x, identity) { $0.norm().square() }
      check("norm·norm", x, identity) {
        let y = $0.norm()
        return y * y
      }
      check("norm·norm, recorded twice", x, identity) { $0.norm() * $0.norm() }
      check("Σ|x|²", x, identity) { $0.abs().square().sum() }
      check("Σ|x|·|x|", x, identity) { ($0.abs() * $0.abs()).sum() }
      check("3·Σ|x|²", x, [6, 0, 0, 6]) { ($0.abs().square() * 3).sum() }
    }
    for x in [[0, 0], [7, 7], [1, 3]] as [[Double]] {
      check("std²", x, [1, -1, -1, 1]) { $0.standardDeviation().square() }
      check("std·std", x, [1, -1, -1, 1]) {
        let y = $0.standardDeviation()
        return y * y
      }
    }
    // The first derivative of the deviation itself at equal elements is 0.
    #expect(grad(of: { (x: D) in x.standardDeviation() })(D([7, 7, 7])).scalars == [0, 0, 0])
  }

  // MARK: Running and scattered products

  /// Magnitudes from 2⁻⁶⁰⁰ to 2⁶⁰⁰ in pairs that cancel.
  @Test(arguments: [1, 2, 5, 64, 257])
  func runningProducts(count: Int) {
    var state: UInt64 = UInt64(count)
    func next() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) * 0x1p-53
    }
    for width in [1, 3, 300] {
      var elements = [Double](repeating: 1, count: count * width)
      for column in 0..<width {
        var exponent = 0
        for k in 0..<count {
          exponent = k & 1 == 0 ? Int(next() * 1200) - 600 : -exponent
          elements[k * width + column] = Double(sign: .plus, exponent: exponent, significand: 1 + 0.0001 * next())
        }
      }
      let x = D(elements, shape: [count, width])
      let (columns, rows) = (x.cumulativeProduct(axis: 0), rowByRow(x.transposed()).cumulativeProduct(axis: 1))
      #expect(rows.transposed().scalars == columns.scalars, "\(count) × \(width)")
      let last = x.product(axis: 0).scalars
      #expect(
        zip(columns.scalars.suffix(width), last).allSatisfy { isClose($0, $1, Double(count + 2)) },
        "\(count) × \(width)")
      // The last product's derivatives are those of the product, and forward mode agrees.
      let ofLast = grad(of: { (x: D) in x.cumulativeProduct(axis: 0)[count - 1].sum() })(x).scalars
      let ofProduct = grad(of: { (x: D) in x.product(axis: 0).sum() })(x).scalars
      #expect(zip(ofLast, ofProduct).allSatisfy { isClose($0, $1, Double(2 * count + 4)) }, "\(count) × \(width)")
      let tangent = jvp(of: { (x: D) in x.cumulativeProduct(axis: 0)[count - 1] }, at: x, along: x).tangent.scalars
      #expect(
        zip(tangent, last).allSatisfy { isClose($0, Double(count) * $1, Double(2 * count + 4)) }, "\(count) × \(width)")
    }
  }

  /// Derivatives up to the third, against those of products, with zeros and beyond the range.
  @Test func higherDerivativesOfRunningAndScatteredProducts() {
    let running = { @Sendable (x: D) in x.cumulativeProduct(axis: 0)[-1] }
    let scattered = { @Sendable (x: D) in
      D([2.0]).scatterReduce(axis: 0, at: [0, 0, 0, 0, 0], x, reduction: .product).sum() * 0.5
    }
    let own = { @Sendable (x: D) in
      x[0..<1].scatterReduce(axis: 0, at: [0, 0, 0, 0], x[1...], reduction: .product).sum()
    }
    for x in [[2, 0, 3, 0, 5], [2, 0, 3, 1, 5], [0, 0, 0, 1, 2], [1e200, 1e-200, 1e200, 1e-250, 3]] as [D] {
      let (h, third) = (
        hessian(of: { $0.product() }, at: x),
        { (f: @escaping @Sendable (D) -> D) in
          jvp(of: { (x: D) in hessian(of: f, at: x) }, at: x, along: [1, 0, 0, 0, 0]).tangent.scalars
        }
      )
      let exact = third { $0.product() }
      for (name, f) in [("running", running), ("scattered", scattered), ("own", own)] {
        #expect(zip(hessian(of: f, at: x).scalars, h.scalars).allSatisfy { isClose($0, $1) }, "\(name) at \(x.scalars)")
        #expect(zip(third(f), exact).allSatisfy { isClose($0, $1) }, "\(name), third, at \(x.scalars)")
        let forward = jvp(of: { (x: D) in grad(of: f)(x) }, at: x, along: [0, 1, 0, 0, 0]).tangent.scalars
        #expect(zip(forward, h.scalars[5..<10]).allSatisfy { isClose($0, $1) }, "\(name), mixed, at \(x.scalars)")
      }
    }
    // A zero among factors whose product is beyond the range.
    #expect(
      Tensor<Float>([1]).scatterReduce(axis: 0, at: [0, 0, 0], [1e30, 1e30, 0], reduction: .product).scalars == [0])
    // Examples of a batch.
    let batch: D = [[1e200, 1e200, 1e-300], [1, 2, 3]]
    #expect(vmap { (x: D) in x.cumulativeProduct(axis: 0) }(batch).scalars == batch.cumulativeProduct(axis: 1).scalars)
  }

  // MARK: Interpolation

  @Test func interpolation() {
    let large = Double.greatestFiniteMagnitude
    #expect(D([large]).lerp(to: D([-large]), weight: 0.5).scalars == [0])
    #expect(D([large]).lerp(to: D([large]), weight: 0.3).scalars == [large])
    #expect(D([0.1]).lerp(to: D([0.1]), weight: 0.3).scalars == [0.1])
    let infinity = Double.infinity
    #expect(D([1, infinity]).quantile(0).item() == 1)
    #expect(D([-infinity, 1, infinity]).quantile(0.5).item() == 1)
    #expect(D([1, infinity]).quantile(0.25).item() == infinity)
    #expect(D([-infinity, infinity]).quantile(0.5).item().isNaN)
    #expect(D([infinity, infinity]).quantile(0.5).item() == infinity)
    #expect(D([large, -large]).quantile(0.5).item() == 0)
    #expect(D([1, 2, infinity]).quantile(0.5, interpolation: .midpoint).item() == 2)
  }

  @Test func normsOfSubnormalNumbers() {
    for order: Double in [1, 3, 0.5, 1.5, -1] {
      let plain = D([3, -4, 1], requiresGrad: true)
      plain.norm(order: order).backward()
      for scale in [0x1p-1074, 0x1p-1050, 0x1p1020] {
        let x = D([3 * scale, -4 * scale, scale], requiresGrad: true)
        let y = x.norm(order: order)
        y.backward()
        #expect(
          zip(x.grad!.scalars, plain.grad!.scalars).allSatisfy { isClose($0, $1, 64) }, "\(order), \(scale): \(x.grad!)"
        )
        let (t, s) = (
          jvp(of: { (x: D) in x.norm(order: order) }, at: D(x.scalars), along: [1, 1, 1]).tangent, plain.grad!.sum()
        )
        #expect(abs(t.item() - s.item()) < 1e-13, "\(order), \(scale)")
      }
    }
    for order: Double in [.infinity, -.infinity, 1, 2, 3, -2] {
      #expect(D([1, .nan, 3]).norm(order: order).item().isNaN, "order \(order)")
    }
    // Small orders leave the range before they are scaled.
    #expect(isClose(D([1e-200, 1e-200]).norm(order: 0.001).item(), 0x1p1000 * 1e-200, 400))
  }
}
