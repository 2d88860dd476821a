import AdjointKernels

/// The place of the largest element of each window, in its plane of the last two axes.
enum MaxPoolPosition {
  static func operation(_ window: PoolWindow) -> Operation {
    Operation(
      "MaxPoolPosition", tag: MaxPoolPosition.self, parameters: window.parameters,
      .opaque { call, values in
        let (input, type) = (call.operandShapes[0], call.operandTypes[0])
        let x = values[0].contiguous(type, input)
        return Pooling.largestPlaces(
          x.buffer, offset: x.offset, type, planes: input.dropLast(2).reduce(1, *),
          rows: window.axis(0, input, call.shape),
          columns: window.axis(1, input, call.shape))
      }, .none, batching: window.batching { operation(window) })
  }
}

/// The largest element of each window: the one at ``MaxPoolPosition``, which gets the whole cotangent.
enum MaxPool {}

/// The mean of each window.
enum AveragePool {
  static func operation(_ window: PoolWindow, _ divisor: Pooling.Divisor) -> Operation {
    Operation(
      "AveragePool", tag: AveragePool.self, parameters: window.parameters + divisor.parameters,
      .opaque { call, values in
        let input = call.operandShapes[0]
        let x = values[0].contiguous(call.type, input)
        return Pooling.averages(
          x.buffer, offset: x.offset, call.type, planes: input.dropLast(2).reduce(1, *),
          rows: window.axis(0, input, call.shape), columns: window.axis(1, input, call.shape), divisor)
      },
      .linear { node, g in
        [AveragePoolTranspose.operation(window, divisor).record(g.type, node.x[0].shape, Expression(g.asNode, g.value))]
      },
      batching: window.batching { operation(window, divisor) })
  }
}

/// A share of each element for every element of its window.
enum AveragePoolTranspose {
  static func operation(_ window: PoolWindow, _ divisor: Pooling.Divisor) -> Operation {
    Operation(
      "AveragePoolTranspose", tag: AveragePoolTranspose.self, parameters: window.parameters + divisor.parameters,
      .opaque { call, values in
        let (input, output) = (call.shape, call.operandShapes[0])
        let g = values[0].contiguous(call.type, output)
        return Pooling.spreadAverages(
          g.buffer, offset: g.offset, call.type, planes: input.dropLast(2).reduce(1, *),
          rows: window.axis(0, input, output),
          columns: window.axis(1, input, output), divisor)
      },
      .linear { node, g in
        [AveragePool.operation(window, divisor).record(g.type, node.x[0].shape, Expression(g.asNode, g.value))]
      },
      batching: window.batching { operation(window, divisor) })
  }
}

/// The windows of a pool over the last two axes, as far as shapes do not say them.
struct PoolWindow: Sendable {
  var kernel: [Int]
  var stride: [Int]
  var padding: [Int]
  var dilation: [Int]

  var parameters: [Int] { kernel + stride + padding + dilation }

  func axis(_ index: Int, _ input: Shape, _ output: Shape) -> WindowAxis {
    WindowAxis(
      input: input[input.rank - 2 + index], kernel: kernel[index], output: output[output.rank - 2 + index],
      stride: stride[index], padding: padding[index], dilation: dilation[index])
  }

  /// Planes of all examples beside each other.
  func batching(_ operation: @escaping @Sendable () -> Operation) -> Batching {
    { node, x, _, count in
      operation().record(node.type, node.shape.inserting(count, at: 0), Expression(x[0].asNode, x[0].value))
    }
  }
}

extension Pooling.Divisor {
  fileprivate var parameters: [Int] {
    switch self {
    case .paddedWindow: [0, 0]
    case .window: [1, 0]
    case .number(let number): [2, number]
    }
  }
}

extension Expression {
  /// The windows over the last `axes` axes, found to fit, with the extents of the result.
  fileprivate func pool(
    _ name: String, axes: Int, kernel: PerAxis, stride: PerAxis?, padding: PerAxis, dilation: PerAxis, ceilMode: Bool
  ) -> (window: PoolWindow, extents: [Int]) {
    guard shape.rank == axes + 1 || shape.rank == axes + 2 else {
      fatalError(
        "\(name): an input of shape \(shape); it must be [batch, channels, \(axes == 1 ? "columns" : "rows, columns")], or "
          + "without the batch")
    }
    let lead = shape.rank - axes
    guard shape.dropFirst(lead).allSatisfy({ $0 > 0 }) else {
      fatalError("\(name): an input of shape \(shape) has nothing to pool; only batch and channels may be 0")
    }
    var window = PoolWindow(
      kernel: kernel.checked(axes, atLeast: 1, "kernel", name),
      stride: (stride ?? kernel).checked(axes, atLeast: 1, "stride", name),
      padding: padding.checked(axes, atLeast: 0, "padding", name),
      dilation: dilation.checked(axes, atLeast: 1, "dilation", name))
    let extents = (0..<axes).map { axis in
      let (kernel, stride, padding, input) = (
        window.kernel[axis], window.stride[axis], window.padding[axis], shape[lead + axis]
      )
      let span = window.dilation[axis].multipliedClamped(by: kernel - 1).addingClamped(1)
      guard padding <= span / 2 else {
        fatalError(
          "\(name): padding \(padding) for a kernel that spans \(span) elements; it must be at most half of that, \(span / 2)"
        )
      }
      let padded = input.addingClamped(padding).addingClamped(padding)
      guard padded >= span || (ceilMode && padded.addingClamped(stride - 1) >= span) else {
        fatalError(
          "\(name): a kernel that spans \(span) elements and an input of shape \(shape) with padding \(padding); the kernel must "
            + "fit into the padded input")
      }
      var count = (padded.addingClamped(ceilMode ? stride - 1 : 0) - span) / stride + 1
      // The last window must begin in the input or in the padding before it.
      if ceilMode && (count - 1) * stride >= input + padding { count -= 1 }
      return count
    }
    if axes == 1 {
      window = PoolWindow(
        kernel: [1] + window.kernel, stride: [1] + window.stride, padding: [0] + window.padding,
        dilation: [1] + window.dilation)
    }
    return (window, extents)
  }

  /// A row for what has one axis only.
  fileprivate func withRows(_ axes: Int) -> Expression {
    axes == 1 ? reshaped(shape.inserting(1, at: shape.rank - 1)) : self
  }

  func maxPool(
    axes: Int, kernel: PerAxis, stride: PerAxis?, padding: PerAxis, dilation: PerAxis, ceilMode: Bool
  ) -> Expression {
    var (window, extents) = pool(
      "maxPool\(axes)D", axes: axes, kernel: kernel, stride: stride, padding: padding, dilation: dilation,
      ceilMode: ceilMode)
    let target = Shape(shape.dropLast(axes) + extents)
    _ = target.checked("maxPool\(axes)D")
    var x = withRows(axes)
    let planes = Shape(x.shape.dropLast(2) + (axes == 1 ? [1] : []) + extents)
    let dilated = window.dilation.contains { $0 > 1 }
    if dilated && (0...1).contains(where: { !window.axis($0, x.shape, planes).hasElements }) {
      // Windows that jump over the input: their largest element is that of the padding.
      let last = planes.rank
      let padding = (0...1).reversed().flatMap { axis in
        let span = window.dilation[axis] * (window.kernel[axis] - 1) + 1
        let whole = (planes[last - 2 + axis] - 1) * window.stride[axis] + span
        return [window.padding[axis], Swift.max(0, whole - window.padding[axis] - x.shape[last - 2 + axis])]
      }
      x = x.padded(padding, x.number(-.infinity))
      window.padding = [0, 0]
    }
    let positions = MaxPoolPosition.operation(window).record(.int64, planes, x.asArray)
    let (size, count) = (x.shape.dropFirst(x.shape.rank - 2).reduce(1, *), extents.reduce(1, *))
    let lead = x.shape.dropLast(2).reduce(1, *)
    return x.reshaped([lead, size]).gathered(positions.reshaped([lead, count]), axis: 1).reshaped(target)
  }

  func averagePool(
    axes: Int, kernel: PerAxis, stride: PerAxis?, padding: PerAxis, ceilMode: Bool, countsPadding: Bool, divisor: Int?
  ) -> Expression {
    let name = "averagePool\(axes)D"
    let (window, extents) = pool(
      name, axes: axes, kernel: kernel, stride: stride, padding: padding, dilation: 1, ceilMode: ceilMode)
    if divisor == 0 { fatalError("\(name): a divisor of 0; it must be another number") }
    let target = Shape(shape.dropLast(axes) + extents)
    _ = target.checked(name)
    let x = withRows(axes)
    let planes = Shape(x.shape.dropLast(2) + (axes == 1 ? [1] : []) + extents)
    return AveragePool.operation(window, divisor.map { .number($0) } ?? (countsPadding ? .paddedWindow : .window))
      .record(type, planes, x.asArray).reshaped(target)
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// The largest element of each window along the last axis: of x[n, c, i·stride + k·dilation − padding] over 0 ≤ k < kernel.
  ///
  /// See ``maxPool2D(_:stride:padding:dilation:ceilMode:)``.
  public func maxPool1D(
    _ kernel: PerAxis, stride: PerAxis? = nil, padding: PerAxis = 0, dilation: PerAxis = 1, ceilMode: Bool = false
  ) -> Tensor {
    Tensor(
      expression.maxPool(
        axes: 1, kernel: kernel, stride: stride, padding: padding, dilation: dilation, ceilMode: ceilMode))
  }

  /// The largest element of each window over the last two axes: of x[n, c, i·stride + k·dilation − padding, …] over
  /// 0 ≤ k < kernel.
  ///
  /// The tensor is [batch, channels, rows, columns], or without the batch. The stride is the kernel where none is given;
  /// the padding, at most half of what the kernel spans, is −∞. Each of the last extents of the result is
  /// ⌊(extent + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1, with `ceilMode` ⌈…⌉ + 1 as long as the last window begins in
  /// the input or in the padding before it. NaN is larger than any number. Derivative: the whole cotangent to the
  /// largest element of its window, the first of equal ones, the last NaN. The cost is a comparison for each element of each window.
  public func maxPool2D(
    _ kernel: PerAxis, stride: PerAxis? = nil, padding: PerAxis = 0, dilation: PerAxis = 1, ceilMode: Bool = false
  ) -> Tensor {
    Tensor(
      expression.maxPool(
        axes: 2, kernel: kernel, stride: stride, padding: padding, dilation: dilation, ceilMode: ceilMode))
  }

  /// The mean of each window along the last axis: Σ x[n, c, i·stride + k − padding] / kernel over 0 ≤ k < kernel.
  ///
  /// See ``averagePool2D(_:stride:padding:ceilMode:countsPadding:divisor:)``.
  public func averagePool1D(
    _ kernel: PerAxis, stride: PerAxis? = nil, padding: PerAxis = 0, ceilMode: Bool = false, countsPadding: Bool = true,
    divisor: Int? = nil
  ) -> Tensor {
    Tensor(
      expression.averagePool(
        axes: 1, kernel: kernel, stride: stride, padding: padding, ceilMode: ceilMode, countsPadding: countsPadding,
        divisor: divisor))
  }

  /// The mean of each window over the last two axes: Σ x[n, c, i·stride + k − padding, …] over 0 ≤ k < kernel, over the number
  /// of the window's elements.
  ///
  /// The tensor is [batch, channels, rows, columns], or without the batch. The stride is the kernel where none is given;
  /// the padding, at most half of the kernel, is zeros, which count as elements unless `countsPadding` is false. What `ceilMode` adds
  /// beyond the padding never counts. `divisor`, any number but 0, takes the place of the number of elements. The extents of the
  /// result are those of ``maxPool2D(_:stride:padding:dilation:ceilMode:)`` without dilation. The cost is an addition for each
  /// element of each window. Derivative: each cotangent over its divisor, for every element of its window.
  public func averagePool2D(
    _ kernel: PerAxis, stride: PerAxis? = nil, padding: PerAxis = 0, ceilMode: Bool = false, countsPadding: Bool = true,
    divisor: Int? = nil
  ) -> Tensor {
    Tensor(
      expression.averagePool(
        axes: 2, kernel: kernel, stride: stride, padding: padding, ceilMode: ceilMode, countsPadding: countsPadding,
        divisor: divisor))
  }
}
