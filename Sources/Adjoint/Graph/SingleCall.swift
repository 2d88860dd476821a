import AdjointKernels
import CKernels

/// How an operation by itself may be computed without a plan: by one call of one loop.
///
/// A plan costs microseconds to make and hundreds of nanoseconds to find again; one addition of three elements
/// takes two.
enum DirectKernel: Sendable {
  case none
  case elementwise(TileOperation)
  case reduction(TileReduction)
  case opaque

  init(_ kernel: Kernel) {
    self =
      switch kernel {
      case .elementwise(let code): .elementwise(code)
      case .reduction(let code): .reduction(code)
      case .opaque: .opaque
      case .source, .view: .none
      }
  }
}
/// Not copyable, so that each array is counted once.
struct DirectOperands: ~Copyable {
  let arity: Int
  /// The type of the first operand, which picks the loop.
  let type: ElementType
  private(set) var a: Buffer?
  private(set) var b: Buffer?
  private(set) var aBits: UInt64 = 0
  private(set) var bBits: UInt64 = 0
  private(set) var aCount = 1
  private(set) var bCount = 1

  /// nil if an operand has to be computed or copied first, or there are none or more than two.
  ///
  /// `inout`, though nothing changes: a field of an object is copied to be borrowed.
  @inline(__always) init?(_ operands: inout Operands) {
    arity = operands.count
    type = operands.a.type
    guard arity == 1 || arity == 2, Self.take(&operands.a, &a, &aBits, &aCount) else { return nil }
    guard arity == 1 || Self.take(&operands.b, &b, &bBits, &bCount) else { return nil }
  }

  @inline(__always)
  private static func take(
    _ operand: inout Expression, _ buffer: inout Buffer?, _ bits: inout UInt64, _ count: inout Int
  ) -> Bool {
    if operand.buffer != nil {
      guard operand.node!.isContiguous else { return false }
      buffer = operand.buffer
      count = operand.node!.elementCount
      return true
    }
    guard let constant = operand.numberBits else { return false }
    bits = constant
    return true
  }
}

extension Node {
  /// The largest result that is worth computing by one thread without further thought.
  private static let largestDirect = 32_768

  /// Computes and publishes the value if one call of a loop on captured values does it.
  func evaluateByOneCall() -> Bool {
    switch operation.direct {
    case .none:
      return false
    case .elementwise(let code):
      let count = elementCount
      guard count > 0, count <= Self.largestDirect, let x = directOperands() else { return false }
      let aIsRepeated = x.a == nil || x.aCount < count
      let bIsRepeated = x.b == nil || x.bCount < count
      if x.arity == 1 {
        if aIsRepeated { return false }
      } else {
        // Both broadcast, or one does along some axes only: the planner knows how.
        if aIsRepeated && bIsRepeated || x.aCount != count && x.aCount != 1 || x.bCount != count && x.bCount != 1 {
          return false
        }
      }
      publish(
        Value(
          .elementwise(
            code, x.type, count: count, resultSize: type.size, x.a, x.aBits, isRepeated: aIsRepeated, x.b, x.bBits,
            isRepeated: x.arity == 2 && bIsRepeated)))
      return true
    case .reduction(let code):
      guard elementCount == 1, let x = directOperands(), let a = x.a, x.aCount > 0, x.aCount <= Self.largestDirect
      else { return false }
      publish(Value(.reduction(code, type, count: x.aCount, a)))
      return true
    case .opaque:
      return evaluateOpaque()
    }
  }

  /// An operation that a plan would run by itself too: only the plan is left out.
  private func evaluateOpaque() -> Bool {
    guard elementCount > 0, case .opaque(let kernel) = operation.kernel else { return false }
    let operands = operands
    var values: [Value] = []
    values.reserveCapacity(operands.count)
    for operand in operands {
      guard let value = operand.value else { return false }
      values.append(value)
    }
    if values.isEmpty { return false }
    let call = Call(
      type: type, shape: shape, attribute: attribute, operandShapes: operands.map(\.shape),
      operandTypes: operands.map(\.type))
    publish(Value(kernel(call, values)))
    return true
  }
}
