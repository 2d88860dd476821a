// Trains a multilayer perceptron to read handwritten digits: 64 pixels, 128 hidden units, 10 classes.
import Adjoint
import Foundation

let epochs = 30
let batchSize = 32
manualSeed(4)

// A fifth of the images is held out: the network is judged by images that it has never seen.
let (training, heldOut) = try Digits.load().shuffled().split(heldOut: 0.2)

let network = Perceptron(inputs: 64, hidden: 128, classes: 10)
let optimizer = SGD(network.parameters, learningRate: 0.1, momentum: 0.9, weightDecay: 1e-4)
let progress = ProgressLine()

print("\(training.count) images of digits to learn from, \(heldOut.count) held out")
for epoch in 1...epochs {
  let shuffled = training.shuffled()
  var total: Tensor<Float> = 0
  for batch in shuffled.batches(of: batchSize) {
    optimizer.zeroGrad()
    let loss = crossEntropy(network(batch.images), batch.labels)
    loss.backward()
    optimizer.step()
    // Adding up without reading costs nothing here: the sum is computed when it is printed.
    total += loss.detached() * Float(batch.count)
  }
  // Smaller and smaller steps let the last epochs settle.
  optimizer.learningRate *= 0.9
  progress.show(
    "epoch \(epoch) of \(epochs): loss \(decimals(total.item() / Float(training.count), 4)), "
      + "held-out accuracy \(percent(heldOut.accuracy(of: network)))")
}
progress.finish()

let accuracy = heldOut.accuracy(of: network)
print("held-out accuracy: \(percent(accuracy)) of \(heldOut.count) images")
exit(accuracy >= 0.97 ? EXIT_SUCCESS : EXIT_FAILURE)

func percent(_ share: Float) -> String { decimals(share * 100, 1) + " %" }
func decimals(_ number: Float, _ places: Int) -> String { String(format: "%.\(places)f", number) }
