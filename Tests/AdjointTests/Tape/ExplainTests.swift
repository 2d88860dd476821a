import AdjointKernels
import Testing

@testable import Adjoint

/// `explain()` says what an evaluation does, and does nothing itself.
@Suite struct ExplainTests {
  @Test func aFusedPass() {
    let x = Tensor<Float>.randn(1000).evaluate()
    let y = ((x * x + 1).exp()).sum()
    let plan = y.explain()
    #expect(plan.steps.count == 1 && plan.passCount == 1)
    let step = plan.steps[0]
    #expect(step.route == .tileKernels)
    #expect(step.operations == ["Square", "Add", "Exp", "Sum"])
    #expect(step.inputs.map(\.shape) == [[1000]] && step.outputs.map(\.shape) == [[]])
    #expect(plan.bytesRead == 4000 && plan.bytesWritten == 4)
    #expect(plan.operationCount == 3000 + 999)
    #expect(y.node.value == nil)
    y.evaluate()
    #expect(y.explain().steps.isEmpty)
    #expect(y.explain().description == "nothing to compute: the values are there")
  }

  @Test func matrixProducts() {
    let a = Tensor<Float>.randn(8, 16).evaluate()
    let b = Tensor<Float>.randn(16, 4).evaluate()
    let product = a.matmul(b).explain()
    #expect(product.steps.map(\.route) == [.kernel])
    #expect(product.operationCount == 2 * 8 * 16 * 4)
    #expect(product.bytesRead == 4 * (8 * 16 + 16 * 4) && product.bytesWritten == 4 * 8 * 4)
    for rows in [8, 5_000] {
      let v = Tensor<Double>.randn(16).evaluate()
      let vector = Tensor<Double>.randn(rows, 16).evaluate().matmul(v).explain()
      #expect(vector.steps.map(\.route) == [.kernel])
      #expect(vector.operationCount == 2 * rows * 16)
    }
    let stack = Tensor<Float>.randn(3, 8, 16).evaluate().matmul(Tensor<Float>.randn(3, 16, 4).evaluate()).explain()
    #expect(stack.steps.map(\.route) == [.kernel])
    #expect(stack.operationCount == 3 * 2 * 8 * 16 * 4)
  }

  /// A transposed operand is a view, and views cost nothing.
  @Test func viewsCostNothing() {
    let a = Tensor<Float>.randn(8, 16).evaluate()
    let b = Tensor<Float>.randn(8, 4).evaluate()
    let plan = (a + 1).transposed(0, 1).matmul(b).explain()
    #expect(plan.steps.map(\.route) == [.tileKernels, .view, .kernel])
    #expect(plan.passCount == 2 && plan.steps[1].bytesRead == 0 && plan.steps[1].operationCount == 0)
    // One of values is there as soon as it is recorded.
    #expect(a.transposed(0, 1).matmul(b).explain().steps.map(\.route) == [.kernel])
  }

  @Test func constantsAndOwnKernels() {
    #expect(Tensor<Float>.ones(5).explain().steps.map(\.route) == [.fill])
    let x = Tensor<Float>([1, 2, 3]).evaluate()
    let plan = x.cumulativeSum(axis: 0).explain()
    #expect(plan.steps.map(\.route) == [.kernel] && plan.steps[0].operationCount == nil)
    #expect(plan.description.contains("≥ 0"))
  }

  /// y·y·2 with its mean: value and gradient in one plan that reads x once.
  @Test func backward() {
    let x = Tensor<Float>.ones(1000, requiresGrad: true)
    x.evaluate()
    let y = x + 2
    let mean = (y * y * 2).mean()
    let plan = mean.explainBackward()
    #expect(plan.steps.allSatisfy { $0.route == .tileKernels }, "\(plan)")
    #expect(plan.bytesRead == 4000 && plan.bytesWritten >= 4000 + 4, "\(plan)")
    #expect(x.grad == nil && mean.node.value == nil)
    mean.backward()
    let (z, v) = (x * x, Tensor<Float>.ones(1000).evaluate())
    #expect(z.explainBackward(v).bytesRead > z.explain().bytesRead)
  }

  /// The plan is the one that an evaluation follows.
  @Test func passesAreThoseOfThePlan() {
    let x = Tensor<Double>.ones(64, 32).evaluate()
    let y = (x - x.mean(axis: 1, keepingDimensions: true)).softmax(axis: 1).sum(axis: 0)
    let explained = y.explain().steps.count { $0.route == .tileKernels }
    let counts = Counters.count { y.evaluate() }
    #expect(counts.passesRun == explained && counts.plansFound == 1 && counts.plansMade == 0, "\(counts)")
  }

  @Test func printing() {
    let x = Tensor<Float>([1, 2, 3]).evaluate()
    let plan = (x * 2 + 1).explain()
    #expect(
      plan.description == """
        pass  route         operations     inputs     outputs    bytes read  bytes written  FLOPs
           1  tile kernels  Multiply, Add  [3] Float  [3] Float        12 B           12 B      6
              total         1 pass                                     12 B           12 B      6
        """)
    let large = (Tensor<Float>.ones(1000, 1000).evaluate().matmul(Tensor<Float>.ones(1000, 1000).evaluate())).explain()
    #expect(large.description.contains("8.0 MB") && large.description.contains("2,000,000,000"), "\(large)")
  }
}
