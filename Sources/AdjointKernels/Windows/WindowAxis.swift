/// One axis of a convolution or a pool: output i meets input i·stride + k·dilation − padding with element k of the kernel.
public struct WindowAxis: Sendable, Equatable {
  public var input: Int
  public var kernel: Int
  public var output: Int
  public var stride: Int
  /// What is put before the first element; what comes behind the last follows from the output's extent.
  public var padding: Int
  public var dilation: Int

  public init(input: Int, kernel: Int, output: Int, stride: Int, padding: Int, dilation: Int) {
    self.input = input
    self.kernel = kernel
    self.output = output
    self.stride = stride
    self.padding = padding
    self.dilation = dilation
  }
}

extension WindowAxis {
  /// What output i meets with element k of the kernel.
  func place(_ i: Int, _ k: Int) -> Int { i * stride + k * dilation - padding }

  /// The outputs that meet an element of the input with element k of the kernel.
  func outputs(_ k: Int) -> Range<Int> {
    let shift = padding - k * dilation
    let first = shift > 0 ? shift.dividedUp(by: stride) : 0
    let last = input + shift > 0 ? Swift.min(output, (input + shift).dividedUp(by: stride)) : 0
    return first..<Swift.max(first, last)
  }

  /// The elements of window `index`.
  func window(_ index: Int) -> StrideTo<Int> {
    let start = index * stride - padding
    let end = Swift.min(start + (kernel - 1) * dilation + 1, input)
    return Swift.stride(
      from: start < 0 ? start + (dilation - 1 - start) / dilation * dilation : start, to: end, by: dilation)
  }

  /// Whether every window has an element.
  public var hasElements: Bool {
    (0..<output).allSatisfy {
      let window = window($0)
      return window.first(where: { _ in true }) != nil
    }
  }

  /// The elements of window `index` without dilation, and how many there are with the padding.
  func range(_ index: Int) -> (range: Range<Int>, padded: Int) {
    let start = index * stride - padding
    let (low, high) = (Swift.max(start, 0), Swift.min(start + kernel, input))
    return (low..<Swift.max(low, high), Swift.min(start + kernel, input + padding) - start)
  }
}
