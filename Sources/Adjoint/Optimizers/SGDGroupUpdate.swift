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
    var items: [TileBatch.Item] = []
    var firstItems: [TileBatch.Item] = []
    var moved: [(Node, Buffer)] = []
    items.reserveCapacity(nodes.count)
    for (index, node) in nodes.enumerated() {
      guard let gradient = node.leafState?.gradient else { continue }
      // Before anything here refers to it.
      let isOwned = node.ownsBuffer()
      let old = node.value!.contiguous(type, node.shape).buffer
      let target = isOwned ? old : Buffer(byteCount: node.elementCount * type.size)
      if !isOwned { moved.append((node, target)) }
      let g = gradient.evaluated().contiguous(type, node.shape).buffer
      if options.momentum == 0 {
        items.append(TileBatch.Item(count: node.elementCount, inputs: old, g, outputs: target))
      } else if let buffer = buffers[index] {
        items.append(TileBatch.Item(count: node.elementCount, inputs: old, g, buffer, outputs: target, buffer))
      } else {
        let buffer = Buffer(byteCount: node.elementCount * type.size)
        buffers[index] = buffer
        firstItems.append(TileBatch.Item(count: node.elementCount, inputs: old, g, outputs: target, buffer))
      }
    }
    if !items.isEmpty { run(options, items, isFirst: false) }
    if !firstItems.isEmpty { run(options, firstItems, isFirst: true) }
    for (node, buffer) in moved { node.replaceBuffer(buffer) }
  }

  private mutating func run(_ options: SGDOptions, _ items: [TileBatch.Item], isFirst: Bool) {
    if known == nil || known!.options != options || known!.isFirst != isFirst {
      known = SGDUpdate(options, isFirst: isFirst, type)
    }
    TileBatch.run(known!.program, items, scalars: known!.scalars)
  }
}
