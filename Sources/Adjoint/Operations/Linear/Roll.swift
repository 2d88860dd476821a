import AdjointKernels

/// y[k] = x[(k − shift) mod n] along an axis: two blocks that change places.
enum Roll {
  static func operation(_ axis: Int, _ shift: Int) -> Operation {
    Operation(
      "Roll", tag: Roll.self, parameters: [axis, shift],
      .opaque { call, values in
        let strides = values[0].strides(call.shape)
        let target = call.shape.contiguousStrides
        let result = Buffer(byteCount: call.shape.elementCount * call.type.size)
        let extent = call.shape[axis]
        for (from, to, count) in [(extent - shift, 0, shift), (0, shift, extent - shift)] {
          var block = call.shape
          block[axis] = count
          let part = values[0].buffer.gathered(
            call.type, shape: block.dimensions, offset: values[0].offset + from * strides[axis], strides: strides)
          result.spread(part, call.type, shape: block.dimensions, offset: to * target[axis], strides: target)
        }
        return result
      },
      .linear { _, g in [g.rolled(axis: axis, by: -shift)] },
      batching: batchedAlongside { operation(axis + 1, shift) })
  }
}

extension Expression {
  func rolled(axis: Int, by shift: Int) -> Expression {
    let extent = shape[axis]
    if extent == 0 || isConstant { return self }
    let rest = ((shift % extent) + extent) % extent
    return rest == 0 ? self : Roll.operation(axis, rest).record(type, shape, self)
  }
}

extension Tensor {
  /// The elements along axes moved by some places; what leaves at one end comes back at the other.
  ///
  /// Without axes the elements move as if the tensor were one row. One shift per axis. Derivative: the cotangent
  /// moved back.
  public func rolled(by shifts: [Int], axes: [Int]? = nil) -> Tensor {
    guard let axes, !axes.isEmpty else {
      guard shifts.count == 1 else {
        fatalError("rolled: \(shifts.count) shifts without axes; without axes there is exactly one shift")
      }
      return Tensor(
        expression.reshaped(Shape(vector: count)).rolled(axis: 0, by: shifts[0]).reshaped(shape))
    }
    guard shifts.count == axes.count else {
      fatalError("rolled: shifts \(shifts) for axes \(axes); there must be one shift per axis")
    }
    if rank == 0 { return self }
    return Tensor(
      zip(shifts, axes).reduce(expression) { $0.rolled(axis: shape.checkedAxis($1.1, "rolled"), by: $1.0) })
  }

  /// The elements along an axis moved by some places.
  public func rolled(by shift: Int, axis: Int) -> Tensor { rolled(by: [shift], axes: [axis]) }
}
