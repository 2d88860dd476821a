import Adjoint

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The C library's functions of both types, for references and for the naive loops.
protocol ScalarMath: TensorFloatingPoint {
  static func exponential(_ x: Self) -> Self
}

extension Float: ScalarMath {
  static func exponential(_ x: Float) -> Float { exp(x) }
}

extension Double: ScalarMath {
  static func exponential(_ x: Double) -> Double { exp(x) }
}

/// Functions in Double.
enum Reference {
  static func exp(_ x: Double) -> Double { libraryExp(x) }
  static func log(_ x: Double) -> Double { libraryLog(x) }
  static func tanh(_ x: Double) -> Double { libraryTanh(x) }
  static func sin(_ x: Double) -> Double { librarySin(x) }
  static func cos(_ x: Double) -> Double { libraryCos(x) }
  static func erf(_ x: Double) -> Double { libraryErf(x) }
  static func power(_ x: Double, _ y: Double) -> Double { libraryPow(x, y) }
  static func sigmoid(_ x: Double) -> Double { 1 / (1 + libraryExp(-x)) }
  static func gelu(_ x: Double) -> Double { 0.5 * x * (1 + libraryErf(x / 2.0.squareRoot())) }
}

// Inside the type, the names are its own.
private func libraryExp(_ x: Double) -> Double { exp(x) }
private func libraryLog(_ x: Double) -> Double { log(x) }
private func libraryTanh(_ x: Double) -> Double { tanh(x) }
private func librarySin(_ x: Double) -> Double { sin(x) }
private func libraryCos(_ x: Double) -> Double { cos(x) }
private func libraryErf(_ x: Double) -> Double { erf(x) }
private func libraryPow(_ x: Double, _ y: Double) -> Double { pow(x, y) }
