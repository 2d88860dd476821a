import AdjointKernels
import Testing

@testable import Adjoint

/// Every operation of linear algebra against finite differences, to second order, on its own samples.
@Suite struct LinearAlgebraLawTests {
  static var declarations: [any OperationDeclaration.Type] {
    [
      Cholesky.self, Determinant.self, Eig.self, Eigh.self, Gram.self, Inverse.self, LU.self, LeastSquares.self,
      MatrixExponential.self, PseudoInverse.self, QR.self, SVD.self, SignedLogDeterminant.self, SingularValues.self,
      Solve.self, TriangularSolve.self,
    ]
  }

  /// A small generator of numbers in -1...1, the same on every run.
  struct Numbers {
    var state: UInt64
    mutating func next() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / Double(1 << 52) - 1
    }
    mutating func array(_ count: Int) -> [Double] { (0..<count).map { _ in next() } }
  }

  static func array(_ expression: Adjoint.Expression) -> [Double] { Tensor<Double>(expression).scalars }
  static func leaf(_ numbers: [Double], _ shape: Shape) -> Adjoint.Expression {
    let node = Tensor<Double>(numbers, shape: shape).node
    node.setTracking(.tracked)
    return Adjoint.Expression(node)
  }

  /// Everything at one point: outputs, cotangents of the inputs, and both derivatives along the tangents.
  struct Point {
    var outputs: [[Double]] = []
    var vjp: [[Double]] = []
    var jvp: [[Double]] = []
    var second: [[Double]] = []

    init(_ sample: Sample, _ shapes: [Shape], _ inputs: [[Double]], _ tangents: [[Double]], seed: UInt64) {
      let leaves = zip(inputs, shapes).map { LinearAlgebraLawTests.leaf($0, $1) }
      let results = sample.body(leaves)
      var numbers = Numbers(state: seed)
      let seeds = results.map { result in
        (result.asNode, Tensor<Double>(numbers.array(result.shape.elementCount), shape: result.shape).expression)
      }
      let along = zip(leaves, zip(tangents, shapes)).map { leaf, tangent in
        (node: leaf.node!, tangent: Tensor<Double>(tangent.0, shape: tangent.1).expression)
      }
      let g = Backward.cotangents(seeds, targets: leaves.map { $0.node! }) { _, _ in }
      let nodes = zip(g, shapes).map { ($0 ?? .full(0, .float64, $1)).asNode }
      outputs = results.map(LinearAlgebraLawTests.array)
      vjp = nodes.map { LinearAlgebraLawTests.array(Adjoint.Expression($0)) }
      jvp = zip(Forward.tangents(of: results.map(\.asNode), along: along), results).map {
        LinearAlgebraLawTests.array($0 ?? .full(0, .float64, $1.shape))
      }
      second = zip(Forward.tangents(of: nodes, along: along), shapes).map {
        LinearAlgebraLawTests.array($0 ?? .full(0, .float64, $1))
      }
    }
  }

  @Test(arguments: declarations.indices)
  func derivatives(_ index: Int) {
    let declaration = Self.declarations[index]
    for (number, sample) in declaration.samples.enumerated() {
      var numbers = Numbers(state: UInt64(1000 * index + number))
      var shapes: [Shape] = []
      var inputs: [[Double]] = []
      for input in sample.inputs {
        guard case .uniform(let shape, let range) = input else { continue }
        shapes.append(shape)
        inputs.append(
          numbers.array(shape.elementCount).map {
            range.lowerBound + (range.upperBound - range.lowerBound) * (0.5 + 0.5 * $0)
          })
      }
      let tangents = inputs.map { numbers.array($0.count) }
      let seed = UInt64(7000 + number)
      let here = Point(sample, shapes, inputs, tangents, seed: seed)
      let label = "\(declaration) \(sample.label)"

      func dot(_ a: [[Double]], _ b: [[Double]]) -> Double {
        zip(a.joined(), b.joined()).reduce(0) { $0 + $1.0 * $1.1 }
      }
      var cotangents = Numbers(state: seed)
      let seeds = here.outputs.map { cotangents.array($0.count) }
      let (forward, backward) = (dot(here.jvp, seeds), dot(here.vjp, tangents))
      #expect(
        abs(forward - backward) <= 1e-9 * (1 + abs(forward)), "\(label): ⟨J·t, g⟩ = \(forward), ⟨t, Jᵀ·g⟩ = \(backward)"
      )

      let step = 1e-5
      func moved(_ by: Double) -> Point {
        let places = zip(inputs, tangents).map { zip($0, $1).map { $0 + by * $1 } }
        return Point(sample, shapes, places, tangents, seed: seed)
      }
      let (after, before) = (moved(step), moved(-step))
      func compare(_ what: String, _ derivative: [[Double]], _ after: [[Double]], _ before: [[Double]]) {
        let scale = 1 + (derivative.joined().map(abs).max() ?? 0)
        for (d, (a, b)) in zip(derivative.joined(), zip(after.joined(), before.joined())) {
          let difference = (a - b) / (2 * step)
          guard abs(d - difference) <= 1e-5 * scale else {
            Issue.record("\(label): \(what) \(d), finite difference \(difference), scale \(scale), inputs \(inputs)")
            return
          }
        }
      }
      compare("tangent", here.jvp, after.outputs, before.outputs)
      compare("second derivative", here.second, after.vjp, before.vjp)
    }
  }

  /// The derivatives of the determinant exist where the matrix is singular.
  @Test(arguments: [1, 2, 3])
  func singularDeterminants(_ nullity: Int) {
    let n = 4
    var numbers = Numbers(state: UInt64(nullity))
    let (a, b) = (numbers.array(n * (n - nullity)), numbers.array((n - nullity) * n))
    let product = Tensor<Double>(a, shape: [n, n - nullity]).matmul(Tensor<Double>(b, shape: [n - nullity, n])).scalars
    let sample = Sample("rank \(n - nullity)", []) { [$0[0].determinant()] }
    let tangent = [numbers.array(n * n)]
    let here = Point(sample, [[n, n]], [product], tangent, seed: 5)
    let step = 1e-4
    let after = Point(sample, [[n, n]], [zip(product, tangent[0]).map { $0 + step * $1 }], tangent, seed: 5)
    let before = Point(sample, [[n, n]], [zip(product, tangent[0]).map { $0 - step * $1 }], tangent, seed: 5)
    #expect(abs(here.jvp[0][0] - (after.outputs[0][0] - before.outputs[0][0]) / (2 * step)) < 1e-6)
    for (d, (x, y)) in zip(here.second[0], zip(after.vjp[0], before.vjp[0])) {
      #expect(abs(d - (x - y) / (2 * step)) < 1e-6, "nullity \(nullity): \(d), \((x - y) / (2 * step))")
    }
  }
}
