import Adjoint

extension OperationTable {
  /// Masks from two operands.
  static var comparisons: [String: Entry] {
    var table: [String: Entry] = [:]
    for name in ["eq", "ne", "lt", "le", "gt", "ge"] {
      table[name] = { a in
        if a.kind(0, 1) == .real { return [compare(name, try a.real(0), try a.real(1))] }
        return [compare(name, try a.integer(0), try a.integer(1))]
      }
    }
    for name in ["logical_and", "logical_or", "logical_xor"] {
      table[name] = { a in
        let (x, y) = (try truth(a, 0), try truth(a, 1))
        return [name == "logical_and" ? x .& y : name == "logical_or" ? x .| y : x .^ y]
      }
    }
    return table
  }

  private static func compare<Scalar: TensorNumber>(
    _ name: String, _ a: Tensor<Scalar>, _ b: Tensor<Scalar>
  ) -> Tensor<Bool> {
    switch name {
    case "eq": a .== b
    case "ne": a .!= b
    case "lt": a .< b
    case "le": a .<= b
    case "gt": a .> b
    default: a .>= b
    }
  }

  /// Whether the elements are not zero.
  private static func truth(_ a: Arguments<Real>, _ index: Int) throws -> Tensor<Bool> {
    switch a.kind(index) {
    case .real: try a.real(index).converted(to: Bool.self)
    case .integer: try a.integer(index).converted(to: Bool.self)
    case .mask: try a.mask(index)
    }
  }
}
