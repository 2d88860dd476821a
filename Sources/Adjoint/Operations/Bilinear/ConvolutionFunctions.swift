import AdjointKernels

extension Expression {
  /// The arguments of a convolution over the last axes, found to fit.
  fileprivate struct Arguments {
    let name: String
    let isTransposed: Bool
    /// 1 or 2.
    let axes: Int
    let stride: [Int]
    let dilation: [Int]
    let groups: Int

    init(transposed: Bool, _ axes: Int, _ stride: PerAxis, _ dilation: PerAxis, _ groups: Int) {
      name = "\(transposed ? "transposedConvolution" : "convolution")\(axes)D"
      isTransposed = transposed
      self.axes = axes
      self.stride = stride.checked(axes, atLeast: 1, "stride", name)
      self.dilation = dilation.checked(axes, atLeast: 1, "dilation", name)
      self.groups = groups
      if groups < 1 { fatalError("\(name): \(groups) groups; there must be at least 1") }
    }

    /// The extents that the kernel spans along each axis.
    func spans(_ weight: Shape) -> [Int] {
      (0..<axes).map { dilation[$0].multipliedClamped(by: weight[2 + $0] - 1).addingClamped(1) }
    }

    func check(_ x: Shape, _ weight: Shape) {
      let (input, kernel) = (
        axes == 1 ? "[batch, channels, columns]" : "[batch, channels, rows, columns]",
        axes == 1 ? "columns" : "rows, columns"
      )
      guard x.rank == axes + 1 || x.rank == axes + 2 else {
        fatalError("\(name): an input of shape \(x); it must be \(input), or without the batch")
      }
      guard weight.rank == axes + 2 else {
        let (first, second) = isTransposed ? ("input", "output") : ("output", "input")
        fatalError(
          "\(name): a weight of shape \(weight); it must be [\(first) channels, \(second) channels of a group, \(kernel)]"
        )
      }
      guard weight.dropFirst(2).allSatisfy({ $0 > 0 }) else {
        fatalError("\(name): a weight of shape \(weight); the kernel must have at least one element along each axis")
      }
      guard weight[0] % groups == 0 else {
        fatalError(
          "\(name): \(groups) groups for a weight of shape \(weight); the groups must divide its first extent")
      }
    }

    func check(bias: Shape?, _ channels: Int) {
      if let bias, bias != [channels] {
        fatalError("\(name): a bias of shape \(bias); there must be one for each of \(channels) output channels")
      }
    }

    /// The operation's attributes, where a convolution in one dimension has one row.
    ///
    /// `places`: how many places the kernel has along each axis. From a single one no stride leads anywhere, however long.
    func window(_ padding: [Int], places: [Int]) -> Convolution.Window {
      func both(_ numbers: [Int], _ row: Int) -> [Int] { axes == 1 ? [row] + numbers : numbers }
      return Convolution.Window(
        stride: both(zip(stride, places).map { $1 > 1 ? $0 : 1 }, 1), padding: both(padding, 0),
        dilation: both(dilation, 1), groups: groups)
    }

    func withRows(_ shape: Shape) -> Shape { axes == 1 ? shape.inserting(1, at: 2) : shape }
  }

  /// Records one of the maps and adds the bias.
  fileprivate func convolution(
    _ role: Convolution.Role, _ arguments: Arguments, _ weight: Expression, _ bias: Expression?, padding: [Int],
    channels: Int, extents: [Int]
  ) -> Expression {
    let isBatch = shape.rank == arguments.axes + 2
    let batch = isBatch ? shape : shape.inserting(1, at: 0)
    let target = Shape([batch[0], channels] + extents)
    _ = target.checked(arguments.name)
    var result = Convolution.record(
      role, arguments.window(padding, places: role == .input ? Array(shape.suffix(arguments.axes)) : extents),
      arguments.withRows(target), reshaped(arguments.withRows(batch)),
      weight.reshaped(arguments.withRows(weight.shape))
    ).reshaped(isBatch ? target : Shape(target.dropFirst()))
    if let bias { result = result + bias.reshaped(Shape([channels] + extents.map { _ in 1 })) }
    return result
  }

  func convolution(
    _ weight: Expression, _ bias: Expression?, axes: Int, stride: PerAxis, padding: ConvolutionPadding,
    dilation: PerAxis, groups: Int
  ) -> Expression {
    let arguments = Arguments(transposed: false, axes, stride, dilation, groups)
    let name = arguments.name
    arguments.check(shape, weight.shape)
    let lead = shape.rank - axes
    guard shape[lead - 1] == weight.shape[1].multipliedClamped(by: groups) else {
      fatalError(
        "\(name): an input of shape \(shape) and a weight of shape \(weight.shape) in \(groups) "
          + "group\(groups == 1 ? "" : "s"); \(shape[lead - 1]) input channels must be \(groups) times \(weight.shape[1])"
      )
    }
    arguments.check(bias: bias?.shape, weight.shape[0])
    let spans = arguments.spans(weight.shape)
    let (before, after): ([Int], [Int])
    switch padding {
    case .valid: (before, after) = (spans.map { _ in 0 }, spans.map { _ in 0 })
    case .same:
      guard arguments.stride.allSatisfy({ $0 == 1 }) else {
        fatalError("\(name): padding same with stride \(stride); only a stride of 1 keeps the extents")
      }
      (before, after) = (spans.map { ($0 - 1) / 2 }, spans.map { $0 / 2 })
    case .zeros(let zeros):
      before = zeros.checked(axes, atLeast: 0, "padding", name)
      after = before
    }
    let extents = (0..<axes).map { axis in
      let padded = shape[lead + axis].addingClamped(before[axis]).addingClamped(after[axis])
      guard padded >= spans[axis] else {
        fatalError(
          "\(name): a kernel that spans \(spans) elements and an input of shape \(shape) with padding \(before); the kernel "
            + "must fit into the padded input")
      }
      return (padded - spans[axis]) / arguments.stride[axis] + 1
    }
    return convolution(
      .output, arguments, weight, bias, padding: before, channels: weight.shape[0], extents: extents)
  }

  func transposedConvolution(
    _ weight: Expression, _ bias: Expression?, axes: Int, stride: PerAxis, padding: PerAxis, outputPadding: PerAxis,
    dilation: PerAxis, groups: Int
  ) -> Expression {
    let arguments = Arguments(transposed: true, axes, stride, dilation, groups)
    let name = arguments.name
    arguments.check(shape, weight.shape)
    let lead = shape.rank - axes
    guard shape[lead - 1] == weight.shape[0] else {
      fatalError(
        "\(name): an input of shape \(shape) and a weight of shape \(weight.shape); the weight's first extent must be the "
          + "number of input channels, \(shape[lead - 1])")
    }
    let channels = weight.shape[1].multipliedClamped(by: groups)
    arguments.check(bias: bias?.shape, channels)
    let cut = padding.checked(axes, atLeast: 0, "padding", name)
    let more = outputPadding.checked(axes, atLeast: 0, "output padding", name)
    // PyTorch allows an empty batch any output padding, and extents of 0.
    let isEmpty = lead == 2 && shape[0] == 0
    guard isEmpty || (0..<axes).allSatisfy({ more[$0] < Swift.max(arguments.stride[$0], arguments.dilation[$0]) })
    else {
      fatalError(
        "\(name): output padding \(outputPadding) with stride \(stride) and dilation \(dilation); it must be smaller than one "
          + "of them")
    }
    let spans = arguments.spans(weight.shape)
    let extents = (0..<axes).map { axis in
      let whole = Swift.max(shape[lead + axis] - 1, 0).multipliedClamped(by: arguments.stride[axis]).addingClamped(
        spans[axis]
      )
      .addingClamped(more[axis])
      let rest = whole - cut[axis].multipliedClamped(by: 2)
      guard shape[lead + axis] > 0, rest > 0 || (rest == 0 && isEmpty) else {
        fatalError(
          "\(name): an input of shape \(shape), a kernel that spans \(spans) elements, stride \(stride) and padding \(padding) "
            + "leave no output; every extent must be at least 1")
      }
      return rest
    }
    return convolution(.input, arguments, weight, bias, padding: cut, channels: channels, extents: extents)
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// The convolution over the last axis: y[n, o, i] = bias[o] + Σ x[n, c, i·stride + k·dilation − padding]·weight[o, c, k] over the
  /// channels c of the group of o and the elements k of the kernel, with zeros outside the input.
  ///
  /// The tensor is [batch, channels, columns], or without the batch; `weight` is [output channels, channels / groups, kernel]
  /// and `bias` has one element for each output channel. The result's last extent is ⌊(columns + padding on both sides −
  /// dilation·(kernel − 1) − 1) / stride⌋ + 1; a kernel that does not fit into the padded input stops the process. As in
  /// PyTorch this is a correlation: the kernel is not flipped. Zeros of the padding are multiplied: an infinite
  /// weight gives NaN there. See ``convolution2D(_:bias:stride:padding:dilation:groups:)`` for accuracy, cost and
  /// derivatives.
  public func convolution1D(
    _ weight: Tensor, bias: Tensor? = nil, stride: PerAxis = 1, padding: ConvolutionPadding = 0, dilation: PerAxis = 1,
    groups: Int = 1
  ) -> Tensor {
    Tensor(
      expression.convolution(
        weight.expression, bias?.expression, axes: 1, stride: stride, padding: padding, dilation: dilation,
        groups: groups))
  }

  /// The convolution over the last two axes: y[n, o, i, j] = bias[o] + Σ x[n, c, i·stride + k·dilation − padding, …]·weight[o, c, k, l]
  /// over the channels c of the group of o and the elements (k, l) of the kernel, with zeros outside the input.
  ///
  /// The tensor is [batch, channels, rows, columns], or without the batch; `weight` is [output channels, channels / groups,
  /// kernel rows, kernel columns] and `bias` has one element for each output channel. Each of the last extents of the result
  /// is ⌊(extent + padding on both sides − dilation·(kernel − 1) − 1) / stride⌋ + 1; a kernel that does not fit into
  /// the padded input stops the process, a batch of 0 is allowed. As in PyTorch this is a correlation: the kernel is not flipped.
  ///
  /// An element is a sum in chains of 256 products, the chains added in order: the same bits on any number of threads. The
  /// cost is that of the product of the weight and the matrix of all patches, which is never made: copies of parts of the
  /// input take its place, about as large as a second-level cache for each thread. Derivatives: the transposed
  /// convolution of the cotangent with the weight, and the convolution of the input with the cotangent; both have each
  /// other and this as their own. (Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", arXiv:1603.07285.)
  public func convolution2D(
    _ weight: Tensor, bias: Tensor? = nil, stride: PerAxis = 1, padding: ConvolutionPadding = 0, dilation: PerAxis = 1,
    groups: Int = 1
  ) -> Tensor {
    Tensor(
      expression.convolution(
        weight.expression, bias?.expression, axes: 2, stride: stride, padding: padding, dilation: dilation,
        groups: groups))
  }

  /// The transpose of ``convolution1D(_:bias:stride:padding:dilation:groups:)`` as a map of its input, which is that function's
  /// derivative, plus a bias.
  ///
  /// The tensor is [batch, channels, columns], or without the batch; `weight` is [channels, output channels / groups, kernel]. The
  /// result's last extent is (columns − 1)·stride − 2·padding + dilation·(kernel − 1) + `outputPadding` + 1, and must be at
  /// least 1. With a stride several extents have the same convolution; the output padding, smaller than the stride or the
  /// dilation, says which is meant.
  public func transposedConvolution1D(
    _ weight: Tensor, bias: Tensor? = nil, stride: PerAxis = 1, padding: PerAxis = 0, outputPadding: PerAxis = 0,
    dilation: PerAxis = 1, groups: Int = 1
  ) -> Tensor {
    Tensor(
      expression.transposedConvolution(
        weight.expression, bias?.expression, axes: 1, stride: stride, padding: padding, outputPadding: outputPadding,
        dilation: dilation, groups: groups))
  }

  /// The transpose of ``convolution2D(_:bias:stride:padding:dilation:groups:)`` as a map of its input, which is that function's
  /// derivative, plus a bias.
  ///
  /// The tensor is [batch, channels, rows, columns], or without the batch; `weight` is [channels, output channels / groups,
  /// kernel rows, kernel columns]. Each of the last extents of the result is (extent − 1)·stride − 2·padding +
  /// dilation·(kernel − 1) + `outputPadding` + 1, and must be at least 1. With a stride several extents have the same
  /// convolution; the output padding, smaller than the stride or the dilation, says which is meant. Accuracy, cost and
  /// derivatives are those of the convolution, one pass for each remainder of the stride.
  public func transposedConvolution2D(
    _ weight: Tensor, bias: Tensor? = nil, stride: PerAxis = 1, padding: PerAxis = 0, outputPadding: PerAxis = 0,
    dilation: PerAxis = 1, groups: Int = 1
  ) -> Tensor {
    Tensor(
      expression.transposedConvolution(
        weight.expression, bias?.expression, axes: 2, stride: stride, padding: padding, outputPadding: outputPadding,
        dilation: dilation, groups: groups))
  }
}
