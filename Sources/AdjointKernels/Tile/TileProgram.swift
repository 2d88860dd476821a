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

    init(_ space: TileSpace) {
      self =
        switch space {
        case .elements(let shape): .elements(shape.reduce(1, *))
        case .rows(let kept, let reduced): .elements(kept.reduce(1, *) * reduced.reduce(1, *))
        case .longRows(let kept, let reduced): .longRows(rows: kept.reduce(1, *), length: reduced.reduce(1, *))
        case .columns(let outer, let reduced, let inner):
          .columns(outer: outer.reduce(1, *), rows: reduced.reduce(1, *), width: inner.reduce(1, *))
        }
    }
  }
  let extent: Extent

  /// The number of instructions a tile runs through.
  public let instructionCount: Int

  let program: UnsafeMutablePointer<ck_program>
  private let storage: [UnsafeMutableRawPointer]

  /// The most operations that a plan puts into one program. It is no limit of the interpreter (slots are numbered with 16
  /// bits, and a program of so many has at most a quarter of them): beyond it the tiles leave the caches.
  public static let mostMembers = 192

  /// The least work that is worth a second thread.
  static let blockElements = 32_768

  /// The elements that one thread takes at a time: about 64 blocks, so that two threads or twenty are equally busy; few of
  /// them are short, because a block starts with nothing fetched ahead.
  ///
  /// A power of two that the number of elements alone decides: the partial results of a reduction are the same whatever
  /// program it is part of.
  private static func block(elements: Int) -> Int {
    let wanted = min(max(elements / 64, 8192), 131_072)
    return 1 << (Int.bitWidth - 1 - wanted.leadingZeroBitCount)
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
      if entry.level == .full && !entry.isUniform && entry.access?.isContiguous == true { bytes += entry.type.size }
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
    extent = Extent(builder.space)
    var streamOutputs: [Int] = []
    var streamOfOutput: [Int] = []
    for (index, output) in builder.outputs.enumerated() {
      let isStream = builder.entries[output].source != .accumulator
      streamOfOutput.append(isStream ? streamOutputs.count : -1)
      if isStream { streamOutputs.append(index) }
    }
    self.streamOutputs = streamOutputs
    self.streamOfOutput = streamOfOutput
    tile = Self.tileSize(builder, allocation, passesCaches: passesCaches)
    let wanted = Self.block(elements: builder.space.elementCount)
    block = if case .longRows = builder.space { wanted } else { max(wanted / max(tile, 1), 1) * tile }
    var assembly = TileAssembly(builder, allocation, streamOutputs, tile: tile, passesCaches: passesCaches)
    (program, storage) = assembly.finish(prefetching: Self.largestCached)
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
      guard let access = value.access else {
        bytes += value.type.size
        continue
      }
      if !access.isContiguous { bytes += value.type.size }
      if let p = access.period, p <= 1024 { period = max(period, p) }
    }
    var tile = bytes == 0 && !passesCaches ? (builder.space.elementCount >= 1 << 20 ? 32_768 : 8192) : 4096
    while tile > 512 && tile * bytes > 24_576 { tile /= 2 }
    if case .rows = builder.space { return builder.rowsPerTile * max(builder.rowLength, 1) }
    if case .columns(_, _, let inner) = builder.space {
      let width = inner.reduce(1, *)
      return width <= tile ? max(1, tile / max(width, 1)) * max(width, 1) : min(tile, 4096)
    }
    // The tiles of a reduction begin at multiples of its steps (`CK_CHUNK`).
    if case .longRows = builder.space { return min(tile, block(elements: builder.space.elementCount)) }
    let count = shape.reduce(1, *)
    if count < tile { tile = max(count, 1) }
    return period > 1 && period < tile ? tile / period * period : tile
  }
}
