/// What ``checkGradients(of:at:order:step:tolerance:)`` found.
public enum GradientCheckError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Two ways to the same derivative disagree: of output entry `output` (row-major) by entry `entry` of input `input`.
  case disagreement(
    mode: String, order: Int, input: Int, entry: Int, output: Int, derivative: Double, difference: Double)
  /// The value or a derivative at an entry is NaN or infinite.
  case notFinite(what: String, order: Int, input: Int, entry: Int, output: Int, value: Double)
  /// The slopes on both sides of an input's entry are different: there is no derivative to compare with.
  case kink(order: Int, input: Int, entry: Int, output: Int, left: Double, right: Double)

  public var description: String {
    switch self {
    case .disagreement(let mode, let order, let input, let entry, let output, let derivative, let difference):
      "checkGradients: order \(order), output entry \(output) by entry \(entry) of input \(input): \(mode) mode gives "
        + "\(derivative), finite differences \(difference), off by \(abs(derivative - difference))"
    case .notFinite(let what, let order, let input, let entry, let output, let value):
      "checkGradients: order \(order), output entry \(output) by entry \(entry) of input \(input): \(what) is \(value); "
        + "only finite values can be compared"
    case .kink(let order, let input, let entry, let output, let left, let right):
      "checkGradients: order \(order), output entry \(output) by entry \(entry) of input \(input): the slope is \(left) to "
        + "the left and \(right) to the right; move the point off the kink"
    }
  }
}

/// Compares a function's derivatives in reverse mode, in forward mode and by central differences, entry by entry.
///
/// ```swift
/// try checkGradients(of: { (x: Tensor<Double>) in (x * x).sum() }, at: x)
/// ```
///
/// - Parameters:
///   - function: from tensors to one tensor; it must give the same result each time.
///   - input: where; any arrangement of floating-point tensors of the type `Scalar`. Double is what differences need: with
///     Float they are good to two digits.
///   - order: 1, or 2 to check the gradient function too: of ⟨w, f⟩ with fixed weights w.
///   - step: of the differences, relative to max(1, |x|); by default ∛ε.
///   - tolerance: the largest difference, relative to max(1, |derivative|); by default 50·ε^⅔ (2·10⁻⁹ and 10⁻³).
/// - Throws: ``GradientCheckError`` with the entry and both values; for values that are not finite and for points where the
///   slopes of both sides differ as well.
/// - Complexity: two calls and one pushforward per input entry, one pullback per output entry.
public func checkGradients<Input: TensorTree, Scalar: TensorFloatingPoint>(
  of function: (Input) -> Tensor<Scalar>, at input: Input, order: Int = 1, step: Double? = nil,
  tolerance: Double? = nil
) throws(GradientCheckError) {
  guard order == 1 || order == 2 else {
    fatalError("checkGradients: order \(order); 1 and 2 are what can be checked")
  }
  if let step, !(step > 0 && step < .infinity) {
    fatalError("checkGradients: step is \(step); it must be above 0 and finite")
  }
  checkTolerance("checkGradients", "tolerance", tolerance)
  for (index, tensor) in input.tensors.enumerated() where tensor.elementType != Scalar.elementType {
    fatalError(
      "checkGradients: input \(index) has elements of type \(tensor.elementType) and the result \(Scalar.elementType); "
        + "they must agree")
  }
  let epsilon = Double(Scalar.ulpOfOne)
  let check = GradientCheck<Input, Scalar>(
    input: input.detachedTree, step: step ?? epsilon.cubeRoot,
    tolerance: tolerance ?? 50 * epsilon.cubeRoot * epsilon.cubeRoot)
  try check.run(function, order: 1)
  if order == 2 {
    let shape = function(check.input).shape
    // Weights that are all different, so that no term hides behind another.
    let weights = Tensor<Scalar>(
      (0..<shape.elementCount).map { Scalar(1 + 0.37 * Double($0 % 7)) }, shape: shape)
    try check.run(
      { x in
        let (_, pullback) = vjp(of: function, at: x)
        return Tensor.concatenate(
          pullback(weights).tensors.map { $0.typed(Scalar.self).reshaped([$0.shape.elementCount]) }, axis: 0)
      }, order: 2)
  }
}

private struct GradientCheck<Input: TensorTree, Scalar: TensorFloatingPoint> {
  let input: Input
  let step, tolerance: Double
  private let arrays: [[Scalar]]

  init(input: Input, step: Double, tolerance: Double) {
    self.input = input
    self.step = step
    self.tolerance = tolerance
    arrays = input.tensors.map { $0.typed(Scalar.self).scalars }
  }

  /// The input with one entry moved, and by how much it moved after rounding.
  private func moved(_ index: Int, _ entry: Int, by distance: Double) -> (input: Input, distance: Double) {
    var array = arrays[index]
    array[entry] += Scalar(distance)
    var list = input.tensors
    list[index] = AnyTensor(Tensor(array, shape: list[index].shape))
    var rest = list[...]
    return (input.replacingTensors(&rest), Double(array[entry]) - Double(arrays[index][entry]))
  }

  private func direction(_ index: Int, _ entry: Int) -> Input {
    var list = input.tensors.map { AnyTensor(Tensor<Scalar>.zeros($0.shape)) }
    var array = [Scalar](repeating: 0, count: arrays[index].count)
    array[entry] = 1
    list[index] = AnyTensor(Tensor(array, shape: list[index].shape))
    var rest = list[...]
    return input.replacingTensors(&rest)
  }

  func run(_ function: (Input) -> Tensor<Scalar>, order: Int) throws(GradientCheckError) {
    let y = noGrad { function(input) }
    let values = y.scalars.map { Double($0) }
    for (output, value) in values.enumerated() where !value.isFinite {
      throw .notFinite(what: "the value", order: order, input: 0, entry: 0, output: output, value: value)
    }
    // Rows of the Jacobian, one per output entry.
    let (_, pullback) = vjp(of: function, at: input)
    let rows: [[[Double]]] = values.indices.map { output in
      var one = [Scalar](repeating: 0, count: values.count)
      one[output] = 1
      return pullback(Tensor(one, shape: y.shape)).tensors.map { $0.typed(Scalar.self).scalars.map { Double($0) } }
    }
    for index in arrays.indices {
      for entry in arrays[index].indices {
        let forward = jvp(of: function, at: input, along: direction(index, entry)).tangent.scalars.map { Double($0) }
        let distance = step * max(1, abs(Double(arrays[index][entry])))
        let (above, up) = moved(index, entry, by: distance)
        let (below, down) = moved(index, entry, by: -distance)
        let high = noGrad { function(above) }.scalars.map { Double($0) }
        let low = noGrad { function(below) }.scalars.map { Double($0) }
        for output in values.indices {
          let right = (high[output] - values[output]) / up
          let left = (low[output] - values[output]) / down
          let difference = (high[output] - low[output]) / (up - down)
          let found = [("reverse", rows[output][index][entry]), ("forward", forward[output])]
          for (what, value) in [("the difference", difference)] + found where !value.isFinite {
            throw .notFinite(what: what, order: order, input: index, entry: entry, output: output, value: value)
          }
          for (mode, value) in found {
            let limit = tolerance * max(1, abs(value), abs(difference))
            guard abs(value - difference) > limit else { continue }
            // Smooth functions have nearly the same slope on both sides of so small a step.
            if abs(right - left) > 0.1 * max(1, abs(right), abs(left)) {
              throw .kink(order: order, input: index, entry: entry, output: output, left: left, right: right)
            }
            throw .disagreement(
              mode: mode, order: order, input: index, entry: entry, output: output, derivative: value,
              difference: difference)
          }
          if abs(right - left) > 0.1 * max(1, abs(right), abs(left)) {
            throw .kink(order: order, input: index, entry: entry, output: output, left: left, right: right)
          }
        }
      }
    }
  }
}

extension Double {
  /// By Newton's iteration, for numbers between 10⁻²⁰ and 1: the libraries import no mathematics.
  fileprivate var cubeRoot: Double {
    var root = 1.0
    for _ in 0..<200 { root = (2 * root + self / (root * root)) / 3 }
    return root
  }
}
