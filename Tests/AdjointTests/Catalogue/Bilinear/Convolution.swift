@testable import Adjoint

extension Convolution: OperationDeclaration {
  static let samples: [Sample] = forward + transposed

  /// Input, weight, stride, padding, dilation, groups.
  private static let forward =
    ([
      ([2, 3, 5], [2, 3, 2], 1, 0, 1, 1), ([3, 7], [4, 3, 3], 2, 1, 1, 1), ([1, 4, 9], [2, 2, 3], 1, .same, 2, 2),
      ([2, 2, 4, 5], [3, 2, 3, 2], 1, 1, 1, 1), ([1, 4, 6, 5], [4, 1, 2, 3], [2, 1], [1, 2], [1, 2], 4),
      ([2, 5, 4], [1, 2, 2, 2], 3, .valid, 1, 1), ([0, 2, 4, 4], [3, 2, 3, 3], 1, 1, 1, 1),
      ([1, 2, 3, 3], [2, 2, 1, 1], 2, 0, 1, 1),
    ] as [(Shape, Shape, PerAxis, ConvolutionPadding, PerAxis, Int)])
    .map { x, w, stride, padding, dilation, groups in
      Sample(
        "\(x) with \(w), stride \(stride), padding \(padding), dilation \(dilation), \(groups) groups",
        [.uniform(x, -1...1), .uniform(w, -1...1)]
      ) {
        [
          $0[0].convolution(
            $0[1], nil, axes: w.rank - 2, stride: stride, padding: padding, dilation: dilation, groups: groups)
        ]
      }
    }

  /// Input, weight, stride, padding, output padding, dilation, groups.
  private static let transposed =
    ([
      ([2, 3, 4], [3, 2, 3], 1, 0, 0, 1, 1), ([4, 3], [4, 1, 2], 3, 1, 2, 1, 2),
      ([1, 2, 3, 2], [2, 3, 2, 3], 2, 1, [1, 0], 1, 1),
      ([2, 4, 2, 3], [4, 1, 3, 2], [1, 3], [2, 0], [0, 1], [2, 1], 4), ([0, 2, 3, 3], [2, 2, 2, 2], 2, 0, 0, 1, 1),
    ] as [(Shape, Shape, PerAxis, PerAxis, PerAxis, PerAxis, Int)])
    .map { x, w, stride, padding, more, dilation, groups in
      Sample(
        "transposed: \(x) with \(w), stride \(stride), padding \(padding) and \(more), dilation \(dilation), \(groups) groups",
        [.uniform(x, -1...1), .uniform(w, -1...1), .uniform([w[1] * groups], -1...1)]
      ) {
        [
          $0[0].transposedConvolution(
            $0[1], $0[2], axes: w.rank - 2, stride: stride, padding: padding, outputPadding: more, dilation: dilation,
            groups: groups)
        ]
      }
    }
}
