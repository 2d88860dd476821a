import Adjoint

extension OperationTable {
  /// Factorisations, solvers and functions of matrices.
  static var linearAlgebra: [String: Entry] {
    [
      "trace": { a in [try a.real().trace()] },
      "det": { a in [try a.real().determinant()] },
      "slogdet": { a in
        let (sign, logarithm) = try a.real().signedLogDeterminant()
        return [sign, logarithm]
      },
      "inv": { a in [try a.real().inverse()] },
      "pinv": { a in [try a.real().pseudoInverse()] },
      "cholesky": { a in [try a.real().cholesky()] },
      "matrix_power": { a in [try a.real().matrixPower(a.whole("n", 1))] },
      "qr": { a in
        let mode = a.text("mode") ?? "reduced"
        guard mode == "reduced" || mode == "complete" else { throw Unsupported(what: "qr(mode: \(mode))") }
        let (q, r) = try a.real().qr(mode: mode == "reduced" ? .reduced : .complete)
        return [q, r]
      },
      "svd": { a in
        let (u, s, vh) = try a.real().svd(fullMatrices: a.flag("full_matrices", true))
        return [u, s, vh]
      },
      "eigh": { a in
        let (values, vectors) = try a.real().eigh()
        return [values, vectors]
      },
      "solve": { a in [try a.real(0).solve(a.real(1))] },
      "solve_triangular": { a in
        [
          try a.real(0).solveTriangular(
            a.real(1), upper: a.flag("upper"), left: a.flag("left", true), unitriangular: a.flag("unitriangular"))
        ]
      },
      "lstsq": { a in [try a.real(0).leastSquares(a.real(1)).solution] },
      "matrix_norm": { a in
        let axes = try a.wholes("dim") ?? [-2, -1]
        guard axes.count == 2 else { throw Unsupported(what: "matrix_norm over \(axes.count) axes") }
        return [
          try a.real().matrixNorm(
            matrixNormOrder(a, "ord") ?? .frobenius, axes: (rows: axes[0], columns: axes[1]),
            keepingDimensions: a.keepingDimensions())
        ]
      },
    ]
  }

  static func matrixNormOrder(_ a: Arguments<Real>, _ name: String) throws -> MatrixNormOrder? {
    switch a.text(name) ?? "" {
    case "fro": return .frobenius
    case "nuc": return .nuclear
    default: break
    }
    switch try a.number(name) {
    case nil: return nil
    case 2: return .two
    case -2: return .minusTwo
    case 1: return .one
    case -1: return .minusOne
    case .infinity: return .infinity
    case -.infinity: return .minusInfinity
    default: throw Unsupported(what: "\(a.operation)(\(name):)")
    }
  }
}
