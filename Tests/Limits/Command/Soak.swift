import Adjoint
import AdjointKernels
import Foundation

/// What a training loop keeps.
private struct Kept: CustomStringConvertible {
  let resident = Memory.resident
  let inUse = BufferPool.shared.statistics.bytesInUse
  let cached = BufferPool.shared.statistics.bytesCached
  var description: String {
    "\(resident.megabytes) resident, \(inUse) bytes in buffers, \(cached) bytes unused in the pool"
  }
}

/// Trains a small network for so many steps: recorded each time, and by a compiled gradient. Neither memory nor buffers may grow.
func train(_ steps: Int) {
  let inputs = numbers([32, 8]) - 0.6
  let targets = (inputs.sum(axis: 1).reshaped(32, 1) * 2).tanh()
  func network(_ x: D, _ w: [D]) -> D { ((x.matmul(w[0]) + w[1]).tanh().matmul(w[2]) + w[3]) }
  func loss(_ w: [D]) -> D { (network(inputs, w) - targets).square().mean() }
  func weights(_ isLeaf: Bool) -> [D] {
    [numbers([8, 16], seed: 3) - 0.6, D.zeros(16), numbers([16, 1], seed: 4) - 0.6, D.zeros(1)].map {
      isLeaf ? D($0.scalars, shape: $0.shape, requiresGrad: true) : $0.evaluate()
    }
  }

  let leaves = weights(true)
  let optimizer = SGD(leaves, learningRate: 0.05, momentum: 0.5)
  soak("recorded steps with SGD", steps) { step in
    optimizer.zeroGrad()
    let value = loss(leaves)
    value.backward()
    optimizer.step()
    return step % 1000 == 0 ? value.item() : nil
  }

  var free = weights(false)
  let descend = compiled { (w: [D]) -> [D] in
    let (_, gradients) = valueAndGrad(of: loss)(w)
    return zip(w, gradients).map { $0 - $1 * 0.05 }
  }
  soak("compiled steps", steps) { step in
    free = descend(free)
    return step % 1000 == 0 ? loss(free).item() : nil
  }
}

/// Runs steps, and compares what is kept after the first tenth with what is kept at the end.
private func soak(_ name: String, _ steps: Int, _ step: (Int) -> Double?) {
  var (early, losses): (Kept?, [Double]) = (nil, [])
  let time = seconds {
    for number in 0..<steps {
      if let loss = step(number) { losses.append(loss) }
      if number == steps / 10 { early = Kept() }
    }
  }
  let (before, after) = (early!, Kept())
  print(
    "limits: \(name): \(steps) in \(time.text(0)) s, loss \(losses.first!.text(5)) → \(losses.last!.text(5)); after a tenth \(before); at the "
      + "end \(after)")
  if losses.count > 1, !(losses.last! < losses.first!) {
    fail("\(name): the loss went from \(losses.first!) to \(losses.last!)")
  }
  if after.inUse > before.inUse + 4096 { fail("\(name): buffers grew from \(before.inUse) to \(after.inUse) bytes") }
  // A node is more than 100 bytes: one that stayed at every step would be 90 MB in a million steps.
  if after.resident - before.resident > max(1 << 20, steps * 4) {
    fail("\(name): the process grew from \(before.resident) to \(after.resident) bytes")
  }
}
