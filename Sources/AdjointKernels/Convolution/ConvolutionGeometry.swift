/// One axis of a convolution: output i meets input i·stride + k·dilation − padding with element k of the kernel.
public struct ConvolutionAxis: Sendable, Equatable {
  public var input: Int
  public var kernel: Int
  public var output: Int
  public var stride: Int
  /// Zeros before the first element; those behind the last follow from the output's extent.
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

/// A convolution of an input [batch, groups·inputChannels, rows, columns] with a weight [groups·outputChannels,
/// inputChannels, rows, columns].
public struct ConvolutionGeometry: Sendable, Equatable {
  public var batch: Int
  public var groups: Int
  /// Channels of a group.
  public var inputChannels: Int
  public var outputChannels: Int
  public var rows: ConvolutionAxis
  public var columns: ConvolutionAxis

  public init(
    batch: Int, groups: Int, inputChannels: Int, outputChannels: Int, rows: ConvolutionAxis, columns: ConvolutionAxis
  ) {
    self.batch = batch
    self.groups = groups
    self.inputChannels = inputChannels
    self.outputChannels = outputChannels
    self.rows = rows
    self.columns = columns
  }

  var taps: Int { rows.kernel * columns.kernel }
  var inputSize: Int { rows.input * columns.input }
  var outputSize: Int { rows.output * columns.output }
  var inputCount: Int { batch * groups * inputChannels * inputSize }
  var outputCount: Int { batch * groups * outputChannels * outputSize }
  var weightCount: Int { groups * outputChannels * inputChannels * taps }
}

extension ConvolutionAxis {
  /// What output i meets with element k of the kernel.
  func place(_ i: Int, _ k: Int) -> Int { i * stride + k * dilation - padding }

  /// The outputs that meet an element of the input with element k of the kernel.
  func outputs(_ k: Int) -> Range<Int> {
    let shift = padding - k * dilation
    let first = shift > 0 ? shift.dividedUp(by: stride) : 0
    let last = input + shift > 0 ? Swift.min(output, (input + shift).dividedUp(by: stride)) : 0
    return first..<Swift.max(first, last)
  }
}
