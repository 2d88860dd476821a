import AdjointKernels

/// The parameters of one type in a group, and their momentum.
///
/// Not generic: generic code of a library is not specialized for its clients, and looking types up at run time took
/// longer than the update of a small parameter.
struct SGDGroupUpdate {
  /// Which group it is.
  let group: Int
  private let nodes: [Node]
  /// Where the parameters stand in the group.
  private let places: [Int]
  private let type: ElementType
  /// The momentum of each parameter, nil before its first step.
  private var buffers: [Buffer?]
  private var known: SGDUpdate?

  private init(_ all: [Node], _ places: [Int], _ type: ElementType, group: Int) {
    self.group = group
    self.places = places
    self.type = type
    nodes = places.map { all[$0] }
    buffers = Array(repeating: nil, count: places.count)
  }

  /// A group's parameters, by type in order of first occurrence.
  static func byType(_ nodes: [Node], group: Int) -> [SGDGroupUpdate] {
    var types: [ElementType] = []
    for node in nodes where !types.contains(node.type) { types.append(node.type) }
    return types.map { type in
      SGDGroupUpdate(nodes, nodes.indices.filter { nodes[$0].type == type }, type, group: group)
    }
  }

  /// Copies: the optimizer goes on writing to its own.
  func copyBuffers(into all: inout [AnyTensor?]) {
    for (place, (node, buffer)) in zip(places, zip(nodes, buffers)) {
      all[place] = buffer.map {
        let copy = $0.gathered(type, shape: [node.elementCount], offset: 0, strides: [1])
        return AnyTensor(Node(Value(copy), type, node.shape))
      }
    }
  }

  mutating func restoreBuffers(_ all: [AnyTensor?]) {
    buffers = places.map { place in all[place].map { $0.node.evaluated().copied(type, $0.shape) } }
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
