// swift-format-ignore-file: AlwaysUseLowerCamelCase
// PyTorch's and NumPy's names and labels of what reduces, sorts and accumulates.

extension Tensor where Scalar: TensorNumber {
  @available(*, unavailable, renamed: "sum(axis:)")
  public func sum(dim: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "sum(axis:keepingDimensions:)")
  public func sum(dim: Int, keepdim: Bool) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "sum(axis:keepingDimensions:)")
  public func sum(axis: Int, keepdims: Bool) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "sum(axes:keepingDimensions:)")
  public func sum(dim: [Int], keepdim: Bool = false) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "amax(axis:)")
  public func amax(dim: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "amax(axis:keepingDimensions:)")
  public func amax(dim: Int, keepdim: Bool) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "amax(axis:keepingDimensions:)")
  public func amax(axis: Int, keepdims: Bool) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "amax(axes:keepingDimensions:)")
  public func amax(dim: [Int], keepdim: Bool = false) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "amin(axis:)")
  public func amin(dim: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "amin(axis:keepingDimensions:)")
  public func amin(dim: Int, keepdim: Bool) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "amin(axis:keepingDimensions:)")
  public func amin(axis: Int, keepdims: Bool) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "amin(axes:keepingDimensions:)")
  public func amin(dim: [Int], keepdim: Bool = false) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "max(axis:)")
  public func max(dim: Int) -> (values: Tensor, indices: Tensor<Int>) { neverCalled() }
  @available(*, unavailable, renamed: "max(axis:keepingDimensions:)")
  public func max(dim: Int, keepdim: Bool) -> (values: Tensor, indices: Tensor<Int>) { neverCalled() }
  @available(*, unavailable, renamed: "max(axis:keepingDimensions:)")
  public func max(axis: Int, keepdims: Bool) -> (values: Tensor, indices: Tensor<Int>) { neverCalled() }
  @available(*, unavailable, renamed: "min(axis:)")
  public func min(dim: Int) -> (values: Tensor, indices: Tensor<Int>) { neverCalled() }
  @available(*, unavailable, renamed: "min(axis:keepingDimensions:)")
  public func min(dim: Int, keepdim: Bool) -> (values: Tensor, indices: Tensor<Int>) { neverCalled() }
  @available(*, unavailable, renamed: "min(axis:keepingDimensions:)")
  public func min(axis: Int, keepdims: Bool) -> (values: Tensor, indices: Tensor<Int>) { neverCalled() }
  @available(*, unavailable, renamed: "argmax(axis:)")
  public func argmax(dim: Int) -> Tensor<Int> { neverCalled() }
  @available(*, unavailable, renamed: "argmax(axis:keepingDimensions:)")
  public func argmax(dim: Int, keepdim: Bool) -> Tensor<Int> { neverCalled() }
  @available(*, unavailable, renamed: "argmax(axis:keepingDimensions:)")
  public func argmax(axis: Int, keepdims: Bool) -> Tensor<Int> { neverCalled() }
  @available(*, unavailable, renamed: "argmin(axis:)")
  public func argmin(dim: Int) -> Tensor<Int> { neverCalled() }
  @available(*, unavailable, renamed: "argmin(axis:keepingDimensions:)")
  public func argmin(dim: Int, keepdim: Bool) -> Tensor<Int> { neverCalled() }
  @available(*, unavailable, renamed: "argmin(axis:keepingDimensions:)")
  public func argmin(axis: Int, keepdims: Bool) -> Tensor<Int> { neverCalled() }
  @available(*, unavailable, renamed: "product(axis:)")
  public func prod(dim: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "product(axis:keepingDimensions:)")
  public func prod(dim: Int, keepdim: Bool) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "product(axis:keepingDimensions:)")
  public func prod(axis: Int, keepdims: Bool) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "product()")
  public func prod() -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "product(axis:)")
  public func prod(axis: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, message: "use maximum(x, y)")
  public func max(_ other: Tensor) -> Tensor { neverCalled() }
  @available(*, unavailable, message: "use minimum(x, y)")
  public func min(_ other: Tensor) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "cumulativeSum(axis:)")
  public func cumsum(_ axis: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "cumulativeSum(axis:)")
  public func cumsum(dim: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "cumulativeSum(axis:)")
  public func cumsum(axis: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "sorted(axis:descending:)")
  public func sort(dim: Int = -1, descending: Bool = false) -> (values: Tensor, indices: Tensor<Int>) { neverCalled() }
  @available(*, unavailable, renamed: "sorted(axis:)")
  public func sort(axis: Int) -> (values: Tensor, indices: Tensor<Int>) { neverCalled() }
  @available(*, unavailable, renamed: "argsort(axis:descending:)")
  public func argsort(dim: Int, descending: Bool = false) -> Tensor<Int> { neverCalled() }
  @available(*, unavailable, renamed: "topK(_:axis:)")
  public func topk(_ k: Int, dim: Int = -1) -> (values: Tensor, indices: Tensor<Int>) { neverCalled() }
  @available(*, unavailable, renamed: "countNonzero()")
  public func count_nonzero() -> Tensor<Int> { neverCalled() }
}

extension Tensor where Scalar: TensorFloatingPoint {
  @available(*, unavailable, renamed: "mean(axis:)")
  public func mean(dim: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "mean(axis:keepingDimensions:)")
  public func mean(dim: Int, keepdim: Bool) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "mean(axis:keepingDimensions:)")
  public func mean(axis: Int, keepdims: Bool) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "mean(axes:keepingDimensions:)")
  public func mean(dim: [Int], keepdim: Bool = false) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "standardDeviation(axis:)")
  public func std(dim: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "standardDeviation(axis:keepingDimensions:)")
  public func std(dim: Int, keepdim: Bool) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "standardDeviation(axis:keepingDimensions:)")
  public func std(axis: Int, keepdims: Bool) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "standardDeviation(axes:keepingDimensions:)")
  public func std(dim: [Int], keepdim: Bool = false) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "variance(axis:)")
  public func `var`(dim: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "variance(axis:keepingDimensions:)")
  public func `var`(dim: Int, keepdim: Bool) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "variance(axis:keepingDimensions:)")
  public func `var`(axis: Int, keepdims: Bool) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "variance(axes:keepingDimensions:)")
  public func `var`(dim: [Int], keepdim: Bool = false) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "standardDeviation()")
  public func std() -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "standardDeviation(axis:)")
  public func std(axis: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, message: "use standardDeviation(axis:correction:): the correction is ddof")
  public func std(axis: Int? = nil, ddof: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "variance()")
  public func `var`() -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "variance(axis:)")
  public func `var`(axis: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, message: "use variance(axis:correction:): the correction is ddof")
  public func `var`(axis: Int? = nil, ddof: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "norm(order:axis:keepingDimensions:)")
  public func norm(p: Double, dim: Int, keepdim: Bool = false) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "norm(axis:keepingDimensions:)")
  public func norm(dim: Int, keepdim: Bool = false) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "logSumExp(axis:)")
  public func logsumexp(_ axis: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "logSumExp(axis:keepingDimensions:)")
  public func logsumexp(dim: Int, keepdim: Bool = false) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "softmax(axis:)")
  public func softmax(dim: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "logSoftmax(axis:)")
  public func log_softmax(_ axis: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "logSoftmax(axis:)")
  public func log_softmax(dim: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "median(axis:keepingDimensions:)")
  public func median(dim: Int, keepdim: Bool = false) -> (values: Tensor, indices: Tensor<Int>) { neverCalled() }
  @available(*, unavailable, renamed: "quantile(_:axis:keepingDimensions:)")
  public func quantile(_ fraction: Double, dim: Int, keepdim: Bool = false) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "cumulativeProduct(axis:)")
  public func cumprod(_ axis: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "cumulativeProduct(axis:)")
  public func cumprod(dim: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "cumulativeLogSumExp(axis:)")
  public func logcumsumexp(_ axis: Int) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "nanSum()")
  public func nansum() -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "nanMean()")
  public func nanmean() -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "trapezoid()")
  public func trapz() -> Tensor { neverCalled() }
}

extension Tensor where Scalar == Bool {
  @available(*, unavailable, renamed: "all(axis:keepingDimensions:)")
  public func all(dim: Int, keepdim: Bool = false) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "any(axis:keepingDimensions:)")
  public func any(dim: Int, keepdim: Bool = false) -> Tensor { neverCalled() }
}
