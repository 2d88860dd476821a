import AdjointKernels
import CKernels

extension Tensor {
  init(_ buffer: Buffer, shape: Shape) { self.init(Node(Value(buffer), Scalar.elementType, shape)) }

  /// A tensor of the elements in row-major order.
  public init(_ scalars: [Scalar], shape: Shape) {
    guard scalars.count == shape.elementCount, shape.allSatisfy({ $0 >= 0 }) else {
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
    for extent in shape where extent < 0 {
      fatalError("full: shape \(shape) has a negative extent; extents must be at least 0")
    }
    return Tensor(Expression.constant(bits: value.elementBits, Scalar.elementType, shape))
  }

  /// Equal elements in the shape of another tensor.
  public static func full(like other: Tensor, _ value: Scalar) -> Tensor { full(other.shape, value) }
}

extension Tensor where Scalar: TensorNumber {
  /// A tensor of zeros.
  public static func zeros(_ shape: Shape) -> Tensor { full(shape, 0) }
  /// A tensor of zeros.
  public static func zeros(_ extents: Int...) -> Tensor { full(Shape(extents), 0) }
  /// Zeros in the shape of another tensor.
  public static func zeros(like other: Tensor) -> Tensor { zeros(other.shape) }

  /// A tensor of ones.
  public static func ones(_ shape: Shape) -> Tensor { full(shape, 1) }
  /// A tensor of ones.
  public static func ones(_ extents: Int...) -> Tensor { full(Shape(extents), 1) }
  /// Ones in the shape of another tensor.
  public static func ones(like other: Tensor) -> Tensor { ones(other.shape) }

  /// Ones on the diagonal of a matrix, zeros elsewhere; square if `columns` is nil.
  public static func eye(_ rows: Int, _ columns: Int? = nil) -> Tensor {
    let columns = columns ?? rows
    guard rows >= 0, columns >= 0 else {
      fatalError("eye: \(rows) rows and \(columns) columns; both must be at least 0")
    }
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
    return Tensor(Array(stride(from: Int(start), to: Int(end), by: Int(step))).map { Scalar($0) })
  }

  /// 0, 1, … before `end`.
  public static func arange(_ end: Scalar) -> Tensor { arange(0, end) }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// `start + k·step` for whole k, before `end`; descending for a negative step.
  ///
  /// The number of elements is ⌈(end − start)/step⌉, computed in Double.
  public static func arange(_ start: Scalar, _ end: Scalar, step: Scalar = 1) -> Tensor {
    guard step != 0, start.isFinite, end.isFinite, step.isFinite else {
      fatalError("arange: from \(start) to \(end) by \(step); all must be finite and the step not 0")
    }
    let count = Swift.max(0, Int(((Double(end) - Double(start)) / Double(step)).rounded(.up)))
    return Tensor((0..<count).map { Scalar(Double(start) + Double($0) * Double(step)) })
  }

  /// 0, 1, … before `end`.
  public static func arange(_ end: Scalar) -> Tensor { arange(0, end) }

  /// `count` evenly spaced numbers from `start` to `end`, both included.
  public static func linspace(_ start: Scalar, _ end: Scalar, count: Int) -> Tensor {
    guard count >= 0 else { fatalError("linspace: \(count) elements; the count must be at least 0") }
    let (first, last) = (Double(start), Double(end))
    let step = count > 1 ? (last - first) / Double(count - 1) : 0
    // From the nearer end, as PyTorch does, so that both ends are exact.
    return Tensor(
      (0..<count).map { k in
        Scalar(k < (count + 1) / 2 ? first + Double(k) * step : last - Double(count - 1 - k) * step)
      })
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
    full(shape, value).leaf(requiresGrad: requiresGrad)
  }

  /// A leaf of zeros.
  public static func zeros(_ shape: Shape, requiresGrad: Bool) -> Tensor { full(shape, 0, requiresGrad: requiresGrad) }
  /// A leaf of zeros.
  public static func zeros(_ extents: Int..., requiresGrad: Bool) -> Tensor {
    full(Shape(extents), 0, requiresGrad: requiresGrad)
  }
  /// A leaf of ones.
  public static func ones(_ shape: Shape, requiresGrad: Bool) -> Tensor { full(shape, 1, requiresGrad: requiresGrad) }
  /// A leaf of ones.
  public static func ones(_ extents: Int..., requiresGrad: Bool) -> Tensor {
    full(Shape(extents), 1, requiresGrad: requiresGrad)
  }
}
