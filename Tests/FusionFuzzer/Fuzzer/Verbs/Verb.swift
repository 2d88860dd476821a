/// Everything that a step can do. Each is one operation of the library (`where` with its comparison: two), so that a
/// program that is run step by step computes no two of them in one pass.
enum Verb: String, Codable, CaseIterable, Sendable {
  // One operand.
  case negate, square, sin, cos, tanh, sigmoid, exp, expm1, log, log1p, sqrt, rsqrt, reciprocal, abs, relu, softplus
  case erf, silu, gelu, atan, sinh, cosh, asinh, leakyRelu, elu, floor, sign
  // One operand and a number.
  case addNumber, numberMinus, timesNumber, overNumber, numberOver, powerNumber, maximumNumber, minimumNumber, clamp
  case whereNumber
  // Several operands.
  case add, subtract, multiply, divide, atan2, hypot, maximum, minimum, power, logAddExp, addingProduct, lerp
  case whereLess, whereGreaterOrEqual, whereBoth
  // Views and copies.
  case transposed, slice, select, flatten, merge, split, unsqueeze, squeeze, broadcast, flipped, rolled, padded
  case repeated, tril, concatenate, stack, indexSelect, gather
  // Reductions and scans.
  case sumAll, sum, sumTwo, mean, amax, amin, logSumExp, norm, product, variance, softmax, logSoftmax
  case cumulativeSum, cumulativeLogSumExp, cumulativeProduct
  // Products.
  case matmul, outer

  enum Family: Sendable {
    case unary, number, several, shape, reduction, matrix

    var isElementwise: Bool { self == .unary || self == .number || self == .several }
  }

  var family: Family {
    switch self {
    case .negate, .square, .sin, .cos, .tanh, .sigmoid, .exp, .expm1, .log, .log1p, .sqrt, .rsqrt, .reciprocal, .abs,
      .relu, .softplus, .erf, .silu, .gelu, .atan, .sinh, .cosh, .asinh, .leakyRelu, .elu, .floor, .sign:
      .unary
    case .addNumber, .numberMinus, .timesNumber, .overNumber, .numberOver, .powerNumber, .maximumNumber,
      .minimumNumber, .clamp, .whereNumber:
      .number
    case .add, .subtract, .multiply, .divide, .atan2, .hypot, .maximum, .minimum, .power, .logAddExp, .addingProduct,
      .lerp, .whereLess, .whereGreaterOrEqual, .whereBoth:
      .several
    case .transposed, .slice, .select, .flatten, .merge, .split, .unsqueeze, .squeeze, .broadcast, .flipped, .rolled,
      .padded, .repeated, .tril, .concatenate, .stack, .indexSelect, .gather:
      .shape
    case .sumAll, .sum, .sumTwo, .mean, .amax, .amin, .logSumExp, .norm, .product, .variance, .softmax, .logSoftmax,
      .cumulativeSum, .cumulativeLogSumExp, .cumulativeProduct:
      .reduction
    case .matmul, .outer: .matrix
    }
  }

  var operandCount: Int {
    switch self {
    case .addingProduct, .lerp: 3
    case .whereLess, .whereGreaterOrEqual, .whereBoth: 4
    case .concatenate, .stack, .matmul, .outer: 2
    default: family == .several ? 2 : 1
    }
  }

  /// Whether the value or its first derivative jumps: after a sum, whose last bits are free, a jump says nothing.
  var jumps: Bool {
    switch self {
    case .floor, .sign, .abs, .relu, .leakyRelu, .elu, .maximumNumber, .minimumNumber, .clamp, .whereNumber, .maximum,
      .minimum, .whereLess, .whereGreaterOrEqual, .whereBoth, .amax, .amin:
      true
    default: false
    }
  }

  /// Verbs by family, each as often as its weight in random programs.
  static let elementwise = allCases.filter { $0.family.isElementwise }
  static let unary = allCases.filter { $0.family == .unary }
  static let number = allCases.filter { $0.family == .number }
  static let several = allCases.filter { $0.family == .several }
  static let shape = allCases.filter { $0.family == .shape }
  static let reduction = allCases.filter { $0.family == .reduction }
  static let matrix = allCases.filter { $0.family == .matrix }
}
