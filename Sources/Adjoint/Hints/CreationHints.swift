// swift-format-ignore-file: AlwaysUseLowerCamelCase
// PyTorch's and NumPy's names of what makes tensors.

extension Tensor where Scalar: TensorNumber {
  @available(*, unavailable, message: "use zeros(_:); Tensor(initializing:_:) has its elements written in place")
  public static func empty(_ extents: Int...) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "zeros(like:)")
  public static func zeros_like(_ other: Tensor) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "ones(like:)")
  public static func ones_like(_ other: Tensor) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "full(like:_:)")
  public static func full_like(_ other: Tensor, _ value: Scalar) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "zeros(_:requiresGrad:)")
  public static func zeros(_ extents: Int..., requires_grad: Bool) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "ones(_:requiresGrad:)")
  public static func ones(_ extents: Int..., requires_grad: Bool) -> Tensor { neverCalled() }
}

extension Tensor where Scalar: TensorFloatingPoint {
  @available(*, unavailable, renamed: "randn(like:)")
  public static func randn_like(_ other: Tensor) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "rand(like:)")
  public static func rand_like(_ other: Tensor) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "randn(_:requiresGrad:)")
  public static func randn(_ extents: Int..., requires_grad: Bool) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "rand(_:requiresGrad:)")
  public static func rand(_ extents: Int..., requires_grad: Bool) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "linspace(_:_:count:)")
  public static func linspace(_ start: Double, _ end: Double, steps: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "linspace(_:_:count:)")
  public static func linspace(_ start: Double, _ end: Double, num: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "linspace(_:_:count:)")
  public static func linspace(_ start: Double, _ end: Double, _ count: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "init(_:requiresGrad:)")
  public init(_ scalars: [Scalar], requires_grad: Bool) { neverCalled() }
}

extension Tensor where Scalar == Int {
  @available(*, unavailable, renamed: "permutation(_:)")
  public static func randperm(_ count: Int) -> Tensor { neverCalled() }
}

@available(*, unavailable, renamed: "manualSeed(_:)")
public func manual_seed(_ seed: UInt64) { neverCalled() }
