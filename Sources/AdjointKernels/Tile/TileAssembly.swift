import CKernels

/// Writes a program as the interpreter reads it: slots, registers in the arena, instructions and streams.
struct TileAssembly {
  private let tile: Int
  private let rows: Int
  private let elements: Int
  private var pointee = ck_program()
  private var kept: [UnsafeMutableRawPointer] = []
  /// The slot of each entry: registers first, then scalars, streams in and out, accumulators.
  private var slots: ContiguousArray<UInt16>
  private var streams: [ck_stream] = []
  private var arena = 0
  /// How many large places the arena has so far.
  private var places = 0

  init(
    _ builder: borrowing TileProgramBuilder, _ allocation: borrowing RegisterAllocation, _ streamOutputs: [Int],
    tile: Int, passesCaches: Bool
  ) {
    self.tile = tile
    rows = max(builder.rowsPerTile, 1)
    elements = builder.space.elementCount
    slots = ContiguousArray(repeating: 0, count: builder.entries.count)
    numberSlots(builder, allocation, streamOutputs)
    var offsets: [UInt32] = []
    offsets.reserveCapacity(allocation.registers.count)
    for register in allocation.registers {
      offsets.append(reserve(register.level == .full ? tile : rows, register.size))
    }
    let passing = passesCaches ? Self.passing(builder, streamOutputs) : [:]
    let instructions = instructions(builder, passing)
    for entry in builder.inputs {
      if let placed = builder.entries[entry].placed {
        streams.append(input(placed, over: builder.space.shape, builder.entries[entry].type, entry))
      } else {
        streams.append(input(builder.entries[entry], entry))
      }
    }
    for output in streamOutputs { streams.append(self.output(builder, builder.outputs[output], passing)) }
    pointee.instructions = UnsafePointer(keep(instructions))
    pointee.streams = UnsafePointer(keep(streams))
    pointee.register_offsets = UnsafePointer(keep(offsets))
    pointee.row_length = Int64(builder.rowLength)
    pointee.instruction_count = Int32(instructions.count)
    pointee.stream_count = Int32(streams.count)
    pointee.register_count = Int32(offsets.count)
    pointee.scalar_count = Int32(builder.scalars.count)
    pointee.slot_count = Int32(
      allocation.registers.count + builder.scalars.count + streams.count + builder.accumulators.count)
    pointee.arena_bytes = UInt32(arena)
    pointee.has_passing_streams = !passing.isEmpty
    pointee.prefetches = instructions.count > 1
  }

  /// The program in memory of its own, with what it refers to.
  mutating func finish(prefetching largestCached: Int) -> (UnsafeMutablePointer<ck_program>, [UnsafeMutableRawPointer])
  {
    // One instruction reads straight on, and the processor fetches for it: sums of 10,000,000 took 13 % longer with help.
    if pointee.prefetches {
      let streamed = streams.filter { $0.access == CK_CONTIGUOUS.rawValue && $0.level == CK_FULL.rawValue }
      let bytes = elements.multipliedReportingOverflow(by: streamed.reduce(0) { $0 + Int($1.element_size) })
      pointee.prefetches = bytes.overflow || bytes.partialValue > largestCached
    }
    let pointer = UnsafeMutablePointer<ck_program>.allocate(capacity: 1)
    pointer.initialize(to: pointee)
    return (pointer, kept)
  }

  private mutating func numberSlots(
    _ builder: borrowing TileProgramBuilder, _ allocation: borrowing RegisterAllocation, _ streamOutputs: [Int]
  ) {
    for entry in slots.indices where allocation.register[entry] >= 0 {
      slots[entry] = UInt16(allocation.register[entry])
    }
    var next = allocation.registers.count
    func number(_ entry: Int) {
      slots[entry] = UInt16(next)
      next += 1
    }
    for entry in builder.scalars { number(entry) }
    for entry in builder.inputs { number(entry) }
    for output in streamOutputs { number(builder.outputs[output]) }
    for accumulator in builder.accumulators { number(accumulator.entry) }
  }

  /// Room in the arena.
  ///
  /// Large arrays begin at pages, and so do most of their tiles. A load is held up by an earlier store to the same
  /// place within another page (Intel's optimization manual, "memory disambiguation"), so registers of half a page or
  /// more begin at other places: a program with one operation took up to twice the time without this, depending on
  /// where the system had put the arena.
  private mutating func reserve(_ elements: Int, _ size: Int) -> UInt32 {
    if elements * size >= 2048 {
      arena = ((arena + 4095) & ~4095) + 1024 * (1 + places % 3)
      places += 1
    }
    defer { arena += (elements * size + 63) & ~63 }
    return UInt32(arena)
  }

  private mutating func keep<T>(_ elements: [T]) -> UnsafeMutablePointer<T> {
    let copy = UnsafeMutablePointer<T>.allocate(capacity: max(elements.count, 1))
    copy.initialize(from: elements, count: elements.count)
    kept.append(UnsafeMutableRawPointer(copy))
    return copy
  }

  /// The streams that go past the caches, by entry: only what no later instruction reads.
  private static func passing(_ builder: borrowing TileProgramBuilder, _ streamOutputs: [Int]) -> [Int: Int16] {
    var made: Set<Int> = []
    for step in builder.steps where step.kind == CK_STEP_LOOP { made.insert(step.y) }
    var result: [Int: Int16] = [:]
    for (index, output) in streamOutputs.enumerated() {
      let entry = builder.outputs[output]
      if builder.entries[entry].level == .full, builder.entries[entry].lastUse < 0, made.contains(entry) {
        result[entry] = Int16(builder.inputs.count + index)
      }
    }
    return result
  }

  private func instructions(_ builder: borrowing TileProgramBuilder, _ passing: [Int: Int16]) -> [ck_instruction] {
    var list: [ck_instruction] = []
    list.reserveCapacity(builder.steps.count)
    for step in builder.steps {
      var instruction = ck_instruction()
      instruction.passing_stream = -1
      if !passing.isEmpty, step.kind == CK_STEP_LOOP, let stream = passing[step.y] {
        instruction.passing_stream = stream
      }
      instruction.step = step.kind.rawValue
      instruction.level = step.level.rawValue
      instruction.code = step.code
      instruction.type = step.type.rawValue
      instruction.mode = step.mode.rawValue
      instruction.element_size = UInt8(step.type.size)
      instruction.y = slots[step.y]
      instruction.a = slots[Int(step.operands.a)]
      if let second = step.second { instruction.b = slots[second] }
      if step.operands.b >= 0 { instruction.b = slots[Int(step.operands.b)] }
      if step.operands.c >= 0 { instruction.c = slots[Int(step.operands.c)] }
      list.append(instruction)
    }
    return list
  }

  private mutating func input(_ value: TileProgramBuilder.Entry, _ entry: Int) -> ck_stream {
    let access = value.access!
    var stream = ck_stream()
    stream.slot = slots[entry]
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
    return stream
  }

  private mutating func input(
    _ placed: PlacedAccess, over shape: [Int], _ type: ElementType, _ entry: Int
  ) -> ck_stream {
    var stream = ck_stream()
    stream.slot = slots[entry]
    stream.level = CK_FULL.rawValue
    stream.element_size = UInt8(type.size)
    stream.access = CK_PLACED.rawValue
    stream.rank = UInt8(shape.count)
    stream.shape = UnsafePointer(keep(shape.map(Int64.init)))
    stream.starts = UnsafePointer(keep(placed.starts.map(Int64.init)))
    stream.steps = UnsafePointer(keep(placed.steps.map(Int64.init)))
    stream.extents = UnsafePointer(keep(placed.extents.map(Int64.init)))
    stream.strides = UnsafePointer(keep(placed.strides.map { Int64($0 * type.size) }))
    stream.register_offset = reserve(tile, type.size)
    return stream
  }

  private mutating func output(
    _ builder: borrowing TileProgramBuilder, _ entry: Int, _ passing: [Int: Int16]
  ) -> ck_stream {
    let value = builder.entries[entry]
    var stream = ck_stream()
    stream.slot = slots[entry]
    stream.level = value.level.rawValue
    stream.element_size = UInt8(value.type.size)
    stream.access = CK_CONTIGUOUS.rawValue
    if passing[entry] != nil {
      stream.passes_caches = true
      stream.register_offset = reserve(Int(CK_PIECE), value.type.size)
    }
    return stream
  }
}
