import Testing

@testable import Adjoint

/// `gradients(of:withRespectTo:)`: gradients as values, of leaves and of what lies between.
@Suite struct GradientsOfTests {
  @Test func leavesAndResultsBetween() {
    let x = Tensor<Double>([1, 2, 3], requiresGrad: true)
    let y = x * x
    let slopes = gradients(of: (y * y).sum(), withRespectTo: [x, y])
    #expect(slopes.map(\.scalars) == [[4, 32, 108], [2, 8, 18]])
    #expect(x.grad == nil)
    #expect(slopes.allSatisfy { !$0.requiresGrad })
  }

  @Test func aGivenGradient() {
    let x = Tensor<Double>([1, 2, 3], requiresGrad: true)
    let slope = gradients(of: x * x, withRespectTo: [x], gradient: [1, 10, 100])
    #expect(slope[0].scalars == [2, 40, 600])
  }

  @Test func severalOutputs() {
    let x = Tensor<Double>([1, 2], requiresGrad: true)
    let w = Tensor<Double>([3, 5], requiresGrad: true)
    let (first, second) = ((x * w).sum(), x * x)
    let slopes = gradients(of: [first, second], withRespectTo: [x, w], gradient: [nil, Tensor([1, 10])])
    #expect(slopes.map(\.scalars) == [[3 + 2, 5 + 40], [1, 2]])
    let implicit = gradients(of: [w.sum(), (w * w).sum()], withRespectTo: [w])
    #expect(implicit[0].scalars == [7, 11])
  }

  @Test func higherOrder() {
    let x = Tensor<Double>([0.3, 1.1], requiresGrad: true)
    let y = (x.sin() * x.exp()).sum()
    let first = gradients(of: y, withRespectTo: [x], createGraph: true)[0]
    let second = gradients(of: first.sum(), withRespectTo: [x], createGraph: true)[0]
    let third = gradients(of: second.sum(), withRespectTo: [x])[0]
    // (sin x·eˣ)‴ = 2·eˣ·(cos x − sin x)
    let expected = (2 * x.exp() * (x.cos() - x.sin())).scalars
    for (a, b) in zip(third.scalars, expected) {
      #expect(abs(a - b) < 1e-12 * abs(b), "\(third), expected \(expected)")
    }
    #expect(first.requiresGrad && !third.requiresGrad && x.grad == nil)
  }

  /// As in PyTorch, the caller's mode does not matter: `createGraph` alone decides.
  @Test func createGraphInsideNoGrad() {
    let x = Tensor<Double>([3], requiresGrad: true)
    let y = (x * x * x).sum()
    let first = noGrad { gradients(of: y, withRespectTo: [x], createGraph: true)[0] }
    #expect(gradients(of: first.sum(), withRespectTo: [x])[0].scalars == [18])
  }

  @Test func unusedInputs() {
    let x = Tensor<Double>([1, 2], requiresGrad: true)
    let other = Tensor<Double>([1, 2], requiresGrad: true)
    let y = (x * x + x.sign()).sum()
    let slopes = gradients(of: y, withRespectTo: [x, other], retainGraph: true, allowUnused: true)
    #expect(slopes.map { $0?.scalars } == [[2, 4], nil])
    #expect(gradients(of: y, withRespectTo: [x], allowUnused: true)[0]?.scalars == [2, 4])
  }

  /// A slope of zero is a gradient; only what the output does not depend on has none.
  @Test func noSlopeIsNotUnused() {
    let x = Tensor<Double>([1, -2], requiresGrad: true)
    #expect(gradients(of: x.sign().sum(), withRespectTo: [x])[0].scalars == [0, 0])
    let slopes = gradients(of: (x.detached() * x.sign()).sum(), withRespectTo: [x], allowUnused: true)
    #expect(slopes[0]?.scalars == [0, 0])
  }

  @Test func theOutputItself() {
    let x = Tensor<Double>([4], requiresGrad: true)
    let y = x * x
    #expect(gradients(of: y, withRespectTo: [y, x], gradient: [3]).map(\.scalars) == [[3], [24]])
    #expect(gradients(of: x, withRespectTo: [x])[0].scalars == [1])
  }

  @Test func anInputTwice() {
    let x = Tensor<Double>([1, 2], requiresGrad: true)
    #expect(gradients(of: (x * x).sum(), withRespectTo: [x, x]).map(\.scalars) == [[2, 4], [2, 4]])
  }

  /// A gradient with a graph, held by nobody's `grad`, goes when it is let go of.
  @Test func noCycles() {
    weak var node: Node?
    do {
      let x = Tensor<Double>([1, 2], requiresGrad: true)
      node = x.node
      let first = gradients(of: (x * x * x).sum(), withRespectTo: [x], createGraph: true)[0]
      #expect(first.scalars == [3, 12])
    }
    #expect(node == nil)
  }

  @Test func theGraphIsReleasedOrKept() {
    let x = Tensor<Double>([1, 2], requiresGrad: true)
    let y = (x * x).sum()
    #expect(gradients(of: y, withRespectTo: [x], retainGraph: true)[0].scalars == [2, 4])
    #expect(gradients(of: y, withRespectTo: [x])[0].scalars == [2, 4])
    #expect(y.node.tracking == .released)
    #expect(y.item() == 5)
  }

  /// ∂(w·x)/∂w is x, yet no other name for it.
  @Test func aGradientIsATensorOfItsOwn() {
    let x = Tensor<Double>([1, 2], requiresGrad: true)
    let w = Tensor<Double>([3, 4], requiresGrad: true)
    let slope = gradients(of: (w * x).sum(), withRespectTo: [w])[0]
    let tracked = gradients(of: (w * x).sum(), withRespectTo: [w], createGraph: true)[0]
    noGrad { x.assign([7, 8]) }
    #expect(slope.scalars == [1, 2] && tracked.scalars == [1, 2])
    #expect(!slope.requiresGrad && tracked.requiresGrad && !tracked.isLeaf)
    #expect(gradients(of: (tracked * tracked).sum(), withRespectTo: [x])[0].scalars == [2, 4])
  }

  @Test func backwardIntoAResult() {
    let x = Tensor<Double>([1, 2], requiresGrad: true)
    let y = x * 3
    (y * y).sum().backward(inputs: [y])
    #expect(y.grad?.scalars == [6, 12])
    #expect(x.grad == nil)
  }

  @Test func leavesAndResults() {
    let x = Tensor<Double>([1, 2], requiresGrad: true)
    #expect(x.isLeaf && !(x * 2).isLeaf && Tensor<Double>([1]).isLeaf && (Tensor<Double>([1]) * 2).isLeaf)
    #expect(x.detached().isLeaf && noGrad { x * 2 }.isLeaf)
    let y = noGrad { x * 2 }
    y.requiresGrad = true
    #expect(y.isLeaf)
    (y * y).sum().backward()
    #expect(y.grad?.scalars == [4, 8] && x.grad == nil)
  }
}
