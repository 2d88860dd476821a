import AdjointKernels

/// How elements that meet at a place become one.
public enum ScatterReduction: Sendable {
  case sum
  case mean
  case product
  case maximum
  case minimum
}

/// x times the product of the elements of a source at places along an axis. No operand may be 0 where derivatives are taken.
enum ScatterProduct {
  static func operation(_ axis: Int, _ use: IndexUse = .scatterReduce) -> Operation {
    Operation(
      "ScatterProduct", tag: ScatterProduct.self, parameters: [axis, use.rawValue], kernel(axis, .product, use),
      .custom(
        jvp: { node, t in
          let x = node.x
          var share: Expression?
          if let tangent = t[0] { share = tangent / x[0] }
          if let tangent = t[2] {
            let zeros = Expression.full(0, node.node.type, node.node.shape)
            let terms = (tangent / x[2]).expanded(to: x[2].shape)
            share = .adding(
              share,
              ScatterAdd.operation(axis).record(node.node.type, node.node.shape, Operands([zeros, x[1], terms])))
          }
          return share.map { $0 * node.y }
        },
        vjp: { node, g in
          let products = (g * node.y).expanded(to: node.node.shape)
          return [products / node.x[0], nil, products.gathered(node.x[1], axis: axis) / node.x[2]]
        }), batching: batchedAlongside { operation(axis + 1, use) })
  }

  static func kernel(_ axis: Int, _ combination: Indexing.Combination, _ use: IndexUse) -> Kernel {
    .opaque { call, values in
      let (shape, source) = (call.shape, call.operandShapes[2])
      let result = values[0].copied(call.type, shape)
      Indexing.scatterCombine(
        into: result, call.type, index: values[1].contiguous(.int64, source).buffer,
        source: values[2].contiguous(call.type, source).buffer, outer: shape.outer(axis), extent: shape[axis],
        count: source[axis], inner: shape.inner(axis), combination, operation: use.name)
      return result
    }
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
  /// down. Derivatives: of means over the number of elements; of products by the others, right also where one of them is 0
  /// (second derivatives too, but for those of two zeros that meet); of extremes shared equally among ties.
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
      let base = filled(1)
      guard Scalar.elementType.isFloatingPoint else {
        return base.scattered(use.name, axis, index, source) { ScatterProduct.operation($0, use) }
      }
      return base.productOfScattered(axis, index, source, use)
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

  /// The product without zeros, times the one zero of a place if there is one: a zero has a derivative where it is alone.
  private func productOfScattered(
    _ axis: Int, _ index: Tensor<Int>, _ source: Tensor, _ use: IndexUse
  ) -> Tensor {
    let one = Expression(1, Scalar.elementType)
    func parted(_ x: Tensor) -> (factor: Tensor, zero: Tensor, isZero: Tensor) {
      let x = x.expression
      let isZero = Equal.operation.apply(x, x.number(0))
      return (
        Tensor(Select.apply(mask: isZero, one, x)), Tensor(Select.apply(mask: isZero, x, x.number(0))),
        Tensor(isZero.converted(to: x.type))
      )
    }
    let (own, others) = (parted(self), parted(source))
    let product = own.factor.scattered(use.name, axis, index, others.factor) { ScatterProduct.operation($0, use) }
    let zeros = own.isZero.added(others.isZero, axis, index, use)
    let alone = own.zero.added(others.zero, axis, index, use)
    let zero = alone.expression.number(0)
    let withOne = Select.apply(
      mask: Equal.operation.apply(zeros.expression, one), product.expression * alone.expression, zero)
    return Tensor(
      Select.apply(mask: Equal.operation.apply(zeros.expression, zero), product.expression, withOne))
  }
}
