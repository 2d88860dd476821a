import CKernels
import Foundation
import Testing

/// Every loop of every instruction set against a reference for one element: all tails, all modes, in place.
@Suite struct ElementwiseTests {
  private let binaryModes = [CK_VECTOR_VECTOR, CK_VECTOR_SCALAR, CK_SCALAR_VECTOR]
  private let mask = (0..<sampleCount).map { UInt8($0 * 7 % 5 < 2 ? 1 : 0) }

  private func unary<T: KernelElement, R: KernelElement>(
    _ name: String, _ operation: ck_operation, _ result: R.Type, agreement: Agreement = .exact,
    _ reference: (T) -> R
  ) {
    checkLoop(
      name, operation, CK_VECTOR_VECTOR, T.left, T.right, mask, R.self, agreement: agreement,
      reference: { x, _, _ in reference(x) })
  }

  private func binary<T: KernelElement, R: KernelElement>(
    _ name: String, _ operation: ck_operation, _ result: R.Type, agreement: Agreement = .exact,
    _ reference: (T, T) -> R
  ) {
    for mode in binaryModes {
      // A scalar operand is worth checking at an ordinary and at an odd value.
      for shift in mode == CK_VECTOR_VECTOR ? [0] : [4, 5] {
        let a = mode == CK_SCALAR_VECTOR ? Array(T.left.dropFirst(shift * 31)) + T.left.prefix(shift * 31) : T.left
        let b = mode == CK_VECTOR_SCALAR ? Array(T.right.dropFirst(shift)) + T.right.prefix(shift) : T.right
        checkLoop(
          name, operation, mode, a, b, mask, R.self, agreement: agreement, reference: { x, y, _ in reference(x, y) })
      }
    }
  }

  private func floats<T: FloatReference>(_: T.Type) {
    for f in roundedFunctions { unary(f.name, f.operation, T.self) { (x: T) in T(f.value(Double(x))) } }
    for f in mathematicalFunctions {
      // The reference is itself up to two units off in Double, where it is more than one call of the C library.
      let agreement = Agreement.within(T.self == Float.self ? 1 : 3)
      unary(f.name, f.operation, T.self, agreement: agreement) { (x: T) in T(f.value(Double(x))) }
    }
    for f in mathematicalFunctions2 {
      binary(f.name, f.operation, T.self, agreement: .within(2)) { (x: T, y: T) in
        T(f.value(Double(x), Double(y)))
      }
    }
    // The exponents that have loops of their own.
    for exponent: T in [2, 3, -1, 0.5, -0.5] {
      checkLoop(
        "power", CK_POWER, CK_VECTOR_SCALAR, T.left, [exponent], mask, T.self, agreement: .within(3),
        reference: { x, y, _ in T(pow(Double(x), Double(y))) })
    }
    unary("sqrt", CK_SQRT, T.self) { (x: T) in x.squareRoot() }
    unary("range scale", CK_RANGE_SCALE, T.self) { (x: T) in
      let (large, small, down, up): (T, T, T, T) =
        T.self == Float.self ? (0x1p60, 0x1p-40, 0x1p-80, 0x1p100) : (T(0x1p480), T(0x1p-440), T(0x1p-600), T(0x1p640))
      let size = x.magnitude
      return size == 0 || !size.isFinite ? 1 : size > large ? down : size < small ? up : 1
    }
    unary("rsqrt", CK_RSQRT, T.self) { (x: T) in 1 / x.squareRoot() }
    unary("reciprocal", CK_RECIPROCAL, T.self) { (x: T) in 1 / x }
    unary("negate", CK_NEGATE, T.self) { (x: T) in -x }
    unary("abs", CK_ABS, T.self) { (x: T) in abs(x) }
    unary("sign", CK_SIGN, T.self) { (x: T) in x > 0 ? 1 : x < 0 ? -1 : 0 }
    unary("square", CK_SQUARE, T.self) { (x: T) in x * x }
    unary("relu", CK_RELU, T.self) { (x: T) in x < 0 ? 0 : x }
    unary("isNaN", CK_IS_NAN, UInt8.self) { (x: T) in x.isNaN ? 1 : 0 }
    unary("isInf", CK_IS_INF, UInt8.self) { (x: T) in x.isInfinite ? 1 : 0 }
    unary("isFinite", CK_IS_FINITE, UInt8.self) { (x: T) in x.isFinite ? 1 : 0 }
    binary("add", CK_ADD, T.self) { (x: T, y: T) in x + y }
    binary("subtract", CK_SUBTRACT, T.self) { (x: T, y: T) in x - y }
    binary("multiply", CK_MULTIPLY, T.self) { (x: T, y: T) in x * y }
    binary("divide", CK_DIVIDE, T.self) { (x: T, y: T) in x / y }
    binary("maximum", CK_MAXIMUM, T.self) { (x: T, y: T) in T.largest(x, y) }
    binary("minimum", CK_MINIMUM, T.self) { (x: T, y: T) in T.smallest(x, y) }
    binary("copysign", CK_COPYSIGN, T.self) { (x: T, y: T) in T(signOf: y, magnitudeOf: x) }
    binary("fmod", CK_FMOD, T.self) { (x: T, y: T) in T.remainderOfC(x, y) }
    binary("remainder", CK_REMAINDER, T.self) { (x: T, y: T) in T.remainder(x, y) }
    binary("floorDivide", CK_FLOOR_DIVIDE, T.self) { (x: T, y: T) in T.floorDivide(x, y) }
    binary("truncDivide", CK_TRUNC_DIVIDE, T.self) { (x: T, y: T) in (x / y).rounded(.towardZero) }
    binary("logAddExp", CK_LOG_ADD_EXP, T.self, agreement: .withinOfOne(5)) { (x: T, y: T) in
      T(logAddExp(Double(x), Double(y)))
    }
    binary("expSubtract", CK_EXP_SUBTRACT, T.self, agreement: .within(3)) { (x: T, y: T) in T(exp(Double(x - y))) }
    converts(T.self) {
      saturated($0, Int64.self)
    } toInt32: {
      saturated($0, Int32.self)
    }
    for mode in [CK_VECTOR_VECTOR, CK_VECTOR_SCALAR] {
      multiplyAdd(T.self, mode) { ($0 * $1) + $2 }
    }
  }

  private func saturated<T: BinaryFloatingPoint, I: FixedWidthInteger>(_ x: T, _: I.Type) -> I {
    x.isNaN ? 0 : I(exactly: x.rounded(.towardZero)) ?? (x < 0 ? .min : .max)
  }

  private func integers<T: FixedWidthInteger & SignedInteger & KernelElement>(_: T.Type) {
    unary("negate", CK_NEGATE, T.self) { (x: T) in 0 &- x }
    unary("abs", CK_ABS, T.self) { (x: T) in x < 0 ? 0 &- x : x }
    unary("sign", CK_SIGN, T.self) { (x: T) in x.signum() }
    unary("square", CK_SQUARE, T.self) { (x: T) in x &* x }
    unary("relu", CK_RELU, T.self) { (x: T) in max(x, 0) }
    unary("isNaN", CK_IS_NAN, UInt8.self) { (_: T) in 0 }
    unary("isInf", CK_IS_INF, UInt8.self) { (_: T) in 0 }
    unary("isFinite", CK_IS_FINITE, UInt8.self) { (_: T) in 1 }
    binary("add", CK_ADD, T.self) { (x: T, y: T) in x &+ y }
    binary("subtract", CK_SUBTRACT, T.self) { (x: T, y: T) in x &- y }
    binary("multiply", CK_MULTIPLY, T.self) { (x: T, y: T) in x &* y }
    binary("maximum", CK_MAXIMUM, T.self) { (x: T, y: T) in max(x, y) }
    binary("minimum", CK_MINIMUM, T.self) { (x: T, y: T) in min(x, y) }
    binary("power", CK_POWER, T.self) { (x: T, y: T) in T.power(x, y) }
    binary("floorDivide", CK_FLOOR_DIVIDE, T.self) { (x: T, y: T) in T.floorDivide(x, y) }
    binary("truncDivide", CK_TRUNC_DIVIDE, T.self) { (x: T, y: T) in T.truncDivide(x, y) }
    binary("remainder", CK_REMAINDER, T.self) { (x: T, y: T) in T.remainder(x, y) }
    binary("fmod", CK_FMOD, T.self) { (x: T, y: T) in T.remainderOfC(x, y) }
    unary("toFloat32", CK_TO_FLOAT32, Float.self) { (x: T) in Float(x) }
    unary("toFloat64", CK_TO_FLOAT64, Double.self) { (x: T) in Double(x) }
    unary("squareToFloat64", CK_SQUARE_TO_FLOAT64, Double.self) { (x: T) in Double(x) * Double(x) }
    unary("toInt64", CK_TO_INT64, Int64.self) { (x: T) in Int64(x) }
    unary("toInt32", CK_TO_INT32, Int32.self) { (x: T) in Int32(truncatingIfNeeded: x) }
    for mode in [CK_VECTOR_VECTOR, CK_VECTOR_SCALAR] {
      multiplyAdd(T.self, mode) { ($0 &* $1) &+ $2 }
    }
  }

  private func converts<T: FloatReference>(_: T.Type, toInt64: (T) -> Int64, toInt32: (T) -> Int32) {
    unary("toFloat32", CK_TO_FLOAT32, Float.self) { (x: T) in Float(x) }
    unary("toFloat64", CK_TO_FLOAT64, Double.self) { (x: T) in Double(x) }
    unary("squareToFloat64", CK_SQUARE_TO_FLOAT64, Double.self) { (x: T) in Double(x) * Double(x) }
    unary("toInt64", CK_TO_INT64, Int64.self) { toInt64($0) }
    unary("toInt32", CK_TO_INT32, Int32.self) { toInt32($0) }
  }

  private func everyType<T: KernelElement & Comparable>(_: T.Type, zero: T) {
    unary("copy", CK_COPY, T.self) { (x: T) in x }
    unary("toBool", CK_TO_BOOL, UInt8.self) { (x: T) in x != zero ? 1 : 0 }
    unary("logicalNot", CK_LOGICAL_NOT, UInt8.self) { (x: T) in x == zero ? 1 : 0 }
    binary("equal", CK_EQUAL, UInt8.self) { (x: T, y: T) in x == y ? 1 : 0 }
    binary("notEqual", CK_NOT_EQUAL, UInt8.self) { (x: T, y: T) in x != y ? 1 : 0 }
    binary("less", CK_LESS, UInt8.self) { (x: T, y: T) in x < y ? 1 : 0 }
    binary("lessEqual", CK_LESS_EQUAL, UInt8.self) { (x: T, y: T) in x <= y ? 1 : 0 }
    binary("greater", CK_GREATER, UInt8.self) { (x: T, y: T) in x > y ? 1 : 0 }
    binary("greaterEqual", CK_GREATER_EQUAL, UInt8.self) { (x: T, y: T) in x >= y ? 1 : 0 }
    binary("and", CK_LOGICAL_AND, UInt8.self) { (x: T, y: T) in x != zero && y != zero ? 1 : 0 }
    binary("or", CK_LOGICAL_OR, UInt8.self) { (x: T, y: T) in x != zero || y != zero ? 1 : 0 }
    binary("xor", CK_LOGICAL_XOR, UInt8.self) { (x: T, y: T) in (x != zero) != (y != zero) ? 1 : 0 }
    for mode in binaryModes + [CK_SCALAR_SCALAR] {
      checkLoop("select", CK_SELECT, mode, T.left, T.right, mask, T.self) { $2 != 0 ? $0 : $1 }
    }
  }

  /// The third operand has the type of the first two, which `checkLoop` does not know: its bytes are given here.
  private func multiplyAdd<T: KernelElement>(_: T.Type, _ mode: ck_mode, _ reference: (T, T, T) -> T) {
    let a = T.left
    let b = Array(T.right.dropFirst(4)) + T.right.prefix(4)
    let c = T.left.reversed() as [T]
    for table in KernelTable.all {
      guard let loop = table.loop(CK_MULTIPLY_ADD, T.type, mode) else {
        Issue.record("multiplyAdd \(T.self) mode \(mode.rawValue) is missing from \(table.name)")
        continue
      }
      for n in [0, 1, 7, 13, 33, sampleCount - 1] {
        var y = Array(repeating: a[0], count: sampleCount)
        y.withUnsafeMutableBytes { loop($0.baseAddress!, a, b, c, Int64(n)) }
        let bad = (0..<n).first { !T.same(y[$0], reference(a[$0], b[mode == CK_VECTOR_SCALAR ? 0 : $0], c[$0])) }
        #expect(bad == nil, "multiplyAdd \(T.self) on \(table.name), n = \(n): element \(bad ?? 0)")
        #expect(T.same(y[n], a[0]), "multiplyAdd \(T.self) on \(table.name): written past the end of \(n)")
        var inPlace = c
        inPlace.withUnsafeMutableBytes { loop($0.baseAddress!, a, b, $0.baseAddress!, Int64(n)) }
        let differs = (0..<n).first { !T.same(y[$0], inPlace[$0]) }
        #expect(differs == nil, "multiplyAdd \(T.self) on \(table.name): wrong when y is c, n = \(n)")
      }
    }
  }

  @Test func float32() { floats(Float.self) }
  @Test func float64() { floats(Double.self) }
  @Test func int64() { integers(Int64.self) }
  @Test func int32() { integers(Int32.self) }

  @Test func masksAndCopies() {
    everyType(Float.self, zero: 0)
    everyType(Double.self, zero: 0)
    everyType(Int64.self, zero: 0)
    everyType(Int32.self, zero: 0)
    everyType(UInt8.self, zero: 0)
    unary("toFloat32", CK_TO_FLOAT32, Float.self) { (x: UInt8) in Float(x) }
    unary("toFloat64", CK_TO_FLOAT64, Double.self) { (x: UInt8) in Double(x) }
    unary("toInt64", CK_TO_INT64, Int64.self) { (x: UInt8) in Int64(x) }
    unary("toInt32", CK_TO_INT32, Int32.self) { (x: UInt8) in Int32(x) }
  }
}
