import Adjoint

/// One call that must be refused, and the name of the function that must say so.
struct Misuse: Sendable {
  let name: String
  let text: String
  let call: @Sendable () throws -> Void

  init(_ name: String, _ text: String, _ call: @escaping @Sendable () throws -> Any) {
    self.name = name
    self.text = text
    self.call = { Self.read(try call()) }
  }

  /// A call that must be allowed.
  init(allowed text: String, _ call: @escaping @Sendable () throws -> Any) {
    self.init("accepted", text, call)
  }

  private static func read(_ result: Any) {
    // What is lazy is asked for, in case the call itself refuses nothing.
    if let tensor = result as? Tensor<Float> { _ = tensor.scalars }
    if let tensor = result as? Tensor<Double> { _ = tensor.scalars }
    if let tensor = result as? Tensor<Int> { _ = tensor.scalars }
    if let tensor = result as? Tensor<Int32> { _ = tensor.scalars }
  }
}

typealias F = Tensor<Float>
typealias I = Tensor<Int>

/// Sizes that no extent, and next to nothing else, can have.
let wrongSizes = [-1, .min, .max, 1 << 62]
/// Shapes that no tensor can have: negative, beyond Int, beyond any address, empty with other extents too large.
let wrongShapes: [[Int]] = [[-1], [2, .min], [.max], [.max, .max], [1 << 40, 1 << 40], [1 << 62, 4, 0], [0, .max]]
/// Axes that a tensor of two axes has not.
let wrongAxes = [2, -3, .max, .min]
/// Numbers that are no tolerance, rate or step.
let wrongNumbers = [Double.nan, -1, .infinity, -.infinity]

let wide = F.zeros(1 << 46, 0)
let x = F.arange(0, 6).reshaped(2, 3)
let square = F([4, 1, 1, 3], shape: [2, 2])

func allMisuses() -> [Misuse] {
  creation() + axes() + sizes() + indices() + shapes() + numbers() + others() + windows()
    + clients()
    + allowed().map { Misuse(allowed: $0, $1) }
}
