import Adjoint
import Foundation
import Testing

/// A structure of tensors with one line of conformance, in whatever takes trees.
@Suite struct TensorStructureTests {
  struct Layer: TensorStructure {
    var weights: Tensor<Double>
    var bias: Tensor<Double>?

    func callAsFunction(_ x: Tensor<Double>) -> Tensor<Double> {
      let y = x.matmul(weights)
      return bias.map { y + $0 } ?? y
    }
  }

  enum Activation: String, Codable { case tanh, relu }

  struct Model: TensorStructure {
    var name = "model"
    var layers: [Layer]
    var activation = Activation.tanh
    var scales: [String: Tensor<Double>]
    var repeats = 1
    var flags: [Bool] = [true]

    init(_ generator: RandomGenerator = RandomGenerator(seed: 1)) {
      func normal(_ extents: Int...) -> Tensor<Double> {
        Tensor(Tensor.randn(Shape(extents), generator: generator), requiresGrad: true)
      }
      layers = [
        Layer(weights: normal(3, 4), bias: normal(4)), Layer(weights: normal(4, 4), bias: nil),
        Layer(weights: normal(4, 1), bias: normal(1)),
      ]
      scales = ["b": normal(1), "a": normal(1)]
    }

    func callAsFunction(_ x: Tensor<Double>) -> Tensor<Double> {
      var y = x * scales["a"]!
      for layer in layers { for _ in 0..<repeats { y = layer(y).tanh() } }
      return y * scales["b"]!
    }
  }

  let x = Tensor<Double>.randn(5, 3, generator: RandomGenerator(seed: 2))

  @Test func tensorsStandInOrder() {
    let model = Model()
    #expect(model.tensors.map { Array($0.shape) } == [[3, 4], [4], [4, 4], [4, 1], [1], [1], [1]])
    var next = model.tensors.map { AnyTensor(Tensor<Double>.zeros($0.shape)) }[...]
    let zeros = model.replacingTensors(&next)
    #expect(next.isEmpty && zeros.layers[1].bias == nil && zeros.layers[2].weights == .zeros(4, 1))
    #expect(zeros.name == "model" && zeros.activation == .tanh && zeros.flags == [true])
  }

  @Test func gradientsAreStructures() {
    let layer = Layer(weights: Model().layers[0].weights.detached(), bias: .zeros(4))
    let loss = { (layer: Layer) in layer(self.x).tanh().sum() }
    let slopes = grad(of: loss)(layer)
    let byTensor = grad(of: { (w: Tensor<Double>) in x.matmul(w).tanh().sum() })(layer.weights)
    #expect(slopes.weights.scalars == byTensor.scalars)
    #expect(slopes.bias?.shape == [4])
    let (value, gradient) = valueAndGrad(of: loss)(layer)
    #expect(value.item() == loss(layer).item() && gradient.weights == slopes.weights)
    #expect(throws: Never.self) { try checkGradients(of: loss, at: layer) }
  }

  @Test func mapsAndCompiledFunctionsTakeThem() {
    let layers = (0..<3).map { _ in Layer(weights: .randn(3, 2), bias: .randn(2)) }
    let stacked = Layer(
      weights: Tensor.stack(layers.map(\.weights)), bias: Tensor.stack(layers.map { $0.bias! }))
    let all = vmap({ (layer: Layer) in layer(self.x).sum() })(stacked)
    for (index, layer) in layers.enumerated() {
      #expect(abs(all[index].item() - layer(x).sum().item()) < 1e-12)
    }
    let step = compiled({ (layer: Layer, x: Tensor<Double>) in layer(x).tanh() })
    for layer in layers { #expect(step(layer, x).scalars == layer(x).tanh().scalars) }
    // Another arrangement of the same type is recorded anew.
    let plain = Layer(weights: layers[0].weights, bias: nil)
    #expect(step(plain, x).scalars == plain(x).tanh().scalars)
  }

  /// What is recorded depends on the arrangement alone, and not on elements.
  @Test func elementsAreNoArrangement() {
    func arrangement(_ tree: some TensorTree) -> [AnyHashable] {
      var list: [AnyHashable] = []
      tree.addArrangement(to: &list)
      return list
    }
    let (a, b) = (Tensor<Double>([1, 2]), Tensor<Double>([3, 4], requiresGrad: true))
    #expect(arrangement(a) == [] && arrangement([a]) == arrangement([b]))
    #expect(arrangement(Layer(weights: a, bias: b)) == arrangement(Layer(weights: b, bias: a)))
    #expect(arrangement(Layer(weights: a, bias: b)) != arrangement(Layer(weights: a, bias: nil)))
    #expect(arrangement(Layer(weights: a, bias: b)) == ["weights", "bias"])
  }

  /// What is no tensor is a constant of what was recorded: another value, another recording.
  @Test func otherFieldsTellArrangementsApart() {
    struct Powers: TensorStructure {
      var base: Tensor<Double>
      var exponent = 1
    }
    let step = compiled({ (p: Powers) in (0..<p.exponent).reduce(Tensor<Double>.ones(2)) { y, _ in y * p.base } })
    for exponent in [1, 3, 1, 2] {
      #expect(step(Powers(base: [2, 3], exponent: exponent)).scalars == [2.0, 3].map { pow($0, Double(exponent)) })
    }
  }

  @Test func trainingAndSaving() throws {
    let (model, twin) = (Model(), Model())
    let optimizers = [
      SGD(model, learningRate: 0.05, momentum: 0.9), SGD(twin.layers, twin.scales, learningRate: 0.05, momentum: 0.9),
    ]
    for _ in 0..<5 {
      for (model, optimizer) in zip([model, twin], optimizers) {
        optimizer.zeroGrad()
        meanSquaredError(model(x), x[.all, 0..<1]).backward()
        optimizer.step()
      }
    }
    #expect(model(x) == twin(x) && model.layers[0].weights != Model().layers[0].weights)
    let again = try JSONDecoder().decode(Model.self, from: JSONEncoder().encode(model))
    #expect(again(x) == model(x) && again.layers[0].weights.requiresGrad)
  }

  @Test func classesAndGenericsToo() {
    final class Counter: TensorStructure {
      var sum: Tensor<Float>
      var steps: Int
      init(_ sum: Tensor<Float>, _ steps: Int) { (self.sum, self.steps) = (sum, steps) }
    }
    struct Pair<A: TensorTree & Codable, B: TensorTree & Codable>: TensorStructure {
      var a: A
      var b: B
    }
    let pair = Pair(a: Counter([1, 2], 3), b: [Tensor<Float>(4)])
    let slopes = grad(of: { (p: Pair<Counter, [Tensor<Float>]>) in (p.a.sum * p.a.sum * p.b[0]).sum() })(pair)
    #expect(slopes.a.sum.scalars == [8, 16] && slopes.b[0].item() == 5 && slopes.a.steps == 3)
  }
}
