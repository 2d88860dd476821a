@testable import Adjoint

/// An operation as the catalogue knows it: declared in the product, and here with what its laws are checked on.
///
/// The samples are not in the product: only tests read them, and their reference functions would make every client load
/// Foundation.
protocol OperationDeclaration {
  /// Inputs on which reference values, derivatives and the equality of fused and single evaluation are checked.
  static var samples: [Sample] { get }
}

/// One use of an operation on inputs drawn at random from where it is defined and smooth.
struct Sample: Sendable {
  /// How one input is drawn.
  enum Input: Sendable {
    /// Uniform in a range.
    case uniform(Shape, ClosedRange<Double>)
    /// These numbers.
    case values([Double], Shape)
    /// Whole numbers in 0..<below, of type Int.
    case indices(Shape, below: Int)
    /// Booleans.
    case mask(Shape)
  }

  let label: String
  let inputs: [Input]
  /// Whether finite differences exist everywhere near the inputs.
  let isSmooth: Bool
  let body: @Sendable ([Expression]) -> [Expression]
  /// The same in plain Double arithmetic on scalars, for operations that work element by element.
  let reference: (@Sendable ([Double]) -> Double)?

  init(
    _ label: String, _ inputs: [Input], isSmooth: Bool = true, reference: (@Sendable ([Double]) -> Double)? = nil,
    _ body: @escaping @Sendable ([Expression]) -> [Expression]
  ) {
    self.label = label
    self.inputs = inputs
    self.isSmooth = isSmooth
    self.reference = reference
    self.body = body
  }

  /// A function of one number, on a vector, a scalar, an empty array and a matrix.
  static func unary(
    _ range: ClosedRange<Double>, isSmooth: Bool = true, _ reference: @escaping @Sendable (Double) -> Double,
    _ body: @escaping @Sendable (Expression) -> Expression
  ) -> [Sample] {
    ([[7], [], [0], [3, 5]] as [Shape]).map { shape in
      Sample("\(shape)", [.uniform(shape, range)], isSmooth: isSmooth, reference: { reference($0[0]) }) {
        [body($0[0])]
      }
    }
  }

  /// A function of two numbers, over the patterns of broadcasting.
  static func binary(
    _ first: ClosedRange<Double>, _ second: ClosedRange<Double>, isSmooth: Bool = true,
    _ reference: @escaping @Sendable (Double, Double) -> Double,
    _ body: @escaping @Sendable (Expression, Expression) -> Expression
  ) -> [Sample] {
    let shapes: [(Shape, Shape)] = [
      ([4], [4]), ([], []), ([3, 4], [4]), ([3, 1], [1, 4]), ([2, 1, 3], [5, 1]), ([], [3]), ([0], [1]), ([2, 3], []),
    ]
    return shapes.map { a, b in
      Sample(
        "\(a) \(b)", [.uniform(a, first), .uniform(b, second)], isSmooth: isSmooth,
        reference: { reference($0[0], $0[1]) }
      ) { [body($0[0], $0[1])] }
    }
  }
}
