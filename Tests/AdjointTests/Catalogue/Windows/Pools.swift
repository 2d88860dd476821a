@testable import Adjoint

extension MaxPoolPosition: OperationDeclaration {
  static let samples = [
    Sample("[1, 2, 4, 4] in 2", [.uniform([1, 2, 4, 4], -2...2)], isSmooth: false) { x in
      let window = PoolWindow(kernel: [2, 2], stride: [2, 2], padding: [0, 0], dilation: [1, 1])
      return [operation(window).record(.int64, [1, 2, 2, 2], x[0].asArray)]
    }
  ]
}

extension MaxPool: OperationDeclaration {
  static let samples =
    ([
      ([2, 3, 7], 2, nil, 0, 1, false), ([3, 6], 3, 1, 1, 1, false), ([1, 2, 9], 3, 2, 1, 2, true),
      ([2, 2, 4, 5], 2, nil, 0, 1, true), ([3, 5, 4], [3, 2], [1, 2], [1, 0], 1, false),
      ([1, 1, 6, 7], 2, 1, 0, [2, 3], false), ([0, 2, 4, 4], 2, nil, 0, 1, false),
    ] as [(Shape, PerAxis, PerAxis?, PerAxis, PerAxis, Bool)])
    .map { shape, kernel, stride, padding, dilation, ceilMode in
      let axes = kernel.numbers.count == 2 || dilation.numbers.count == 2 || shape.rank == 4 ? 2 : 1
      // Distinct numbers, far from each other.
      let numbers = (0..<shape.elementCount).map { Double($0 * 7 % 61) + Double($0) / 100 }
      let input = shape.elementCount == 0 ? Sample.Input.uniform(shape, -1...1) : .values(numbers, shape)
      return Sample(
        "\(shape) in \(kernel), stride \(stride.map { "\($0)" } ?? "none"), padding \(padding), dilation \(dilation), up: \(ceilMode)",
        [input, .uniform([1], 0.5...2)]
      ) {
        [
          ($0[0] * $0[1]).maxPool(
            axes: axes, kernel: kernel, stride: stride, padding: padding, dilation: dilation, ceilMode: ceilMode)
        ]
      }
    }
}

extension AveragePool: OperationDeclaration {
  static let samples =
    ([
      ([2, 3, 7], 2, nil, 0, false, true, nil), ([3, 6], 3, 1, 1, false, false, nil),
      ([1, 2, 8], 3, 2, 1, true, true, nil),
      ([2, 2, 4, 5], 2, nil, 1, true, false, nil), ([3, 5, 4], [3, 2], [1, 2], [1, 0], false, true, -3),
      ([0, 2, 4, 4], 2, nil, 0, false, true, nil),
    ] as [(Shape, PerAxis, PerAxis?, PerAxis, Bool, Bool, Int?)])
    .map { shape, kernel, stride, padding, ceilMode, countsPadding, divisor in
      let axes = kernel.numbers.count == 2 || shape.rank == 4 ? 2 : 1
      return Sample(
        "\(shape) in \(kernel), stride \(stride.map { "\($0)" } ?? "none"), padding \(padding), up: \(ceilMode), "
          + "counted: \(countsPadding), divisor \(divisor ?? 0)", [.uniform(shape, -2...2)]
      ) {
        [
          $0[0].averagePool(
            axes: axes, kernel: kernel, stride: stride, padding: padding, ceilMode: ceilMode,
            countsPadding: countsPadding, divisor: divisor)
        ]
      }
    }
}

extension AveragePoolTranspose: OperationDeclaration {
  static let samples = [
    Sample("[2, 2, 2, 3] in [3, 2]", [.uniform([2, 2, 2, 3], -2...2)]) { x in
      let window = PoolWindow(kernel: [3, 2], stride: [2, 1], padding: [1, 0], dilation: [1, 1])
      return [operation(window, .window).record(x[0].type, [2, 2, 4, 4], x[0].asArray)]
    }
  ]
}
