// Functions of numbers and of tensors in one file: Scripts/hints.sh bounds how many overloads the compiler tries.
//
// A literal could become a tensor: where the functions of tensors were not disfavored, `literals` took a second and `longLiterals` did not compile.

import Adjoint
import Foundation

func literals() -> Double { exp(1.0) + log(2.0) + sqrt(2.0) + tanh(0.5) }

func longLiterals() -> Double {
  exp(1.0) + log(2.0) + sqrt(2.0) + tanh(0.5) + abs(-1.5) + floor(2.5) + pow(2, 3) + atan2(1, 2.0) + fmod(5, 2.0)
}

func optionPrice(_ s: Double, _ k: Double, _ r: Double, _ v: Double, _ t: Double) -> Double {
  let d1 = (log(s / k) + (r + v * v / 2) * t) / (v * sqrt(t))
  return s * 0.5 * (1 + erf(d1 / sqrt(2))) - exp(-r * t) * k * 0.5 * (1 + erf((d1 - v * sqrt(t)) / sqrt(2)))
}

func optionPrices(_ s: Tensor<Double>, _ k: Tensor<Double>, _ d1: Tensor<Double>, _ d2: Tensor<Double>, _ r: Double)
  -> Tensor<Double>
{
  s * ndtr(d1) - exp(-r) * k * ndtr(d2)
}

func layer(_ x: Tensor<Float>, _ w: Tensor<Float>) -> Tensor<Float> {
  softmax(relu(matmul(x, w) - 1) * 2 + exp(-x * x / 2) * 0.5, axis: 1) + maximum(x, 0) - minimum(x, w) * tanh(x)
}

func slope(_ x: Tensor<Double>) -> Tensor<Double> { grad(of: { (exp($0 * 2) + log($0) - 1).sum() })(x) }
