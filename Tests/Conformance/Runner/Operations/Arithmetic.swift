import Adjoint

extension OperationTable {
  /// Functions of two or three operands that broadcast; numbers among them stay numbers where the library has that.
  static var arithmetic: [String: Entry] {
    var table: [String: Entry] = [:]
    for (name, functions) in pairFunctions {
      table[name] = { a in
        guard a.kind(0, 1) == .real else { return [functions.integers(try a.integer(0), try a.integer(1))] }
        if let number = a.scalar(1) { return [functions.right(try a.real(0), Real(number))] }
        if let number = a.scalar(0) { return [functions.left(Real(number), try a.real(1))] }
        return [functions.reals(try a.real(0), try a.real(1))]
      }
    }
    for (name, function) in realPairs { table[name] = { a in [function(try a.real(0), try a.real(1))] } }
    table["add"] = { a in try sum(a, sign: 1) }
    table["sub"] = { a in try sum(a, sign: -1) }
    table["div"] = quotient
    table["lerp"] = { a in
      if let weight = a.scalar(2) { return [try a.real(0).lerp(to: a.real(1), weight: Real(weight))] }
      return [try a.real(0).lerp(to: a.real(1), weight: a.real(2))]
    }
    table["addcmul"] = { a in
      [try a.real(0).addingProduct(a.real(1), a.real(2), value: Real(a.number("value", 1)))]
    }
    table["where"] = { a in
      let mask = try a.mask(0)
      guard a.kind(1, 2) == .real else { return [Tensor.where(mask, try a.integer(1), try a.integer(2))] }
      if let number = a.scalar(1), a.scalar(2) == nil { return [Tensor.where(mask, Real(number), try a.real(2))] }
      if let number = a.scalar(2), a.scalar(1) == nil { return [Tensor.where(mask, try a.real(1), Real(number))] }
      return [Tensor.where(mask, try a.real(1), try a.real(2))]
    }
    return table
  }

  private typealias PairFunction = (
    reals: (Tensor<Real>, Tensor<Real>) -> Tensor<Real>, right: (Tensor<Real>, Real) -> Tensor<Real>,
    left: (Real, Tensor<Real>) -> Tensor<Real>, integers: (Tensor<Int>, Tensor<Int>) -> Tensor<Int>
  )

  private static var pairFunctions: [String: PairFunction] {
    [
      "mul": ({ $0 * $1 }, { $0 * $1 }, { $0 * $1 }, { $0 * $1 }),
      "pow": ({ $0.power($1) }, { $0.power($1) }, { Tensor.power($0, $1) }, { $0.power($1) }),
      "maximum": (
        { Tensor.maximum($0, $1) }, { Tensor.maximum($0, Tensor($1)) }, { Tensor.maximum(Tensor($0), $1) },
        { Tensor.maximum($0, $1) }
      ),
      "minimum": (
        { Tensor.minimum($0, $1) }, { Tensor.minimum($0, Tensor($1)) }, { Tensor.minimum(Tensor($0), $1) },
        { Tensor.minimum($0, $1) }
      ),
      "fmod": ({ $0.fmod($1) }, { $0.fmod($1) }, { Tensor($0).fmod($1) }, { $0.fmod($1) }),
      "remainder": (
        { $0.remainder($1) }, { $0.remainder($1) }, { Tensor($0).remainder($1) }, { $0.remainder($1) }
      ),
    ]
  }

  private static var realPairs: [String: (Tensor<Real>, Tensor<Real>) -> Tensor<Real>] {
    [
      "atan2": { Tensor.atan2($0, $1) }, "hypot": { Tensor.hypot($0, $1) }, "xlogy": { Tensor.xlogy($0, $1) },
      "logaddexp": { Tensor.logAddExp($0, $1) }, "copysign": { $0.copysign($1) },
    ]
  }

  /// x ± alpha·y.
  private static func sum(_ a: Arguments<Real>, sign: Double) throws -> [any ConformanceTensor] {
    let alpha = try a.number("alpha", 1)
    guard a.kind(0, 1) == .real else {
      let (x, y) = (try a.integer(0), try a.integer(1))
      let scaled = alpha == 1 ? y : y * Int(alpha)
      return [sign > 0 ? x + scaled : x - scaled]
    }
    if alpha == 1 {
      if let number = a.scalar(1) {
        let (x, y) = (try a.real(0), Real(number))
        return [sign > 0 ? x + y : x - y]
      }
      if let number = a.scalar(0) {
        let (x, y) = (Real(number), try a.real(1))
        return [sign > 0 ? x + y : x - y]
      }
    }
    let (x, y) = (try a.real(0), try a.real(1))
    let scaled = alpha == 1 ? y : y * Real(alpha)
    return [sign > 0 ? x + scaled : x - scaled]
  }

  private static var quotient: Entry {
    { a in
      guard let mode = a.text("rounding_mode") else {
        if let number = a.scalar(1) { return [try a.real(0) / Real(number)] }
        if let number = a.scalar(0) { return [Real(number) / (try a.real(1))] }
        return [try a.real(0) / a.real(1)]
      }
      guard mode == "trunc" || mode == "floor" else { throw Unsupported(what: "div(rounding_mode: \(mode))") }
      let rounding = mode == "trunc" ? DivisionRounding.towardZero : .down
      if a.kind(0, 1) == .real { return [try a.real(0).divided(by: a.real(1), rounding: rounding)] }
      return [try a.integer(0).divided(by: a.integer(1), rounding: rounding)]
    }
  }
}
