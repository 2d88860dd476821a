import CKernels

/// Runs one elementwise program on many arrays of different lengths, as one parallel piece of work.
///
/// Many small arrays then cost no more than one large one: blocks of all of them are handed to the threads
/// together.
public struct TileBatch {
  /// One array of the batch.
  public struct Item {
    let count: Int
    let inputs: [Buffer]
    let outputs: [Buffer]

    /// `inputs` and `outputs` are contiguous, of `count` elements each, in the program's order; an output may be
    /// one of the inputs.
    public init(count: Int, inputs: [Buffer], outputs: [Buffer]) {
      self.count = count
      self.inputs = inputs
      self.outputs = outputs
    }
  }

  /// The space to build a program for: the batch's arrays replace it, each with its own length.
  public static let space = TileSpace.elements([1 << 40])

  /// Runs `program` on each item, with the same numbers.
  public static func run(_ program: TileProgram, _ items: [Item], scalars: [UInt64]) {
    let block = program.block
    // (item, first element) of each block.
    var blocks: [(item: Int, start: Int)] = []
    blocks.reserveCapacity(items.count)
    for (index, item) in items.enumerated() {
      for start in stride(from: 0, to: item.count, by: block) { blocks.append((index, start)) }
    }
    // A task takes several small arrays at a time.
    let elements = items.reduce(0) { $0 + $1.count }
    let perTask = max(1, blocks.count * TileProgram.blockElements / max(elements, 1))
    let tasks = (blocks.count + perTask - 1) / perTask
    nonisolated(unsafe) let items = items
    let work = blocks
    scalars.withUnsafeBufferPointer { scalars in
      nonisolated(unsafe) let scalars = scalars.baseAddress
      Parallelism.forEachBlock(tasks) { task in
        for (index, start) in work[(task * perTask)..<min(work.count, (task + 1) * perTask)] {
          run(program, items[index], from: start, scalars)
        }
      }
    }
  }

  private static func run(_ program: TileProgram, _ item: Item, from start: Int, _ scalars: UnsafePointer<UInt64>?) {
    let count = item.inputs.count + item.outputs.count
    withUnsafeTemporaryAllocation(of: UnsafeMutablePointer<CChar>?.self, capacity: count) { bases in
      for (k, buffer) in item.inputs.enumerated() {
        bases[k] = buffer.baseAddress.assumingMemoryBound(to: CChar.self)
      }
      for (k, buffer) in item.outputs.enumerated() {
        bases[item.inputs.count + k] = buffer.baseAddress.assumingMemoryBound(to: CChar.self)
      }
      let end = min(item.count, start + program.block)
      let tile = program.tile
      ck_program_run(
        program.program, UnsafePointer(bases.baseAddress!), scalars, nil, 0,
        ck_range(
          start: Int64(start), end: Int64(end), step: Int64(tile), tile: Int64(tile),
          tiles: Int64((end - start + tile - 1) / tile), width: 0))
    }
  }
}
