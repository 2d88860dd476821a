extension Step {
  /// The step as Swift, for operands of these names and shapes.
  func code(_ x: [String], _ shapes: [[Int]], result: [Int], scalar: String) -> String {
    // The type makes a number of a literal that could be a tensor, and keeps a sign apart from an operator.
    let c = drift == 0 ? "\(scalar)(\(number))" : "\(scalar)(\(number) + \(drift) * Double(k))"
    switch verb.family {
    case .unary: return verb == .negate ? "-\(x[0])" : "\(x[0]).\(verb.rawValue)()"
    case .number: return numberCode(x[0], c)
    case .several: return severalCode(x, c)
    case .shape: return shapeCode(x, shapes[0], result, c)
    case .reduction: return reductionCode(x[0], shapes[0])
    case .matrix: return "\(x[0]).\(verb.rawValue)(\(x[1]))"
    }
  }

  private func numberCode(_ x: String, _ c: String) -> String {
    switch verb {
    case .addNumber: "\(x) + \(c)"
    case .numberMinus: "\(c) - \(x)"
    case .timesNumber: "\(x) * \(c)"
    case .overNumber: "\(x) / \(c)"
    case .numberOver: "\(c) / \(x)"
    case .powerNumber: "\(x).power(\(c))"
    case .maximumNumber: "Tensor.maximum(\(x), \(c))"
    case .minimumNumber: "Tensor.minimum(\(x), \(c))"
    case .clamp: "\(x).clamped(min: \(c), max: \(c) + 1)"
    default: "Tensor.where(\(x) .> \(c), \(x), \(c))"
    }
  }

  private func severalCode(_ x: [String], _ c: String) -> String {
    switch verb {
    case .add: "\(x[0]) + \(x[1])"
    case .subtract: "\(x[0]) - \(x[1])"
    case .multiply: "\(x[0]) * \(x[1])"
    case .divide: "\(x[0]) / \(x[1])"
    case .atan2, .hypot, .maximum, .minimum, .logAddExp: "Tensor.\(verb.rawValue)(\(x[0]), \(x[1]))"
    case .power: "\(x[0]).power(\(x[1]))"
    case .addingProduct: "\(x[0]).addingProduct(\(x[1]), \(x[2]), value: \(c))"
    case .lerp: "\(x[0]).lerp(to: \(x[1]), weight: \(x[2]))"
    case .whereLess: "Tensor.where(\(x[0]) .< \(x[1]), \(x[2]), \(x[3]))"
    case .whereGreaterOrEqual: "Tensor.where(\(x[0]) .>= \(x[1]), \(x[2]), \(x[3]))"
    default: "Tensor.where((\(x[0]) .> \(x[1])) .& (\(x[0]) .!= 0), \(x[2]), \(x[3]))"
    }
  }

  private func shapeCode(_ x: [String], _ s: [Int], _ result: [Int], _ c: String) -> String {
    let a = axis(s.count)
    switch verb {
    case .unsqueeze: return "\(x[0]).unsqueezed(axis: \(raw[0] % (s.count + 1)))"
    case .broadcast: return "\(x[0]).broadcast(to: \(result))"
    case .stack: return "Tensor.stack([\(x[0]), \(x[1])], axis: \(raw[0] % (s.count + 1)))"
    case .squeeze: return "\(x[0]).squeezed(axis: \(s.firstIndex(of: 1) ?? 0))"
    case .slice:
      let (start, end) = span(s[a])
      let from = placeCode(below: s[a] - (end - start) + 1)
      return "\(x[0]).slice(axis: \(a), start: \(from), end: \(from) + \(end - start), step: \(stride))"
    case .select: return "\(x[0]).select(axis: \(a), index: \(placeCode(below: s[a])))"
    case .flipped: return "\(x[0]).flipped(\(a))"
    case .rolled: return "\(x[0]).rolled(by: \(placeCode(below: s[a])), axis: \(a))"
    case .padded: return "\(x[0]).padded([\(raw[1] % 3), \(raw[2] % 3)], value: \(c))"
    case .repeated: return "\(x[0]).repeated(\(s.indices.map { $0 == a ? 2 : 1 }))"
    case .indexSelect:
      return "\(x[0]).indexSelect(axis: \(a), at: Tensor<Int>(\(placesCode("0..<\(result[a])", s[a]))))"
    case .gather:
      let places = placesCode("0..<\(s.reduce(1, *))", s[a])
      return "\(x[0]).gathered(axis: \(a), at: Tensor<Int>(\(places), shape: \(s)))"
    case .concatenate: return "Tensor.concatenate([\(x[0]), \(x[1])], axis: \(a))"
    case .transposed: return "\(x[0]).transposed(\(a), \(otherAxis(s.count)))"
    case .tril: return "\(x[0]).tril(diagonal: \(raw[1] % 3 - 1))"
    default: return "\(x[0]).reshaped(\(result))"
    }
  }

  /// A place, which may move in each repetition k.
  private func placeCode(below extent: Int) -> String {
    motion == 0 ? "\(raw[1] % extent)" : "(\(raw[1]) + \(motion) * k) % \(extent)"
  }

  private func placesCode(_ range: String, _ extent: Int) -> String {
    "(\(range)).map { (\(raw[1]) + $0 * \(1 + raw[2] % 7)) % \(extent) }"
  }

  private func reductionCode(_ x: String, _ s: [Int]) -> String {
    let a = raw[0] % max(s.count, 1)
    let keeps = raw[1] % 2 == 1
    switch verb {
    case .sumAll: return "\(x).sum()"
    case .sumTwo: return "\(x).sum(axes: [-2, -1], keepingDimensions: \(keeps))"
    case .softmax, .logSoftmax, .cumulativeSum, .cumulativeLogSumExp, .cumulativeProduct:
      return "\(x).\(verb.rawValue)(axis: \(a))"
    default: return "\(x).\(verb.rawValue)(axis: \(a), keepingDimensions: \(keeps))"
    }
  }
}
