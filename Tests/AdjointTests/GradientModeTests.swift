import Testing

@testable import Adjoint

/// Tracking: who sees it, who does not, and what graphs survive.
@Suite struct GradientModeTests {
  @Test func noGradBelongsToItsTask() async {
    let x = Tensor<Float>([1, 2, 3], requiresGrad: true)
    await withTaskGroup(of: Bool.self) { group in
      for index in 0..<64 {
        group.addTask {
          if index.isMultiple(of: 2) {
            return await noGrad {
              await Task.yield()
              return !(x * 2).requiresGrad && !isGradEnabled
            }
          }
          await Task.yield()
          return (x * 2).requiresGrad && isGradEnabled
        }
      }
      for await isRight in group { #expect(isRight) }
    }
    #expect(isGradEnabled)
  }

  /// A child task inherits the mode, as it does every task-local value; a detached one does not.
  @Test func childrenInheritNoGrad() async {
    let modes = await noGrad {
      async let child = isGradEnabled
      let detached = Task.detached { isGradEnabled }
      return (await child, await detached.value)
    }
    #expect(modes == (false, true))
  }

  @Test func modesNest() throws {
    struct Failure: Error {}
    let x = Tensor<Float>([1, 2, 3], requiresGrad: true)
    noGrad {
      #expect(!(x * 2).requiresGrad)
      #expect(enableGrad { x * 2 }.requiresGrad)
      #expect(!isGradEnabled)
    }
    #expect(throws: Failure.self) { try noGrad { throw Failure() } }
    #expect(isGradEnabled)
  }

  @Test func anUpdateInsideNoGradIsSeenByEveryHandle() {
    var x = Tensor<Float>([1, 2, 3], requiresGrad: true)
    let other = x
    noGrad {
      x -= 1
      x *= Tensor([1, 2, 3])
    }
    #expect(other.scalars == [0, 2, 6])
    #expect(x.requiresGrad && x.isLeaf)
    noGrad { other.assign(Tensor(7)) }
    #expect(x.scalars == [7, 7, 7])
  }

  @Test func concurrentBackwardLosesNothing() async {
    let x = Tensor<Double>.ones(100, requiresGrad: true)
    let (tasks, rounds) = (16, 50)
    await withTaskGroup(of: Void.self) { group in
      for task in 1...tasks {
        group.addTask { for _ in 0..<rounds { (x * Double(task)).sum().backward() } }
      }
    }
    let expected = Double(rounds * tasks * (tasks + 1) / 2)
    #expect(x.grad!.scalars.allSatisfy { $0 == expected }, "\(x.grad!), expected \(expected)")
  }

  @Test func retainGraphAllowsAnotherBackward() {
    let x = Tensor<Double>([1, 2, 3], requiresGrad: true)
    let loss = (x * x).sum()
    loss.backward(retainGraph: true)
    #expect(x.grad?.scalars == [2, 4, 6])
    loss.backward()
    #expect(x.grad?.scalars == [4, 8, 12])
  }

  @Test func createGraphGivesSecondDerivatives() {
    let x = Tensor<Double>([1, 2, 3], requiresGrad: true)
    (x * x * x).sum().backward(createGraph: true)
    let first = x.grad!
    #expect(first.scalars == [3, 12, 27])
    #expect(first.requiresGrad)
    x.zeroGrad()
    first.sum().backward()
    #expect(x.grad?.scalars == [6, 12, 18])
    #expect(x.grad?.requiresGrad == false)
  }

  @Test func onlyTheGivenInputsGetGradients() {
    let x = Tensor<Double>([1, 2], requiresGrad: true)
    let w = Tensor<Double>([3, 4], requiresGrad: true)
    (x * w).sum().backward(inputs: [w])
    #expect(x.grad == nil)
    #expect(w.grad?.scalars == [1, 2])
  }

  @Test func retainGradKeepsAResultsGradient() {
    let x = Tensor<Double>([1, 2], requiresGrad: true)
    let y = x * 3
    y.retainGrad()
    (y * y).sum().backward()
    #expect(y.grad?.scalars == [6, 12])
    #expect(x.grad?.scalars == [18, 36])
  }

  @Test func aDetachedTensorPassesNoGradient() {
    let x = Tensor<Double>([1, 2], requiresGrad: true)
    let y = x * 3
    (y.detached() * y).sum().backward()
    #expect(!y.detached().requiresGrad && y.detached().isLeaf)
    #expect(x.grad?.scalars == [9, 18])
  }

  @Test func aLeafCanStopAndStartAgain() {
    let x = Tensor<Double>([1, 2], requiresGrad: true)
    let before = (x * x).sum()
    x.requiresGrad = false
    #expect(!(x * x).requiresGrad)
    x.requiresGrad = true
    before.backward()
    #expect(x.grad?.scalars == [2, 4])
  }

  @Test func whatIsStillHeldStaysUsable() {
    let x = Tensor<Double>([1, 2], requiresGrad: true)
    let y = x + 2
    (y * y).sum().backward()
    (y * y * y).sum().backward()
    #expect(x.grad?.scalars == [6.0 + 27, 8 + 48])
  }

  @Test func aGradientIsATensorOfItsOwn() {
    let x = Tensor<Double>([1, 2], requiresGrad: true)
    let seed = Tensor<Double>([1, 1])
    (x + 0).backward(seed)
    let first = x.grad!
    (x + 0).backward(seed)
    #expect(first.scalars == [1, 1])
    #expect(seed.scalars == [1, 1])
    #expect(x.grad?.scalars == [2, 2])
  }
}
