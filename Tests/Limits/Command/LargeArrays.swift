import Adjoint
import AdjointKernels
import Foundation

/// Just beyond what a signed number of 32 bits counts.
let beyond = 1 << 31 + 17

/// Operations on arrays of more than 2³¹ elements: what lies beyond must count, and be found.
func useLargeArrays() {
  func check(_ name: String, _ isRight: @autoclosure () -> Bool) {
    var result = false
    let time = seconds { result = isRight() }
    print("limits: \(name): \(result ? "right" : "wrong"), \(time.text(1)) s, at most \(Memory.peak.megabytes)")
    if !result { fail("\(name) of \(beyond) elements is wrong") }
    BufferPool.shared.trim()
  }
  let needed = 19 << 30
  guard available >= needed else {
    fail("large arrays need \(needed >> 30) GiB of free memory; there are \(available >> 30)")
  }

  // One byte an element.
  do {
    let end = beyond - 3
    let mask = Tensor<Bool>.concatenate([.full([end], false), .full([1], true), .full([2], false)])
    check("concatenate, Bool", mask.evaluate().count == beyond)
    check("an element, Bool", mask[end].item() && !mask[end - (1 << 31)].item())
    check("sum, Bool", mask.converted(to: Int.self).sum().item() == 1)
    check("any, Bool", mask.any(axes: nil).item())
    check("argmax, Bool as Int32", mask.converted(to: Int32.self).argmax().item() == end)
    check("logical not, Bool", (.!mask)[end].item() == false)
    check("add, Bool", (mask .| mask.flipped(axes: [0]))[2].item())
  }

  // Four bytes an element.
  do {
    let x = Tensor<Float>.concatenate([.full([beyond - 1], 0.5), .full([1], 7)]).evaluate()
    BufferPool.shared.trim()
    let sum = 0.5 * Double(beyond - 1) + 7
    check("sum, Float as Double", x.converted(to: Double.self).sum().item() == sum)
    check("sum, Float", abs(Double(x.sum().item()) / sum - 1) < 1e-6)
    check("amax, Float", x.amax().item() == 7)
    check("argmax, Float", x.argmax().item() == beyond - 1)
    check("a slice, Float", x[(beyond - 3)..<beyond].scalars == [0.5, 0.5, 7])
    check("rows, Float", x[0..<(1 << 31)].reshaped(1 << 29, 4).sum(axis: 1).amax().item() == 2)
    let product = 0.25 * Double(beyond - 1) + 49
    check("dot, Float", abs(Double(x.dot(x).item()) / product - 1) < 1e-6)
    check("norm, Float", abs(Double(x.norm().item()) / product.squareRoot() - 1) < 1e-6)
    let y = x + 1
    check("add and copy, Float", y[(beyond - 3)..<beyond].scalars == [1.5, 1.5, 8] && y[0].item() == 1.5)
  }

  // CBLAS counts in 32 bits: its calls are cut. Few elements other than 0, or sums in Float would be far from exact.
  do {
    var x = Buffer.filled(0, .float32, count: beyond)
    Buffer.withMutableSpan(&x, of: Float.self) { x in (x[0], x[1 << 31], x[beyond - 1]) = (1, 2, 7) }
    x.withSpan(of: Float.self) { x in
      check("BLAS.dot", BLAS.dot(x: x, y: x) == 54)
      check("BLAS.nrm2", abs(BLAS.nrm2(x: x) - Float(54).squareRoot()) < 1e-5)
      check("BLAS.asum", BLAS.asum(x: x) == 10)
      check("BLAS.iamax", BLAS.iamax(x: x) == beyond - 1)
      var y = Buffer(byteCount: 4 * beyond)
      Buffer.withMutableSpan(&y, of: Float.self) { y in
        BLAS.copy(x: x, y: &y)
        check("BLAS.copy", (y[0], y[1], y[1 << 31], y[beyond - 1]) == (1, 0, 2, 7))
        BLAS.axpy(alpha: 2, x: x, y: &y)
        check("BLAS.axpy", (y[0], y[1], y[1 << 31], y[beyond - 1]) == (3, 0, 6, 21))
      }
    }
  }
}

/// Bytes that can be had without pushing anybody else's out.
private var available: Int {
  let text = (try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8)) ?? ""
  for line in text.split(separator: "\n") where line.hasPrefix("MemAvailable:") {
    return (Int(line.split(whereSeparator: \.isWhitespace)[1]) ?? 0) << 10
  }
  return .max
}
