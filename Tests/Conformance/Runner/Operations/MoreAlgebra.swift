import Adjoint

extension OperationTable {
  /// The widened vocabulary's products and functions of matrices.
  static var moreAlgebra: [String: Entry] {
    var table: [String: Entry] = [:]
    for name in ["inner", "kron", "cross", "tensordot", "addmv", "addr", "baddbmm"] {
      table[name] = { a in
        a.kind(0, 1, 2) == .real
          ? try [product(name, a.real(0), a.real(1), a.has(2) ? a.real(2) : nil, a) { Real($0) }]
          : try [product(name, a.integer(0), a.integer(1), a.has(2) ? a.integer(2) : nil, a) { Int($0) }]
      }
    }
    table["logdet"] = { a in [try a.real().logDeterminant()] }
    table["matrix_exp"] = { a in [try a.real().matrixExponential()] }
    table["householder_product"] = { a in [try a.real(0).householderProduct(a.real(1))] }
    table["cholesky_solve"] = { a in [try a.real(1).choleskySolve(a.real(0), upper: a.flag("upper"))] }
    table["cholesky_inverse"] = { a in [try a.real().choleskyInverse(upper: a.flag("upper"))] }
    table["vander"] = { a in
      let count = try a.whole("N")
      return a.kind(0) == .real ? [try a.real().vander(count: count)] : [try a.integer().vander(count: count)]
    }
    table["eigvalsh"] = { a in
      let x = try a.real()
      return [try (a.text("UPLO") == "U" ? x.transposed() : x).eigenvaluesSymmetric()]
    }
    table["svdvals"] = { a in [try a.real().singularValues()] }
    table["cond"] = { a in [try a.real().conditionNumber(matrixNormOrder(a, "p") ?? .two)] }
    return table
  }

  private static func product<Scalar: TensorNumber>(
    _ name: String, _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ z: Tensor<Scalar>?, _ a: Arguments<Real>,
    _ scalar: (Double) -> Scalar
  ) throws -> Tensor<Scalar> {
    switch name {
    case "inner": return x.inner(y)
    case "kron": return x.kronecker(y)
    case "cross":
      // Without an axis PyTorch takes the first of extent 3.
      return x.cross(y, axis: try a.whole("dim") ?? (x * y).shape.firstIndex(of: 3) ?? -1)
    case "tensordot":
      if let (first, second) = try a.pairOfLists("dims") { return x.tensordot(y, axes: first, second) }
      return x.tensordot(y, axes: try a.whole("dims", 2))
    default: break
    }
    guard let z else { throw Unsupported(what: "\(name) with two operands") }
    let (alpha, beta) = (scalar(try a.number("alpha", 1)), scalar(try a.number("beta", 1)))
    switch name {
    case "addmv": return x.addingMatrixVectorProduct(y, z, alpha: alpha, beta: beta)
    case "addr": return x.addingOuterProduct(y, z, alpha: alpha, beta: beta)
    default: return x.addingBatchedMatrixProduct(y, z, alpha: alpha, beta: beta)
    }
  }
}
