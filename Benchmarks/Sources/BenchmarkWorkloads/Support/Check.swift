import Adjoint

/// Comparing results with references that were computed in Double, in the plainest way.
enum Check {
  /// The relative error that a workload's own rounding may cause: some hundred units in the last place.
  static func tolerance<Scalar: TensorFloatingPoint>(_: Scalar.Type) -> Double {
    Scalar.self == Float.self ? 2e-5 : 1e-12
  }

  /// Compares elements at up to `limit` positions, spread evenly, both ends among them.
  ///
  /// - Parameter scale: magnitudes below it are compared absolutely, for results of cancellation.
  static func elements<Scalar: TensorFloatingPoint>(
    _ values: [Scalar], count: Int, scale: Double = 1, tolerance: Double? = nil, limit: Int = 4096,
    _ reference: (Int) -> Double
  ) -> String? {
    guard values.count == count else { return "\(values.count) elements instead of \(count)" }
    let allowed = tolerance ?? Check.tolerance(Scalar.self)
    for step in 0..<min(limit, count) {
      let index = count <= limit ? step : Int(Double(step) / Double(limit - 1) * Double(count - 1))
      let (got, want) = (Double(values[index]), reference(index))
      guard abs(got - want) <= allowed * max(abs(want), scale) else {
        return "element \(index) is \(got) instead of \(want)"
      }
    }
    return nil
  }

  /// Compares one number; `scale` is the size of what was added up.
  static func number<Scalar: TensorFloatingPoint>(
    _ value: Scalar, _ want: Double, scale: Double = 0, tolerance: Double? = nil
  ) -> String? {
    let allowed = tolerance ?? Check.tolerance(Scalar.self)
    guard abs(Double(value) - want) <= allowed * max(abs(want), scale) else { return "\(value) instead of \(want)" }
    return nil
  }

  /// The first difference of several checks.
  static func all(_ checks: (() -> String?)...) -> String? {
    for check in checks { if let difference = check() { return difference } }
    return nil
  }
}
