import AdjointKernels

/// The factors L and U of m × n matrices, packed. Operands A and the permutation P.
enum LU {
  static let operation = Operation.evaluatedAtCall(
    "LU",
    jvp: { node, t in
      t[0].map { tangent in
        let a = node.x[0]
        let (m, n) = (a.shape.rows, a.shape.columns)
        let k = Swift.min(m, n)
        let (l, u) = unpack(node.y, m, n)
        let d = node.x[1].t.times(tangent.expanded(to: a.shape))
        let (l1, u1) = (l.block(rows: 0..<k, columns: 0..<k), u.block(rows: 0..<k, columns: 0..<k))
        // The leading square decides; the rows or columns beyond follow from A = P·L·U.
        let half = l1.triangularSolve(d.block(rows: 0..<k, columns: 0..<k), upper: false, unitriangular: true)
        let inner = u1.triangularSolve(half, upper: true, left: false)
        let (lower, upper) = (
          inner.keepingTriangle(upper: false, diagonal: -1), inner.keepingTriangle(upper: true)
        )
        var dl = l1.times(lower)
        var du = upper.times(u1)
        if m > k {
          let rest = d.block(rows: k..<m, columns: 0..<k) - l.block(rows: k..<m, columns: 0..<k).times(du)
          dl = .concatenating([dl, u1.triangularSolve(rest, upper: true, left: false)], axis: dl.shape.rank - 2)
        }
        if n > k {
          let rest = d.block(rows: 0..<k, columns: k..<n) - dl.times(u.block(rows: 0..<k, columns: k..<n))
          du = .concatenating(
            [du, l1.triangularSolve(rest, upper: false, unitriangular: true)], axis: du.shape.rank - 1)
        }
        return .packing([dl, du], batch: a.shape.batch)
      }
    },
    vjp: { node, g in
      let a = node.x[0]
      let (m, n) = (a.shape.rows, a.shape.columns)
      let k = Swift.min(m, n)
      let (l, u) = unpack(node.y, m, n)
      let (gl, gu) = unpack(g, m, n)
      let (l1, u1) = (l.block(rows: 0..<k, columns: 0..<k), u.block(rows: 0..<k, columns: 0..<k))
      var (gl1, gu1) = (gl.block(rows: 0..<k, columns: 0..<k), gu.block(rows: 0..<k, columns: 0..<k))
      var beyond: Expression?
      if m > k {
        let l2 = l.block(rows: k..<m, columns: 0..<k)
        beyond = u1.t.triangularSolve(gl.block(rows: k..<m, columns: 0..<k), upper: false, left: false)
        gu1 = gu1 - l2.t.times(beyond!)
      } else if n > k {
        let u2 = u.block(rows: 0..<k, columns: k..<n)
        beyond = l1.t.triangularSolve(gu.block(rows: 0..<k, columns: k..<n), upper: true, unitriangular: true)
        gl1 = gl1 - beyond!.times(u2.t)
      }
      let inner =
        l1.t.times(gl1).keepingTriangle(upper: false, diagonal: -1) + gu1.times(u1.t).keepingTriangle(upper: true)
      let half = l1.t.triangularSolve(inner, upper: true, unitriangular: true)
      var leading = u1.t.triangularSolve(half, upper: false, left: false)
      if let beyond {
        leading = .concatenating([leading, beyond], axis: leading.shape.rank - (m > k ? 2 : 1))
      }
      return [node.x[1].times(leading), nil]
    })

  static func unpack(_ packed: Expression, _ m: Int, _ n: Int) -> (l: Expression, u: Expression) {
    let k = Swift.min(m, n)
    return (packed.unpacked(from: 0, m, k), packed.unpacked(from: m * k, k, n))
  }
}

extension Expression {
  func lu() throws(LinearAlgebraError) -> (p: Expression, l: Expression, u: Expression) {
    let a = matrices("lu")
    try a.checkFinite("lu")
    let (p, l, u) = PivotedLU.run(type, m: a.rows, n: a.columns, count: a.count, a.buffer)
    let permutation = Expression.leaf(p, type, a.shape(a.rows, a.rows))
    let parts = [
      Expression.leaf(l, type, a.shape(a.rows, a.least)), .leaf(u, type, a.shape(a.least, a.columns)),
    ]
    guard a.expression.isTracked && GradientMode.isEnabled else { return (permutation, parts[0], parts[1]) }
    let packed = Expression.packing(parts, batch: a.batch)
    let value = packed.node!.evaluated().contiguous(type, packed.shape).buffer
    let node = LU.operation.record(type, packed.shape, value: value, Operands(a.expression, permutation))
    let (L, U) = LU.unpack(node, a.rows, a.columns)
    return (permutation, L, U)
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// X with P·L·U·X = B, from the factors of ``lu()``: what to do with many right-hand sides that come one after the other.
  ///
  /// Shapes: P, L and U […, n, n], B […, n, k] or [n]. Two triangular systems. Derivatives: those of the systems, through the factors
  /// to the matrix.
  ///
  /// - Throws: `singular` where U's diagonal holds an exact zero.
  public static func luSolve(
    _ factors: (p: Tensor, l: Tensor, u: Tensor), _ b: Tensor
  ) throws(LinearAlgebraError) -> Tensor {
    let (p, l, u) = factors
    guard p.rank >= 2, p.shape.rows == p.shape.columns, l.shape == p.shape, u.shape == p.shape else {
      fatalError(
        "luSolve: factors of shapes \(p.shape), \(l.shape) and \(u.shape); those of a square matrix are needed")
    }
    guard b.rank >= 1, (b.rank == 1 ? b.count : b.shape.rows) == p.shape.rows else {
      fatalError(
        "luSolve: a right-hand side of shape \(b.shape) for factors of shape \(p.shape); it needs as many rows")
    }
    let column = b.rank == 1 ? b.unsqueezed(axis: -1) : b
    let middle = try l.solveTriangular(p.transposed().matmul(column), upper: false, unitriangular: true)
    let x = try u.solveTriangular(middle, upper: true)
    return b.rank == 1 ? x.squeezed(axis: -1) : x
  }

  /// P, L and U with A = P·L·U: a permutation, a unit lower and an upper triangular factor of each matrix of […, m, n].
  ///
  /// Shapes with k = min(m, n): P […, m, m], L […, m, k], U […, k, n]. Partial pivoting by rows is part of the result, so
  /// LAPACK's `getrf` gets a transposed copy of the row-major data. A singular matrix has these factors too.
  /// Derivatives of L and U: P·L⁻ᵀ·(tril(Lᵀ·gL, −1) + triu(gU·Uᵀ))·U⁻ᵀ, extended to m ≠ n; not finite where the leading
  /// k × k part is singular.
  ///
  /// - Throws: `nonFinite`.
  public func lu() throws(LinearAlgebraError) -> (p: Tensor, l: Tensor, u: Tensor) {
    let (p, l, u) = try expression.lu()
    return (Tensor(p), Tensor(l), Tensor(u))
  }
}
