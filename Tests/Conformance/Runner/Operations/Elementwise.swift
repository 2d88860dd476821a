import Adjoint

extension OperationTable {
  /// Functions of one tensor, element by element.
  static var elementwise: [String: Entry] {
    var table: [String: Entry] = [:]
    for (name, function) in realFunctions { table[name] = { a in [function(try a.real())] } }
    for (name, functions) in numberFunctions {
      table[name] = { a in
        a.kind(0) == .real ? [functions.real(try a.real())] : [functions.integer(try a.integer())]
      }
    }
    table["gelu"] = { a in
      let name = a.text("approximate") ?? "none"
      guard name == "none" || name == "tanh" else { throw Unsupported(what: "gelu(approximate: \(name))") }
      return [try a.real().gelu(approximation: name == "tanh" ? .tanh : .none)]
    }
    table["softplus"] = { a in
      [try a.real().softplus(beta: Real(a.number("beta", 1)), threshold: Real(a.number("threshold", 20)))]
    }
    table["leaky_relu"] = { a in
      [try a.real().leakyRelu(negativeSlope: Real(a.number("negative_slope", 0.01)))]
    }
    table["elu"] = { a in [try a.real().elu(alpha: Real(a.number("alpha", 1)))] }
    table["isnan"] = { a in [try a.real().isNaN()] }
    table["isinf"] = { a in [try a.real().isInfinite()] }
    table["isfinite"] = { a in [try a.real().isFinite()] }
    table["logical_not"] = { a in
      switch a.kind(0) {
      case .real: [try a.real().logicalNot()]
      case .integer: [try a.integer().logicalNot()]
      case .mask: [try a.mask().logicalNot()]
      }
    }
    table["clamp"] = clamp
    return table
  }

  private static var realFunctions: [String: (Tensor<Real>) -> Tensor<Real>] {
    [
      "exp": { $0.exp() }, "exp2": { $0.exp2() }, "expm1": { $0.expm1() }, "log": { $0.log() },
      "log1p": { $0.log1p() }, "log2": { $0.log2() }, "log10": { $0.log10() }, "sqrt": { $0.sqrt() },
      "rsqrt": { $0.rsqrt() }, "reciprocal": { $0.reciprocal() }, "sin": { $0.sin() }, "cos": { $0.cos() },
      "tan": { $0.tan() }, "asin": { $0.asin() }, "acos": { $0.acos() }, "atan": { $0.atan() },
      "sinh": { $0.sinh() }, "cosh": { $0.cosh() }, "tanh": { $0.tanh() }, "asinh": { $0.asinh() },
      "acosh": { $0.acosh() }, "atanh": { $0.atanh() }, "erf": { $0.erf() }, "erfc": { $0.erfc() },
      "sigmoid": { $0.sigmoid() }, "silu": { $0.silu() }, "logsigmoid": { $0.logSigmoid() },
      "floor": { $0.floor() }, "ceil": { $0.ceil() }, "round": { $0.round() }, "trunc": { $0.truncated() },
    ]
  }

  private typealias NumberFunction = (
    real: (Tensor<Real>) -> Tensor<Real>, integer: (Tensor<Int>) -> Tensor<Int>
  )

  private static var numberFunctions: [String: NumberFunction] {
    [
      "neg": ({ -$0 }, { -$0 }),
      "abs": ({ $0.abs() }, { $0.abs() }),
      "sign": ({ $0.sign() }, { $0.sign() }),
      "square": ({ $0.square() }, { $0.square() }),
      "relu": ({ $0.relu() }, { $0.clamped(min: 0) }),
    ]
  }

  /// Bounds are attributes, or tensors of which one may be missing.
  private static var clamp: Entry {
    { a in
      let (low, high) = (try a.number("min"), try a.number("max"))
      if a.inputs.count == 1 {
        if a.kind(0) == .real { return [try a.real().clamped(min: low.map { Real($0) }, max: high.map { Real($0) })] }
        return [try a.integer().clamped(min: low.map { Int($0) }, max: high.map { Int($0) })]
      }
      if a.kind(0, 1, 2) == .real {
        return [try a.real().clamped(min: a.has(1) ? a.real(1) : nil, max: a.has(2) ? a.real(2) : nil)]
      }
      return [try a.integer().clamped(min: a.has(1) ? a.integer(1) : nil, max: a.has(2) ? a.integer(2) : nil)]
    }
  }
}
