import AdjointKernels

/// An operation: its name, how its value is computed, and how it differentiates.
///
/// Operations without parameters are made once; one with parameters (a slice, a padding) is made per call
/// and says by `parameters` when two calls are the same, so that a plan made for one serves the other.
final class Operation: Sendable {
  let name: String
  let kernel: Kernel
  let rule: Rule
  let parameters: [Int]
  /// The operation on a whole batch at once; nil where each example is computed by itself.
  let batching: Batching?
  /// Identifies operations that differ in parameters alone; nil where plans must not be shared.
  let family: ObjectIdentifier?
  /// Whether the operation is made once and lives forever.
  let isShared: Bool
  /// Whether nothing is known about when two such operations are the same.
  let isPerCall: Bool
  /// Whether there is a rule. A field of its own, because looking into the rule would count references to it.
  let isDifferentiable: Bool
  /// How one operation by itself may be computed without a plan.
  let direct: DirectKernel

  init(_ name: String, _ kernel: Kernel, _ rule: Rule, batching: Batching? = nil) {
    self.batching = batching
    self.name = name
    self.kernel = kernel
    self.rule = rule
    parameters = []
    family = nil
    isPerCall = false
    isShared = true
    isDifferentiable = rule.exists
    direct = DirectKernel(kernel)
  }

  /// An operation made per call. `tag` is the type that declares it.
  init(
    _ name: String, tag: Any.Type?, parameters: [Int], _ kernel: Kernel, _ rule: Rule, batching: Batching? = nil
  ) {
    self.batching = batching
    self.name = name
    self.kernel = kernel
    self.rule = rule
    self.parameters = parameters
    isPerCall = tag == nil
    isShared = false
    isDifferentiable = rule.exists
    direct = DirectKernel(kernel)
    family = tag.map { ObjectIdentifier($0) }
  }

  /// An operation of a user's own, made per call: about two of them nothing is known.
  convenience init(_ name: String, _ kernel: Kernel, _ rule: Rule, isPerCall: Bool) {
    self.init(name, tag: nil, parameters: [], kernel, rule)
  }

  /// A digest of what the operation is.
  var digest: UInt64 {
    guard let family else { return UInt64(UInt(bitPattern: ObjectIdentifier(self))) }
    return parameters.reduce(UInt64(UInt(bitPattern: family))) { $0.mixed(with: UInt64(bitPattern: Int64($1))) }
  }

  /// Whether a plan made for one operation computes the other.
  func isSame(as other: Operation) -> Bool {
    self === other || (family != nil && family == other.family && parameters == other.parameters)
  }
}

/// Records an operation for a whole batch: operands marked true have the batch as axis 0, of the given extent.
typealias Batching = @Sendable (_ node: Node, _ x: [Expression], _ isBatched: [Bool], _ count: Int) -> Expression

/// The rule of operations along an axis: on a batch they are the same operation one axis further, with a copy of what the
/// examples share for each of them.
func batchedAlongside(_ shifted: @escaping @Sendable () -> Operation) -> Batching {
  { node, x, isBatched, count in
    let operands = zip(x, isBatched).map { $0.repeated(count, unless: $1) }
    return shifted().record(
      node.type, node.shape.inserting(count, at: 0), attribute: node.attribute, Operands(operands))
  }
}

/// How the value of an operation is computed.
enum Kernel: Sendable {
  /// A leaf, or a constant of one repeated element: nothing to compute.
  case source
  /// Element by element with broadcasting; part of a tile program.
  case elementwise(TileOperation)
  /// Over the axes in the node's attribute (a bit per axis); part of a tile program.
  case reduction(TileReduction)
  /// The operand's elements under other strides; nil where no strides do it and they must be copied first.
  case view(@Sendable (Call, Layout) -> Layout?)
  /// Anything else, on evaluated operands; the result is contiguous.
  case opaque(@Sendable (Call, [Value]) -> Buffer)
}

/// What a kernel is told besides its operands' values.
struct Call {
  let type: ElementType
  let shape: Shape
  let attribute: Int
  let operandShapes: [Shape]
  let operandTypes: [ElementType]
}
