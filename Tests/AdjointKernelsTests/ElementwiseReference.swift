import CKernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

// What each operation means, written for one element with the scalar C library.

/// Transcendental functions, computed in double precision for both floating types.
let mathematicalFunctions: [(name: String, operation: ck_operation, value: @Sendable (Double) -> Double)] = [
  ("exp", CK_EXP, { exp($0) }), ("exp2", CK_EXP2, { exp2($0) }), ("expm1", CK_EXPM1, { expm1($0) }),
  ("log", CK_LOG, { log($0) }), ("log1p", CK_LOG1P, { log1p($0) }), ("log2", CK_LOG2, { log2($0) }),
  ("log10", CK_LOG10, { log10($0) }), ("sin", CK_SIN, { sin($0) }), ("cos", CK_COS, { cos($0) }),
  ("tan", CK_TAN, { tan($0) }), ("asin", CK_ASIN, { asin($0) }), ("acos", CK_ACOS, { acos($0) }),
  ("atan", CK_ATAN, { atan($0) }), ("sinh", CK_SINH, { sinh($0) }), ("cosh", CK_COSH, { cosh($0) }),
  ("tanh", CK_TANH, { tanh($0) }), ("asinh", CK_ASINH, { asinh($0) }), ("acosh", CK_ACOSH, { acosh($0) }),
  ("atanh", CK_ATANH, { atanh($0) }), ("erf", CK_ERF, { erf($0) }), ("erfc", CK_ERFC, { erfc($0) }),
  ("sigmoid", CK_SIGMOID, { $0 < 0 ? exp($0) / (1 + exp($0)) : 1 / (1 + exp(-$0)) }),
  ("logSigmoid", CK_LOG_SIGMOID, { ($0 > 0 ? 0 : $0) - log1p(exp(-abs($0))) }),
]

let roundedFunctions: [(name: String, operation: ck_operation, value: @Sendable (Double) -> Double)] = [
  ("floor", CK_FLOOR, { $0.rounded(.down) }), ("ceil", CK_CEIL, { $0.rounded(.up) }),
  ("round", CK_ROUND, { $0.rounded(.toNearestOrEven) }), ("trunc", CK_TRUNC, { $0.rounded(.towardZero) }),
]

let mathematicalFunctions2: [(name: String, operation: ck_operation, value: @Sendable (Double, Double) -> Double)] = [
  ("atan2", CK_ATAN2, { atan2($0, $1) }), ("hypot", CK_HYPOT, { hypot($0, $1) }), ("power", CK_POWER, { pow($0, $1) }),
  ("xlogy", CK_XLOGY, { $0 == 0 && !$1.isNaN ? 0 : $0 * log($1) }),
]

func logAddExp(_ x: Double, _ y: Double) -> Double {
  if x == y && x.isInfinite { return x }
  if x.isNaN || y.isNaN { return .nan }
  return max(x, y) + log1p(exp(-abs(x - y)))
}

/// The operations of floating types whose results are exact or rounded once a step.
protocol FloatReference: BinaryFloatingPoint, KernelElement {
  static func remainderOfC(_ x: Self, _ y: Self) -> Self
}
extension Float: FloatReference {
  static func remainderOfC(_ x: Float, _ y: Float) -> Float { fmodf(x, y) }
}
extension Double: FloatReference {
  static func remainderOfC(_ x: Double, _ y: Double) -> Double { fmod(x, y) }
}

extension FloatReference {
  static func largest(_ x: Self, _ y: Self) -> Self { x.isNaN ? x : x > y ? x : y }
  static func smallest(_ x: Self, _ y: Self) -> Self { x.isNaN ? x : x < y ? x : y }

  static func remainder(_ x: Self, _ y: Self) -> Self {
    let r = remainderOfC(x, y)
    return r != 0 && (y < 0) != (r < 0) ? r + y : r
  }

  static func floorDivide(_ x: Self, _ y: Self) -> Self {
    if y == 0 { return x / y }
    let r = remainderOfC(x, y)
    var quotient = (x - r) / y
    if r != 0 && (y < 0) != (r < 0) { quotient -= 1 }
    if quotient == 0 { return Self(signOf: x / y, magnitudeOf: 0) }
    let below = quotient.rounded(.down)
    return quotient - below > 0.5 ? below + 1 : below
  }
}

extension FixedWidthInteger where Self: SignedInteger {
  static func truncDivide(_ x: Self, _ y: Self) -> Self { y == 0 ? 0 : x.dividedReportingOverflow(by: y).partialValue }
  static func remainderOfC(_ x: Self, _ y: Self) -> Self { y == 0 || y == -1 ? 0 : x % y }

  static func remainder(_ x: Self, _ y: Self) -> Self {
    let r = remainderOfC(x, y)
    return r != 0 && (r < 0) != (y < 0) ? r + y : r
  }

  static func floorDivide(_ x: Self, _ y: Self) -> Self {
    let quotient = truncDivide(x, y)
    return remainderOfC(x, y) != 0 && (x < 0) != (y < 0) ? quotient - 1 : quotient
  }

  static func power(_ base: Self, _ exponent: Self) -> Self {
    if exponent < 0 { return base == 1 ? 1 : base == -1 ? (exponent % 2 == 0 ? 1 : -1) : 0 }
    var result: Self = 1
    var factor = base
    var rest = exponent
    while rest > 0 {
      if rest % 2 == 1 { result = result &* factor }
      factor = factor &* factor
      rest /= 2
    }
    return result
  }
}
