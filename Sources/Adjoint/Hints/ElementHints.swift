// swift-format-ignore-file: AlwaysUseLowerCamelCase
// PyTorch's and NumPy's names of elementwise functions, products and decompositions.

extension Tensor where Scalar: TensorNumber {
  @available(*, unavailable, message: "use x + y")
  public func add(_ other: Tensor) -> Tensor { neverCalled() }
  @available(*, unavailable, message: "use x - y")
  public func sub(_ other: Tensor) -> Tensor { neverCalled() }
  @available(*, unavailable, message: "use x * y")
  public func mul(_ other: Tensor) -> Tensor { neverCalled() }
  @available(*, unavailable, message: "use -x")
  public func neg() -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "abs()")
  public func absolute() -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "sign()")
  public func sgn() -> Tensor { neverCalled() }
  @available(*, unavailable, message: "use x .== y")
  public func eq(_ other: Tensor) -> Tensor<Bool> { neverCalled() }
  @available(*, unavailable, message: "use x .!= y")
  public func ne(_ other: Tensor) -> Tensor<Bool> { neverCalled() }
  @available(*, unavailable, message: "use x .< y")
  public func lt(_ other: Tensor) -> Tensor<Bool> { neverCalled() }
  @available(*, unavailable, message: "use x .<= y")
  public func le(_ other: Tensor) -> Tensor<Bool> { neverCalled() }
  @available(*, unavailable, message: "use x .> y")
  public func gt(_ other: Tensor) -> Tensor<Bool> { neverCalled() }
  @available(*, unavailable, message: "use x .>= y")
  public func ge(_ other: Tensor) -> Tensor<Bool> { neverCalled() }
  @available(*, unavailable, renamed: "clamped(min:max:)")
  public func clamp(min: Scalar? = nil, max: Scalar? = nil) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "clamped(min:max:)")
  public func clamp(_ min: Scalar, _ max: Scalar) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "clamped(min:max:)")
  public func clip(_ min: Scalar, _ max: Scalar) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "clamped(min:max:)")
  public func clip(min: Scalar? = nil, max: Scalar? = nil) -> Tensor { neverCalled() }
}

extension Tensor where Scalar: TensorFloatingPoint {
  @available(*, unavailable, message: "use x / y")
  public func div(_ other: Tensor) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "power(_:)")
  public func pow(_ exponent: Scalar) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "power(_:)")
  @_disfavoredOverload
  public func pow(_ exponent: Tensor) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "truncated()")
  public func trunc() -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "truncated()")
  public func fix() -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "isNaN()")
  public func isnan() -> Tensor<Bool> { neverCalled() }
  @available(*, unavailable, renamed: "isInfinite()")
  public func isinf() -> Tensor<Bool> { neverCalled() }
  @available(*, unavailable, renamed: "isFinite()")
  public func isfinite() -> Tensor<Bool> { neverCalled() }
  @available(*, unavailable, renamed: "nanToNum(nan:)")
  public func nan_to_num(_ nan: Scalar = 0) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "logGamma()")
  public func lgamma() -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "leakyRelu(negativeSlope:)")
  public func leaky_relu(_ slope: Scalar = 0.01) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "logSigmoid()")
  public func logsigmoid() -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "hardTanh()")
  public func hardtanh() -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "hardSwish()")
  public func hardswish() -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "asin()")
  public func arcsin() -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "acos()")
  public func arccos() -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "atan()")
  public func arctan() -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "atanh()")
  public func arctanh() -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "degreesToRadians()")
  public func deg2rad() -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "radiansToDegrees()")
  public func rad2deg() -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "determinant()")
  public func det() -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "signedLogDeterminant()")
  public func slogdet() -> (sign: Tensor, logAbsoluteDeterminant: Tensor) { neverCalled() }
  @available(*, unavailable, renamed: "logDeterminant()")
  public func logdet() -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "inverse()")
  public func inv() -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "pseudoInverse()")
  public func pinverse() -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "pseudoInverse()")
  public func pinv() -> Tensor { neverCalled() }
  @available(*, unavailable, message: "use leastSquares(b).solution")
  public func lstsq(_ b: Tensor) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "eigenvaluesSymmetric()")
  public func eigvalsh() -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "singularValues()")
  public func svdvals() -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "matrixExponential()")
  public func matrix_exp() -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "matrixPower(_:)")
  public func matrix_power(_ exponent: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "kronecker(_:)")
  public func kron(_ other: Tensor) -> Tensor { neverCalled() }
}

extension Tensor where Scalar: TensorInteger {
  @available(*, unavailable, renamed: "floorDivided(by:)")
  public func floor_divide(_ other: Tensor) -> Tensor { neverCalled() }
}
