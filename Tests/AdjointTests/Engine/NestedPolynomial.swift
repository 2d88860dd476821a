@testable import Adjoint

/// A polynomial in the variables of three nested functions, element by element: what transformations of it give is known.
struct NestedPolynomial: CustomStringConvertible {
  enum Variable: Int, CaseIterable { case a, b, c }

  /// Coefficients by the exponents of a, b and c.
  private(set) var terms: [[Int]: Double] = [:]

  init(_ terms: [[Int]: Double]) { self.terms = terms.filter { $0.value != 0 } }

  static func + (x: Self, y: Self) -> Self { Self(x.terms.merging(y.terms, uniquingKeysWith: +)) }

  func times(_ variable: Variable) -> Self {
    map { exponents, coefficient in
      exponents[variable.rawValue] += 1
    }
  }

  func derivative(_ variable: Variable) -> Self {
    map { exponents, coefficient in
      coefficient *= Double(exponents[variable.rawValue])
      exponents[variable.rawValue] = max(exponents[variable.rawValue] - 1, 0)
    }
  }

  func replacing(_ variable: Variable, by other: Variable) -> Self {
    map { exponents, _ in
      let exponent = exponents[variable.rawValue]
      exponents[variable.rawValue] = 0
      exponents[other.rawValue] += exponent
    }
  }

  func replacing(_ variable: Variable, by number: Double) -> Self {
    map { exponents, coefficient in
      coefficient *= Self.power(number, exponents[variable.rawValue])
      exponents[variable.rawValue] = 0
    }
  }

  private func map(_ change: (inout [Int], inout Double) -> Void) -> Self {
    var result: [[Int]: Double] = [:]
    for (exponents, coefficient) in terms {
      var (exponents, coefficient) = (exponents, coefficient)
      change(&exponents, &coefficient)
      result[exponents, default: 0] += coefficient
    }
    return Self(result)
  }

  private static func power(_ x: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { result, _ in result * x }
  }

  /// The value where a and b have been replaced.
  func value(_ c: Double) -> Double {
    terms.reduce(0) { $0 + $1.value * Self.power(c, $1.key[2]) }
  }

  /// As a function of tensors. Variables that do not occur are not touched.
  func callAsFunction(_ variables: [Tensor<Double>]) -> Tensor<Double> {
    let products = terms.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { exponents, coefficient in
      var product = Tensor<Double>.full([2], coefficient)
      for (x, exponent) in zip(variables, exponents) { for _ in 0..<exponent { product = product * x } }
      return product
    }
    return products.dropFirst().reduce(products.first ?? Tensor<Double>.zeros(2)) { $0 + $1 }
  }

  var description: String {
    terms.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { "\($1)·a^\($0[0])·b^\($0[1])·c^\($0[2])" }
      .joined(separator: " + ")
  }
}
