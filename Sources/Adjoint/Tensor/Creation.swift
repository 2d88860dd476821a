import AdjointKernels
import CKernels

extension Tensor {
  init(_ buffer: Buffer, shape: Shape) { self.init(Node(Value(buffer), Scalar.elementType, shape)) }

  /// A tensor of the elements in row-major order.
  public init(_ scalars: [Scalar], shape: Shape) {
    guard scalars.count == shape.checked("Tensor").elementCount else {
      fatalError(
        "Tensor: \(scalars.count) elements for shape \(shape), which takes exactly the product of its extents")
    }
    self.init(Buffer.of(scalars), shape: shape)
  }

  /// A tensor of one axis.
  public init(_ scalars: [Scalar]) { self.init(Buffer.of(scalars), shape: Shape(vector: scalars.count)) }

  /// A scalar tensor: no axes, one element.
  public init(_ scalar: Scalar) { self.init(Buffer.of([scalar]), shape: Shape()) }

  /// A tensor of equal elements. No memory is taken before it is needed as an array.
  public static func full(_ shape: Shape, _ value: Scalar) -> Tensor {
    full("full", shape, value)
  }

  fileprivate static func full(_ name: String, _ shape: Shape, _ value: Scalar) -> Tensor {
    Tensor(Expression.constant(bits: value.elementBits, Scalar.elementType, shape.checked(name)))
  }

  /// Equal elements in the shape of another tensor.
  public static func full(like other: Tensor, _ value: Scalar) -> Tensor { full(other.shape, value) }
}

extension Tensor where Scalar: TensorNumber {
  /// A tensor of zeros.
  public static func zeros(_ shape: Shape) -> Tensor { full("zeros", shape, 0) }
  /// A tensor of zeros.
  public static func zeros(_ extents: Int...) -> Tensor { full("zeros", Shape(checking: extents, "zeros"), 0) }
  /// Zeros in the shape of another tensor.
  public static func zeros(like other: Tensor) -> Tensor { zeros(other.shape) }

  /// A tensor of ones.
  public static func ones(_ shape: Shape) -> Tensor { full("ones", shape, 1) }
  /// A tensor of ones.
  public static func ones(_ extents: Int...) -> Tensor { full("ones", Shape(checking: extents, "ones"), 1) }
  /// Ones in the shape of another tensor.
  public static func ones(like other: Tensor) -> Tensor { ones(other.shape) }

  /// Ones on the diagonal of a matrix, zeros elsewhere; square if `columns` is nil.
  public static func eye(_ rows: Int, _ columns: Int? = nil) -> Tensor {
    let columns = columns ?? rows
    guard rows >= 0, columns >= 0 else {
      fatalError("eye: \(rows) rows and \(columns) columns; both must be at least 0")
    }
    _ = Shape(rows, columns).allocatable("eye", Scalar.elementType)
    return Tensor(Expression.identityMatrix(rows, columns, Scalar.elementType))
  }
}

extension Expression {
  /// Ones on the diagonal, as an evaluated leaf.
  static func identityMatrix(_ rows: Int, _ columns: Int, _ type: ElementType) -> Expression {
    let zeros = Buffer.filled(0, type, count: rows * columns)
    let count = Swift.min(rows, columns)
    zeros.spread(
      .filled(ScalarBits.encode(1, type), type, count: count), type, shape: [count], offset: 0, strides: [columns + 1])
    return Expression(Node(Value(zeros), type, Shape(rows, columns)))
  }
}

extension Tensor where Scalar: TensorInteger {
  /// `start`, `start + step`, … before `end`; descending for a negative step.
  public static func arange(_ start: Scalar, _ end: Scalar, step: Scalar = 1) -> Tensor {
    guard step != 0 else { fatalError("arange: step 0 from \(start) to \(end); the step must not be 0") }
    let (first, last, by) = (Int(start), Int(end), Int(step))
    // As unsigned numbers: the distance of two of type Int may be beyond the largest of them.
    let distance = by > 0 ? UInt(bitPattern: last &- first) : UInt(bitPattern: first &- last)
    let isEmpty = by > 0 ? first >= last : first <= last
    let count = isEmpty ? 0 : Int(clamping: (distance - 1) / by.magnitude).addingClamped(1)
    if count > Shape.largestElementCount { refuseArange("\(start)", "\(end)", "\(step)") }
    let shape = Shape(vector: count)
    return Tensor((0..<shape.allocatable("arange", Scalar.elementType)).map { Scalar(first &+ $0 &* by) })
  }

  /// 0, 1, … before `end`.
  public static func arange(_ end: Scalar) -> Tensor { arange(0, end) }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// `start + k·step` for whole k, before `end`; descending for a negative step.
  ///
  /// The number of elements is ⌈(end − start)/step⌉. It and the elements are computed in Double whatever the type of the
  /// elements, as in NumPy and PyTorch: `Tensor<Float>.arange(-4, 4, step: 0.01)` has 800 elements, where the Float next
  /// to 0.01, which is smaller, would need 801.
  public static func arange(_ start: Double, _ end: Double, step: Double = 1) -> Tensor {
    guard step != 0, start.isFinite, end.isFinite, step.isFinite else {
      fatalError("arange: from \(start) to \(end) by \(step); all must be finite and the step not 0")
    }
    let count = Swift.max(0, ((end - start) / step).rounded(.up))
    if count > Double(Shape.largestElementCount) { refuseArange("\(start)", "\(end)", "\(step)") }
    let shape = Shape(vector: Int(count))
    return Tensor((0..<shape.allocatable("arange", Scalar.elementType)).map { Scalar(start + Double($0) * step) })
  }

  /// 0, 1, … before `end`.
  public static func arange(_ end: Double) -> Tensor { arange(0, end) }

  /// ``arange(_:_:step:)`` for numbers of the elements' type, which stand for themselves.
  @_disfavoredOverload
  public static func arange(_ start: Scalar, _ end: Scalar, step: Scalar = 1) -> Tensor {
    arange(Double(start), Double(end), step: Double(step))
  }

  /// 0, 1, … before `end`.
  @_disfavoredOverload
  public static func arange(_ end: Scalar) -> Tensor { arange(0, Double(end)) }

  /// `count` evenly spaced numbers from `start` to `end`, both included; computed in Double, as in NumPy.
  public static func linspace(_ start: Double, _ end: Double, count: Int) -> Tensor {
    guard count >= 0, start.isFinite, end.isFinite else {
      fatalError(
        "linspace: \(count) elements from \(start) to \(end); the count must be at least 0 and both ends be finite")
    }
    _ = Shape(vector: count).allocatable("linspace", Scalar.elementType)
    let intervals = Double(Swift.max(count - 1, 1))
    // The distance of the ends may overflow where the step does not.
    let step = (end - start).isFinite ? (end - start) / intervals : end / intervals - start / intervals
    // From the nearer end, as PyTorch does, so that both ends are exact.
    return Tensor(
      (0..<count).map { k in
        Scalar(k < (count + 1) / 2 ? start + Double(k) * step : end - Double(count - 1 - k) * step)
      })
  }

  /// ``linspace(_:_:count:)`` for numbers of the elements' type, which stand for themselves.
  @_disfavoredOverload
  public static func linspace(_ start: Scalar, _ end: Scalar, count: Int) -> Tensor {
    linspace(Double(start), Double(end), count: count)
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// The tensor as a leaf that may collect gradients.
  func leaf(requiresGrad: Bool) -> Tensor {
    guard requiresGrad else { return self }
    let node = Node(node.evaluated().contiguous(Scalar.elementType, shape), Scalar.elementType, shape)
    node.setTracking(.tracked)
    return Tensor(node)
  }

  /// A leaf of the elements in row-major order.
  public init(_ scalars: [Scalar], shape: Shape, requiresGrad: Bool) {
    self = Tensor(scalars, shape: shape).leaf(requiresGrad: requiresGrad)
  }

  /// A leaf of one axis.
  public init(_ scalars: [Scalar], requiresGrad: Bool) { self = Tensor(scalars).leaf(requiresGrad: requiresGrad) }

  /// A leaf of one element.
  public init(_ scalar: Scalar, requiresGrad: Bool) { self = Tensor(scalar).leaf(requiresGrad: requiresGrad) }

  // A literal could be a number or a scalar tensor: the number is meant.
  /// A leaf with the elements of a tensor, by themselves: no graph leads to them.
  @_disfavoredOverload
  public init(_ tensor: Tensor, requiresGrad: Bool) { self = tensor.detached().leaf(requiresGrad: requiresGrad) }

  /// A leaf of equal elements.
  public static func full(_ shape: Shape, _ value: Scalar, requiresGrad: Bool) -> Tensor {
    full("full", shape, value, requiresGrad)
  }

  private static func full(_ name: String, _ shape: Shape, _ value: Scalar, _ requiresGrad: Bool) -> Tensor {
    if requiresGrad { _ = shape.allocatable(name, Scalar.elementType) }
    return full(name, shape, value).leaf(requiresGrad: requiresGrad)
  }

  /// A leaf of zeros.
  public static func zeros(_ shape: Shape, requiresGrad: Bool) -> Tensor { full("zeros", shape, 0, requiresGrad) }
  /// A leaf of zeros.
  public static func zeros(_ extents: Int..., requiresGrad: Bool) -> Tensor {
    full("zeros", Shape(checking: extents, "zeros"), 0, requiresGrad)
  }
  /// A leaf of ones.
  public static func ones(_ shape: Shape, requiresGrad: Bool) -> Tensor { full("ones", shape, 1, requiresGrad) }
  /// A leaf of ones.
  public static func ones(_ extents: Int..., requiresGrad: Bool) -> Tensor {
    full("ones", Shape(checking: extents, "ones"), 1, requiresGrad)
  }
}

@inline(never) private func refuseArange(_ start: String, _ end: String, _ step: String) -> Never {
  fatalError("arange: from \(start) to \(end) by \(step); there must be at most 2^47 elements")
}
