// Expressions of clients whose types the compiler must find by trying few overloads: Scripts/hints.sh bounds how many.
//
// The most that one of these takes is 103 steps, with the unavailable operators as without; comparisons of numbers went from 38 to 52 and from 61 to 70.
import Adjoint
func rational(_ x: Tensor<Float>, _ w: Tensor<Float>, _ a: Float) -> Tensor<Float> {
  (x * 2 + 1) * (x - 0.5) / (x * x + 1) + x.exp() * 0.5 - 2 * x + (w * 3 - 1) / (x + 2) - a * (1 - x) * (2 + w)
}
func rationalOfDouble(_ x: Tensor<Double>, _ w: Tensor<Double>) -> Tensor<Double> {
  (1 - x.square()) / (1 + x * w) + 0.5 * (x + w) * (x - w) - (3 * x - 2 * w + 1) / (x * x * x + 2 * w - 7)
}
func comparisons(_ x: Tensor<Float>) -> Bool {
  x.sum().item() > 0.5 && x.mean().item() < 2 || x.count >= 3 && x == x * 2 + 1
}
func masks(_ x: Tensor<Float>) -> Tensor<Bool> { ((x * 2 + 1) .> 0) .& ((x - 1) .< (x * 2)) .| (x .== 3) }
func numbers(_ n: Int, _ m: Int, _ d: Double) -> Bool {
  n * 2 + m / 3 - 1 > m * n + 4 && d * 2.5 - 1 < Double(n) / 3 + 0.5 || n == m + 2
}
func integers(_ n: Tensor<Int>) -> Tensor<Int> { (n * 2 + 1) * (n - 3) + 2 * n - (n * n + 7) * (1 - n) }
func quotients(_ d: Double, _ n: Int) -> Double {
  let k = 2 * d / 3 + 1 / (d + 1) - Double(n) / 2 + d * d / (1 + d * d) - 4 / d; return k
}
