import AdjointKernels
import CKernels

extension ExecutionPlan {
  /// The plan that an evaluation of these nodes would follow.
  init(evaluating roots: [Node]) {
    let pending = roots.filter { $0.value == nil }
    var steps: [Step] = []
    // As `Evaluation` does: a constant that is wanted as an array is filled, and needs no plan.
    for root in pending where root.operation === Source.constant {
      let array = Array(shape: root.shape, elementType: root.type)
      steps.append(Step(route: .fill, operations: ["Constant"], inputs: [], outputs: [array], operationCount: 0))
    }
    let snapshot = Snapshot(roots: pending.filter { $0.operation !== Source.constant })
    if !snapshot.nodes.isEmpty {
      let plan = PlanCache.shared.plan(for: snapshot)
      steps += plan.steps.map { plan.explanation(of: $0) }
    }
    self.steps = steps
  }
}

extension Plan {
  private func array(_ place: Int) -> ExecutionPlan.Array {
    ExecutionPlan.Array(shape: places[place].shape, elementType: places[place].type)
  }

  private func single(
    _ route: ExecutionPlan.Route, _ node: Int, inputs: [Int] = [], operationCount: Int? = 0
  ) -> ExecutionPlan.Step {
    ExecutionPlan.Step(
      route: route, operations: [nodes[node].operation.name], inputs: inputs.map(array),
      outputs: [array(externalCount + node)], operationCount: operationCount)
  }

  fileprivate func explanation(of step: Step) -> ExecutionPlan.Step {
    switch step {
    case .program(let pass):
      let members = members(of: pass)
      var read: [Int] = []
      for input in pass.inputs where !read.contains(input) { read.append(input) }
      return ExecutionPlan.Step(
        route: .tileKernels, operations: members.map { nodes[$0].operation.name }, inputs: read.map(array),
        outputs: pass.outputs.map { array(externalCount + $0) },
        operationCount: members.reduce(0) { $0 + operationCount($1) })
    case .view(let node, let operand): return single(.view, node, inputs: [operand])
    case .copy(let node, let operand): return single(.copy, node, inputs: [operand])
    case .fill(let node, _), .identity(let node, _): return single(.fill, node)
    case .empty(let node): return single(.view, node)
    case .opaque(let node, let operands):
      if nodes[node].operation === MatrixMultiply.operation { return matrixProduct(node, operands) }
      if nodes[node].operation === MatrixVector.operation {
        let matrix = places[operands[0]]
        return single(
          .blas(routine: "cblas_\(matrix.type == .float32 ? "s" : "d")gemv", calls: 1), node, inputs: operands,
          operationCount: 2 * matrix.shape.elementCount)
      }
      return single(.kernel, node, inputs: operands, operationCount: nil)
    }
  }

  /// The nodes that a pass computes, in order: from its outputs down to what it reads.
  private func members(of pass: Pass) -> [Int] {
    let read = Set(pass.inputs)
    var seen = Set(pass.outputs)
    var pending = pass.outputs
    while let node = pending.popLast() {
      for case .node(let operand) in nodes[node].references
      where !read.contains(externalCount + operand) && seen.insert(operand).inserted {
        pending.append(operand)
      }
    }
    return seen.sorted()
  }

  private func operationCount(_ node: Int) -> Int {
    let result = places[externalCount + node].shape.elementCount
    switch nodes[node].operation.kernel {
    case .elementwise(CK_COPY): return 0
    case .elementwise: return result
    case .reduction:
      guard let reference = nodes[node].references.first else { return 0 }
      return shape(of: reference).elementCount - result
    default: return 0
    }
  }

  private func shape(of reference: Reference) -> Shape {
    switch reference {
    case .external(let index): places[index].shape
    case .node(let index): places[externalCount + index].shape
    case .scalar: Shape()
    }
  }

  /// The routine and the number of calls are those of `MatrixProduct.run`.
  private func matrixProduct(_ node: Int, _ operands: [Int]) -> ExecutionPlan.Step {
    let result = places[externalCount + node]
    let (a, b) = (places[operands[0]].shape, places[operands[1]].shape)
    let (n, k) = (b[b.rank - 1], a[a.rank - 1])
    let count = 2 * result.shape.elementCount * k
    guard result.type.isFloatingPoint, count > 0 else {
      return single(k == 0 ? .fill : .kernel, node, inputs: operands, operationCount: count)
    }
    let isOneTall = b.rank == 2 && a.rank > 2
    let m = isOneTall ? result.shape.elementCount / n : result.shape[result.shape.rank - 2]
    let letter = result.type == .float32 ? "s" : "d"
    return single(
      .blas(
        routine: "cblas_\(letter)\(m == 1 || n == 1 ? "gemv" : "gemm")", calls: result.shape.elementCount / (m * n)),
      node, inputs: operands, operationCount: count)
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
    return ExecutionPlan(evaluating: roots)
  }
}
