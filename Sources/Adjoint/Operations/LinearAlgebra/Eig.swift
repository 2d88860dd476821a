import AdjointKernels

/// Eigenvalues and eigenvectors of general matrices, packed: real and imaginary parts of the values, then of the vectors,
/// one vector per row. Complex n × n matrices appear in the rule as real ones of order 2n, [[Re, −Im], [Im, Re]].
enum Eig {
  static let operation = Operation.evaluatedAtCall(
    "Eig",
    jvp: { node, t in
      t[0].map { tangent in
        let n = node.x[0].shape.rows
        let y = known(node)
        let v = Pair.vectors(y, n)
        let t = tangent.expanded(to: node.x[0].shape)
        // P = V⁻¹·T·V; dλ = diag P, and dV = V·(P/(λⱼ − λᵢ)) up to the scale that keeps norms and phases.
        let p = v.inverse.times(Pair(re: t.times(v.re), im: t.times(v.im)))
        let f = differences(Pair.values(y, n))
        let w = v.times(p.hadamard(f))
        let scale = Pair(re: (v.re * w.re + v.im * w.im).columnSum, im: nil)
        let dv = Pair(re: w.re - v.re * scale.re, im: w.im - v.im * scale.re)
        return .packing(
          [p.re.matrixDiagonal, p.im.matrixDiagonal, dv.re.t, dv.im.t], batch: node.x[0].shape.batch)
      }
    },
    vjp: { node, g in
      let n = node.x[0].shape.rows
      let y = known(node)
      let v = Pair.vectors(y, n)
      let gl = Pair.values(g, n)
      let gv = Pair.vectors(g, n)
      // The transposes of the steps of the tangent, last first; Hᴴ is the adjoint for the real inner product.
      let scale = -(v.re * gv.re + v.im * gv.im).columnSum
      let gw = Pair(re: gv.re + v.re * scale, im: gv.im + v.im * scale)
      let gp = v.adjoint.times(gw).hadamard(differences(Pair.values(y, n)).conjugate)
      let full = Pair(re: gp.re + gl.re.diagonalMatrices, im: gp.im + gl.im.diagonalMatrices)
      return [v.inverse.adjoint.times(full).times(v.adjoint).re]
    })

  /// The result. What `differences` leaves out where values are equal has a derivative, so derivatives of derivatives are NaN
  /// there.
  private static func known(_ node: Recorded) -> Expression {
    guard GradientMode.isEnabled else { return node.y }
    let n = node.x[0].shape.rows
    let values = Pair.values(node.y.detached(), n)
    let repeated = RepeatedValues(values, bound: node.y.roundOff(n), n)
    return repeated?.undifferentiable(node.y, node.x[0].shape.batch) ?? node.y
  }

  /// 1/(λⱼ − λᵢ); 0 where they are equal to within rounding.
  private static func differences(_ values: Pair) -> Pair {
    let (re, im) = (values.re.asRows - values.re.asColumns, values.im.asRows - values.im.asColumns)
    let n = values.re.shape[values.re.shape.rank - 1]
    if values.re.shape.elementCount == 0 { return Pair(re: re, im: im) }
    let square = re.square() + im.square()
    let sizes = (values.re.square() + values.im.square()).detached()
    let largest = sizes.extreme(Maximal.operation, mask: 1 << (sizes.shape.rank - 1))
    let inverse = square.reciprocal(beyond: (largest * values.re.number(values.re.roundOff(n)).square()).asColumns)
    return Pair(re: re * inverse, im: -im * inverse)
  }
}

/// A complex array as two real ones.
struct Pair {
  var re: Expression
  var im: Expression

  init(re: Expression, im: Expression?) {
    self.re = re
    self.im = im ?? .full(0, re.type, re.shape)
  }

  static func values(_ packed: Expression, _ n: Int) -> Pair {
    Pair(re: packed.unpacked(from: 0, n), im: packed.unpacked(from: n, n))
  }

  static func vectors(_ packed: Expression, _ n: Int) -> Pair {
    Pair(re: packed.unpacked(from: 2 * n, n, n).t, im: packed.unpacked(from: 2 * n + n * n, n, n).t)
  }

  var conjugate: Pair { Pair(re: re, im: -im) }
  var adjoint: Pair { Pair(re: re.t, im: -im.t) }

  func times(_ other: Pair) -> Pair {
    Pair(re: re.times(other.re) - im.times(other.im), im: re.times(other.im) + im.times(other.re))
  }

  func hadamard(_ other: Pair) -> Pair {
    Pair(re: re * other.re - im * other.im, im: re * other.im + im * other.re)
  }

  /// The inverse of each matrix, from the real matrix of twice the order.
  var inverse: Pair {
    let n = re.shape.rows
    let (rows, columns) = (re.shape.rank - 2, re.shape.rank - 1)
    let inverse = Expression.concatenating(
      [.concatenating([re, -im], axis: columns), .concatenating([im, re], axis: columns)], axis: rows
    ).inverseOrNotFinite()
    return Pair(
      re: inverse.block(rows: 0..<n, columns: 0..<n), im: inverse.block(rows: n..<2 * n, columns: 0..<n))
  }
}

extension Expression {
  /// Sums over rows, which stay at extent 1.
  fileprivate var columnSum: Expression { sum(mask: 1 << (shape.rank - 2)) }

  func eig(vectors: Bool) throws(LinearAlgebraError) -> (values: Pair, vectors: Pair) {
    let routine = vectors ? "eig" : "eigenvalues"
    let a = matrices(routine, square: true)
    try a.checkFinite(routine)
    let isRecorded = a.expression.isTracked && GradientMode.isEnabled
    let (re, im, realRows, imaginaryRows, failure) = Eigendecomposition.general(
      type, n: a.rows, count: a.count, a.buffer, vectors: vectors || isRecorded)
    if let failure { throw .noConvergence(routine: routine, batch: failure.batch, unconverged: failure.info) }
    let parts: [Expression] = [
      .leaf(re, type, a.shape(a.rows)), .leaf(im, type, a.shape(a.rows)), .leaf(realRows, type, shape),
      .leaf(imaginaryRows, type, shape),
    ]
    guard isRecorded else { return (Pair(re: parts[0], im: parts[1]), Pair(re: parts[2].t, im: parts[3].t)) }
    let packed = Expression.packing(parts, batch: a.batch)
    let value = packed.asNode.evaluated().contiguous(type, packed.shape).buffer
    let node = Eig.operation.record(type, packed.shape, value: value, Operands(a.expression))
    return (Pair.values(node, a.rows), Pair.vectors(node, a.rows))
  }
}

/// A complex array as its real and its imaginary part.
public struct ComplexParts<Scalar: TensorFloatingPoint>: Sendable {
  public let real: Tensor<Scalar>
  public let imaginary: Tensor<Scalar>

  init(_ pair: Pair) {
    real = Tensor(pair.re)
    imaginary = Tensor(pair.im)
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// Eigenvalues and eigenvectors (the columns, of norm 1) of general square matrices […, n, n], as pairs of real tensors.
  ///
  /// A·V = V·diag(λ) in complex arithmetic; complex values of a real matrix come in conjugate pairs, the one with the
  /// positive imaginary part first; no order otherwise. LAPACK's `geev` on the transpose as it lies: the conjugates of
  /// its left eigenvectors. Derivatives: Giles 2008, with the norms kept at 1 and phases as they are; meaningful for
  /// functions that do not depend on the vectors' phases, and for matrices that can be diagonalised. Where values are
  /// equal to within rounding, the term 1/(λⱼ − λᵢ) counts as 0, and derivatives of second order are NaN.
  ///
  /// - Throws: `nonFinite`, `noConvergence`.
  public func eig() throws(LinearAlgebraError) -> (values: ComplexParts<Scalar>, vectors: ComplexParts<Scalar>) {
    let (values, vectors) = try expression.eig(vectors: true)
    return (ComplexParts(values), ComplexParts(vectors))
  }

  /// Eigenvalues of general square matrices, as a pair of real tensors.
  ///
  /// Without vectors where no derivative is asked for.
  ///
  /// - Throws: `nonFinite`, `noConvergence`.
  public func eigenvalues() throws(LinearAlgebraError) -> ComplexParts<Scalar> {
    ComplexParts(try expression.eig(vectors: false).values)
  }
}
