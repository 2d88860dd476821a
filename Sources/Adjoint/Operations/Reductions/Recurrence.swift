import AdjointKernels

/// s[k] = b[k] + a[k]·s[k − 1] along an axis, where a[0] does not matter; or its transpose with respect to b,
/// s[k] = b[k] + a[k + 1]·s[k + 1].
///
/// The derivatives of running logarithms of sums are recurrences of this kind, and so are its own: everything stays exact, in time proportional to the elements and without a division, zeros or not.
enum Recurrence {
  static func operation(_ axis: Int, transposed: Bool) -> Operation {
    Operation(
      "Recurrence", tag: Recurrence.self, parameters: [axis, transposed ? 1 : 0],
      .opaque { call, values in
        let operands = zip(values, call.operandShapes).map { $0.contiguous(call.type, $1).buffer }
        return Scans.recurrence(operands[0], operands[1], call.type, call.extents(axis), transposed: transposed)
      },
      .custom(
        jvp: { node, t in
          let a = node.x[0]
          var input: Expression?
          if let tangent = t[0] {
            input =
              transposed
              ? (tangent.expanded(to: a.shape) * node.y).shiftedBack(axis: axis)
              : tangent * node.y.shifted(axis: axis)
          }
          if let tangent = t[1] { input = .adding(input, tangent) }
          return input.map { a.recurrence($0.expanded(to: a.shape), axis: axis, transposed: transposed) }
        },
        vjp: { node, g in
          let b = node.x[0].recurrence(g, axis: axis, transposed: !transposed)
          return [transposed ? b.shifted(axis: axis) * node.y : b * node.y.shifted(axis: axis), b]
        }), batching: batchedAlongside { operation(axis + 1, transposed: transposed) })
  }
}

extension Expression {
  /// The recurrence with these factors and `terms`, which have one shape.
  func recurrence(_ terms: Expression, axis: Int, transposed: Bool) -> Expression {
    Recurrence.operation(axis, transposed: transposed).record(type, shape, Operands(asArray, terms))
  }
}
