import CKernels

/// A compiled tile program: immutable, so any number of threads may run it at once on different arrays.
public final class TileProgram: @unchecked Sendable {
  let space: TileSpace
  let outputTypes: [ElementType]
  /// Which output each accumulator makes, with its reduction and type.
  let accumulators: [(output: Int, reduction: ck_reduction, type: ElementType)]
  /// Elements of a tile, and of the block that one thread takes at a time. Both depend on the program
  /// alone, so results do not depend on the number of threads.
  let tile: Int
  let block: Int
  let inputCount: Int
  let scalarCount: Int
  let streamOutputs: [Int]
  /// Which of the stream outputs each output is, or −1 for the result of accumulators.
  let streamOfOutput: [Int]

  /// How far a run goes.
  enum Extent {
    case elements(Int)
    case longRows(rows: Int, length: Int)
    case columns(outer: Int, rows: Int, width: Int)
  }
  let extent: Extent

  /// The number of instructions a tile runs through.
  public let instructionCount: Int

  let program: UnsafeMutablePointer<ck_program>
  private var storage: [UnsafeMutableRawPointer] = []

  /// The least work that is worth a second thread.
  static let blockElements = 32_768

  /// About 64 blocks, so that two threads or twenty are equally busy; few of them are short, because a block starts
  /// with nothing fetched ahead.
  private static func tilesPerBlock(elements: Int, tile: Int) -> Int {
    let tile = max(tile, 1)
    return min(max(elements / 64 / tile, max(1, 8192 / tile)), max(1, 131_072 / tile))
  }

  /// Bytes that a second-level cache is expected to hold between runs.
  static let largestCached = 2 << 20

  /// Whether a program's results are written past the caches.
  ///
  /// What does not fit into the second-level caches is gone from them before anybody reads it. Written past them, it
  /// does not have to be read first: 20 to 30 % less time for one operation on 1,000,000 and 10,000,000 floats, but
  /// twice the time on 100,000. Programs of rows have several passes over a row in the first-level cache before they
  /// store it, and fetch the next row meanwhile: on 1,000,000 elements softmax took 8 % longer past the caches.
  private static func passesCaches(_ builder: borrowing TileProgramBuilder) -> Bool {
    // A batch has arrays of all sizes; tiles of columns end in the middle of lines.
    if case .columns = builder.space { return false }
    if builder.space == TileBatch.space { return false }
    var bytes = 0
    for index in builder.inputs {
      let entry = builder.entries[index]
      if entry.level == .full && !entry.isUniform && entry.access!.isContiguous { bytes += entry.type.size }
    }
    for output in builder.outputs where builder.entries[output].level == .full {
      bytes += builder.entries[output].type.size
    }
    let (total, overflows) = builder.space.elementCount.multipliedReportingOverflow(by: bytes)
    let least = if case .rows = builder.space { 4.0 } else { 1.5 }
    return overflows || Double(total) > Double(ProcessLimits.secondLevelCaches) * least
  }

  init(_ builder: borrowing TileProgramBuilder) {
    let passesCaches = Self.passesCaches(builder)
    let allocation = RegisterAllocation(builder)
    space = builder.space
    inputCount = builder.inputs.count
    instructionCount = builder.steps.count
    outputTypes = builder.outputs.map { builder.entries[$0].type }
    accumulators = builder.accumulators.map {
      (builder.entries[$0.entry].output ?? -1, $0.reduction, $0.type)
    }
    scalarCount = builder.scalars.count
    extent =
      switch builder.space {
      case .elements(let shape): .elements(shape.reduce(1, *))
      case .rows(let kept, let reduced): .elements(kept.reduce(1, *) * reduced.reduce(1, *))
      case .longRows(let kept, let reduced): .longRows(rows: kept.reduce(1, *), length: reduced.reduce(1, *))
      case .columns(let outer, let reduced, let inner):
        .columns(outer: outer.reduce(1, *), rows: reduced.reduce(1, *), width: inner.reduce(1, *))
      }
    let streamOutputs = builder.outputs.indices.filter { builder.entries[builder.outputs[$0]].source != .accumulator }
    self.streamOutputs = streamOutputs
    streamOfOutput = builder.outputs.indices.map { streamOutputs.firstIndex(of: $0) ?? -1 }
    let tile = Self.tileSize(builder, allocation, passesCaches: passesCaches)
    self.tile = tile
    let pointer = UnsafeMutablePointer<ck_program>.allocate(capacity: 1)
    program = pointer
    block = tile * Self.tilesPerBlock(elements: builder.space.elementCount, tile: tile)

    // Slots: registers, scalars, streams in and out, accumulators.
    var slot = Array(repeating: 0, count: builder.entries.count)
    for (entry, register) in allocation.register.enumerated() { if let register { slot[entry] = register } }
    var next = allocation.registers.count
    for entry in builder.scalars + builder.inputs {
      slot[entry] = next
      next += 1
    }
    for output in streamOutputs {
      slot[builder.outputs[output]] = next
      next += 1
    }
    for accumulator in builder.accumulators {
      slot[accumulator.entry] = next
      next += 1
    }

    var arena = 0
    // Large arrays begin at pages, and so do most of their tiles. A load is held up by an earlier store to the same
    // place within another page (Intel's optimization manual, "memory disambiguation"), so registers of half a page or
    // more begin at other places: a program with one operation took up to twice the time without this, depending on
    // where the system had put the arena.
    var places = 0
    func reserve(_ elements: Int, _ size: Int) -> UInt32 {
      if elements * size >= 2048 {
        arena = ((arena + 4095) & ~4095) + 1024 * (1 + places % 3)
        places += 1
      }
      defer { arena += (elements * size + 63) & ~63 }
      return UInt32(arena)
    }
    let rows = max(builder.rowsPerTile, 1)
    let offsets = allocation.registers.map { reserve($0.level == .full ? tile : rows, $0.size) }

    var kept: [UnsafeMutableRawPointer] = []
    func keep<T>(_ elements: [T]) -> UnsafeMutablePointer<T> {
      let copy = UnsafeMutablePointer<T>.allocate(capacity: max(elements.count, 1))
      copy.initialize(from: elements, count: elements.count)
      kept.append(UnsafeMutableRawPointer(copy))
      return copy
    }

    var passing: Set<Int> = []
    // Only what no later instruction reads goes past the caches.
    var passingStream: [Int: Int] = [:]
    if passesCaches {
      for (index, output) in streamOutputs.enumerated() {
        let entry = builder.entries[builder.outputs[output]]
        if entry.level == .full && entry.lastUse < 0 { passingStream[builder.outputs[output]] = index }
      }
    }
    let instructions = builder.steps.map { step in
      var instruction = ck_instruction()
      instruction.passing_stream = -1
      if step.kind == CK_STEP_LOOP, let stream = passingStream[step.y] {
        instruction.passing_stream = Int16(builder.inputs.count + stream)
        passing.insert(stream)
      }
      instruction.step = step.kind.rawValue
      instruction.level = step.level.rawValue
      instruction.code = step.code
      instruction.type = step.type.rawValue
      instruction.mode = step.mode.rawValue
      instruction.element_size = UInt8(step.type.size)
      instruction.y = UInt16(slot[step.y])
      instruction.a = UInt16(slot[step.operands[0]])
      if let second = step.second { instruction.b = UInt16(slot[second]) }
      if step.operands.count > 1 { instruction.b = UInt16(slot[step.operands[1]]) }
      if step.operands.count > 2 { instruction.c = UInt16(slot[step.operands[2]]) }
      return instruction
    }

    var streams: [ck_stream] = []
    for entry in builder.inputs {
      let value = builder.entries[entry]
      let access = value.access!
      var stream = ck_stream()
      stream.slot = UInt16(slot[entry])
      stream.level = value.level.rawValue
      stream.element_size = UInt8(value.type.size)
      if value.isUniform {
        stream.access = CK_UNIFORM.rawValue
      } else if access.isContiguous {
        stream.access = CK_CONTIGUOUS.rawValue
      } else {
        stream.access = CK_GATHERED.rawValue
        if let period = access.period, value.level == .full, tile % period == 0 {
          stream.access = CK_PERIODIC.rawValue
        }
        stream.rank = UInt8(access.shape.count)
        stream.shape = UnsafePointer(keep(access.shape.map(Int64.init)))
        stream.strides = UnsafePointer(keep(access.strides.map { Int64($0 * value.type.size) }))
        stream.register_offset = reserve(value.level == .full ? tile : rows, value.type.size)
      }
      streams.append(stream)
    }
    for (index, output) in streamOutputs.enumerated() {
      let value = builder.entries[builder.outputs[output]]
      var stream = ck_stream()
      stream.slot = UInt16(slot[builder.outputs[output]])
      stream.level = value.level.rawValue
      stream.element_size = UInt8(value.type.size)
      stream.access = CK_CONTIGUOUS.rawValue
      if passing.contains(index) {
        stream.passes_caches = true
        stream.register_offset = reserve(Int(CK_PIECE), value.type.size)
      }
      streams.append(stream)
    }

    pointer.initialize(to: ck_program())
    pointer.pointee.instructions = UnsafePointer(keep(instructions))
    pointer.pointee.streams = UnsafePointer(keep(streams))
    pointer.pointee.register_offsets = UnsafePointer(keep(offsets))
    pointer.pointee.row_length = Int64(builder.rowLength)
    pointer.pointee.instruction_count = Int32(instructions.count)
    pointer.pointee.stream_count = Int32(streams.count)
    pointer.pointee.register_count = Int32(offsets.count)
    pointer.pointee.scalar_count = Int32(builder.scalars.count)
    pointer.pointee.slot_count = Int32(next)
    pointer.pointee.arena_bytes = UInt32(arena)
    pointer.pointee.has_passing_streams = !passing.isEmpty
    // One instruction reads straight on, and the processor fetches for it: sums of 10,000,000 took 13 % longer with help.
    let elements = builder.space.elementCount
    let streamed = streams.filter { $0.access == CK_CONTIGUOUS.rawValue && $0.level == CK_FULL.rawValue }
    let bytes = elements * streamed.reduce(0) { $0 + Int($1.element_size) }
    pointer.pointee.prefetches = instructions.count > 1 && bytes > Self.largestCached
    storage = kept
  }

  deinit {
    for block in storage { block.deallocate() }
    program.deallocate()
  }

  /// As many elements as let the registers stay in the first-level cache; a program without registers has
  /// nothing to keep there and takes long tiles.
  private static func tileSize(
    _ builder: borrowing TileProgramBuilder, _ allocation: borrowing RegisterAllocation, passesCaches: Bool
  ) -> Int {
    let shape = builder.space.shape
    var bytes = allocation.registers.reduce(0) { $0 + ($1.level == .full ? $1.size : 0) }
    var period = 1
    for entry in builder.inputs {
      let value = builder.entries[entry]
      if value.isUniform || value.level == .row { continue }
      if !value.access!.isContiguous { bytes += value.type.size }
      if let p = value.access!.period, p <= 1024 { period = max(period, p) }
    }
    var tile = bytes == 0 && !passesCaches ? (builder.space.elementCount >= 1 << 20 ? 32_768 : 8192) : 4096
    while tile > 512 && tile * bytes > 24_576 { tile /= 2 }
    if case .rows = builder.space { return builder.rowsPerTile * max(builder.rowLength, 1) }
    if case .columns(_, _, let inner) = builder.space {
      let width = inner.reduce(1, *)
      return width <= tile ? max(1, tile / max(width, 1)) * max(width, 1) : min(tile, 4096)
    }
    let count = shape.reduce(1, *)
    if count < tile { tile = max(count, 1) }
    return period > 1 && period < tile ? tile / period * period : tile
  }
}
