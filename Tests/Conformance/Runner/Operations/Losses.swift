import Adjoint

extension OperationTable {
  /// Losses and layers.
  static var losses: [String: Entry] {
    [
      "mse_loss": { a in [meanSquaredError(try a.real(0), try a.real(1), reduction: try reduction(a))] },
      "l1_loss": { a in [meanAbsoluteError(try a.real(0), try a.real(1), reduction: try reduction(a))] },
      "huber_loss": { a in
        [huberLoss(try a.real(0), try a.real(1), delta: Real(try a.number("delta", 1)), reduction: try reduction(a))]
      },
      "binary_cross_entropy_with_logits": { a in
        [
          binaryCrossEntropyWithLogits(
            try a.real(0), try a.real(1), weight: try a.real(attribute: "weight"),
            positiveWeight: try a.real(attribute: "pos_weight"), reduction: try reduction(a))
        ]
      },
      "cross_entropy": { a in
        let (smoothing, weights) = (try a.number("label_smoothing", 0), try a.real(attribute: "weight"))
        if a.kind(1) == .real {
          _ = try a.whole("ignore_index")
          return [
            crossEntropy(
              try a.real(0), probabilities: try a.real(1), classWeights: weights, labelSmoothing: smoothing,
              reduction: try reduction(a))
          ]
        }
        return [
          crossEntropy(
            try a.real(0), try a.integer(1), classWeights: weights, ignoreIndex: try ignored(a),
            labelSmoothing: smoothing, reduction: try reduction(a))
        ]
      },
      "nll_loss": { a in
        [
          negativeLogLikelihood(
            try a.real(0), try a.integer(1), classWeights: try a.real(attribute: "weight"),
            ignoreIndex: try ignored(a), reduction: try reduction(a))
        ]
      },
      "layer_norm": { a in
        [
          layerNorm(
            try a.real(0), normalizedShape: Shape(try a.wholes("normalized_shape") ?? []),
            weight: a.has(1) ? try a.real(1) : nil, bias: a.has(2) ? try a.real(2) : nil,
            epsilon: try a.number("eps", 1e-5))
        ]
      },
    ]
  }

  /// The label that contributes nothing: PyTorch's default is −100.
  private static func ignored(_ a: Arguments<Real>) throws -> Int? {
    if let ignored = try a.whole("ignore_index") { return ignored }
    return try a.integer(1).scalars.contains(-100) ? -100 : nil
  }

  static func reduction(_ a: Arguments<Real>) throws -> LossReduction {
    switch a.text("reduction") ?? "mean" {
    case "mean": .mean
    case "sum": .sum
    case "none": .none
    case "batchmean": .batchMean
    case let other: throw Unsupported(what: "\(a.operation)(reduction: \(other))")
    }
  }
}
