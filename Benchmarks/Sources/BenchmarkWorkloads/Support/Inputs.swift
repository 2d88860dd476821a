import Adjoint
import BenchmarkCore

/// Inputs: numbers that differ from each other and are the same in every run.
enum Inputs {
  /// Numbers drawn uniformly from a range.
  static func uniform<Scalar: TensorFloatingPoint>(
    _ count: Int, in range: ClosedRange<Double> = -1...1, seed: UInt64 = 1, _: Scalar.Type
  ) -> [Scalar] {
    var generator = SplitMix(state: seed)
    let width = (range.upperBound - range.lowerBound) / 0x1p53
    return (0..<count).map { _ in Scalar(range.lowerBound + Double(generator.next() >> 11) * width) }
  }

  /// A tensor of such numbers.
  static func tensor<Scalar: TensorFloatingPoint>(
    _ shape: [Int], in range: ClosedRange<Double> = -1...1, seed: UInt64 = 1, _ type: Scalar.Type,
    requiresGrad: Bool = false
  ) -> Tensor<Scalar> {
    Tensor(
      uniform(shape.reduce(1, *), in: range, seed: seed, type), shape: Shape(shape), requiresGrad: requiresGrad)
  }
}

/// Which of a workload's two preparations a case needs: generic code cannot be stored, so both are named.
func prepared(
  _ item: WorkloadCase, _ float: (Float.Type) throws -> PreparedWorkload,
  _ double: (Double.Type) throws -> PreparedWorkload
) rethrows -> PreparedWorkload {
  switch item.dataType {
  case .float32: try float(Float.self)
  case .float64: try double(Double.self)
  }
}
