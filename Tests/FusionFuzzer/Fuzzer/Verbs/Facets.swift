import Foundation

extension Step {
  /// Values stay within this magnitude, except for a sum's before it is scaled down.
  static let bound = 16.0

  /// Shape and range of the result, or nil if the step has no meaning for these operands or leaves the bounds.
  func facet(_ operands: [Facet], repeats: Int) -> Facet? {
    guard operands.count == verb.operandCount else { return nil }
    switch verb.family {
    case .unary, .number, .several:
      guard let shape = Facet.broadcast(operands.map(\.shape)),
        let range = elementwiseRange(operands.map(\.range), repeats: repeats), range.low.isFinite, range.high.isFinite,
        range.magnitude <= Self.bound
      else { return nil }
      return Facet(shape: shape, range: range)
    case .shape: return shapeFacet(operands)
    case .reduction: return reductionFacet(operands[0])
    case .matrix: return matrixFacet(operands[0], operands[1])
    }
  }

  private func elementwiseRange(_ x: [Interval], repeats: Int) -> Interval? {
    let a = x[0]
    let moved = Interval(number, number + drift * Double(repeats - 1))
    switch verb.family {
    case .unary: return unaryRange(a)
    case .number: return numberRange(a, moved)
    default: return severalRange(x)
    }
  }

  private func unaryRange(_ a: Interval) -> Interval? {
    switch verb {
    case .negate: return -1 * a
    case .square:
      return Interval(a.low <= 0 && a.high >= 0 ? 0 : min(a.low * a.low, a.high * a.high), (a * a).magnitude)
    case .sin, .cos: return .symmetric(1)
    case .tanh: return a.mapped { Foundation.tanh($0) }
    case .erf: return a.mapped { Foundation.erf($0) }
    case .atan: return a.mapped { Foundation.atan($0) }
    case .asinh: return a.mapped { Foundation.asinh($0) }
    case .sigmoid: return a.mapped { 1 / (1 + Foundation.exp(-$0)) }
    case .softplus: return a.mapped { Foundation.log1p(Foundation.exp($0)) }
    case .exp: return a.high <= 2.5 ? a.mapped { Foundation.exp($0) } : nil
    case .expm1: return a.high <= 2.5 ? a.mapped { Foundation.expm1($0) } : nil
    case .sinh: return a.magnitude <= 2.5 ? a.mapped { Foundation.sinh($0) } : nil
    case .cosh: return a.magnitude <= 2.5 ? Interval(1, Foundation.cosh(a.magnitude)) : nil
    case .log: return a.isPositive ? a.mapped { Foundation.log($0) } : nil
    case .log1p: return a.low >= -0.5 ? a.mapped { Foundation.log1p($0) } : nil
    case .sqrt: return a.isPositive ? a.mapped { $0.squareRoot() } : nil
    case .rsqrt: return a.isPositive ? a.mapped { 1 / $0.squareRoot() } : nil
    case .reciprocal: return a.isAwayFromZero ? a.mapped { 1 / $0 } : nil
    case .abs: return Interval(a.isAwayFromZero ? min(Swift.abs(a.low), Swift.abs(a.high)) : 0, a.magnitude)
    case .relu: return a.mapped { max(0, $0) }
    case .silu, .gelu, .leakyRelu, .elu: return Interval(-1, max(0, a.high)).joined(0.01 * a)
    case .floor: return a.mapped { $0.rounded(.down) }
    case .sign: return .symmetric(1)
    default: return nil
    }
  }

  private func numberRange(_ a: Interval, _ c: Interval) -> Interval? {
    switch verb {
    case .addNumber: return a + c
    case .numberMinus: return c - a
    case .timesNumber: return number * a
    case .overNumber: return Swift.abs(number) >= 0.25 ? (1 / number) * a : nil
    case .numberOver: return a.isAwayFromZero ? number * a.mapped { 1 / $0 } : nil
    case .powerNumber: return a.isPositive ? a.mapped { pow($0, number) } : nil
    case .maximumNumber: return a.mapped { max($0, number) }
    case .minimumNumber: return a.mapped { min($0, number) }
    case .clamp: return a.mapped { min(max($0, number), number + 1) }
    case .whereNumber: return a.joined(Interval(number, number))
    default: return nil
    }
  }

  private func severalRange(_ x: [Interval]) -> Interval? {
    let (a, b) = (x[0], x[1])
    switch verb {
    case .add: return a + b
    case .subtract: return a - b
    case .multiply: return a * b
    case .divide: return b.isAwayFromZero ? a * b.mapped { 1 / $0 } : nil
    case .atan2: return b.isPositive ? .symmetric(1.6) : nil
    case .hypot: return a.isAwayFromZero || b.isAwayFromZero ? Interval(0.25, a.magnitude + b.magnitude) : nil
    case .maximum: return Interval(max(a.low, b.low), max(a.high, b.high))
    case .minimum: return Interval(min(a.low, b.low), min(a.high, b.high))
    case .power:
      guard a.isPositive, b.magnitude <= 2.5 else { return nil }
      return Interval(hullOf: pow(a.low, b.low), pow(a.low, b.high), pow(a.high, b.low), pow(a.high, b.high))
    case .logAddExp: return Interval(max(a.low, b.low), max(a.high, b.high) + 0.7)
    case .addingProduct: return a + number * (b * x[2])
    case .lerp: return a + x[2] * (b - a)
    case .whereLess, .whereGreaterOrEqual, .whereBoth: return x[2].joined(x[3])
    default: return nil
    }
  }
}

extension Facet {
  /// The shape that several broadcast to, or nil.
  static func broadcast(_ shapes: [[Int]]) -> [Int]? {
    let rank = shapes.map(\.count).max()!
    var result = Array(repeating: 1, count: rank)
    for shape in shapes {
      let lead = rank - shape.count
      for (axis, extent) in shape.enumerated() where extent != 1 {
        guard result[lead + axis] == 1 || result[lead + axis] == extent else { return nil }
        result[lead + axis] = extent
      }
    }
    return result
  }
}
