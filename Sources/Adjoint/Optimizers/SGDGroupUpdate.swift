import AdjointKernels

/// The parameters of one group and their momentum, whatever their scalar type.
///
/// Not generic: generic code of a library is not specialized for its clients, and looking types up at run time took
/// longer than the update of a small parameter.
struct SGDGroupUpdate {
  private let nodes: [Node]
  private let type: ElementType
  /// The momentum of each parameter, nil before its first step.
  var buffers: [Buffer?]
  private var known: SGDUpdate?

  init(_ nodes: [Node], _ type: ElementType) {
    self.nodes = nodes
    self.type = type
    buffers = Array(repeating: nil, count: nodes.count)
  }

  /// Gradients that somebody set to an expression are evaluated together first.
  func evaluateGradients() {
    var pending: [Node] = []
    for node in nodes {
      if let gradient = node.leafState?.gradient, !gradient.hasValue { pending.append(gradient) }
    }
    if !pending.isEmpty { Evaluation.evaluateAll(pending) }
  }

  func zeroGradients(setToNil: Bool) {
    for node in nodes {
      guard let state = node.leafState, state.gradient != nil else { continue }
      state.gradient = setToNil ? nil : Expression.full(0, type, node.shape).node
    }
  }

  mutating func step(_ options: SGDOptions) {
    // Read before any parameter is taken: whoever holds one must wait for nobody.
    let gradients = nodes.map { node in
      node.leafState?.gradient.map { $0.evaluated().contiguous(type, node.shape).buffer }
    }
    var batch = Batch()
    batch.items.reserveCapacity(nodes.count)
    var taken: [(Node, Buffer)] = []
    var others: [(index: Int, gradient: Buffer)] = []
    for (index, node) in nodes.enumerated() {
      guard let gradient = gradients[index] else { continue }
      if let own = node.beginUpdate() {
        add(index, own, gradient, to: own, options, &batch)
        taken.append((node, own))
      } else {
        others.append((index, gradient))
      }
    }
    run(options, batch)
    for (node, buffer) in taken { node.endUpdate(buffer) }
    if others.isEmpty { return }
    // Somebody else reads these, or they are views: new elements in a new array.
    batch = Batch()
    var moved: [(Node, Buffer)] = []
    for (index, gradient) in others {
      let node = nodes[index]
      let target = Buffer(byteCount: node.elementCount * type.size)
      add(index, node.value!.contiguous(type, node.shape).buffer, gradient, to: target, options, &batch)
      moved.append((node, target))
    }
    run(options, batch)
    for (node, buffer) in moved { node.replaceElements(buffer) }
  }

  /// Updates that run together: those with a momentum buffer, or without any, and those whose buffer begins now.
  private struct Batch {
    var items: [TileBatch.Item] = []
    var firstItems: [TileBatch.Item] = []
  }

  private mutating func add(
    _ index: Int, _ old: Buffer, _ gradient: Buffer, to target: Buffer, _ options: SGDOptions, _ batch: inout Batch
  ) {
    let count = nodes[index].elementCount
    if options.momentum == 0 {
      batch.items.append(TileBatch.Item(count: count, inputs: old, gradient, outputs: target))
    } else if let buffer = buffers[index] {
      batch.items.append(TileBatch.Item(count: count, inputs: old, gradient, buffer, outputs: target, buffer))
    } else {
      let buffer = Buffer(byteCount: count * type.size)
      buffers[index] = buffer
      batch.firstItems.append(TileBatch.Item(count: count, inputs: old, gradient, outputs: target, buffer))
    }
  }

  private mutating func run(_ options: SGDOptions, _ batch: Batch) {
    if !batch.items.isEmpty { run(options, batch.items, isFirst: false) }
    if !batch.firstItems.isEmpty { run(options, batch.firstItems, isFirst: true) }
  }

  private mutating func run(_ options: SGDOptions, _ items: [TileBatch.Item], isFirst: Bool) {
    if known == nil || known!.options != options || known!.isFirst != isFirst {
      known = SGDUpdate(options, isFirst: isFirst, type)
    }
    TileBatch.run(known!.program, items, scalars: known!.scalars)
  }
}
