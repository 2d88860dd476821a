import Adjoint

/// A tensor of any scalar type, with the operations that every type has.
///
/// A program may move elements of any type about; the tables of operations say so once for all types.
protocol ConformanceTensor: Sendable {
  var shape: Shape { get }
  var rank: Int { get }
  var reals: [Double] { get }

  func reshaped(_ shape: Shape) -> Self
  func permuted(_ order: [Int]) -> Self
  func transposed(_ first: Int, _ second: Int) -> Self
  func squeezed(axes: [Int]?) -> Self
  func unsqueezed(axis: Int) -> Self
  func expanded(to shape: [Int]) -> Self
  func flattened(from start: Int, through end: Int) -> Self
  func flipped(axes: [Int]) -> Self
  func rolled(by shifts: [Int], axes: [Int]?) -> Self
  func repeated(_ repeats: [Int]) -> Self
  func tril(diagonal: Int) -> Self
  func triu(diagonal: Int) -> Self
  func diagonal(offset: Int, axes first: Int, _ second: Int) -> Self
  func diagonalEmbedded(offset: Int, axes first: Int, _ second: Int) -> Self
  func select(axis: Int, index: Int) -> Self
  func narrowed(axis: Int, start: Int, count: Int) -> Self
  func slice(axis: Int, start: Int, end: Int, step: Int) -> Self
  func split(sizes: [Int], axis: Int) -> [Self]
  func indexSelect(axis: Int, at index: Tensor<Int>) -> Self
  func gathered(axis: Int, at index: Tensor<Int>) -> Self
  func takeAlongAxis(_ axis: Int?, at index: Tensor<Int>) -> Self
  func padded(_ padding: [Int], with number: Double) -> Self
  func maskedFill(_ mask: Tensor<Bool>, with number: Double) -> Self
  func movedAxes(_ sources: [Int], to destinations: [Int]) -> Self
  func rotated90(_ turns: Int, axes first: Int, _ second: Int) -> Self
  func unflattened(axis: Int, sizes: [Int]) -> Self
  func tiled(_ counts: [Int]) -> Self
  func repeatedInterleaved(_ count: Int, axis: Int?) -> Self
  func repeatedInterleaved(_ counts: [Int], axis: Int?) -> Self
  func unfolded(axis: Int, size: Int, step: Int) -> Self
  func chunked(_ count: Int, axis: Int) -> [Self]
  func take(_ index: Tensor<Int>) -> Self
  func maskedSelect(_ mask: Tensor<Bool>) -> Self
  func indexFill(axis: Int, at index: Tensor<Int>, with number: Double) -> Self
  func scatter(axis: Int, at index: Tensor<Int>, with number: Double) -> Self
  static func concatenate(_ parts: [Self], axis: Int) -> Self
  static func stack(_ parts: [Self], axis: Int) -> Self
}

extension Tensor: ConformanceTensor {
  /// The elements as numbers, for comparison.
  var reals: [Double] {
    if let mask = self as? Tensor<Bool> { return mask.scalars.map { $0 ? 1 : 0 } }
    return converted(to: Double.self).scalars
  }

  func padded(_ padding: [Int], with number: Double) -> Tensor { padded(padding, value: Self.scalar(number)) }

  func maskedFill(_ mask: Tensor<Bool>, with number: Double) -> Tensor { maskedFill(mask, Self.scalar(number)) }

  func indexFill(axis: Int, at index: Tensor<Int>, with number: Double) -> Tensor {
    indexFill(axis: axis, at: index, Self.scalar(number))
  }

  func scatter(axis: Int, at index: Tensor<Int>, with number: Double) -> Tensor {
    scatter(axis: axis, at: index, value: Self.scalar(number))
  }

  private static func scalar(_ number: Double) -> Scalar {
    Tensor<Double>(number).converted(to: Scalar.self).item()
  }
}
