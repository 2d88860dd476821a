import AdjointKernels

/// An operation: its name, how its value is computed, how it differentiates, and what else the engine may ask of it.
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
  /// The operation on batches that are zero but on their diagonals.
  let diagonal: DiagonalBatching?
  /// Which routine an operation on whole arrays takes, and how much it computes; nil where nobody has counted.
  let work: (@Sendable (_ call: Call, _ strides: [[Int]]) -> Work)?
  /// What the result is, in the planner's eyes, besides an array of its own.
  let alias: Alias
  /// Identifies operations that differ in parameters alone; for one without parameters, the operation itself.
  let family: UInt
  /// Whether the operation is made once and lives forever.
  let isShared: Bool
  /// Whether the rule is the user's own code: what it records may depend on anything.
  let hasForeignRule: Bool
  /// Whether there is a rule. A field of its own, because looking into the rule would count references to it.
  let isDifferentiable: Bool
  /// Whether the result is the operand under other strides.
  let isView: Bool
  /// Whether the result is zeros with the operand's elements in places.
  let isPlacement: Bool
  /// How one operation by itself may be computed without a plan.
  let direct: DirectKernel

  /// A result that readers in the same pass read under its operand's name.
  enum Alias: Sendable {
    case none
    /// The operand's elements, repeated along axes.
    case repetition
    /// The operand's elements, row by row, in another shape.
    case renaming
    /// Zeros, with the operand's elements at `starts + k·steps` along each axis.
    case placement(starts: [Int], steps: [Int])
  }

  /// An operation that is made once.
  init(
    _ name: String, _ kernel: Kernel, _ rule: Rule, alias: Alias = .none, keepsDiagonal: Bool = false,
    batching: Batching? = nil, diagonal: DiagonalBatching? = nil, work: (@Sendable (Call, [[Int]]) -> Work)? = nil
  ) {
    self.name = name
    self.kernel = kernel
    self.rule = rule
    self.batching = batching
    self.work = work
    self.diagonal = keepsDiagonal ? DiagonalBatching.unary : diagonal
    self.alias = alias
    parameters = []
    family = 0
    hasForeignRule = false
    isShared = true
    isDifferentiable = rule.exists
    direct = DirectKernel(kernel)
    isView = if case .view = kernel { true } else { false }
    isPlacement = if case .placement = alias { true } else { false }
  }

  /// An operation made per call. `tag` is the type that declares it.
  init(
    _ name: String, tag: Any.Type, parameters: [Int], _ kernel: Kernel, _ rule: Rule, alias: Alias = .none,
    batching: Batching? = nil, diagonal: DiagonalBatching? = nil
  ) {
    self.name = name
    self.kernel = kernel
    self.rule = rule
    self.parameters = parameters
    self.batching = batching
    self.diagonal = diagonal
    self.alias = alias
    work = nil
    family = UInt(bitPattern: ObjectIdentifier(tag))
    hasForeignRule = false
    isShared = false
    isDifferentiable = rule.exists
    direct = DirectKernel(kernel)
    isView = if case .view = kernel { true } else { false }
    isPlacement = if case .placement = alias { true } else { false }
  }

  /// An operation whose kernel or rule is somebody else's code, made per call.
  ///
  /// Plans know nothing of it but that it is one: they call the kernel of the node at hand, so that a plan is found
  /// again whoever made the closures, and keeps none of them alive.
  init(foreign name: String, _ kernel: Kernel, _ rule: Rule) {
    self.name = name
    self.kernel = kernel
    self.rule = rule
    parameters = []
    batching = nil
    diagonal = nil
    work = nil
    alias = .none
    family = if case .view = kernel { 1 } else { 2 }
    hasForeignRule = true
    isShared = false
    isDifferentiable = rule.exists
    direct = DirectKernel(kernel)
    isView = if case .view = kernel { true } else { false }
    isPlacement = false
  }

  /// What plans know the operation by, apart from its parameters.
  @inline(__always) var identity: UInt { family != 0 ? family : UInt(bitPattern: ObjectIdentifier(self)) }
}

/// Records an operation for a whole batch: operands marked true have the batch as axis 0, of the given extent.
typealias Batching = @Sendable (_ node: Node, _ x: [Expression], _ isBatched: [Bool], _ count: Int) -> Expression

/// How an operation goes on with a diagonal batch: one example per element, each zero but at its own.
///
/// Given the diagonals (in the operands' shapes, nil for an operand that is no diagonal) and the operands that all examples
/// share (nil for the others); nil where all arrays are needed.
struct DiagonalBatching: Sendable {
  enum Result { case diagonal(Expression), batched(Expression) }
  let apply: @Sendable (_ recorded: Recorded, _ diagonals: [Expression?], _ shared: [Expression?]) -> Result?

  /// The same operation on the diagonal.
  static let unary = DiagonalBatching { recorded, diagonals, _ in
    diagonals[0].map { .diagonal(recorded.node.operation.rerecord(recorded.node, Operands($0))) }
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
struct Call: Sendable {
  let type: ElementType
  let shape: Shape
  let attribute: Int
  let operandShapes: [Shape]
  let operandTypes: [ElementType]
}

/// What an operation on whole arrays amounts to.
struct Work: Sendable {
  let route: ExecutionRoute
  /// Floating-point or integer operations.
  let operationCount: Int?
}
