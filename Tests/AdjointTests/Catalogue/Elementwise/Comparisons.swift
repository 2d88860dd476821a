@testable import Adjoint

extension Equal: OperationDeclaration {
  static let samples = Sample.comparison(operation) { $0 == $1 }
}

extension NotEqual: OperationDeclaration {
  static let samples = Sample.comparison(operation) { $0 != $1 }
}

extension Less: OperationDeclaration {
  static let samples = Sample.comparison(operation) { $0 < $1 }
}

extension LessOrEqual: OperationDeclaration {
  static let samples = Sample.comparison(operation) { $0 <= $1 }
}

extension Greater: OperationDeclaration {
  static let samples = Sample.comparison(operation) { $0 > $1 }
}

extension GreaterOrEqual: OperationDeclaration {
  static let samples = Sample.comparison(operation) { $0 >= $1 }
}

extension Sample {
  fileprivate static func comparison(
    _ operation: Operation, _ reference: @escaping @Sendable (Double, Double) -> Bool
  ) -> [Sample] {
    let values: [Double] = [0, -0.0, 1, .nan, .infinity, -.infinity, -2]
    return [
      Sample(
        "special", [.values(values, [7, 1]), .values(values, [7])], isSmooth: false,
        reference: { reference($0[0], $0[1]) ? 1 : 0 }
      ) { [operation.apply($0[0], $0[1])] }
    ]
  }
}
