import AdjointKernels

/// How a loss of many elements becomes one number.
public enum LossReduction: Sendable {
  /// One loss per element or sample.
  case none
  /// The mean of the losses.
  case mean
  /// The sum of the losses.
  case sum
  /// The sum of the losses over the extent of their first axis.
  case batchMean
}

extension Expression {
  func reduced(_ reduction: LossReduction) -> Expression {
    let all = shape.mask(nil, "loss")
    return switch reduction {
    case .none: self
    case .mean: mean(mask: all, keepingDimensions: false)
    case .sum: sum(mask: all, keepingDimensions: false)
    case .batchMean: sum(mask: all, keepingDimensions: false) / number(Double(shape.first ?? 1))
    }
  }
}
