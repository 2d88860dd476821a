import AdjointKernels
import Testing

@testable import Adjoint

/// Known values, edge cases and errors.
@Suite struct LinearAlgebraValueTests {
  private func expect<Scalar: TensorFloatingPoint>(
    _ tensor: Tensor<Scalar>, _ expected: [Double], _ tolerance: Double = 1e-12, _ comment: Comment? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let got = tensor.scalars.map { Double($0) }
    #expect(
      got.count == expected.count
        && zip(got, expected).allSatisfy { $0 == $1 || abs($0 - $1) <= tolerance * Swift.max(1, abs($1)) },
      "got \(got), expected \(expected) \(comment ?? "")", sourceLocation: sourceLocation)
  }

  private let a: Tensor<Double> = [[4, 1, 2], [1, 3, 0], [2, 0, 5]]
  private let b: Tensor<Double> = [[1, 2], [3, 4], [5, 6]]

  private func expectError<Result>(
    _ expected: LinearAlgebraError, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () throws(LinearAlgebraError) -> Result
  ) {
    do {
      _ = try body()
      Issue.record("no error, expected \(expected)", sourceLocation: sourceLocation)
    } catch { #expect(error == expected, sourceLocation: sourceLocation) }
  }

  @Test func knownValues() throws {
    expect(a.determinant(), [43])
    expect(try a.inverse(), [15, -5, -6, -5, 16, 2, -6, 2, 11].map { $0 / 43 })
    expect(try a.solve(b), [-30, -26, 53, 66, 55, 62].map { $0 / 43 })
    expect(try a.solve([1, 3, 5]), [-30, 53, 55].map { $0 / 43 })
    let (sign, logarithm) = (-a).signedLogDeterminant()
    expect(sign, [-1])
    expect(logarithm, [3.7612001156935624])
    expect(try a.cholesky(), [2, 0, 0, 0.5, 1.6583123951777, 0, 1, -0.30151134457776363, (43.0 / 11).squareRoot()])
    expect(a.trace(), [12])
    expect(b.gram(), [35, 44, 44, 56])
    expect(b.kronecker([[1, 10]]), [1, 10, 2, 20, 3, 30, 4, 40, 5, 50, 6, 60])
    expect(try Tensor<Double>([[2, 0], [0, 1]]).eigenvaluesSymmetric(), [1, 2])
    let turn = try Tensor<Double>([[0, -1], [1, 0]]).eigenvalues()
    expect(turn.real, [0, 0])
    expect(turn.imaginary, [1, -1])
  }

  @Test func norms() throws {
    let x: Tensor<Double> = [[3, -4], [0, 12]]
    expect(try x.matrixNorm(), [13])
    expect(try x.matrixNorm(.one), [16])
    expect(try x.matrixNorm(.minusOne), [3])
    expect(try x.matrixNorm(.infinity), [12])
    expect(try x.matrixNorm(.minusInfinity), [7])
    // Singular values: s₁² + s₂² = 169, s₁·s₂ = 36.
    let (sum, difference) = ((169.0 + 72).squareRoot(), (169.0 - 72).squareRoot())
    expect(try x.matrixNorm(.nuclear), [sum])
    expect(try x.matrixNorm(.two), [(sum + difference) / 2])
    expect(try x.matrixNorm(.minusTwo), [(sum - difference) / 2])
    expect(try x.conditionNumber(), [(sum + difference) / (sum - difference)])
    expect(try x.conditionNumber(.one), [16.0 / 3])
    expect(try Tensor<Double>([[1, 2], [2, 4]]).conditionNumber(.frobenius), [.infinity])
    #expect(try x.matrixNorm(keepingDimensions: true).shape == [1, 1])
    let huge = x * 1e200
    expect(try huge.matrixNorm(), [13e200])
    let zero = Tensor<Double>.zeros([2, 2], requiresGrad: true)
    try zero.matrixNorm().backward()
    expect(zero.grad!, [0, 0, 0, 0])
  }

  @Test func ranksAndSpaces() throws {
    let x: Tensor<Double> = [[1, 2, 3], [2, 4, 6], [1, 0, 1]]
    #expect(try x.matrixRank().item() == 2)
    let null = try x.nullSpace()
    #expect(null.shape == [3, 1])
    expect(x.matmul(null), [0, 0, 0], 1e-14)
    let basis = try x.orthonormalBasis()
    #expect(basis.shape == [3, 2])
    expect(basis.matmul(basis.transposed()).matmul(x), x.scalars, 1e-14)
    #expect(try Tensor<Float>.zeros(3, 4).matrixRank().item() == 0)
    #expect(try Tensor<Float>.zeros(2, 0, 3).matrixRank().scalars == [0, 0])
  }

  @Test(arguments: [LeastSquaresMethod.orthogonal, .singularValues])
  func leastSquares(_ method: LeastSquaresMethod) throws {
    let x: Tensor<Double> = [[1, 1], [1, 2], [1, 3]]
    let fit = try x.leastSquares([[1], [2], [2]], method: method)
    expect(fit.solution, [2.0 / 3, 0.5])
    expect(fit.residuals, [1.0 / 6])
    #expect(fit.rank.item() == 2)
    let deficient: Tensor<Double> = [[1, 1], [1, 1], [1, 1]]
    let flat = try deficient.leastSquares([[1], [2], [3]], method: method)
    expect(flat.solution, [1, 1])
    #expect(flat.rank.item() == 1 && flat.residuals.shape == [0])
    #expect(flat.singularValues.shape == (method == .singularValues ? [2] : [0]))
  }

  @Test func functionsOfMatrices() throws {
    expect(try a.matrixPower(0), [1, 0, 0, 0, 1, 0, 0, 0, 1])
    expect(try a.matrixPower(3), a.matmul(a).matmul(a).scalars)
    expect(try a.matrixPower(-2), try a.inverse().matmul(a.inverse()).scalars)
    let angle = 1.25
    let rotation = Tensor<Double>([0, -angle, angle, 0], shape: [2, 2]).matrixExponential()
    expect(rotation, [0.3153223623952687, -0.9489846193555862, 0.9489846193555862, 0.3153223623952687])
    // Norms far apart in one batch: each has its own scaling.
    let stack: Tensor<Double> = [[[0, 1], [0, 0]], [[-700, 0], [0, 20]]]
    expect(stack.matrixExponential(), [1, 1, 0, 1, 9.859676543759770e-305, 0, 0, 485165195.40979027], 1e-12)
    #expect(Tensor<Double>([.nan, 0, 0, 1], shape: [2, 2]).matrixExponential().scalars.contains { $0.isNaN })
    let product = Tensor<Double>.multiDot([Tensor([1, 2, 3]), b, [[1, 0], [1, 1]], Tensor([2, 1])])
    #expect(product.shape == Shape())
    expect(product, [128])
  }

  @Test func emptyMatrices() throws {
    let empty = Tensor<Double>.zeros(2, 0, 0)
    expect(empty.determinant(), [1, 1])
    expect(empty.signedLogDeterminant().logAbsoluteDeterminant, [0, 0])
    #expect(try empty.inverse().shape == [2, 0, 0])
    #expect(try empty.solve(Tensor<Double>.zeros(2, 0, 3)).shape == [2, 0, 3])
    #expect(try empty.cholesky().shape == [2, 0, 0])
    #expect(try empty.eigh().values.shape == [2, 0])
    expect(try Tensor<Double>.zeros(0, 2).pseudoInverse(), [])
    #expect(
      try Tensor<Double>.zeros(0, 3).leastSquares(Tensor<Double>.zeros(0, 2)).solution.scalars == [0, 0, 0, 0, 0, 0])
    #expect(try Tensor<Double>.zeros(0, 3, 3).svd().s.shape == [0, 3])
    expect(try Tensor<Double>.zeros(2, 0).qr(mode: .complete).q, [1, 0, 0, 1])
    expect(try Tensor<Double>([[-2]]).svd().s, [2])
  }

  @Test func failuresAreData() {
    let stack: Tensor<Double> = [[[1, 2], [3, 4]], [[1, 2], [2, 4]], [[0, 0], [0, 0]]]
    expectError(.singular(routine: "inverse", batch: 1, pivot: 1)) { () throws(LinearAlgebraError) in
      try stack.inverse()
    }
    expectError(.singular(routine: "solve", batch: 1, pivot: 1)) { () throws(LinearAlgebraError) in
      try stack.solve(Tensor<Double>.ones(2, 1))
    }
    expectError(.singular(routine: "solveTriangular", batch: 2, pivot: 0)) { () throws(LinearAlgebraError) in
      try stack.solveTriangular(Tensor<Double>.ones(2, 1), upper: false)
    }
    expectError(.notPositiveDefinite(routine: "cholesky", batch: 0, order: 2)) { () throws(LinearAlgebraError) in
      try stack.cholesky()
    }
    let large = Tensor<Double>.eye(40) - Tensor<Double>.eye(40).slice(axis: 0, start: 39).gram()
    expectError(.singular(routine: "inverse", batch: 0, pivot: 39)) { () throws(LinearAlgebraError) in
      try large.inverse()
    }
    expectError(.notPositiveDefinite(routine: "cholesky", batch: 0, order: 40)) { () throws(LinearAlgebraError) in
      try large.cholesky()
    }
    var broken = Array(repeating: 1.0, count: 12)
    broken[9] = .nan
    let nan = Tensor<Double>(broken, shape: [3, 2, 2])
    expectError(.nonFinite(routine: "svd", batch: 2, row: 0, column: 1)) { () throws(LinearAlgebraError) in
      try nan.svd()
    }
    expectError(.nonFinite(routine: "eigh", batch: 2, row: 0, column: 1)) { () throws(LinearAlgebraError) in
      try nan.eigh()
    }
    // Determinants have a value for every matrix.
    #expect(stack.determinant().scalars.elementsEqual([-2, 0, 0]) { abs($0 - $1) < 1e-15 })
    let (sign, logarithm) = stack.signedLogDeterminant()
    #expect(sign.scalars == [-1, 0, 0] && logarithm.scalars.dropFirst() == [-.infinity, -.infinity])
    #expect(nan.determinant().scalars[2].isNaN)
  }

  /// Where values meet, projectors on their common space and functions of the values have finite, right gradients.
  @Test func repeatedValues() throws {
    let x = Tensor<Double>([2, 0, 0, 0, 2, 0, 0, 0, 5], shape: [3, 3], requiresGrad: true)
    let (values, vectors) = try x.eigh()
    let pair = vectors.slice(axis: 1, end: 2)
    pair.matmul(pair.transposed()).sum().backward(retainGraph: true)
    // First-order perturbation: 1/(2 − 5) between the spaces, nothing within.
    // A counts as symmetric: only the symmetric part of the gradient has a meaning.
    expect(x.grad! + x.grad!.transposed(), [0, 0, -2.0 / 3, 0, 0, -2.0 / 3, -2.0 / 3, -2.0 / 3, 0])
    x.zeroGrad()
    values.square().sum().backward()
    expect(x.grad!, [4, 0, 0, 0, 4, 0, 0, 0, 10])

    let y = Tensor<Double>([3, 0, 0, 3, 0, 0], shape: [3, 2], requiresGrad: true)
    try y.matrixNorm(.nuclear).backward()
    expect(y.grad!, [1, 0, 0, 1, 0, 0])
    y.zeroGrad()
    let (u, s, vh) = try y.svd(fullMatrices: false)
    (u * s).matmul(vh).sum().backward()
    #expect(y.grad!.scalars.allSatisfy { $0.isFinite })
  }

  /// The value of every factorisation is computed once; its graph still reaches the leaf.
  @Test func gradientsReachTheLeaf() throws {
    let x = Tensor<Float>([[4, 1], [1, 3]], requiresGrad: true)
    let y = try (x * 2).inverse()
    y.sum().backward()
    // −½·X⁻ᵀ·J·X⁻ᵀ
    expect(x.grad!, [-0.5 * 4, -0.5 * 6, -0.5 * 6, -0.5 * 9].map { $0 / 121 }, 1e-6)
  }

  /// Transformations of functions whose value is computed at the call.
  @Test func transformations() throws {
    let (value, pullback) = try vjp(of: { x throws in try x.inverse() }, at: a)
    let y = try a.inverse()
    expect(value, y.scalars)
    let ones = Tensor<Double>.ones(3, 3)
    expect(pullback(ones), (-y.transposed().matmul(ones).matmul(y.transposed())).scalars)
    let tangent = try jvp(of: { x throws in try x.inverse() }, at: a, along: ones).tangent
    expect(tangent, (-y.matmul(ones).matmul(y)).scalars)
    // ∂e^A/∂A for a diagonal A: divided differences of the exponential.
    let rates: Tensor<Double> = [[0, 0], [0, 1]]
    let jacobian = jacobian(of: { $0.matrixExponential() }, at: rates)
    let e = 2.718281828459045
    expect(jacobian, [1, 0, 0, 0, 0, e - 1, 0, 0, 0, 0, e - 1, 0, 0, 0, 0, e])
    #expect(jacobian.shape == [2, 2, 2, 2])
  }
}
