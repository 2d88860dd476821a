@_spi(Engine) import AdjointKernels

/// How the graphs of one structure are computed: fused passes and single operations, in order.
///
/// A plan works on a table of arrays: those that the graph reads come first, and every step adds one or more. What differs
/// from graph to graph (buffers, offsets, numbers, kernels that are somebody else's code) is given with each run.
final class Plan: Sendable {
  /// Where a value lies: in an array of the table, from an offset on, row by row or by strides.
  struct Location: Sendable {
    let place: Int
    /// In elements, added to the array's own.
    var offset = 0
    /// nil: row by row.
    var strides: [Int]?
  }

  /// A tile program with the places of its operands and results.
  final class Pass: Sendable {
    let program: TileProgram
    let inputs: [(place: Int, byteOffset: Int, elementSize: Int)]
    let numbers: [Int]
    let outputs: [(place: Int, byteCount: Int)]
    /// The positions of the nodes that it computes, and of those that are results.
    let members: [Int]
    let outputPositions: [Int]

    init(
      _ program: TileProgram, inputs: [(place: Int, byteOffset: Int, elementSize: Int)], numbers: [Int],
      outputs: [(place: Int, byteCount: Int)], members: [Int], outputPositions: [Int]
    ) {
      self.program = program
      self.inputs = inputs
      self.numbers = numbers
      self.outputs = outputs
      self.members = members
      self.outputPositions = outputPositions
    }
  }

  /// An operation on whole arrays.
  final class Routine: Sendable {
    let position: Int
    let operation: Operation?
    let call: Call
    let operands: [Location]
    let result: Int

    init(position: Int, operation: Operation?, call: Call, operands: [Location], result: Int) {
      self.position = position
      self.operation = operation
      self.call = call
      self.operands = operands
      self.result = result
    }
  }

  /// A row-by-row copy of a strided value.
  final class Copy: Sendable {
    let position: Int
    let from: Location
    let type: ElementType
    let shape: Shape
    let result: Int

    init(position: Int, from: Location, _ type: ElementType, _ shape: Shape, result: Int) {
      self.position = position
      self.from = from
      self.type = type
      self.shape = shape
      self.result = result
    }
  }

  /// A constant array: a number repeated, or the reduction of nothing.
  final class Fill: Sendable {
    enum Content { case number(Int), identity(TileReduction) }
    let content: Content
    let type: ElementType
    let count: Int
    let result: Int

    init(_ content: Content, _ type: ElementType, count: Int, result: Int) {
      self.content = content
      self.type = type
      self.count = count
      self.result = result
    }
  }

  // Objects: a step is copied at each run, and a small one costs one reference count.
  enum Step: Sendable {
    case pass(Pass)
    case routine(Routine)
    case copy(Copy)
    case fill(Fill)
    case empty(result: Int)
  }

  struct Output: Sendable {
    /// Of the node in the description.
    let position: Int
    let location: Location
    let type: ElementType
    let shape: Shape
  }

  let externalCount: Int
  let placeCount: Int
  let steps: [Step]
  /// The values that are wanted when all is done.
  let outputs: [Output]
  /// The places that nobody reads after each step, those of all steps one after the other.
  private let releases: [Int32]
  private let releaseEnds: [Int32]
  /// Positions of values under other strides, and before which step they stand: nothing is done for them.
  let views: [(position: Int, location: Location, step: Int)]

  init(
    externalCount: Int, placeCount: Int, steps: [Step], outputs: [Output],
    views: [(position: Int, location: Location, step: Int)]
  ) {
    self.externalCount = externalCount
    self.placeCount = placeCount
    self.steps = steps
    self.outputs = outputs
    self.views = views
    (releases, releaseEnds) = Self.releases(steps, outputs, externalCount, placeCount)
  }

  private static func releases(
    _ steps: [Step], _ outputs: [Output], _ externalCount: Int, _ placeCount: Int
  ) -> ([Int32], [Int32]) {
    var lastUse = Array(repeating: Int32(-1), count: placeCount)
    for output in outputs { lastUse[output.location.place] = .max }
    for (index, step) in steps.enumerated() {
      step.forEachPlace { place in
        if lastUse[place] != .max { lastUse[place] = Int32(index) }
      }
    }
    var counts = Array(repeating: Int32(0), count: steps.count + 1)
    for place in externalCount..<placeCount where lastUse[place] >= 0 && lastUse[place] != .max {
      counts[Int(lastUse[place]) + 1] += 1
    }
    for index in steps.indices { counts[index + 1] += counts[index] }
    let ends = Array(counts.dropFirst())
    var list = Array(repeating: Int32(0), count: Int(counts.last!))
    for place in externalCount..<placeCount where lastUse[place] >= 0 && lastUse[place] != .max {
      let step = Int(lastUse[place])
      list[Int(counts[step])] = Int32(place)
      counts[step] += 1
    }
    return (list, ends)
  }

  /// The arrays and numbers of one run.
  final class Table: @unchecked Sendable {
    // Used by one thread at a time.
    @exclusivity(unchecked) var buffers: ContiguousArray<Buffer?> = []
    /// Where element 0 lies, in elements; only arrays from outside begin anywhere but at their buffer's start.
    @exclusivity(unchecked) var offsets = Scratch<Int>()
    @exclusivity(unchecked) var numbers = Scratch<UInt64>()

    func clear(keepingCapacity keeps: Bool) {
      buffers.removeAll(keepingCapacity: keeps)
      offsets.removeAll()
      numbers.removeAll()
    }
  }

  /// Fills a table whose external arrays and numbers are there.
  ///
  /// `kernel` gives the kernel of a node that is somebody else's code. A place that has a buffer already is written there: one
  /// that the same step reads at most element by element at the same place.
  func run(_ table: Table, kernel: (Int) -> Kernel) {
    Counters.ran(self)
    for _ in table.buffers.count..<placeCount { table.buffers.append(nil) }
    for _ in table.offsets.count..<placeCount { table.offsets.append(0) }
    var released = 0
    for (index, step) in steps.enumerated() {
      switch step {
      case .pass(let pass): Self.run(pass, table)
      case .routine(let routine): run(routine, table, kernel)
      case .copy(let copy):
        table.buffers[copy.result] = value(copy.from, copy.shape, table).contiguous(copy.type, copy.shape).buffer
      case .fill(let fill):
        switch fill.content {
        case .number(let number):
          table.buffers[fill.result] = .filled(table.numbers[number], fill.type, count: fill.count)
        case .identity(let reduction): table.buffers[fill.result] = .identity(reduction, fill.type, count: fill.count)
        }
      case .empty(let result): table.buffers[result] = Buffer(byteCount: 0)
      }
      let end = Int(releaseEnds[index])
      while released < end {
        table.buffers[Int(releases[released])] = nil
        released += 1
      }
    }
  }

  /// The value at a location of a table.
  func value(_ location: Location, _ shape: Shape, _ table: Table) -> Value {
    let buffer = table.buffers[location.place]!
    let offset = location.offset + table.offsets[location.place]
    if offset == 0 && location.strides == nil { return Value(buffer) }
    return Value(buffer, Layout(offset: offset, strides: location.strides ?? shape.contiguousStrides))
  }

  @inline(__always) private static func run(_ pass: Pass, _ table: Table) {
    var invocation = TileProgram.Invocation(pass.program)
    for input in pass.inputs {
      invocation.input(
        table.buffers[input.place]!, byteOffset: input.byteOffset + table.offsets[input.place] * input.elementSize)
    }
    for number in pass.numbers { invocation.scalar(table.numbers[number]) }
    for output in pass.outputs {
      if table.buffers[output.place] == nil {
        if output.byteCount > Shape.smallElementCount { checkMemory(output.byteCount) }
        table.buffers[output.place] = Buffer(byteCount: output.byteCount)
      }
      invocation.output(table.buffers[output.place]!)
    }
    invocation.run()
  }

  /// Of an array on the way to a result, which the plan knows by its size alone.
  @inline(never) private static func checkMemory(_ bytes: Int) {
    if bytes > ProcessMemory.limit {
      fatalError(
        "evaluation: an array on the way to the result takes \(bytes) bytes; this process can have at most "
          + "\(ProcessMemory.limit) bytes of memory")
    }
  }

  private func run(_ routine: Routine, _ table: Table, _ kernel: (Int) -> Kernel) {
    guard case .opaque(let body) = routine.operation?.kernel ?? kernel(routine.position) else {
      fatalError("Plan: \(routine.operation?.name ?? "an operation") is no routine")
    }
    var values: [Value] = []
    values.reserveCapacity(routine.operands.count)
    for (operand, shape) in zip(routine.operands, routine.call.operandShapes) {
      values.append(value(operand, shape, table))
    }
    routine.call.shape.checkMemory(routine.operation?.name ?? "a custom operation", routine.call.type)
    table.buffers[routine.result] = body(routine.call, values)
  }
}

extension Plan.Step {
  /// The places that the step reads or makes.
  func forEachPlace(_ body: (Int) -> Void) {
    switch self {
    case .pass(let pass):
      for input in pass.inputs { body(input.place) }
      for output in pass.outputs { body(output.place) }
    case .routine(let routine):
      for operand in routine.operands { body(operand.place) }
      body(routine.result)
    case .copy(let copy):
      body(copy.from.place)
      body(copy.result)
    case .fill(let fill): body(fill.result)
    case .empty(let result): body(result)
    }
  }
}
