import AdjointKernels

/// How much of the factors Q and R is computed.
public enum QRMode: Sendable, Hashable {
  /// Q m × k and R k × n, k = min(m, n).
  case reduced
  /// Q m × m and R m × n.
  case complete
  /// R alone.
  case r
}

/// The reduced factors Q and R of m × n matrices, packed.
enum QR {
  static let operation = Operation.evaluatedAtCall(
    "QR",
    jvp: { node, t in
      t[0].map { tangent in
        let (q, r) = factors(node)
        let (m, n) = (node.x[0].shape.rows, node.x[0].shape.columns)
        let k = Swift.min(m, n)
        let tangent = tangent.expanded(to: node.x[0].shape)
        // A₁ = Q·U, the leading square (or tall) part, decides Q; the columns beyond follow from Qᵀ·A.
        let u = r.block(rows: 0..<k, columns: 0..<k)
        let z = u.triangularSolve(tangent.block(rows: 0..<m, columns: 0..<k), upper: true, left: false)
        let w = q.t.times(z)
        let lower = w.keepingTriangle(upper: false, diagonal: -1)
        let rotation = lower - lower.t
        let dq = z - q.times(w - rotation)
        let dr = q.t.times(tangent) - rotation.times(r)
        return .packing([dq, dr.keepingTriangle(upper: true)], batch: node.x[0].shape.batch)
      }
    },
    vjp: { node, g in
      let (q, r) = factors(node)
      let (m, n) = (node.x[0].shape.rows, node.x[0].shape.columns)
      let k = Swift.min(m, n)
      var gq = g.unpacked(from: 0, m, k)
      let gr = g.unpacked(from: m * k, k, n)
      let u = r.block(rows: 0..<k, columns: 0..<k)
      let gu = gr.block(rows: 0..<k, columns: 0..<k)
      var beyond: Expression?
      if n > k {
        let gv = gr.block(rows: 0..<k, columns: k..<n)
        beyond = q.times(gv)
        gq = gq + node.x[0].block(rows: 0..<m, columns: k..<n).times(gv.t)
      }
      let upper = (gu.times(u.t) - q.t.times(gq)).keepingTriangle(upper: true)
      // Copies the upper triangle to the lower one.
      let symmetric = upper + upper.keepingTriangle(upper: true, diagonal: 1).t
      let leading = u.t.triangularSolve(gq + q.times(symmetric), upper: false, left: false)
      guard let beyond else { return [leading] }
      return [.concatenating([leading, beyond], axis: leading.shape.rank - 1)]
    })

  private static func factors(_ node: Recorded) -> (q: Expression, r: Expression) {
    unpack(node.y, node.x[0].shape.rows, node.x[0].shape.columns)
  }

  static func unpack(_ packed: Expression, _ m: Int, _ n: Int) -> (q: Expression, r: Expression) {
    let k = Swift.min(m, n)
    return (packed.unpacked(from: 0, m, k), packed.unpacked(from: m * k, k, n))
  }
}

/// Q and R with the columns of Q beyond the rank of the problem: values alone.
enum CompleteQR {
  static let operation = Operation.evaluatedAtCall(
    "CompleteQR", jvp: { node, _ in refuse(node.x[0].shape) }, vjp: { node, _ in refuse(node.x[0].shape) })

  private static func refuse(_ shape: Shape) -> Never {
    fatalError(
      "qr: the complete factors of matrices of shape \(shape) have no derivative, because the columns of Q beyond the "
        + "first \(shape.columns) are not determined; use mode .reduced")
  }
}

extension Expression {
  func qr(_ mode: QRMode) throws(LinearAlgebraError) -> (q: Expression, r: Expression) {
    let a = matrices("qr")
    try a.checkFinite("qr")
    let isComplete = mode == .complete && a.rows > a.columns
    let isTracked = a.expression.isTracked && GradientMode.isEnabled
    let (qTransposed, triangle) = QRFactorization.run(
      type, m: a.rows, n: a.columns, count: a.count, a.buffer, complete: isComplete, wantsQ: isTracked || mode != .r)
    if mode == .r && !isTracked { return (.full(0, type, [0]), .leaf(triangle, type, a.shape(a.least, a.columns))) }
    let columns = isComplete ? a.rows : a.least
    let q = Expression.leaf(qTransposed, type, a.shape(columns, a.rows)).t
    if isComplete {
      return (
        CompleteQR.operation.record(
          type, a.shape(a.rows, a.rows), value: q.node!.evaluated().contiguous(type, q.shape).buffer,
          Operands(a.expression)),
        CompleteQR.operation.record(type, a.shape(a.rows, a.columns), value: triangle, Operands(a.expression))
      )
    }
    let parts = [q, .leaf(triangle, type, a.shape(a.least, a.columns))]
    // Without a tape there is nothing to pack for.
    guard isTracked else { return (parts[0], parts[1]) }
    let packed = Expression.packing(parts, batch: a.batch)
    let value = packed.node!.evaluated()
    let node = QR.operation.record(
      type, packed.shape, value: value.contiguous(type, packed.shape).buffer, Operands(a.expression))
    return QR.unpack(node, a.rows, a.columns)
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// Q and R with A = Q·R, Q with orthonormal columns and R upper triangular, for each matrix of […, m, n].
  ///
  /// Householder reflections: LAPACK's `geqrf` and `orgqr` on a transposed copy (diagonal elements of R may be negative);
  /// Q is a transposed view of what LAPACK wrote. Their counterparts for rows would need no copy and take 1.3 to 1.5
  /// times as long. With mode `.r` the first result is empty, of shape [0]. Cost 2mn² − 2n³/3 for R
  /// and as much for Q. Derivatives: Walter & Lehmann 2018; they need the first min(m, n) columns of A to be
  /// independent, and are not finite otherwise. The complete factors of a tall matrix have no derivative.
  ///
  /// - Throws: `nonFinite`.
  public func qr(mode: QRMode = .reduced) throws(LinearAlgebraError) -> (q: Tensor, r: Tensor) {
    let (q, r) = try expression.qr(mode)
    return mode == .r ? (Tensor(Expression.full(0, Scalar.elementType, [0])), Tensor(r)) : (Tensor(q), Tensor(r))
  }
}
