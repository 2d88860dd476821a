import Testing

@testable import Adjoint

/// What a record is made of stays what it was when tensors change later: masks, numbers, captured results, arrangements.
@Suite struct RecordedStateTests {
  typealias D = Tensor<Double>

  /// Two choices by one mask that was written to in between are two choices.
  @Test func masksThatChange() {
    let mask = Tensor<Bool>([true, false])
    let x = D([1, 2], requiresGrad: true)
    let z = x * 3
    let first = D.where(mask, z, 0)
    mask.assign(Tensor<Bool>([false, true]))
    (first + D.where(mask, z, 0)).sum().backward()
    #expect(x.grad!.scalars == [3, 3])
  }

  /// A norm is a result like any other: it has gradients and hooks of its own, whatever is made of it.
  @Test func normsAreResults() {
    let x = D([3, 4], requiresGrad: true)
    let n = x.norm()
    #expect(gradients(of: n * n * n, withRespectTo: [n]).map { $0.item() } == [75])
    #expect(gradients(of: n * n, withRespectTo: [n]).map { $0.item() } == [10])
    let a = x.abs()
    #expect(gradients(of: (a * a + a).sum(), withRespectTo: [a])[0].scalars == [7, 9])
    let hooked = x.norm()
    hooked.registerHook { $0 * 10 }
    (hooked * hooked + hooked).backward()
    #expect(zip(x.grad!.scalars, [66, 88]).allSatisfy { abs($0 - $1) < 1e-12 })
    let retained = x.norm()
    retained.retainGrad()
    (retained * retained).backward()
    #expect(retained.grad!.item() == 10)
    let y = D([0.3, 0.51, 0.31])
    let (plain, tracked) = (y.norm(), D(y.scalars, requiresGrad: true).norm())
    #expect((plain * plain).item() == (tracked * tracked).item())
  }

  /// What was made as one repeated number is a variable once somebody writes to it or tracks it.
  @Test func constantsThatBecomeVariables() {
    for made in [D.zeros(3), .ones(3), .full([3], 7)] {
      made.assign(D([1, 2, 3]))
      #expect(made.sum().item() == 6 && made[1].item() == 2 && made.mean().item() == 2)
      #expect(made.reshaped(3, 1).scalars == [1, 2, 3] && (made * 2).scalars == [2, 4, 6])
      #expect(made.variance().item() == 1 && made.broadcast(to: [2, 3]).sum().item() == 12)
    }
    let mask = Tensor<Bool>.full([3], true)
    mask.assign(Tensor<Bool>([true, false, true]))
    #expect(D.where(mask, D([1, 2, 3]), 0).scalars == [1, 0, 3])
    let (b, x) = (D.zeros(3), D([1, 2, 3], requiresGrad: true))
    b.requiresGrad = true
    ((b * 2) * x + b * x + (b + 1) * x).sum().backward()
    #expect(b.grad!.scalars == [4, 8, 12])
    #expect(x.grad!.scalars == [1, 1, 1])
    let step = D.zeros(2)
    step.requiresGrad = true
    (step - D([1, 2])).square().sum().backward()
    SGD(step, learningRate: 0.5).step()
    #expect(step.scalars == [1, 2] && (step + 0).scalars == [1, 2] && step.sum().item() == 3)
  }

  /// A captured result has the elements that it was recorded with, a captured leaf those of the call.
  @Test func compiledCaptures() {
    let q = D([1, 2])
    let p = q * 1
    let h = compiled { (x: D) -> D in x + p + q * 10 }
    q.assign(D([5, 6]))
    #expect(h(D([0, 0])).scalars == [51, 62])
    q.assign(D([7, 8]))
    #expect(h(D([0, 0])).scalars == [71, 82])
    let whole = q * 2
    let g = compiled { (x: D) -> D in whole }
    q.assign(D([1, 1]))
    #expect(g(D([0])).scalars == [14, 16])
  }

  /// Arguments of one list of shapes in different arrangements are recorded apart.
  @Test func compiledArrangements() {
    let named = compiled { (x: [String: D]) -> D in x["z"].map { $0 * 100 } ?? x["a"]! }
    #expect(named(["a": D([1]), "b": D([2])]).scalars == [1])
    #expect(named(["y": D([1]), "z": D([3])]).scalars == [300])
    #expect(named(["a": D([4]), "b": D([2])]).scalars == [4])
    let lists = compiled { (xs: [D], ys: [D]) -> D in
      xs.reduce(D([0]), +) - ys.reduce(D([0]), +)
    }
    #expect(lists([D([1]), D([2])], [D([3])]).scalars == [0])
    #expect(lists([D([1])], [D([2]), D([3])]).scalars == [-4])
    let optional = compiled { (x: D?, y: D?) -> D in x ?? y! * 10 }
    #expect(optional(D([1]), nil).scalars == [1])
    #expect(optional(nil, D([1])).scalars == [10])
  }

  /// Results of calls are tensors of their own.
  @Test func compiledConstants() {
    let f = compiled { (x: D) -> [D] in [x, .ones(2)] }
    let v = D([1, 2])
    f(v)[1].assign(D([5, 5]))
    #expect(f(v)[1].scalars == [1, 1])
    f(v)[1].requiresGrad = true
    #expect(!f(v)[1].requiresGrad)
  }
}
