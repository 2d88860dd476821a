/// A convolution of an input [batch, groups·inputChannels, rows, columns] with a weight [groups·outputChannels,
/// inputChannels, rows, columns].
public struct ConvolutionGeometry: Sendable, Equatable {
  public var batch: Int
  public var groups: Int
  /// Channels of a group.
  public var inputChannels: Int
  public var outputChannels: Int
  public var rows: WindowAxis
  public var columns: WindowAxis

  public init(
    batch: Int, groups: Int, inputChannels: Int, outputChannels: Int, rows: WindowAxis, columns: WindowAxis
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
