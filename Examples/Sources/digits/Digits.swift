import Adjoint
import Foundation

/// Images of digits, one per row, and what they show.
struct Digits {
  /// [count, 64], from 0 (white) to 1 (ink).
  let images: Tensor<Float>
  /// [count], from 0 to 9.
  let labels: Tensor<Int>

  var count: Int { labels.count }

  /// The UCI optical digits; see DATA.md.
  static func load() throws -> Digits {
    let path = Bundle.module.path(forResource: "digits", ofType: "safetensors")!
    let file = try SafetensorsFile(path: path)
    let images = try Tensor<Float>(file.tensor(named: "images")) / 16
    return Digits(images: images.reshaped(-1, 64), labels: try Tensor(file.tensor(named: "labels")))
  }

  /// The same images in a random order.
  func shuffled() -> Digits {
    let order = Tensor<Int>.permutation(count)
    return Digits(images: images.indexSelect(axis: 0, at: order), labels: labels.indexSelect(axis: 0, at: order))
  }

  /// The last share of the images apart from the others.
  func split(heldOut share: Double) -> (Digits, Digits) {
    let boundary = count - Int(Double(count) * share)
    return (slice(0, boundary), slice(boundary, count))
  }

  /// All images in order, at most `size` at a time.
  func batches(of size: Int) -> [Digits] {
    stride(from: 0, to: count, by: size).map { slice($0, $0 + size) }
  }

  /// The share of images that the network reads right.
  func accuracy(of network: Perceptron) -> Float {
    let answers = noGrad { network(images) }.argmax(axis: 1)
    return (answers .== labels).converted(to: Float.self).mean().item()
  }

  private func slice(_ start: Int, _ end: Int) -> Digits {
    Digits(images: images.slice(axis: 0, start: start, end: end), labels: labels.slice(axis: 0, start: start, end: end))
  }
}
