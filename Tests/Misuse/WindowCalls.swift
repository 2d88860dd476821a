import Adjoint

/// Convolutions and pools.
func windows() -> [Misuse] {
  let (line, plane) = (F.ones(2, 4, 9), F.ones(2, 4, 5, 6))
  let (w1, w2) = (F.ones(6, 4, 3), F.ones(6, 4, 3, 3))
  var list: [Misuse] = [
    Misuse("convolution1D", "convolution1D of a vector") { F.ones(3).convolution1D(F.ones(1, 3, 2)) },
    Misuse("convolution1D", "convolution1D of four axes") { plane.convolution1D(w1) },
    Misuse("convolution2D", "convolution2D of two axes") { x.convolution2D(w2) },
    Misuse("convolution1D", "convolution1D with a weight of four axes") { line.convolution1D(w2) },
    Misuse("convolution2D", "convolution2D with a weight of three axes") { plane.convolution2D(w1) },
    Misuse("convolution2D", "convolution2D with a kernel of nothing") { plane.convolution2D(F.ones(6, 4, 0, 3)) },
    Misuse("convolution2D", "convolution2D of four channels with three") { plane.convolution2D(F.ones(6, 3, 3, 3)) },
    Misuse("convolution2D", "convolution2D in two groups of four") { plane.convolution2D(w2, groups: 2) },
    Misuse("convolution2D", "convolution2D of seven outputs in two groups") {
      plane.convolution2D(F.ones(7, 2, 3, 3), groups: 2)
    },
    Misuse("convolution2D", "convolution2D with a bias of five") { plane.convolution2D(w2, bias: F.ones(5)) },
    Misuse("convolution2D", "convolution2D with three strides") { plane.convolution2D(w2, stride: [1, 1, 1]) },
    Misuse("convolution1D", "convolution1D with two strides") { line.convolution1D(w1, stride: [1, 1]) },
    Misuse("convolution2D", "convolution2D, padding same with stride 2") {
      plane.convolution2D(w2, stride: 2, padding: .same)
    },
    Misuse("convolution2D", "convolution2D with a large kernel") { plane.convolution2D(F.ones(6, 4, 6, 1)) },
    Misuse("convolution1D", "convolution1D, dilation 5") { line.convolution1D(w1, dilation: 5) },
    Misuse("convolution1D", "convolution1D, dilation .max") { line.convolution1D(w1, dilation: PerAxis(.max)) },
    Misuse("convolution1D", "convolution1D, padding .max") { line.convolution1D(w1, padding: .zeros(PerAxis(.max))) },
    Misuse("convolution1D", "convolution1D, padding 1 << 46") {
      line.convolution1D(w1, padding: .zeros(PerAxis(1 << 46)))
    },
    Misuse("transposedConvolution1D", "transposedConvolution1D of two axes with four") {
      x.transposedConvolution1D(w2)
    },
    Misuse("transposedConvolution2D", "transposedConvolution2D of four channels with six") {
      plane.transposedConvolution2D(w2)
    },
    Misuse("transposedConvolution1D", "transposedConvolution1D of four channels in three groups") {
      line.transposedConvolution1D(F.ones(4, 2, 3), groups: 3)
    },
    Misuse("transposedConvolution1D", "transposedConvolution1D with a bias of two") {
      line.transposedConvolution1D(F.ones(4, 2, 3), bias: F.ones(2), groups: 2)
    },
    Misuse("transposedConvolution1D", "transposedConvolution1D, output padding 2") {
      line.transposedConvolution1D(F.ones(4, 2, 3), stride: 2, outputPadding: 2)
    },
    Misuse("transposedConvolution1D", "transposedConvolution1D, padding 6") {
      line.transposedConvolution1D(F.ones(4, 2, 3), padding: 6)
    },
    Misuse("transposedConvolution1D", "transposedConvolution1D, stride .max") {
      line.transposedConvolution1D(F.ones(4, 2, 3), stride: PerAxis(.max))
    },
    Misuse("transposedConvolution1D", "transposedConvolution1D, padding .max") {
      line.transposedConvolution1D(F.ones(4, 2, 3), padding: PerAxis(.max))
    },
    Misuse("transposedConvolution1D", "transposedConvolution1D of nothing, stride and padding .max") {
      F.ones(1, 4, 0).transposedConvolution1D(F.ones(4, 2, 3), stride: PerAxis(.max), padding: PerAxis(.max))
    },
    Misuse("transposedConvolution1D", "transposedConvolution1D of nothing") {
      F.ones(1, 4, 0).transposedConvolution1D(F.ones(4, 2, 3))
    },
    Misuse("maxPool1D", "maxPool1D of four axes") { plane.maxPool1D(2) },
    Misuse("maxPool2D", "maxPool2D of two axes") { x.maxPool2D(2) },
    Misuse("averagePool2D", "averagePool2D with three extents") { plane.averagePool2D([2, 2, 2]) },
    Misuse("maxPool2D", "maxPool2D of nothing") { F.ones(1, 2, 0, 3).maxPool2D(1) },
    Misuse("maxPool2D", "maxPool2D, kernel 6") { plane.maxPool2D(6) },
    Misuse("averagePool1D", "averagePool1D, kernel 10") { line.averagePool1D(10) },
    Misuse("maxPool1D", "maxPool1D, kernel .max") { line.maxPool1D(PerAxis(.max)) },
    Misuse("maxPool1D", "maxPool1D, padding 2 for a kernel of 3") { line.maxPool1D(3, padding: 2) },
    Misuse("averagePool2D", "averagePool2D, padding 2 for a kernel of [4, 3]") {
      plane.averagePool2D([4, 3], padding: 2)
    },
    Misuse("averagePool2D", "averagePool2D, divisor 0") { plane.averagePool2D(2, divisor: 0) },
  ]
  for size in [0, -1, .min] {
    list += [
      Misuse("convolution1D", "convolution1D, stride \(size)") { line.convolution1D(w1, stride: PerAxis(size)) },
      Misuse("convolution2D", "convolution2D, dilation \(size)") { plane.convolution2D(w2, dilation: PerAxis(size)) },
      Misuse("convolution1D", "convolution1D in \(size) groups") { line.convolution1D(w1, groups: size) },
      Misuse("maxPool1D", "maxPool1D, kernel \(size)") { line.maxPool1D(PerAxis(size)) },
      Misuse("averagePool2D", "averagePool2D, stride \(size)") { plane.averagePool2D(2, stride: PerAxis(size)) },
      Misuse("maxPool2D", "maxPool2D, dilation \(size)") { plane.maxPool2D(2, dilation: PerAxis(size)) },
    ]
    if size == 0 { continue }
    list += [
      Misuse("convolution1D", "convolution1D, padding \(size)") {
        line.convolution1D(w1, padding: .zeros(PerAxis(size)))
      },
      Misuse("transposedConvolution1D", "transposedConvolution1D, padding \(size)") {
        line.transposedConvolution1D(F.ones(4, 2, 3), padding: PerAxis(size))
      },
      Misuse("transposedConvolution1D", "transposedConvolution1D, output padding \(size)") {
        line.transposedConvolution1D(F.ones(4, 2, 3), outputPadding: PerAxis(size))
      },
      Misuse("maxPool1D", "maxPool1D, padding \(size)") { line.maxPool1D(2, padding: PerAxis(size)) },
    ]
  }
  return list
}
