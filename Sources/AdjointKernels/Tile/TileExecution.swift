import CKernels

extension TileProgram {
  /// Where an input's element 0 is.
  public struct Operand {
    public var buffer: Buffer
    public var byteOffset: Int

    @inlinable public init(_ buffer: Buffer, byteOffset: Int = 0) {
      self.buffer = buffer
      self.byteOffset = byteOffset
    }
  }

  /// Runs the program.
  ///
  /// `inputs`, `scalars` (the bits of each, in the low bytes) and `outputs` are in the order in which the
  /// builder made them. Outputs are contiguous; an output may be the buffer of an input that is read
  /// element by element at the same place.
  public func run(inputs: [Operand], scalars: [UInt64], outputs: [Buffer]) {
    let streamCount = inputs.count + streamOutputs.count
    withUnsafeTemporaryAllocation(of: UnsafeMutablePointer<CChar>?.self, capacity: streamCount + 1) { bases in
      for (k, input) in inputs.enumerated() {
        bases[k] = (input.buffer.baseAddress + input.byteOffset).assumingMemoryBound(to: CChar.self)
      }
      for (k, output) in streamOutputs.enumerated() {
        bases[inputs.count + k] = outputs[output].baseAddress.assumingMemoryBound(to: CChar.self)
      }
      scalars.withUnsafeBufferPointer { scalars in
        nonisolated(unsafe) let job = Job(
          program: self, bases: UnsafePointer(bases.baseAddress!), scalars: scalars.baseAddress, outputs: outputs)
        switch space {
        case .elements(let shape): job.elements(count: shape.reduce(1, *))
        case .rows(let kept, let reduced):
          job.elements(count: kept.reduce(1, *) * reduced.reduce(1, *))
          if reduced.contains(0) { job.emptyRows(kept.reduce(1, *)) }
        case .longRows(let kept, let reduced):
          job.longRows(rows: kept.reduce(1, *), length: reduced.reduce(1, *))
        case .columns(let outer, let reduced, let inner):
          job.columns(outer: outer.reduce(1, *), rows: reduced.reduce(1, *), width: inner.reduce(1, *))
        }
      }
    }
  }
}

/// One run of a program on given arrays.
private struct Job {
  let program: TileProgram
  let bases: UnsafePointer<UnsafeMutablePointer<CChar>?>
  let scalars: UnsafePointer<UInt64>?
  let outputs: [Buffer]

  func run(_ range: ck_range, accumulators: UnsafePointer<UnsafeMutablePointer<CChar>?>? = nil) {
    ck_program_run(
      program.program, bases, scalars, accumulators, Int32(accumulators == nil ? 0 : program.accumulators.count),
      range)
  }

  func range(_ start: Int, _ end: Int) -> ck_range {
    let tile = program.tile
    return ck_range(
      start: Int64(start), end: Int64(end), step: Int64(tile), tile: Int64(tile),
      tiles: Int64((end - start + tile - 1) / tile), width: 0)
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

  /// Rows of no elements: what is computed per row still is, from the reductions' identities.
  func emptyRows(_ rows: Int) {
    guard rows > 0 else { return }
    fatalError("TileProgram: rows of no elements are not walked; give the identity as the result instead")
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
    for (k, accumulator) in program.accumulators.enumerated() where accumulator.output >= 0 {
      let output = outputs[accumulator.output].baseAddress
      for row in 0..<rows {
        ck_combine_accumulators(
          accumulator.reduction.rawValue, accumulator.type.rawValue, memory + (k * rows + row) * segments * 8,
          Int64(segments), output + row * accumulator.type.size)
      }
    }
  }

  /// Rows of a block of a column reduction: few enough that plain summation of a column stays accurate.
  private static let rowsPerBlock = 1024

  func columns(outer: Int, rows: Int, width: Int) {
    guard outer > 0, width > 0 else { return }
    let count = program.accumulators.count
    let tile = program.tile
    let chunk = min(width, tile)
    let chunks = (width + chunk - 1) / chunk
    let blockRows = max(1, min(Self.rowsPerBlock, TileProgram.blockElements / chunk))
    let blocks = max(1, (rows + blockRows - 1) / blockRows)
    // One block writes its result in place; several are combined as a tree, in a fixed order.
    var targets: [UnsafeMutableRawPointer] = []
    var partials: [Buffer] = []
    for accumulator in program.accumulators {
      let output = accumulator.output >= 0 ? outputs[accumulator.output] : nil
      if blocks == 1, let output {
        targets.append(output.baseAddress)
      } else {
        partials.append(Buffer(byteCount: outer * blocks * width * accumulator.type.size))
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
          let at = memory[k] + ((slab * blocks + block) * width + left) * accumulator.type.size
          ck_fill_identity(accumulator.reduction.rawValue, accumulator.type.rawValue, at, Int64(columns))
          pointers[k] = at.assumingMemoryBound(to: CChar.self)
        }
        let first = block * blockRows
        let last = min(rows, first + blockRows)
        guard last > first else { return }
        let start = (slab * rows + first) * width + left
        var range = ck_range()
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
    guard blocks > 1 else { return }
    for (k, accumulator) in program.accumulators.enumerated() where accumulator.output >= 0 {
      let size = accumulator.type.size
      for slab in 0..<outer {
        let base = targets[k] + slab * blocks * width * size
        var gap = 1
        while gap < blocks {
          for left in stride(from: 0, to: blocks - gap, by: 2 * gap) {
            ck_combine_columns(
              accumulator.reduction.rawValue, accumulator.type.rawValue, base + left * width * size,
              base + (left + gap) * width * size, Int64(width))
          }
          gap *= 2
        }
        (outputs[accumulator.output].baseAddress + slab * width * size).copyMemory(
          from: base, byteCount: width * size)
      }
    }
    _ = consume partials
  }
}
