import AdjointKernels

// What a shape must be for a tensor to have it, in one place: sums and products of the extents of tensors that exist
// never overflow, so only what a caller gives has to be looked at, under the name of the operation that was called.

extension Shape {
  /// The most elements that a tensor can have, counting an extent of 0 as 1.
  ///
  /// No process has addresses for more, even at a byte each. Empty tensors are bounded alike, as in NumPy: their strides
  /// and what they are multiplied, joined or repeated into are computed from the same extents.
  static let largestElementCount = 1 << 47

  /// Up to this many elements nobody asks whether there is memory for them.
  static let smallElementCount = 1 << 26

  /// Refuses a shape that no tensor can have.
  @inline(__always)
  func checked(_ operation: @autoclosure () -> String, _ given: @autoclosure () -> String? = nil) -> Shape {
    if possibleElementCount < 0 { refuse(operation(), given()) }
    return self
  }

  /// `given`: what the shape was computed from, where the sum or product may have been clamped.
  @inline(never) func refuse(_ operation: String, _ given: String? = nil) -> Never {
    if let given {
      fatalError(
        "\(operation): \(given) give a shape that is too large; the product of a tensor's extents, an extent of 0 counted "
          + "as 1, must be at most 2^47")
    }
    if contains(where: { $0 < 0 }) {
      fatalError("\(operation): shape \(self) has a negative extent; extents must be at least 0")
    }
    fatalError(
      "\(operation): shape \(self) is too large; the product of a tensor's extents, an extent of 0 counted as 1, must be "
        + "at most 2^47")
  }

  /// The shape of a list of extents, under the name of the operation that was given them.
  init(checking extents: [Int], _ operation: String) {
    Self.checkRank(extents.count, operation)
    self = Shape(extents).checked(operation)
  }

  /// Refuses more axes than a tensor can have.
  static func checkRank(_ rank: Int, _ operation: String) {
    if rank > largestRank {
      fatalError("\(operation): the result would have \(rank) axes; a tensor has at most \(largestRank)")
    }
  }

  /// Refuses an array that the process has no memory for, before anything is taken.
  func checkMemory(_ operation: @autoclosure () -> String, _ type: ElementType) {
    if elementCount > Self.smallElementCount { Self.checkMemory(operation(), elementCount * type.size, self) }
  }

  /// The number of elements of an array that is made at once, checked in both ways.
  func allocatable(_ operation: String, _ type: ElementType) -> Int {
    checked(operation).checkMemory(operation, type)
    return elementCount
  }

  @inline(never) private static func checkMemory(_ operation: String, _ bytes: Int, _ shape: Shape) {
    let limit = ProcessMemory.limit
    if bytes > limit {
      fatalError(
        "\(operation): shape \(shape) takes \(bytes) bytes; this process can have at most \(limit) bytes of memory")
    }
  }

  /// The common shape of operands that broadcast, under the name of the operation that was given them.
  @discardableResult
  func broadcast(with other: Shape, _ operation: String) -> Shape {
    guard let common = broadcast(with: other) else {
      fatalError(Operation.broadcastMessage(operation, [self, other]))
    }
    return common.checked(operation)
  }
}

/// Refuses a tolerance that nothing can be within, or everything.
func checkTolerance(_ operation: String, _ name: String, _ value: Double?) {
  if let value, !(value >= 0 && value < .infinity) {
    fatalError("\(operation): \(name) is \(value); it must be at least 0 and finite")
  }
}

extension Int {
  /// The sum, or the largest or smallest number where it would be beyond: beyond every shape.
  func addingClamped(_ other: Int) -> Int {
    let (sum, isOver) = addingReportingOverflow(other)
    return isOver ? other < 0 ? .min : .max : sum
  }

  /// The product of numbers that are not negative, or the largest number.
  func multipliedClamped(by other: Int) -> Int {
    let (product, isOver) = multipliedReportingOverflow(by: other)
    return isOver ? .max : product
  }
}
