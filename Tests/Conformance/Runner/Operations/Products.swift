import Adjoint

extension OperationTable {
  /// Products of vectors, matrices and more.
  static var products: [String: Entry] {
    var table: [String: Entry] = [:]
    for name in ["matmul", "mm", "bmm", "mv", "dot", "outer"] {
      table[name] = { a in
        if a.kind(0, 1) == .real { return [product(name, try a.real(0), try a.real(1))] }
        return [product(name, try a.integer(0), try a.integer(1))]
      }
    }
    table["addmm"] = { a in
      let (alpha, beta) = (try a.number("alpha", 1), try a.number("beta", 1))
      return [try a.real(0).addingMatrixProduct(a.real(1), a.real(2), alpha: Real(alpha), beta: Real(beta))]
    }
    table["einsum"] = { a in
      guard let equation = a.text("equation") else { throw Unsupported(what: "einsum without equation") }
      return [Tensor.einsum(equation, try a.inputs.indices.map { try a.real($0) })]
    }
    table["linear"] = { a in [linear(try a.real(0), try a.real(1), a.has(2) ? try a.real(2) : nil)] }
    return table
  }

  private static func product<Scalar: TensorNumber>(
    _ name: String, _ a: Tensor<Scalar>, _ b: Tensor<Scalar>
  ) -> any ConformanceTensor {
    switch name {
    case "mm": a.mm(b)
    case "bmm": a.bmm(b)
    case "mv": a.mv(b)
    case "dot": a.dot(b)
    case "outer": a.outer(b)
    default: a.matmul(b)
    }
  }
}
