import AdjointKernels

// Elements in and out without copies. The pointers are handed on to AdjointKernels, where everything else is that touches memory.
extension Tensor {
  /// Reads the elements in row-major order, without copying them. Evaluates.
  ///
  /// ```swift
  /// let x = Tensor<Float>([3, 1, 2])
  /// let largest = x.withSpan { elements in elements.indices.max { elements[$0] < elements[$1] } }
  /// ```
  ///
  /// Elements that do not lie row by row, as those of a transposed tensor, are copied once. Nothing changes what is read: an update of the tensor from
  /// another task meanwhile goes to memory of its own. Under a transformation the same holds as for ``scalars``.
  public func withSpan<Result: ~Copyable, Failure: Error>(
    _ body: (Span<Scalar>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try withUnsafeBufferPointer { (elements) throws(Failure) in try body(elements.span) }
  }

  /// Hands the elements to a function of C in row-major order, without copying them. Evaluates.
  ///
  /// As ``withSpan(_:)``, with a pointer that is good only until `body` returns. There are ``count`` elements, and none may be written.
  public func withUnsafeBufferPointer<Result: ~Copyable, Failure: Error>(
    _ body: (UnsafeBufferPointer<Scalar>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try contiguousBuffer.withUnsafeElements(of: Scalar.self, count: count, body)
  }

  /// A tensor of elements that lie row by row in somebody else's memory, which is copied once.
  ///
  /// - Precondition: there are as many elements as the shape has places.
  public init(copying elements: UnsafeBufferPointer<Scalar>, shape: Shape) {
    Self.check(elements.count, shape)
    self.init(Buffer.copying(elements), shape: shape)
  }

  /// A tensor of elements that lie row by row in a span, which is copied once.
  ///
  /// - Precondition: there are as many elements as the shape has places.
  public init(copying elements: Span<Scalar>, shape: Shape) {
    self = elements.withUnsafeBufferPointer { Tensor(copying: $0, shape: shape) }
  }

  /// A tensor in memory that somebody else made and gives away: nothing is copied.
  ///
  /// ```swift
  /// let memory = UnsafeMutableBufferPointer<Float>.allocate(capacity: 6)
  /// memory.initialize(repeating: 1)
  /// let x = Tensor(unsafeTaking: memory, shape: [2, 3]) { $0.deallocate() }
  /// ```
  ///
  /// From here on the memory is the tensor's: nobody else may write it, and an update in place may. `deallocator` gets it back when the last tensor or
  /// recorded operation that refers to it is gone, on whatever thread that happens; at once for a shape without elements. It need not be aligned to more
  /// than its elements are.
  ///
  /// - Precondition: there are as many elements as the shape has places, all initialised.
  public init(
    unsafeTaking elements: UnsafeMutableBufferPointer<Scalar>, shape: Shape,
    deallocator: @escaping @Sendable (UnsafeMutableBufferPointer<Scalar>) -> Void
  ) {
    Self.check(elements.count, shape)
    self.init(Buffer.adopting(elements, deallocator), shape: shape)
  }

  /// A tensor whose elements `body` writes in row-major order, straight to their places.
  ///
  /// ```swift
  /// let squares = Tensor<Float>(initializing: [2, 3]) { output in
  ///   for k in 0..<6 { output.append(Float(k * k)) }
  /// }
  /// ```
  ///
  /// - Precondition: `body` appends as many elements as the shape has places.
  public init<Failure: Error>(
    initializing shape: Shape, _ body: (inout OutputSpan<Scalar>) throws(Failure) -> Void
  ) throws(Failure) {
    let count = shape.allocatable("Tensor", Scalar.elementType)
    let (buffer, initialized) = try Buffer.initializing(Scalar.self, count: count, body)
    guard initialized == count else {
      fatalError("Tensor: \(initialized) of the \(count) elements of shape \(shape) were initialized; all must be")
    }
    self.init(buffer, shape: shape)
  }

  /// A tensor whose elements a function of C writes in row-major order, straight to their places.
  ///
  /// The pointer is good only until `body` returns. What `body` leaves unwritten has no defined value.
  public init<Failure: Error>(
    unsafeInitializing shape: Shape, _ body: (UnsafeMutableBufferPointer<Scalar>) throws(Failure) -> Void
  ) throws(Failure) {
    let count = shape.allocatable("Tensor", Scalar.elementType)
    let buffer = Buffer(byteCount: count * MemoryLayout<Scalar>.stride)
    try buffer.withUncheckedMutableSpan(of: Scalar.self) { (elements: inout MutableSpan<Scalar>) throws(Failure) in
      try elements.withUnsafeMutableBufferPointer { (memory) throws(Failure) in try body(memory) }
    }
    self.init(buffer, shape: shape)
  }

  private static func check(_ count: Int, _ shape: Shape) {
    guard count == shape.checked("Tensor").elementCount else {
      fatalError("Tensor: \(count) elements for shape \(shape), which takes exactly the product of its extents")
    }
  }
}
