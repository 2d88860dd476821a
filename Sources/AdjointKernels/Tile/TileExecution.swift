import CKernels

extension TileProgram {
  /// One run of a program: its arrays and numbers, in the order in which the builder made them.
  ///
  /// The list lies in memory that the thread keeps, so that an invocation allocates nothing: make it, fill it and
  /// run it before the next one. The caller keeps the buffers alive until then.
  public struct Invocation {
    private let program: TileProgram
    private let addresses: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    private let numbers: UnsafeMutablePointer<UInt64>
    private var inputs = 0
    private var outputs = 0
    private var scalars = 0

    /// An empty list for a program.
    public init(_ program: TileProgram) {
      self.program = program
      let words = ck_argument_list(
        Int64(program.inputCount + 2 * program.outputTypes.count + program.scalarCount))!
      addresses = UnsafeMutableRawPointer(words).assumingMemoryBound(to: UnsafeMutablePointer<CChar>?.self)
      numbers = words + program.inputCount + 2 * program.outputTypes.count
    }

    /// The next input, whose element 0 is `byteOffset` bytes from the buffer's start.
    @inline(__always)
    public mutating func input(_ buffer: Buffer, byteOffset: Int) {
      addresses[inputs] = (buffer.baseAddress + byteOffset).assumingMemoryBound(to: CChar.self)
      inputs += 1
    }

    /// The next number, its bits in the low bytes.
    @inline(__always)
    public mutating func scalar(_ bits: UInt64) {
      numbers[scalars] = bits
      scalars += 1
    }

    /// The buffer of the next result. It may be the buffer of an input that is read element by element at the
    /// same place, and not after the result is written.
    @inline(__always)
    public mutating func output(_ buffer: Buffer) {
      let address = buffer.baseAddress.assumingMemoryBound(to: CChar.self)
      let stream = program.streamOfOutput[outputs]
      if stream >= 0 { addresses[program.inputCount + stream] = address }
      addresses[program.inputCount + program.streamOutputs.count + outputs] = address
      outputs += 1
    }

    /// Runs the program.
    public func run() {
      assert(inputs == program.inputCount && outputs == program.outputTypes.count && scalars == program.scalarCount)
      let job = Job(
        program: program, bases: UnsafePointer(addresses), scalars: UnsafePointer(numbers),
        outputs: UnsafePointer(addresses + program.inputCount + program.streamOutputs.count))
      switch program.extent {
      case .elements(let count): job.elements(count: count)
      case .longRows(let rows, let length): job.longRows(rows: rows, length: length)
      case .columns(let outer, let rows, let width): job.columns(outer: outer, rows: rows, width: width)
      }
    }
  }

  /// Runs the program on arrays given at once.
  public func run(inputs: [Buffer], scalars: [UInt64], outputs: [Buffer]) {
    var invocation = Invocation(self)
    for input in inputs { invocation.input(input, byteOffset: 0) }
    for scalar in scalars { invocation.scalar(scalar) }
    for output in outputs { invocation.output(output) }
    invocation.run()
  }
}

/// One run of a program on given arrays.
private struct Job {
  let program: TileProgram
  let bases: UnsafePointer<UnsafeMutablePointer<CChar>?>
  let scalars: UnsafePointer<UInt64>?
  let outputs: UnsafePointer<UnsafeMutablePointer<CChar>?>
  /// Whether means in Double are those of sums beyond the range, taken of smaller numbers.
  var isSmall = false

  /// Whether the job may run a second time: no operand's array was written over.
  private var canRunAgain: Bool {
    let streams = program.streamOutputs.count
    return !isSmall
      && !(0..<streams).contains { k in (0..<program.inputCount).contains { bases[$0] == bases[program.inputCount + k] }
      }
  }

  func run(_ range: ck_range, accumulators: UnsafePointer<UnsafeMutablePointer<CChar>?>? = nil) {
    ck_program_run(
      program.program, bases, scalars, accumulators, Int32(accumulators == nil ? 0 : program.accumulators.count),
      range)
  }

  /// The job once more, for means of sums beyond the range.
  private func again(_ body: (Job) -> Void) {
    var job = self
    job.isSmall = true
    body(job)
  }

  func range(_ start: Int, _ end: Int) -> ck_range {
    let tile = program.tile
    return ck_range(
      start: Int64(start), end: Int64(end), step: Int64(tile), tile: Int64(tile),
      tiles: Int64((end - start + tile - 1) / tile), width: 0, is_small: isSmall)
  }

  func elements(count: Int) {
    guard count > 0 else { return }
    let block = program.block
    if count <= block { return run(range(0, count)) }
    nonisolated(unsafe) let job = self
    Parallelism.forEachBlock((count + block - 1) / block) { index in
      job.run(job.range(index * block, min(count, (index + 1) * block)))
    }
  }

  func longRows(rows: Int, length: Int) {
    let count = program.accumulators.count
    let block = program.block
    let segments = max(1, (length + block - 1) / block)
    let partials = Buffer(byteCount: max(8, count * rows * segments * 8))
    nonisolated(unsafe) let memory = partials.baseAddress
    nonisolated(unsafe) let job = self
    // Partial results of one reduction and one row lie side by side, ready to be combined.
    Parallelism.forEachBlock(rows * segments) { index in
      let row = index / segments
      let segment = index % segments
      withUnsafeTemporaryAllocation(of: UnsafeMutablePointer<CChar>?.self, capacity: count) { pointers in
        for (k, accumulator) in job.program.accumulators.enumerated() {
          let at = memory + ((k * rows + row) * segments + segment) * 8
          ck_accumulator_identity(accumulator.reduction.rawValue, accumulator.type.rawValue, at)
          pointers[k] = at.assumingMemoryBound(to: CChar.self)
        }
        let start = row * length + segment * block
        let end = min(row * length + length, start + block)
        if end > start { job.run(job.range(start, end), accumulators: UnsafePointer(pointers.baseAddress)) }
      }
    }
    var isFinite = true
    for (k, accumulator) in program.accumulators.enumerated() where accumulator.output >= 0 {
      let output = UnsafeMutableRawPointer(outputs[accumulator.output]!)
      let (reduction, type) = (accumulator.reduction, accumulator.type)
      for row in 0..<rows {
        let (partials, to) = (memory + (k * rows + row) * segments * 8, output + row * type.size)
        if reduction == CK_REDUCE_MEAN {
          var sum = 0.0
          ck_combine_accumulators(reduction.rawValue, ElementType.float64.rawValue, partials, Int64(segments), &sum)
          let isInRange = ck_store_mean(type.rawValue, sum, Int64(length), isSmall, to)
          if type == .float64 && !isInRange { isFinite = false }
        } else {
          ck_combine_accumulators(reduction.rawValue, type.rawValue, partials, Int64(segments), to)
        }
      }
    }
    _ = consume partials
    if !isFinite && canRunAgain { again { $0.longRows(rows: rows, length: length) } }
  }

  /// Rows of a block of a column reduction, at most.
  private static let rowsPerBlock = 1024

  func columns(outer: Int, rows: Int, width: Int) {
    guard outer > 0, width > 0 else { return }
    let count = program.accumulators.count
    let tile = program.tile
    let chunk = min(width, tile)
    let chunks = (width + chunk - 1) / chunk
    // Of the width alone, so that a column has the same partial sums whatever program it is part of.
    let blockRows = max(1, min(Self.rowsPerBlock, TileProgram.blockElements / min(width, 4096)))
    let blocks = max(1, (rows + blockRows - 1) / blockRows)
    // One block of the result's own type writes in place; several are combined as a tree, in a fixed order.
    let wide = program.accumulators.map {
      ElementType(rawValue: ck_column_accumulator($0.reduction.rawValue, $0.type.rawValue))!
    }
    var targets: [UnsafeMutableRawPointer] = []
    var partials: [Buffer] = []
    for (k, accumulator) in program.accumulators.enumerated() {
      let output = accumulator.output >= 0 ? UnsafeMutableRawPointer(outputs[accumulator.output]!) : nil
      if blocks == 1, wide[k] == accumulator.type, let output {
        targets.append(output)
      } else {
        partials.append(Buffer(byteCount: outer * blocks * width * wide[k].size))
        targets.append(partials.last!.baseAddress)
      }
    }
    nonisolated(unsafe) let job = self
    nonisolated(unsafe) let memory = targets
    Parallelism.forEachBlock(outer * blocks * chunks) { index in
      let part = index % chunks
      let block = index / chunks % blocks
      let slab = index / chunks / blocks
      let left = part * chunk
      let columns = min(chunk, width - left)
      withUnsafeTemporaryAllocation(of: UnsafeMutablePointer<CChar>?.self, capacity: count) { pointers in
        for (k, accumulator) in job.program.accumulators.enumerated() {
          let at = memory[k] + ((slab * blocks + block) * width + left) * wide[k].size
          ck_fill_identity(accumulator.reduction.rawValue, wide[k].rawValue, at, Int64(columns))
          pointers[k] = at.assumingMemoryBound(to: CChar.self)
        }
        let first = block * blockRows
        let last = min(rows, first + blockRows)
        guard last > first else { return }
        let start = (slab * rows + first) * width + left
        var range = ck_range()
        range.is_small = job.isSmall
        range.start = Int64(start)
        range.width = Int64(columns)
        if chunks == 1 {
          range.end = Int64((slab * rows + last) * width)
          range.tile = Int64(tile)
          range.step = Int64(tile)
          range.tiles = (range.end - range.start + Int64(tile) - 1) / Int64(tile)
        } else {
          range.tile = Int64(columns)
          range.step = Int64(width)
          range.tiles = Int64(last - first)
          range.end = Int64((slab * rows + last) * width)
        }
        job.run(range, accumulators: UnsafePointer(pointers.baseAddress))
      }
    }
    var isFinite = true
    for (k, accumulator) in program.accumulators.enumerated() where accumulator.output >= 0 {
      let output = UnsafeMutableRawPointer(outputs[accumulator.output]!)
      let isMean = accumulator.reduction == CK_REDUCE_MEAN
      if targets[k] == output && !isMean { continue }
      let (reduction, type) = (accumulator.reduction.rawValue, accumulator.type.rawValue)
      let row = width * wide[k].size
      for slab in 0..<outer {
        let base = targets[k] + slab * blocks * row
        var gap = 1
        while gap < blocks {
          for left in stride(from: 0, to: blocks - gap, by: 2 * gap) {
            ck_combine_columns(reduction, type, base + left * row, base + (left + gap) * row, Int64(width))
          }
          gap *= 2
        }
        let to = output + slab * width * accumulator.type.size
        if isMean {
          let isInRange = ck_store_column_means(type, to, base, Int64(width), Int64(rows), isSmall)
          if accumulator.type == .float64 && !isInRange { isFinite = false }
        } else {
          ck_store_columns(reduction, type, to, base, Int64(width))
        }
      }
    }
    _ = consume partials
    if !isFinite && canRunAgain { again { $0.columns(outer: outer, rows: rows, width: width) } }
  }
}
