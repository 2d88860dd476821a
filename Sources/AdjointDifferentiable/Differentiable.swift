#if canImport(_Differentiation)
  public import Adjoint
  public import _Differentiation

  extension Tensor: AdditiveArithmetic where Scalar: TensorFloatingPoint {
    /// The scalar 0, which broadcasts to every shape.
    public static var zero: Tensor { Tensor(0) }
  }

  /// Swift's own differentiation, where a toolchain offers it: a tensor's tangents are tensors of its shape (or the scalar 0).
  extension Tensor: Differentiable where Scalar: TensorFloatingPoint {
    public typealias TangentVector = Tensor

    public mutating func move(by offset: Tensor) { self = noGrad { (self + offset).detached() } }
  }

  /// A function of tensors as one that Swift's `pullback(at:of:)` and `valueWithPullback(at:of:)` take.
  ///
  /// ```swift
  /// import AdjointDifferentiable
  /// import _Differentiation
  ///
  /// let (y, pullback) = valueWithPullback(at: x, of: differentiable { $0.exp() * 2 })
  /// ```
  ///
  /// The compiler differentiates what is around it; what is inside is recorded and differentiated here. (The compiler wants
  /// the derivative of an operation in the operation's own file, so the operations of a library cannot be
  /// registered from outside.)
  public func differentiable<Scalar: TensorFloatingPoint>(
    _ function: @escaping (Tensor<Scalar>) -> Tensor<Scalar>
  ) -> @differentiable(reverse) (Tensor<Scalar>) -> Tensor<Scalar> {
    { x in recorded(x, function) }
  }

  /// A function to a tensor of one element as one to a number, for Swift's `gradient(at:of:)` and
  /// `valueWithGradient(at:of:)`.
  ///
  /// ```swift
  /// let g = gradient(at: x, of: differentiableScalar { ($0 * $0).sum() })   // 2·x
  /// ```
  public func differentiableScalar<Scalar: TensorFloatingPoint & Differentiable>(
    _ function: @escaping (Tensor<Scalar>) -> Tensor<Scalar>
  ) -> @differentiable(reverse) (Tensor<Scalar>) -> Scalar where Scalar.TangentVector == Scalar {
    { x in recordedNumber(x, function) }
  }

  @usableFromInline
  func recorded<Scalar: TensorFloatingPoint>(
    _ x: Tensor<Scalar>, _ function: (Tensor<Scalar>) -> Tensor<Scalar>
  ) -> Tensor<Scalar> { function(x) }

  @usableFromInline
  @derivative(of: recorded, wrt: x)
  func derivativeOfRecorded<Scalar: TensorFloatingPoint>(
    _ x: Tensor<Scalar>, _ function: (Tensor<Scalar>) -> Tensor<Scalar>
  ) -> (value: Tensor<Scalar>, pullback: (Tensor<Scalar>) -> Tensor<Scalar>) {
    let (value, pullback) = vjp(of: function, at: x)
    return (value, { pullback($0.filling(value.shape)) })
  }

  @usableFromInline
  func recordedNumber<Scalar: TensorFloatingPoint & Differentiable>(
    _ x: Tensor<Scalar>, _ function: (Tensor<Scalar>) -> Tensor<Scalar>
  ) -> Scalar where Scalar.TangentVector == Scalar { function(x).item() }

  @usableFromInline
  @derivative(of: recordedNumber, wrt: x)
  func derivativeOfRecordedNumber<Scalar: TensorFloatingPoint & Differentiable>(
    _ x: Tensor<Scalar>, _ function: (Tensor<Scalar>) -> Tensor<Scalar>
  ) -> (value: Scalar, pullback: (Scalar) -> Tensor<Scalar>) where Scalar.TangentVector == Scalar {
    let (value, pullback) = vjp(of: function, at: x)
    return (value.item(), { pullback(Tensor.full(value.shape, $0)) })
  }

  extension Tensor where Scalar: TensorFloatingPoint {
    /// The tangent in full: the compiler's zero has no shape of its own.
    fileprivate func filling(_ shape: Shape) -> Tensor { self.shape == shape ? self : broadcast(to: shape) }
  }
#endif
