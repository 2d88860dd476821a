import CKernels

/// Runs one elementwise program on many arrays of different lengths, as one parallel piece of work.
///
/// Many small arrays then cost no more than one large one: blocks of all of them are handed to the threads
/// together.
public struct TileBatch {
  /// One array of the batch.
  public struct Item {
    let count: Int
    let a, b: Buffer
    let c: Buffer?
    let y: Buffer
    let z: Buffer?

    /// Two or three inputs and one or two outputs, contiguous, of `count` elements each, in the program's order; an
    /// output may be one of the inputs.
    public init(
      count: Int, inputs a: Buffer, _ b: Buffer, _ c: Buffer? = nil, outputs y: Buffer, _ z: Buffer? = nil
    ) {
      self.count = count
      self.a = a
      self.b = b
      self.c = c
      self.y = y
      self.z = z
    }
  }

  /// The space to build a program for: the batch's arrays replace it, each with its own length.
  public static let space = TileSpace.elements([1 << 40])

  /// Runs `program` on each item, with the same numbers.
  public static func run(_ program: TileProgram, _ items: [Item], scalars: [UInt64]) {
    let block = program.block
    var elements = 0
    for item in items { elements += item.count }
    scalars.withUnsafeBufferPointer { scalars in
      nonisolated(unsafe) let scalars = scalars.baseAddress
      guard elements > block else {
        for item in items { run(program, item, from: 0, scalars) }
        return
      }
      // (item, first element) of each block.
      var blocks: [(item: Int, start: Int)] = []
      blocks.reserveCapacity(items.count)
      for index in items.indices {
        for start in stride(from: 0, to: items[index].count, by: block) { blocks.append((index, start)) }
      }
      // A task takes several small arrays at a time.
      let perTask = max(1, blocks.count * TileProgram.blockElements / elements)
      let tasks = (blocks.count + perTask - 1) / perTask
      nonisolated(unsafe) let items = items
      let work = blocks
      Parallelism.forEachBlock(tasks) { task in
        for (index, start) in work[(task * perTask)..<min(work.count, (task + 1) * perTask)] {
          run(program, items[index], from: start, scalars)
        }
      }
    }
  }

  private static func run(_ program: TileProgram, _ item: Item, from start: Int, _ scalars: UnsafePointer<UInt64>?) {
    guard item.count > 0 else { return }
    withUnsafeTemporaryAllocation(of: UnsafeMutablePointer<CChar>?.self, capacity: 5) { bases in
      var used = 0
      func add(_ buffer: borrowing Buffer) {
        bases[used] = buffer.baseAddress.assumingMemoryBound(to: CChar.self)
        used += 1
      }
      add(item.a)
      add(item.b)
      if let c = item.c { add(c) }
      add(item.y)
      if let z = item.z { add(z) }
      let end = min(item.count, start + program.block)
      let tile = program.tile
      ck_program_run(
        program.program, UnsafePointer(bases.baseAddress!), scalars, nil, 0,
        ck_range(
          start: Int64(start), end: Int64(end), step: Int64(tile), tile: Int64(tile),
          tiles: Int64((end - start + tile - 1) / tile), width: 0, is_small: false))
    }
  }
}
