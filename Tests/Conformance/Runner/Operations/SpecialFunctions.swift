import Adjoint

extension OperationTable {
  /// The widened vocabulary's functions of elements.
  static var specialFunctions: [String: Entry] {
    var table: [String: Entry] = [:]
    for (name, function) in specialRealFunctions { table[name] = { a in [function(try a.real())] } }
    for (name, function) in specialRealPairs { table[name] = { a in [function(try a.real(0), try a.real(1))] } }
    table["positive"] = { a in [try a.tensor()] }
    table["signbit"] = { a in
      switch a.kind(0) {
      case .real: [try a.real().signBit()]
      default: [try a.integer().signBit()]
      }
    }
    table["frac"] = { a in [try a.real().frac()] }
    for (name, functions) in extremePairs {
      table[name] = { a in
        guard a.kind(0, 1) == .real else { return [functions.integers(try a.integer(0), try a.integer(1))] }
        return [functions.reals(try a.real(0), try a.real(1))]
      }
    }
    table["logit"] = { a in [try a.real().logit(epsilon: try a.number("eps").map { Real($0) })] }
    table["celu"] = { a in [try a.real().celu(alpha: Real(a.number("alpha", 1)))] }
    table["hardtanh"] = { a in
      [try a.real().hardTanh(min: Real(a.number("min_val", -1)), max: Real(a.number("max_val", 1)))]
    }
    table["softshrink"] = { a in [try a.real().softShrink(threshold: Real(a.number("lambd", 0.5)))] }
    table["hardshrink"] = { a in [try a.real().hardShrink(threshold: Real(a.number("lambd", 0.5)))] }
    table["softmin"] = { a in
      let x = try a.real()
      // Without an axis PyTorch takes the first for ranks 0, 1 and 3, and the second otherwise.
      return [x.softmin(axis: try a.whole("dim") ?? ([0, 1, 3].contains(x.rank) ? 0 : 1))]
    }
    table["glu"] = { a in [try a.real().glu(axis: a.whole("dim", -1))] }
    table["nan_to_num"] = { a in
      guard a.kind(0) == .real else { return [try a.tensor()] }
      let (nan, above, below) = (try a.number("nan", 0), try a.number("posinf"), try a.number("neginf"))
      return [
        try a.real().nanToNum(
          nan: Real(nan), positiveInfinity: above.map { Real($0) }, negativeInfinity: below.map { Real($0) })
      ]
    }
    table["addcdiv"] = { a in
      [try a.real(0).addingQuotient(a.real(1), a.real(2), value: Real(a.number("value", 1)))]
    }
    return table
  }

  private static var specialRealFunctions: [String: (Tensor<Real>) -> Tensor<Real>] {
    [
      "lgamma": { $0.logGamma() }, "digamma": { $0.digamma() }, "erfinv": { $0.erfinv() }, "sinc": { $0.sinc() },
      "i0": { $0.besselI0() }, "i0e": { $0.scaledBesselI0() }, "ndtr": { $0.ndtr() },
      "log_ndtr": { $0.logNdtr() }, "erfcx": { $0.erfcx() }, "entr": { $0.entr() },
      "deg2rad": { $0.degreesToRadians() }, "rad2deg": { $0.radiansToDegrees() }, "selu": { $0.selu() },
      "mish": { $0.mish() }, "hardsigmoid": { $0.hardSigmoid() }, "hardswish": { $0.hardSwish() },
      "softsign": { $0.softsign() }, "tanhshrink": { $0.tanhShrink() }, "relu6": { $0.relu6() },
    ]
  }

  private static var specialRealPairs: [String: (Tensor<Real>, Tensor<Real>) -> Tensor<Real>] {
    [
      "logaddexp2": { Tensor.logAddExp2($0, $1) }, "xlog1py": { Tensor.xlog1py($0, $1) }, "prelu": { $0.prelu($1) },
    ]
  }

  private typealias ExtremePair = (
    reals: (Tensor<Real>, Tensor<Real>) -> Tensor<Real>, integers: (Tensor<Int>, Tensor<Int>) -> Tensor<Int>
  )

  private static var extremePairs: [String: ExtremePair] {
    [
      "fmax": ({ Tensor.fmax($0, $1) }, { Tensor.fmax($0, $1) }),
      "fmin": ({ Tensor.fmin($0, $1) }, { Tensor.fmin($0, $1) }),
      "heaviside": ({ $0.heaviside($1) }, { $0.heaviside($1) }),
    ]
  }
}
