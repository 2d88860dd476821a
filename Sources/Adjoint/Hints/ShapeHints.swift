// swift-format-ignore-file: AlwaysUseLowerCamelCase
// PyTorch's and NumPy's names of what changes a shape, joins, selects and places.

extension Tensor {
  @available(*, unavailable, renamed: "reshaped(_:)")
  public func reshape(_ extents: Int...) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "reshaped(_:)")
  public func reshape(_ shape: Shape) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "reshaped(_:)")
  public func view(_ extents: Int...) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "reshaped(_:)")
  public func view(_ shape: Shape) -> Tensor { neverCalled() }
  @available(*, unavailable, message: "use reshaped(other.shape)")
  public func reshape_as(_ other: Tensor) -> Tensor { neverCalled() }
  @available(*, unavailable, message: "use reshaped(other.shape)")
  public func view_as(_ other: Tensor) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "flattened()")
  public func ravel() -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "flattened()")
  public func flatten() -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "flattened(from:through:)")
  public func flatten(start_dim: Int, end_dim: Int = -1) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "flattened(from:through:)")
  public func flatten(_ start: Int, _ end: Int = -1) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "unflattened(axis:sizes:)")
  public func unflatten(_ axis: Int, _ sizes: [Int]) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "squeezed()")
  public func squeeze() -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "squeezed(axis:)")
  public func squeeze(_ axis: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "squeezed(axis:)")
  public func squeeze(dim: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "unsqueezed(axis:)")
  public func unsqueeze(_ axis: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "unsqueezed(axis:)")
  public func unsqueeze(dim: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "unsqueezed(axis:)")
  public func expand_dims(_ axis: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "unsqueezed(axis:)")
  public func expandDims(axis: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "permuted(_:)")
  public func permute(_ order: Int...) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "transposed(_:_:)")
  public func transpose(_ first: Int, _ second: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "transposed()")
  public func transpose() -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "transposed()")
  public func t() -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "transposed()")
  public var T: Tensor { neverCalled() }
  @available(*, unavailable, message: "use transposed(-2, -1)")
  public var mT: Tensor { neverCalled() }
  @available(*, unavailable, renamed: "transposed(_:_:)")
  public func swapaxes(_ first: Int, _ second: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "transposed(_:_:)")
  public func swapdims(_ first: Int, _ second: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "movedAxis(_:to:)")
  public func moveaxis(_ source: Int, _ destination: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "movedAxis(_:to:)")
  public func movedim(_ source: Int, _ destination: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "expanded(to:)")
  public func expand(_ extents: Int...) -> Tensor { neverCalled() }
  @available(*, unavailable, message: "use broadcast(to: other.shape)")
  public func expand_as(_ other: Tensor) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "broadcast(to:)")
  public func broadcast_to(_ shape: Shape) -> Tensor { neverCalled() }
  @available(
    *, unavailable,
    message: "use repeated(_:) for whole copies, as PyTorch; repeatedInterleaved(_:axis:) for each element, as NumPy"
  )
  public func `repeat`(_ repeats: Int...) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "repeatedInterleaved(_:axis:)")
  public func repeat_interleave(_ count: Int, dim: Int? = nil) -> Tensor { neverCalled() }
  @available(*, unavailable, message: "use tiled([2, 1]): the counts are an array")
  public func tile(_ counts: Int...) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "flipped(_:)")
  public func flip(_ axes: Int...) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "flipped(axes:)")
  public func flip(dims: [Int]) -> Tensor { neverCalled() }
  @available(*, unavailable, message: "use flipped(1)")
  public func fliplr() -> Tensor { neverCalled() }
  @available(*, unavailable, message: "use flipped(0)")
  public func flipud() -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "rolled(by:axis:)")
  public func roll(_ shift: Int, _ axis: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "rolled(by:axis:)")
  public func roll(shifts: Int, dims: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "rotated90(_:)")
  public func rot90(_ turns: Int = 1) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "narrowed(axis:start:count:)")
  public func narrow(_ axis: Int, _ start: Int, _ length: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "chunked(_:axis:)")
  public func chunk(_ count: Int, dim: Int = 0) -> [Tensor] { neverCalled() }
  @available(*, unavailable, renamed: "split(size:axis:)")
  public func split(_ size: Int, dim: Int = 0) -> [Tensor] { neverCalled() }
  @available(*, unavailable, renamed: "unfolded(axis:size:step:)")
  public func unfold(_ axis: Int, _ size: Int, _ step: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "indexSelect(axis:at:)")
  public func index_select(_ axis: Int, _ index: Tensor<Int>) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "gathered(axis:at:)")
  public func gather(_ axis: Int, _ index: Tensor<Int>) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "gathered(axis:at:)")
  public func gather(dim: Int, index: Tensor<Int>) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "scatter(axis:at:_:)")
  public func scatter(_ axis: Int, _ index: Tensor<Int>, _ source: Tensor) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "maskedFill(_:_:)")
  public func masked_fill(_ mask: Tensor<Bool>, _ value: Scalar) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "maskedSelect(_:)")
  public func masked_select(_ mask: Tensor<Bool>) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "concatenate(_:axis:)")
  public static func cat(_ parts: [Tensor], dim: Int = 0) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "concatenate(_:axis:)")
  public static func concat(_ parts: [Tensor], axis: Int = 0) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "concatenate(_:axis:)")
  public static func concatenate(_ parts: [Tensor], dim: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "stack(_:axis:)")
  public static func stack(_ parts: [Tensor], dim: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, message: "use stack(_:axis:) for vectors, concatenate(_:axis:) with axis 0 for matrices")
  public static func vstack(_ parts: [Tensor]) -> Tensor { neverCalled() }
  @available(*, unavailable, message: "use concatenate(_:axis:): axis 0 for vectors, axis 1 for matrices")
  public static func hstack(_ parts: [Tensor]) -> Tensor { neverCalled() }
}

extension Tensor where Scalar: TensorNumber {
  @available(*, unavailable, renamed: "scatterAdd(axis:at:_:)")
  public func scatter_add(_ axis: Int, _ index: Tensor<Int>, _ source: Tensor) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "indexAdd(axis:at:_:)")
  public func index_add(_ axis: Int, _ index: Tensor<Int>, _ source: Tensor) -> Tensor { neverCalled() }
  @available(
    *, unavailable,
    message: "use diagonal() to read the diagonal of a matrix, diagonalEmbedded() to make a matrix of a vector"
  )
  public func diag() -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "diagonalEmbedded()")
  public func diag_embed() -> Tensor { neverCalled() }
}

extension TensorSubscript where Self == SubscriptTerm {
  @available(*, unavailable, renamed: "newAxis")
  public static var newaxis: SubscriptTerm { neverCalled() }
  @available(*, unavailable, renamed: "newAxis")
  public static var none: SubscriptTerm { neverCalled() }
}
