import Foundation
import Testing

import Adjoint

/// exp(x) is x.exp(), and stands beside Foundation's exp.
@Suite struct FreeFunctionTests {
  static let x = Tensor<Double>([[0.25, -0.5, 0.875, 0.5], [1.5, -2.25, 3, 0.125]])
  static let y = Tensor<Double>([[1.5, 0.5, -0.25, 2], [0.75, 3, -1, 0.25]])

  static let pairs: [(name: String, free: Tensor<Double>, method: Tensor<Double>)] = [
    ("exp", exp(x), x.exp()),
    ("exp2", exp2(x), x.exp2()),
    ("expm1", expm1(x), x.expm1()),
    ("xlogy", xlogy(x, y), Tensor.xlogy(x, y)),
    ("logAddExp", logAddExp(x, y), Tensor.logAddExp(x, y)),
    ("log", log(x), x.log()),
    ("log1p", log1p(x), x.log1p()),
    ("log2", log2(x), x.log2()),
    ("log10", log10(x), x.log10()),
    ("square", square(x), x.square()),
    ("power", power(x, 0.75), x.power(0.75)),
    ("power", power(x, y), x.power(y)),
    ("power", power(0.75, y), Tensor.power(0.75, y)),
    ("entr", entr(x), x.entr()),
    ("xlog1py", xlog1py(x, y), Tensor.xlog1py(x, y)),
    ("logit", logit(x, epsilon: 0.125), x.logit(epsilon: 0.125)),
    ("logit", logit(x), x.logit()),
    ("logAddExp2", logAddExp2(x, y), Tensor.logAddExp2(x, y)),
    ("sqrt", sqrt(x), x.sqrt()),
    ("rsqrt", rsqrt(x), x.rsqrt()),
    ("reciprocal", reciprocal(x), x.reciprocal()),
    ("sinh", sinh(x), x.sinh()),
    ("cosh", cosh(x), x.cosh()),
    ("tanh", tanh(x), x.tanh()),
    ("asinh", asinh(x), x.asinh()),
    ("acosh", acosh(x), x.acosh()),
    ("atanh", atanh(x), x.atanh()),
    ("atan2", atan2(x, y), Tensor.atan2(x, y)),
    ("hypot", hypot(x, y), Tensor.hypot(x, y)),
    ("sin", sin(x), x.sin()),
    ("cos", cos(x), x.cos()),
    ("tan", tan(x), x.tan()),
    ("asin", asin(x), x.asin()),
    ("acos", acos(x), x.acos()),
    ("atan", atan(x), x.atan()),
    ("sigmoid", sigmoid(x), x.sigmoid()),
    ("logSigmoid", logSigmoid(x), x.logSigmoid()),
    ("relu", relu(x), x.relu()),
    ("silu", silu(x), x.silu()),
    ("hardTanh", hardTanh(x, min: -0.5, max: 0.75), x.hardTanh(min: -0.5, max: 0.75)),
    ("hardTanh", hardTanh(x), x.hardTanh()),
    ("relu6", relu6(x), x.relu6()),
    ("hardSigmoid", hardSigmoid(x), x.hardSigmoid()),
    ("hardSwish", hardSwish(x), x.hardSwish()),
    ("softShrink", softShrink(x, threshold: 0.75), x.softShrink(threshold: 0.75)),
    ("softShrink", softShrink(x), x.softShrink()),
    ("hardShrink", hardShrink(x, threshold: 0.75), x.hardShrink(threshold: 0.75)),
    ("hardShrink", hardShrink(x), x.hardShrink()),
    ("gelu", gelu(x, approximation: .tanh), x.gelu(approximation: .tanh)),
    ("gelu", gelu(x), x.gelu()),
    ("leakyRelu", leakyRelu(x, negativeSlope: 0.75), x.leakyRelu(negativeSlope: 0.75)),
    ("leakyRelu", leakyRelu(x), x.leakyRelu()),
    ("elu", elu(x, alpha: 0.75), x.elu(alpha: 0.75)),
    ("elu", elu(x), x.elu()),
    ("celu", celu(x, alpha: 0.75), x.celu(alpha: 0.75)),
    ("celu", celu(x), x.celu()),
    ("selu", selu(x), x.selu()),
    ("mish", mish(x), x.mish()),
    ("softsign", softsign(x), x.softsign()),
    ("tanhShrink", tanhShrink(x), x.tanhShrink()),
    ("glu", glu(x, axis: 1), x.glu(axis: 1)),
    ("glu", glu(x), x.glu()),
    ("prelu", prelu(x, Tensor<Double>([0.5])), x.prelu(Tensor<Double>([0.5]))),
    ("softplus", softplus(x, beta: 0.75, threshold: 0.75), x.softplus(beta: 0.75, threshold: 0.75)),
    ("softplus", softplus(x), x.softplus()),
    ("besselI0", besselI0(x), x.besselI0()),
    ("scaledBesselI0", scaledBesselI0(x), x.scaledBesselI0()),
    ("besselI1", besselI1(x), x.besselI1()),
    ("scaledBesselI1", scaledBesselI1(x), x.scaledBesselI1()),
    ("erf", erf(x), x.erf()),
    ("erfc", erfc(x), x.erfc()),
    ("logGamma", logGamma(x), x.logGamma()),
    ("digamma", digamma(x), x.digamma()),
    ("polygamma", polygamma(x, order: 2), x.polygamma(order: 2)),
    ("erfinv", erfinv(x), x.erfinv()),
    ("erfcx", erfcx(x), x.erfcx()),
    ("ndtr", ndtr(x), x.ndtr()),
    ("logNdtr", logNdtr(x), x.logNdtr()),
    ("sinc", sinc(x), x.sinc()),
    ("copysign", copysign(x, y), x.copysign(y)),
    ("copysign", copysign(x, 0.75), x.copysign(0.75)),
    ("abs", abs(x), x.abs()),
    ("sign", sign(x), x.sign()),
    ("maximum", maximum(x, y), Tensor.maximum(x, y)),
    ("maximum", maximum(x, 0.75), Tensor.maximum(x, 0.75)),
    ("minimum", minimum(x, y), Tensor.minimum(x, y)),
    ("minimum", minimum(x, 0.75), Tensor.minimum(x, 0.75)),
    ("remainder", remainder(x, y), x.remainder(y)),
    ("remainder", remainder(x, 0.75), x.remainder(0.75)),
    ("fmod", fmod(x, y), x.fmod(y)),
    ("fmod", fmod(x, 0.75), x.fmod(0.75)),
    (
      "nanToNum", nanToNum(x, nan: 0.75, positiveInfinity: 0.125, negativeInfinity: 0.125),
      x.nanToNum(nan: 0.75, positiveInfinity: 0.125, negativeInfinity: 0.125)
    ),
    ("nanToNum", nanToNum(x), x.nanToNum()),
    ("frac", frac(x), x.frac()),
    ("degreesToRadians", degreesToRadians(x), x.degreesToRadians()),
    ("radiansToDegrees", radiansToDegrees(x), x.radiansToDegrees()),
    ("fmax", fmax(x, y), Tensor.fmax(x, y)),
    ("fmin", fmin(x, y), Tensor.fmin(x, y)),
    ("heaviside", heaviside(x, y), x.heaviside(y)),
    ("signBit", signBit(x).converted(to: Double.self), x.signBit().converted(to: Double.self)),
    ("floor", floor(x), x.floor()),
    ("ceil", ceil(x), x.ceil()),
    ("round", round(x), x.round()),
    ("softmax", softmax(x, axis: 1), x.softmax(axis: 1)),
    ("logSoftmax", logSoftmax(x, axis: 0), x.logSoftmax(axis: 0)),
    ("softmin", softmin(x, axis: 1), x.softmin(axis: 1)),
    ("logSumExp", logSumExp(x, axis: 1), x.logSumExp(axis: 1)),
    ("logSumExp", logSumExp(x, axis: 1, keepingDimensions: true), x.logSumExp(axis: 1, keepingDimensions: true)),
    ("concatenate", concatenate([x, y]), Tensor.concatenate([x, y])),
    ("concatenate", concatenate([x, y], axis: 1), Tensor.concatenate([x, y], axis: 1)),
    ("stack", stack([x, y]), Tensor.stack([x, y])),
    ("stack", stack([x, y], axis: 2), Tensor.stack([x, y], axis: 2)),
    ("einsum", einsum("ij,kj->ik", x, y), Tensor.einsum("ij,kj->ik", x, y)),
    ("matmul", matmul(x, y.transposed()), x.matmul(y.transposed())),
    ("dot", dot(x[0], y[1]), x[0].dot(y[1])),
    ("outer", outer(x[0], y[1]), x[0].outer(y[1])),
  ]

  @Test(arguments: pairs.indices)
  func isTheMethod(_ index: Int) {
    let (name, free, method) = Self.pairs[index]
    #expect(free.shape == method.shape, "\(name)")
    #expect(free.scalars.map(\.bitPattern) == method.scalars.map(\.bitPattern), "\(name)")
  }

  /// The rule of Documentation/architecture.md: every elementwise function but those that read as methods.
  @Test func everyElementwiseFunctionIsFree() throws {
    func names(_ folder: String, _ pattern: Regex<(Substring, Substring)>) throws -> Set<String> {
      let folder = DocumentationTests.root.appending(path: folder)
      var result: Set<String> = []
      for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
        let text = try String(contentsOf: file, encoding: .utf8)
        result.formUnion(text.matches(of: pattern).map { String($0.1) })
      }
      return result
    }
    let methods = try names("Sources/Adjoint/Operations/Elementwise", /\n {2}public (?:static )?func `?([a-zA-Z0-9]+)/)
    let free = try names("Sources/Adjoint/Functions", /\npublic func ([a-zA-Z0-9]+)/)
    // Participles and predicates; lerp names its second tensor by a label, and `where` is a word of the language.
    let methodsOnly: Set = [
      "addingProduct", "clamped", "converted", "divided", "floorDivided", "isFinite", "isInfinite", "isNaN", "lerp",
      "logicalNot", "truncated", "where",
    ]
    #expect(methodsOnly.isSubset(of: methods) && methods.count > 80)
    #expect(methods.subtracting(methodsOnly).subtracting(free) == [], "elementwise, but not free")
    let others: Set = [
      "softmax", "logSoftmax", "softmin", "logSumExp", "concatenate", "stack", "einsum", "matmul", "dot", "outer",
    ]
    #expect(free.subtracting(methods) == others)
    #expect(free.subtracting(Self.pairs.map(\.name)) == [], "free, but not compared with the method")
  }

  @Test func numbersStayFoundations() {
    let number = exp(1.0) + log(2.0) + sqrt(2.0) + tanh(0.5) + abs(-1.5) + floor(2.5) + pow(2, 3) + atan2(1, 2.0)
    let float: Float = exp(1) + cos(0)
    let both = exp(Tensor<Double>([1])).item() - exp(1.0)
    #expect(number.isFinite && float > 3 && both == 0 && round(2.5) == 3 && max(1, 2) == 2)
    let slope = grad(of: { exp($0 * 2).sum() })(Tensor<Double>([0, 1]))
    #expect(slope.scalars.first == 2)
  }
}
