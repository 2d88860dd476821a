import Adjoint

func numbers() -> [Misuse] {
  var list: [Misuse] = []
  for number in wrongNumbers {
    let w: @Sendable () -> F = { F([1], requiresGrad: true) }
    list += [
      Misuse("SGD", "SGD(learningRate: \(number))") { SGD([w()], learningRate: number) },
      Misuse("SGD", "SGD(momentum: \(number))") { SGD([w()], momentum: number) },
      Misuse("SGD", "SGD(weightDecay: \(number))") { SGD([w()], weightDecay: number) },
      Misuse("SGD", "learningRate = \(number)") {
        let optimizer = SGD([w()], learningRate: 1)
        optimizer.learningRate = number
        return optimizer
      },
      Misuse("checkGradients", "checkGradients(step: \(number))") {
        try checkGradients(of: { (x: Tensor<Double>) in x.sum() }, at: Tensor<Double>([1]), step: number)
      },
      Misuse("checkGradients", "checkGradients(tolerance: \(number))") {
        try checkGradients(of: { (x: Tensor<Double>) in x.sum() }, at: Tensor<Double>([1]), tolerance: number)
      },
      Misuse("leastSquares", "leastSquares(tolerance: \(number))") {
        try square.leastSquares(F([1, 2]), tolerance: number).solution
      },
      Misuse("pseudoInverse", "pseudoInverse(relativeTolerance: \(number))") {
        try square.pseudoInverse(relativeTolerance: number)
      },
      Misuse("pseudoInverse", "pseudoInverse(absoluteTolerance: \(number))") {
        try square.pseudoInverse(absoluteTolerance: number)
      },
      Misuse("matrixRank", "matrixRank(relativeTolerance: \(number))") {
        try square.matrixRank(relativeTolerance: number)
      },
      Misuse("matrixRank", "matrixRank(absoluteTolerance: \(number))") {
        try square.matrixRank(absoluteTolerance: number)
      },
      Misuse("nullSpace", "nullSpace(\(number))") { try square.nullSpace(relativeTolerance: number) },
      Misuse("orthonormalBasis", "orthonormalBasis(\(number))") {
        try square.orthonormalBasis(relativeTolerance: number)
      },
      Misuse("huberLoss", "huberLoss(delta: \(number))") { huberLoss(x, x, delta: Float(number)) },
      Misuse("crossEntropy", "crossEntropy(labelSmoothing: \(number))") {
        crossEntropy(x, I([0, 1]), labelSmoothing: number)
      },
    ]
  }
  // PyTorch takes a negative ε, and so do we.
  for number in [Double.nan, .infinity, -.infinity] {
    list.append(
      Misuse("layerNorm", "layerNorm(epsilon: \(number))") { layerNorm(x, normalizedShape: [3], epsilon: number) })
  }
  return list
}

func others() -> [Misuse] {
  [
    Misuse("checkGradients", "checkGradients(step: 0)") {
      try checkGradients(of: { (x: Tensor<Double>) in x.sum() }, at: Tensor<Double>([1]), step: 0)
    },
    Misuse("checkGradients", "checkGradients(order: 3)") {
      try checkGradients(of: { (x: Tensor<Double>) in x.sum() }, at: Tensor<Double>([1]), order: 3)
    },
    Misuse("huberLoss", "huberLoss(delta: 0)") { huberLoss(x, x, delta: 0) },
    Misuse("norm", "norm(order: .nan)") { x.norm(order: .nan) },
    Misuse("variance", "variance(correction: .nan)") { x.variance(correction: .nan) },
    Misuse("standardDeviation", "standardDeviation(correction: .infinity)") {
      x.standardDeviation(correction: .infinity)
    },
    Misuse("norm", "norm(order: -1) of nothing") { F([]).norm(order: -1) },
    Misuse("norm", "norm(order: .infinity) of nothing") { F([]).norm(order: .infinity) },
    Misuse("SGD", "SGD of nothing") { SGD([F]()) },
    Misuse("TensorFormat", "TensorFormat.edgeItems = -5") {
      var format = TensorFormat()
      format.edgeItems = -5
      return x.formatted(format)
    },
    Misuse("TensorFormat", "TensorFormat.precision = .max") {
      var format = TensorFormat()
      format.precision = .max
      return x.formatted(format)
    },
    Misuse("TensorFormat", "TensorFormat(lineWidth: 0)") { TensorFormat(lineWidth: 0) },
    Misuse("TensorFormat", "TensorFormat(threshold: .min)") { TensorFormat(threshold: .min) },
    Misuse("TensorFormat", "TensorFormat(precision: -1)") { TensorFormat(precision: -1) },
  ]
}

// What is allowed although it looks like a misuse: the largest and smallest arguments that mean something.
func allowed() -> [(String, @Sendable () throws -> Any)] {
  [
    ("divided, down", { I([1, .min]).divided(by: I([0, -1]), rounding: .down) }),
    ("floorDivided", { I([1, .min]).floorDivided(by: I([0, -1])) }),
    ("remainder", { I([1, .min]).remainder(I([0, -1])) }), ("fmod", { I([1, .min]).fmod(I([0, -1])) }),
    ("power -1", { I([2, 0]).power(-1) }), ("power .max", { I([2, 3]).power(.max) }), ("* .max", { I([2, 3]) * .max }),
    ("absolute value of .min", { -I([.min]) }), ("converted", { F([.nan, .infinity, -1e30]).converted(to: Int.self) }),
    ("converted Int32", { I([.max, .min]).converted(to: Int32.self) }),
    ("clamped", { I([2]).clamped(min: .max, max: .min) }),
    ("slice step .max", { x.slice(axis: 1, step: .max) }), ("slice .min", { x.slice(axis: 0, start: .min, end: .max) }),
    ("slice .max", { x.slice(axis: 0, start: .max, end: .min) }), ("split .max", { x.split(size: .max)[0] }),
    ("chunked .max", { x.chunked(.max)[1] }), ("rolled .min", { x.rolled(by: .min, axis: 1) }),
    ("rolled .max", { x.rolled(by: .max, axis: 1) }), ("tril .min", { x.tril(diagonal: .min) }),
    ("triu .max", { x.triu(diagonal: .max) }), ("unfolded .max", { x.unfolded(axis: 1, size: 2, step: .max) }),
    ("stride .max", { x[.stride(by: .max)] }), ("stride .min", { x[.stride(by: .min)] }),
    ("stride from", { x[.stride(from: 1, by: .min)] }), ("matrixPower .min", { try F.eye(2).matrixPower(.min) }),
    ("matrixPower .max", { try F.eye(2).matrixPower(.max) }), ("randint", { I.randint(.min, .max, shape: [3]) }),
    ("arange .max", { I.arange(.max - 2, .max, step: .max) }), ("arange .min", { I.arange(.min, .max, step: .max) }),
    ("arange .min back", { I.arange(.max, .min, step: .min) }),
    ("linspace", { F.linspace(-1e308, 1e308, count: 3) }), ("linspace 0", { F.linspace(0, 1, count: 0) }),
    ("eye 0", { F.eye(0) }), ("permutation 0", { I.permutation(0) }),
    ("precision 1100", { x.formatted(TensorFormat(precision: 1100)) }),
    ("edgeItems .max", { x.formatted(TensorFormat(threshold: 0, edgeItems: .max)) }),
    ("lineWidth .max", { x.formatted(TensorFormat(threshold: .max, lineWidth: .max)) }),
    (
      "diagonal .max backward",
      {
        let y = F([1, 2, 3, 4], shape: [2, 2], requiresGrad: true)
        (y.diagonal(offset: .max).sum() + y.diagonal(offset: .min).sum()).backward()
        return y.grad!
      }
    ),
    (
      "slice .max backward",
      {
        let y = F([1, 2, 3, 4], shape: [2, 2], requiresGrad: true)
        (y.slice(axis: 0, step: .max).sum() + y[.stride(by: .min)].sum()
          + y.unfolded(axis: 0, size: 2, step: .max).sum())
          .backward()
        return y.grad!
      }
    ),
    ("wide sum", { F.zeros(0, 1 << 46).sum(axis: 1) }), ("wide tril", { F.zeros(1 << 46, 0).tril() }),
    ("wide transposed", { F.zeros(1 << 46, 0).transposed() }),
    ("wide slice", { F.zeros(1 << 46, 0).slice(axis: 0, step: 3) }),
    ("wide printed", { "\(F.zeros(1 << 46, 0))" }),
    ("16 axes", { F.ones(Shape(Array(repeating: 1, count: 16))).sum() }),
  ]
}
