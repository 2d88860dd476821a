// swift-format-ignore-file: AlwaysUseLowerCamelCase
// PyTorch's and NumPy's names of what a tensor is and how it is read.

extension Tensor {
  @available(*, unavailable, renamed: "rank")
  public var ndim: Int { neverCalled() }
  @available(*, unavailable, renamed: "rank")
  public func dim() -> Int { neverCalled() }
  @available(*, unavailable, message: "use shape, shape[axis], or count for the number of elements")
  public func size(_ axis: Int? = nil) -> Shape { neverCalled() }
  @available(*, unavailable, message: "use shape[axis]")
  public func size(dim: Int) -> Int { neverCalled() }
  @available(*, unavailable, renamed: "count")
  public func numel() -> Int { neverCalled() }
  @available(*, unavailable, renamed: "count")
  public func nelement() -> Int { neverCalled() }
  @available(*, unavailable, message: "the type of the elements is part of the type: Tensor<Float>, Tensor<Double>, …")
  public var dtype: Scalar.Type { neverCalled() }
  @available(*, unavailable, message: "tensors live in the memory of the processor; there is nothing to move")
  public var device: Never { neverCalled() }
  @available(
    *, unavailable,
    message: "use scalars for all elements in a row, array1D, array2D or array3D for nested arrays"
  )
  public func tolist() -> [Scalar] { neverCalled() }
  @available(
    *, unavailable,
    message: "use scalars for the elements; NPY.write(FileTensor(x), to: path) writes a file for NumPy"
  )
  public func numpy() -> [Scalar] { neverCalled() }
  @available(*, unavailable, message: "not needed: elements are read row by row however they lie in memory")
  public func contiguous() -> Tensor { neverCalled() }
  @available(
    *, unavailable,
    message: "tensors are values: use the tensor itself; Tensor(x, requiresGrad: true) makes a leaf of its own"
  )
  public func clone() -> Tensor { neverCalled() }
  @available(
    *, unavailable,
    message: "tensors are values: use the tensor itself; Tensor(x, requiresGrad: true) makes a leaf of its own"
  )
  public func copy() -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "converted(to:)")
  public func astype<Other: TensorScalar>(_ type: Other.Type) -> Tensor<Other> { neverCalled() }
  @available(*, unavailable, renamed: "converted(to:)")
  public func to<Other: TensorScalar>(_ type: Other.Type) -> Tensor<Other> { neverCalled() }
  @available(*, unavailable, message: "tensors live in the memory of the processor; there is nothing to move")
  public func to(_ device: String) -> Tensor { neverCalled() }
  @available(*, unavailable, message: "tensors live in the memory of the processor; there is nothing to move")
  public func cuda() -> Tensor { neverCalled() }
  @available(*, unavailable, message: "tensors live in the memory of the processor; there is nothing to move")
  public func cpu() -> Tensor { neverCalled() }
  @available(*, unavailable, message: "use converted(to: Float.self)")
  public func float() -> Tensor<Float> { neverCalled() }
  @available(*, unavailable, message: "use converted(to: Double.self)")
  public func double() -> Tensor<Double> { neverCalled() }
  @available(*, unavailable, message: "use converted(to: Int32.self), or Int.self for 64 bits")
  public func int() -> Tensor<Int32> { neverCalled() }
  @available(*, unavailable, message: "use converted(to: Int.self)")
  public func long() -> Tensor<Int> { neverCalled() }
  @available(*, unavailable, message: "use x .!= 0")
  public func bool() -> Tensor<Bool> { neverCalled() }
  @available(*, unavailable, renamed: "assign(_:)")
  public func copy_(_ source: Tensor) -> Tensor { neverCalled() }
  @available(*, unavailable, message: "use assign(.full(like: x, value))")
  public func fill_(_ value: Scalar) -> Tensor { neverCalled() }
}

extension Tensor where Scalar: TensorNumber {
  @available(*, unavailable, message: "use assign(.zeros(like: x)), or zeroGrad() for a gradient")
  public func zero_() -> Tensor { neverCalled() }
  @available(*, unavailable, message: "use x += y on a variable, or assign(x + y) on a leaf inside noGrad")
  @_disfavoredOverload
  public func add_(_ other: Tensor) -> Tensor { neverCalled() }
  @available(*, unavailable, message: "use x -= y on a variable, or assign(x - y) on a leaf inside noGrad")
  @_disfavoredOverload
  public func sub_(_ other: Tensor) -> Tensor { neverCalled() }
  @available(*, unavailable, message: "use x *= y on a variable, or assign(x * y) on a leaf inside noGrad")
  @_disfavoredOverload
  public func mul_(_ other: Tensor) -> Tensor { neverCalled() }
  @available(*, unavailable, message: "use x += y on a variable, or assign(x + y) on a leaf inside noGrad")
  public func add_(_ other: Scalar) -> Tensor { neverCalled() }
  @available(*, unavailable, message: "use x -= y on a variable, or assign(x - y) on a leaf inside noGrad")
  public func sub_(_ other: Scalar) -> Tensor { neverCalled() }
  @available(*, unavailable, message: "use x *= y on a variable, or assign(x * y) on a leaf inside noGrad")
  public func mul_(_ other: Scalar) -> Tensor { neverCalled() }
}
