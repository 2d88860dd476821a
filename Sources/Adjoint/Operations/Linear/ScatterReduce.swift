import AdjointKernels

/// How elements that meet at a place become one.
public enum ScatterReduction: Sendable {
  case sum
  case mean
  case product
  case maximum
  case minimum
}

/// x times the product of the elements of a source at places along an axis.
enum ScatterProduct {
  static func operation(_ axis: Int, _ use: IndexUse = .scatterReduce) -> Operation {
    Operation(
      "ScatterProduct", tag: ScatterProduct.self, parameters: [axis, use.rawValue], kernel(axis, .product, use),
      .custom(
        jvp: { node, t in tangent(node, axis, t) },
        vjp: { node, g in
          let g = g.expanded(to: node.node.shape)
          return [
            g * others(node, axis, ofSource: false), nil,
            g.gathered(node.x[1], axis: axis) * others(node, axis, ofSource: true),
          ]
        }), batching: batchedAlongside { operation(axis + 1, use) })
  }

  /// What the tangents and the others of their places make, within one kernel: either may be beyond the range alone. It is the
  /// derivative of the others of a 1 that stands in x's place, while x is one more element of the source.
  private static func tangent(_ node: Recorded, _ axis: Int, _ t: [Expression?]) -> Expression {
    let (x, index, source) = (node.x[0], node.x[1], node.x[2])
    let type = node.node.type
    func all(_ x: Expression, _ source: Expression) -> Expression {
      .concatenating([x.asArray, source.asArray], axis: axis)
    }
    var column = Shape(x.shape.map { _ in 1 })
    column[axis] = x.shape[axis]
    let places = Tensor<Int>.arange(x.shape[axis]).reshaped(column).broadcast(to: x.shape).expression
    let tangent = all(
      t[0]?.expanded(to: x.shape) ?? .full(0, type, x.shape),
      t[2]?.expanded(to: source.shape) ?? .full(0, type, source.shape))
    return ScatterOthers.operation(axis, ofSource: false, tangents: 1).record(
      type, x.shape,
      Operands([.full(1, type, x.shape), all(places, index), all(x, source), .full(0, type, x.shape), tangent]))
  }

  private static func others(_ node: Recorded, _ axis: Int, ofSource: Bool) -> Expression {
    ScatterOthers.operation(axis, ofSource: ofSource)
      .record(node.node.type, node.x[ofSource ? 2 : 0].shape, Operands(node.x))
  }

  static func kernel(_ axis: Int, _ combination: Indexing.Combination, _ use: IndexUse) -> Kernel {
    .opaque { call, values in
      let (shape, source) = (call.shape, call.operandShapes[2])
      let result = values[0].copied(call.type, shape)
      let (index, elements) = (values[1].contiguous(.int64, source), values[2].contiguous(call.type, source))
      let (outer, inner) = (shape.outer(axis), shape.inner(axis))
      if combination == .product && call.type.isFloatingPoint {
        Indexing.scatterProducts(
          into: result, values[0].contiguous(call.type, shape).buffer, call.type, source: elements.buffer,
          Indexing.Meetings(
            index: index.buffer, outer: outer, extent: shape[axis], count: source[axis], inner: inner,
            operation: use.name))
        return result
      }
      Indexing.scatterCombine(
        into: result, call.type, index: index.buffer, source: elements.buffer, outer: outer, extent: shape[axis],
        count: source[axis], inner: inner, combination, operation: use.name)
      return result
    }
  }
}

/// For each element of x, or of the source, the product of all others that meet at its place, and the derivatives of these: operands
/// x, index, source, and a pair of tangents, of x and of the source, for each order.
///
/// Symmetric in the tangents and the cotangent, as ``ProductOfOthers``.
enum ScatterOthers {
  static func operation(_ axis: Int, ofSource: Bool, tangents: Int = 0) -> Operation {
    Operation(
      "ScatterOthers", tag: ScatterOthers.self, parameters: [axis, ofSource ? 1 : 0, tangents],
      .opaque { call, values in
        let (shape, source) = (call.operandShapes[0], call.operandShapes[2])
        func elements(_ index: Int) -> Buffer { values[index].contiguous(call.type, call.operandShapes[index]).buffer }
        return Indexing.othersOfScattered(
          elements(0), elements(2), (0..<tangents).map { (elements(3 + 2 * $0), elements(4 + 2 * $0)) }, call.type,
          Indexing.Meetings(
            index: values[1].contiguous(.int64, source).buffer, outer: shape.outer(axis), extent: shape[axis],
            count: source[axis], inner: shape.inner(axis)), ofSource: ofSource)
      },
      .custom(
        jvp: { node, t in
          var sum: Expression?
          for (index, tangent) in t.enumerated() where index != 1 {
            guard let tangent else { continue }
            let isOfSource = index > 0 && index % 2 == 0
            sum = .adding(sum, derivative(node, axis, ofSource, index, tangent, isOfSource: isOfSource))
          }
          return sum
        },
        vjp: { node, g in
          node.x.indices.map { index in
            index == 1
              ? nil : derivative(node, axis, index > 0 && index % 2 == 0, index, g, isOfSource: ofSource)
          }
        }), batching: batchedAlongside { operation(axis + 1, ofSource: ofSource, tangents: tangents) })
  }

  /// What belongs to one operand, along a direction of x or of the source.
  private static func derivative(
    _ node: Recorded, _ axis: Int, _ ofSource: Bool, _ index: Int, _ direction: Expression, isOfSource: Bool
  ) -> Expression {
    let (x, source) = (node.x[0], node.x[2])
    let type = node.node.type
    let pair =
      isOfSource
      ? [Expression.full(0, type, x.shape), direction.expanded(to: source.shape).asArray]
      : [direction.expanded(to: x.shape).asArray, Expression.full(0, type, source.shape)]
    var operands = node.x
    if index < 3 {
      operands += pair
    } else {
      operands.replaceSubrange(index - (index + 1) % 2...index + index % 2, with: pair)
    }
    return operation(axis, ofSource: ofSource, tangents: (operands.count - 3) / 2)
      .record(type, ofSource ? source.shape : x.shape, Operands(operands))
  }
}

/// The largest or smallest of x and the elements of a source at places along an axis; ties share the cotangent equally.
enum ScatterExtreme {
  static func operation(_ axis: Int, largest: Bool, _ use: IndexUse = .scatterReduce) -> Operation {
    Operation(
      largest ? "ScatterMax" : "ScatterMin", tag: ScatterExtreme.self,
      parameters: [axis, largest ? 1 : 0, use.rawValue],
      ScatterProduct.kernel(axis, largest ? .maximum : .minimum, use),
      .custom(
        jvp: { node, t in
          let (own, others, count) = shares(node, axis)
          var sum: Expression?
          if let tangent = t[0] { sum = tangent * own }
          if let tangent = t[2] {
            sum = .adding(sum, added((tangent * others).expanded(to: node.x[2].shape), node, axis))
          }
          return sum.map { $0 / count }
        },
        vjp: { node, g in
          let (own, others, count) = shares(node, axis)
          let share = (g / count).expanded(to: node.node.shape)
          return [share * own, nil, share.gathered(node.x[1], axis: axis) * others]
        }), batching: batchedAlongside { operation(axis + 1, largest: largest, use) })
  }

  private static func added(_ terms: Expression, _ node: Recorded, _ axis: Int) -> Expression {
    let zeros = Expression.full(0, terms.type, node.node.shape)
    return ScatterAdd.operation(axis).record(terms.type, node.node.shape, Operands([zeros, node.x[1], terms]))
  }

  /// Which elements are the result, as ones and zeros, and how many of them meet at each place.
  private static func shares(_ node: Recorded, _ axis: Int) -> (own: Expression, others: Expression, count: Expression)
  {
    let y = node.y
    let own = node.x[0].isChosen(as: y).expanded(to: node.node.shape)
    let others = node.x[2].isChosen(as: y.gathered(node.x[1], axis: axis)).expanded(to: node.x[2].shape)
    return (own, others, own + added(others, node, axis))
  }
}

extension Tensor where Scalar: TensorNumber {
  /// The tensor with the elements of `source` taken together along an axis at the places that `index` names.
  ///
  /// For the places that the index names the result is the sum, mean, product, maximum or minimum of the elements there, the
  /// tensor's own one among them unless `includingSelf` is false; other places keep theirs. The mean of integers is rounded
  /// down. Derivatives: of means over the number of elements; of products by the others, right also where some of them are 0;
  /// of extremes shared equally among ties. Products leave the range only where the result does.
  public func scatterReduce(
    axis: Int, at index: Tensor<Int>, _ source: Tensor, reduction: ScatterReduction, includingSelf: Bool = true
  ) -> Tensor {
    scatterReducing(axis, index, source, reduction, includingSelf: includingSelf, .scatterReduce)
  }

  func scatterReducing(
    _ axis: Int, _ index: Tensor<Int>, _ source: Tensor, _ reduction: ScatterReduction, includingSelf: Bool,
    _ use: IndexUse
  ) -> Tensor {
    if index.count == 0 { return self }
    func filled(_ number: Double) -> Tensor {
      if includingSelf { return self }
      let value = Tensor<Double>(number).converted(to: Scalar.self)
      return written(value.broadcast(to: index.shape), axis, index, use)
    }
    switch reduction {
    case .sum: return filled(0).added(source, axis, index, use)
    case .mean:
      let sum = filled(0).added(source, axis, index, use)
      let ones = Tensor.ones(shape)
      let base = includingSelf ? ones : ones.written(.zeros(index.shape), axis, index, use)
      let count = base.added(.ones(index.shape), axis, index, use)
      if Scalar.elementType.isFloatingPoint { return Tensor(sum.expression / count.expression) }
      return sum.divided(by: count, rounding: .down)
    case .product:
      return filled(1).scattered(use.name, axis, index, source) { ScatterProduct.operation($0, use) }
    case .maximum, .minimum:
      let largest = reduction == .maximum
      // The extreme of nothing: what every element of the source takes the place of.
      let base = Scalar.elementType.isFloatingPoint ? filled(largest ? -.infinity : .infinity) : self
      if !Scalar.elementType.isFloatingPoint && !includingSelf {
        return written(source, axis, index, use)
          .scattered(use.name, axis, index, source) { ScatterExtreme.operation($0, largest: largest, use) }
      }
      return base.scattered(use.name, axis, index, source) { ScatterExtreme.operation($0, largest: largest, use) }
    }
  }

  /// `scatter` and `scatterAdd` under the name of the function that was called.
  private func written(_ source: Tensor, _ axis: Int, _ index: Tensor<Int>, _ use: IndexUse) -> Tensor {
    scattered(use.name, axis, index, source) { Scatter.operation($0, use) }
  }

  private func added(_ source: Tensor, _ axis: Int, _ index: Tensor<Int>, _ use: IndexUse) -> Tensor {
    scattered(use.name, axis, index, source) { ScatterAdd.operation($0, use) }
  }
}
