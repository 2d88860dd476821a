@_spi(Engine) import AdjointKernels
import CKernels

extension ExecutionPlan {
  /// The plan that an evaluation of these nodes would follow.
  init(evaluating roots: [Node], releasesGraph: Bool = false) {
    steps = Walk.borrow { walk in
      var steps: [Step] = []
      // As `Evaluation` does: a constant that is wanted as an array is filled, and needs no plan.
      for root in roots where root.operation === Source.constant && !root.hasValue {
        let array = Array(shape: root.shape, elementType: root.type)
        steps.append(Step(route: .fill, operations: ["Constant"], inputs: [], outputs: [array], operationCount: 0))
      }
      let pending = roots.filter { $0.operation !== Source.constant }
      walk.go(from: pending, .pending)
      if walk.entries.isEmpty { return steps }
      walk.describePending(pending, keepsTracked: !releasesGraph)
      let plan = PlanCache.shared.plan(for: walk)
      return steps + PlanExplanation(plan, walk).steps
    }
  }

  init(_ plan: Plan, _ walk: Walk) { steps = PlanExplanation(plan, walk).steps }
}

/// A plan in words, with the graph that it was made for at hand.
private struct PlanExplanation {
  typealias Step = ExecutionPlan.Step
  typealias Array = ExecutionPlan.Array
  private let plan: Plan
  private let walk: Walk
  /// What lies in each place of the plan's table.
  private var arrays: [Int: Array] = [:]
  private(set) var steps: [Step] = []

  init(_ plan: Plan, _ walk: Walk) {
    self.plan = plan
    self.walk = walk
    for (index, external) in walk.description.externals.enumerated() {
      arrays[index] = Array(shape: external.node.shape, elementType: external.node.type)
    }
    var views = plan.views[...]
    for (index, step) in plan.steps.enumerated() {
      while let view = views.first, view.step <= index {
        add(view: view.position)
        views.removeFirst()
      }
      add(step)
    }
    for view in views { add(view: view.position) }
  }

  private mutating func add(view position: Int) {
    let node = node(position)
    let operand = walk.operands[walk.operandRange(Int(walk.sequence[position])).lowerBound].expression
    steps.append(
      Step(
        route: .view, operations: [node.operation.name],
        inputs: [Array(shape: operand.shape, elementType: operand.type)],
        outputs: [Array(shape: node.shape, elementType: node.type)], operationCount: 0))
  }

  private func node(_ position: Int) -> Node { walk.node(at: position) }

  private mutating func add(_ step: Plan.Step) {
    switch step {
    case .pass(let pass): add(pass)
    case .routine(let routine):
      let operation = node(routine.position).operation
      let strides = zip(routine.operands, routine.call.operandShapes).map { $0.strides ?? $1.contiguousStrides }
      let work = operation.work?(routine.call, strides) ?? Work(route: .kernel, operationCount: nil)
      arrays[routine.result] = Array(shape: routine.call.shape, elementType: routine.call.type)
      steps.append(
        Step(
          route: work.route, operations: [operation.name],
          inputs: zip(routine.call.operandShapes, routine.call.operandTypes).map { Array(shape: $0, elementType: $1) },
          outputs: [arrays[routine.result]!], operationCount: work.operationCount))
    case .copy(let copy):
      arrays[copy.result] = Array(shape: copy.shape, elementType: copy.type)
      steps.append(
        Step(
          route: .copy, operations: [node(copy.position).operation.name], inputs: [arrays[copy.result]!],
          outputs: [arrays[copy.result]!], operationCount: 0))
    case .fill(let fill):
      arrays[fill.result] = Array(shape: [fill.count], elementType: fill.type)
      steps.append(
        Step(route: .fill, operations: ["Constant"], inputs: [], outputs: [arrays[fill.result]!], operationCount: 0))
    case .empty(let result): arrays[result] = Array(shape: [0], elementType: .float32)
    }
  }

  private mutating func add(_ pass: Plan.Pass) {
    var read: [Int] = []
    for input in pass.inputs where !read.contains(input.place) { read.append(input.place) }
    for (output, position) in zip(pass.outputs, pass.outputPositions) {
      arrays[output.place] = Array(shape: node(position).shape, elementType: node(position).type)
    }
    steps.append(
      Step(
        route: .tileKernels, operations: pass.members.map { node($0).operation.name },
        inputs: read.compactMap { arrays[$0] }, outputs: pass.outputs.map { arrays[$0.place]! },
        operationCount: pass.members.reduce(0) { $0 + operationCount($1) }))
  }

  private func operationCount(_ position: Int) -> Int {
    let node = node(position)
    switch node.operation.kernel {
    case .elementwise(CK_COPY): return 0
    case .elementwise: return node.elementCount
    case .reduction:
      let operand = walk.operandRange(Int(walk.sequence[position])).lowerBound
      return walk.operands[operand].expression.shape.elementCount - node.elementCount
    default: return 0
    }
  }
}

extension Tensor {
  /// How this tensor would be computed, without computing it: fused passes with bytes and operations.
  ///
  /// Empty if the value is there already. What it says holds for an evaluation of this tensor alone; `backward()` computes
  /// the value and all gradients in one plan, which ``explainBackward(_:)`` shows.
  public func explain() -> ExecutionPlan { ExecutionPlan(evaluating: [node]) }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// How `backward()`, or `backward(gradient)`, would compute this tensor and the gradients of all leaves, without
  /// doing it.
  ///
  /// No `grad` changes and no hook runs, so what hooks would compute is not in it.
  public func explainBackward(_ gradient: Tensor? = nil) -> ExecutionPlan {
    checkTracked("explainBackward")
    guard gradient != nil || count == 1 else {
      fatalError(
        "explainBackward: the tensor has shape \(shape), and only a tensor of one element has an implicit gradient; give "
          + "the gradient: explainBackward(gradient)")
    }
    if let gradient, gradient.shape != shape {
      fatalError(
        "explainBackward: the gradient has shape \(gradient.shape) and the tensor has shape \(shape); the two must be "
          + "equal")
    }
    var roots = [node]
    GradientMode.$isEnabled.withValue(false) {
      let seed = gradient?.expression ?? Expression(1, Scalar.elementType)
      _ = Backward.cotangents([(node, seed)], targets: nil, runsHooks: false) { leaf, g in
        let sum = leaf.leafState?.gradient.map { Expression($0) + g } ?? g
        roots.append(sum.expanded(to: leaf.shape).asNode)
      }
    }
    return ExecutionPlan(evaluating: roots, releasesGraph: true)
  }
}
