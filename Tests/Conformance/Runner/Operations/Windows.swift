import Adjoint

extension OperationTable {
  /// Convolutions and pools.
  static var windows: [String: Entry] {
    var table: [String: Entry] = [:]
    for axes in [1, 2] {
      table["conv\(axes)d"] = { a in
        let (x, weight, bias) = (try a.real(0), try a.real(1), a.has(2) ? try a.real(2) : nil)
        let (stride, dilation) = (try perAxis(a, "stride", 1), try perAxis(a, "dilation", 1))
        let (padding, groups) = (try padding(a), try a.whole("groups", 1))
        return [
          axes == 1
            ? x.convolution1D(
              weight, bias: bias, stride: stride, padding: padding, dilation: dilation, groups: groups)
            : x.convolution2D(weight, bias: bias, stride: stride, padding: padding, dilation: dilation, groups: groups)
        ]
      }
      table["conv_transpose\(axes)d"] = { a in
        let (x, weight, bias) = (try a.real(0), try a.real(1), a.has(2) ? try a.real(2) : nil)
        let (stride, dilation) = (try perAxis(a, "stride", 1), try perAxis(a, "dilation", 1))
        let (padding, more) = (try perAxis(a, "padding", 0), try perAxis(a, "output_padding", 0))
        let groups = try a.whole("groups", 1)
        return [
          axes == 1
            ? x.transposedConvolution1D(
              weight, bias: bias, stride: stride, padding: padding, outputPadding: more, dilation: dilation,
              groups: groups)
            : x.transposedConvolution2D(
              weight, bias: bias, stride: stride, padding: padding, outputPadding: more, dilation: dilation,
              groups: groups)
        ]
      }
      table["max_pool\(axes)d"] = { a in
        let (x, kernel, stride) = (try a.real(0), try perAxis(a, "kernel_size", 1), try stride(a))
        let (padding, dilation) = (try perAxis(a, "padding", 0), try perAxis(a, "dilation", 1))
        let ceilMode = try a.flag("ceil_mode")
        return [
          axes == 1
            ? x.maxPool1D(kernel, stride: stride, padding: padding, dilation: dilation, ceilMode: ceilMode)
            : x.maxPool2D(kernel, stride: stride, padding: padding, dilation: dilation, ceilMode: ceilMode)
        ]
      }
      table["avg_pool\(axes)d"] = { a in
        let (x, kernel, stride) = (try a.real(0), try perAxis(a, "kernel_size", 1), try stride(a))
        let (padding, ceilMode) = (try perAxis(a, "padding", 0), try a.flag("ceil_mode"))
        let (counts, divisor) = (try a.flag("count_include_pad", true), try a.whole("divisor_override"))
        return [
          axes == 1
            ? x.averagePool1D(
              kernel, stride: stride, padding: padding, ceilMode: ceilMode, countsPadding: counts, divisor: divisor)
            : x.averagePool2D(
              kernel, stride: stride, padding: padding, ceilMode: ceilMode, countsPadding: counts, divisor: divisor)
        ]
      }
    }
    return table
  }

  private static func perAxis(_ a: Arguments<Real>, _ name: String, _ standard: Int) throws -> PerAxis {
    PerAxis(try a.wholes(name) ?? [standard])
  }

  /// Absent, null and the empty list are the kernel.
  private static func stride(_ a: Arguments<Real>) throws -> PerAxis? {
    guard let stride = try a.wholes("stride"), !stride.isEmpty else { return nil }
    return PerAxis(stride)
  }

  private static func padding(_ a: Arguments<Real>) throws -> ConvolutionPadding {
    switch a.text("padding") {
    case "same": .same
    case "valid": .valid
    case nil: .zeros(try perAxis(a, "padding", 0))
    case let text?: throw Unsupported(what: "\(a.operation) with padding \(text)")
    }
  }
}
