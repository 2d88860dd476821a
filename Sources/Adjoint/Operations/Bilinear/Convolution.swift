import AdjointKernels

/// The three bilinear maps of a convolution, each of which has the two others as its derivatives: from input and weight to
/// output, from output and weight to input (the transposed convolution), and from input and output to weight.
///
/// Arrays are [batch, channels, rows, columns], weights [output channels, input channels of a group, rows, columns]. A
/// convolution in one dimension has a single row.
enum Convolution {
  /// Which of the three arrays is made of the others. The input comes before the output, and both before the weight.
  enum Role: Int {
    case output, input, weight
  }

  /// What shapes do not say: for rows and columns each.
  struct Window: Sendable {
    var stride: [Int]
    var padding: [Int]
    var dilation: [Int]
    var groups: Int
  }

  static func operation(_ role: Role, _ window: Window) -> Operation {
    let name =
      switch role {
      case .output: "Convolution"
      case .input: "TransposedConvolution"
      case .weight: "ConvolutionByWeight"
      }
    return Operation(
      name, tag: Convolution.self,
      parameters: [role.rawValue, window.groups] + window.stride + window.padding + window.dilation,
      .opaque { call, values in
        let places = (0...1).map { index in
          let value = values[index].contiguous(call.type, call.operandShapes[index])
          return BufferPlace(value.buffer, offset: value.offset)
        }
        let (first, second) = (call.operandShapes[0], call.operandShapes[1])
        switch role {
        case .output:
          let geometry = window.geometry(input: first, weight: second, output: call.shape)
          return Convolving.forward(call.type, geometry, places[0], places[1])
        case .input:
          let geometry = window.geometry(input: call.shape, weight: second, output: first)
          return Convolving.inputGradient(call.type, geometry, places[0], places[1])
        case .weight:
          let geometry = window.geometry(input: first, weight: call.shape, output: second)
          return Convolving.weightGradient(call.type, geometry, places[0], places[1])
        }
      },
      .bilinear(
        left: { node, g in
          let (target, other) = (node.x[0].shape, node.x[1])
          return switch role {
          case .output: record(.input, window, target, g, other)
          case .input: record(.output, window, target, g, other)
          case .weight: record(.input, window, target, other, g)
          }
        },
        right: { node, g in
          let (target, other) = (node.x[1].shape, node.x[0])
          return switch role {
          case .output: record(.weight, window, target, other, g)
          case .input: record(.weight, window, target, g, other)
          case .weight: record(.output, window, target, other, g)
          }
        }),
      batching: { node, x, isBatched, count in batched(role, window, node.shape, x, isBatched, count) })
  }

  static func record(
    _ role: Role, _ window: Window, _ target: Shape, _ a: Expression, _ b: Expression
  ) -> Expression {
    operation(role, window).record(
      a.type, target, Operands(Expression(a.asNode, a.value), Expression(b.asNode, b.value)))
  }

  /// Where the examples share the weight they are one batch; otherwise each has groups of its own.
  private static func batched(
    _ role: Role, _ window: Window, _ shape: Shape, _ x: [Expression], _ isBatched: [Bool], _ count: Int
  ) -> Expression {
    if role != .weight && !isBatched[1] {
      var (merged, target) = (Shape(x[0].shape.dropFirst()), shape)
      (merged[0], target[0]) = (count * merged[0], count * target[0])
      return record(role, window, target, x[0].reshaped(merged), x[1]).reshaped(shape.inserting(count, at: 0))
    }
    // Examples beside each other as channels.
    func beside(_ array: Expression) -> Expression {
      let shape = array.shape
      return array.permuted([1, 0, 2, 3, 4]).reshaped([shape[1], count * shape[2], shape[3], shape[4]])
    }
    var wide = window
    wide.groups = count * window.groups
    let (a, b) = (x[0].repeated(count, unless: isBatched[0]), x[1].repeated(count, unless: isBatched[1]))
    var target = shape
    if role == .weight {
      target[0] = count * shape[0]
      return record(role, wide, target, beside(a), beside(b)).reshaped(shape.inserting(count, at: 0))
    }
    target[1] = count * shape[1]
    let weight = Shape([count * b.shape[1]] + b.shape.dropFirst(2))
    return record(role, wide, target, beside(a), b.reshaped(weight))
      .reshaped([shape[0], count, shape[1], shape[2], shape[3]]).permuted([1, 0, 2, 3, 4])
  }
}

extension Convolution.Window {
  func geometry(input: Shape, weight: Shape, output: Shape) -> ConvolutionGeometry {
    func axis(_ index: Int) -> WindowAxis {
      WindowAxis(
        input: input[2 + index], kernel: weight[2 + index], output: output[2 + index], stride: stride[index],
        padding: padding[index], dilation: dilation[index])
    }
    return ConvolutionGeometry(
      batch: input[0], groups: groups, inputChannels: weight[1], outputChannels: weight[0] / groups, rows: axis(0),
      columns: axis(1))
  }
}
