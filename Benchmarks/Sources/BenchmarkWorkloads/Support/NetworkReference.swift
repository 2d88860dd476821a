/// The tanh network in plain loops, its gradient written out by hand and the rest by differences.
struct NetworkReference {
  let a, b, x, v: [Double]

  private var width: Int { x.count }

  private func multiply(_ matrix: [Double], _ vector: [Double]) -> [Double] {
    (0..<width).map { i in (0..<width).reduce(0) { $0 + matrix[i * width + $1] * vector[$1] } }
  }

  private func multiplyTransposed(_ matrix: [Double], _ vector: [Double]) -> [Double] {
    (0..<width).map { j in (0..<width).reduce(0) { $0 + matrix[$1 * width + j] * vector[$1] } }
  }

  func value(_ x: [Double]) -> [Double] {
    multiply(b, multiply(a, x).map(Reference.tanh)).map(Reference.tanh)
  }

  /// The gradient of the sum of the values: aᵀ·((1 − h²)·bᵀ·(1 − y²)).
  func gradient(_ x: [Double]) -> [Double] {
    let hidden = multiply(a, x).map(Reference.tanh)
    let output = multiply(b, hidden).map(Reference.tanh)
    let back = multiplyTransposed(b, output.map { 1 - $0 * $0 })
    return multiplyTransposed(a, zip(back, hidden).map { $0 * (1 - $1 * $1) })
  }

  private func shifted(_ step: Double, along direction: [Double]) -> [Double] {
    zip(x, direction).map { $0 + step * $1 }
  }

  private func quotient(_ function: ([Double]) -> [Double], along direction: [Double]) -> [Double] {
    let step = 1e-5
    let (after, before) = (function(shifted(step, along: direction)), function(shifted(-step, along: direction)))
    return zip(after, before).map { ($0 - $1) / (2 * step) }
  }

  /// J·v.
  func tangent() -> [Double] { quotient(value, along: v) }

  /// Element j of vᵀ·J.
  func pullback(_ j: Int) -> Double {
    let column = quotient(value, along: (0..<width).map { $0 == j ? 1 : 0 })
    return zip(v, column).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// H·v of the sum.
  func hessianProduct() -> [Double] { quotient(gradient, along: v) }
}
