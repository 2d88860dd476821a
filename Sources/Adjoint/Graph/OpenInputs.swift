/// The variables of functions that run at the moment, at whatever level of transformations: somebody will differentiate by them.
enum OpenInputs {
  /// Variables of functions that have returned, while a part of such a function is run again.
  @TaskLocal private static var reopened: Set<ObjectIdentifier> = []

  /// Runs a part of a function again, which captured these nodes.
  static func reopening<Result>(_ captured: [Node], _ body: () -> Result) -> Result {
    let inputs = captured.lazy.filter { $0.operation === Source.input }
    return $reopened.withValue(reopened.union(inputs.map { ObjectIdentifier($0) }), operation: body)
  }

  @inline(__always) static func contains(_ node: Node) -> Bool {
    node.operation === Source.input && (node.isStart || reopened.contains(ObjectIdentifier(node)))
  }

  /// Whether a tape leads to one. It is not released then: what the function makes of it has to be differentiated.
  static func areReached(by tape: Walk) -> Bool { tape.entries.contains { contains($0.node) } }
}
