import CKernels

/// One axis of a pass over a grid of targets, before it is cut into tiles.
///
/// Grid point i is element first + i·next of the target, and element k of the kernel, for the k in `kernel`, reads element
/// i·step + base of the source.
struct PassAxis {
  var source: Int
  var target: Int
  var first = 0
  var next = 1
  var step: Int
  var grid: Int
  var kernel: [Int]
  var bases: [Int]

  /// From the input to the output.
  init(forward axis: WindowAxis) {
    source = axis.input
    target = axis.output
    step = axis.stride
    grid = axis.output
    kernel = Array(0..<axis.kernel)
    bases = kernel.map { $0 * axis.dilation - axis.padding }
  }

  /// From the output back to the elements of the input whose place is `remainder` modulo the stride: they meet the same
  /// elements of the kernel, and the output one after the other.
  init(backward axis: WindowAxis, remainder: Int) {
    source = axis.output
    target = axis.input
    first = remainder
    next = axis.stride
    step = 1
    grid = remainder < axis.input ? (axis.input - remainder - 1) / axis.stride + 1 : 0
    kernel = (0..<axis.kernel).filter { (remainder + axis.padding - $0 * axis.dilation) % axis.stride == 0 }
    bases = kernel.map { (remainder + axis.padding - $0 * axis.dilation) / axis.stride }
  }

  /// How much further than the first tap the last one reads, in steps.
  var reach: Int {
    guard let low = bases.min(), let high = bases.max() else { return 0 }
    return high.floorDivided(by: step) - low.floorDivided(by: step)
  }

  /// The copies of the source: one for each tap, or one for each remainder of the step, where taps read further on.
  func planes(split: Bool) -> (starts: [Int], tapPlanes: [Int], tapShifts: [Int]) {
    if split { return (bases, Array(bases.indices), bases.map { _ in 0 }) }
    let low = (bases.min() ?? 0).floorDivided(by: step)
    var starts: [Int] = []
    var tapPlanes: [Int] = []
    var tapShifts: [Int] = []
    for base in bases {
      let shift = base.floorDivided(by: step) - low
      let start = base - shift * step
      let plane = starts.firstIndex(of: start) ?? starts.count
      if plane == starts.count { starts.append(start) }
      tapPlanes.append(plane)
      tapShifts.append(shift)
    }
    return (starts, tapPlanes, tapShifts)
  }
}

extension Int {
  fileprivate func floorDivided(by other: Int) -> Int {
    let quotient = self / other
    return self % other < 0 ? quotient - 1 : quotient
  }

  func dividedUp(by other: Int) -> Int { (self + other - 1) / other }
}

/// A pass cut into tiles, as the kernels read it.
///
/// Sendable because nothing changes after `init`.
final class ConvolutionPass: @unchecked Sendable {
  /// What the tiles are for: values, or the derivative by the weight, whose sums are cut where the tiles are.
  enum Purpose {
    case values(elementSize: Int)
    case weight
  }

  private(set) var layout = ck_pass()
  /// Tiles along both axes.
  let tileCounts: (rows: Int, columns: Int)
  private let grid: (rows: Int, columns: Int)
  private let batch: Int
  /// Where each tap lies in the kernel.
  let places: [Int64]
  private let lists: UnsafeMutablePointer<Int64>

  var taps: Int { Int(layout.taps) }
  var steps: Int { Int(layout.channels) * taps }
  var tileCount: Int { tileCounts.rows * tileCounts.columns }

  /// Elements of the channels of one chain, and of a row of sums.
  var sourceScratch: Int {
    let channels = Swift.min(Int(layout.channels), Int(CK_PRODUCT_DEPTH).dividedUp(by: taps) + 1)
    return channels * Int(layout.channel_size) + Int(CK_TILE_SLACK)
  }
  var rowScratch: Int {
    let lines = (layout.images - 1) * layout.axis.0.extent + layout.axis.0.tile
    return Int(lines * layout.axis.1.extent) + Int(CK_TILE_SLACK)
  }
  var tilePoints: Int { Int(layout.axis.0.tile * layout.axis.1.tile * layout.images) }

  init(
    rows: PassAxis, columns: PassAxis, geometry: ConvolutionGeometry, targets: Int, channels: Int, for purpose: Purpose
  ) {
    let taps = rows.bases.count * columns.bases.count
    let wanted: Int
    var isWeight = false
    switch purpose {
    case .values(let size):
      // The second-level cache holds what a tile reads and what it makes.
      let planes = Swift.min(rows.step, rows.bases.count) * Swift.min(columns.step, columns.bases.count)
      let lines = Swift.min(channels, 256 / taps + 1) * planes + Swift.min(targets, Self.leastRowsOfPart)
      wanted = Swift.max(64, Swift.min(8192, Self.cacheBytes / size / lines))
    case .weight:
      // Few rows have short sums of many lanes, which are folded once a tile.
      wanted = targets <= Int(CK_PASS_FEW_ROWS) ? 2048 : 256
      isWeight = true
    }
    func tile(_ grid: Int, _ limit: Int) -> Int { grid.dividedUp(by: grid.dividedUp(by: limit)) }
    // Small images go several at a time: each goes over the whole weight.
    let points = rows.grid * columns.grid
    let images = isWeight || points * 2 > wanted ? 1 : tile(geometry.batch, wanted / points)
    let (rowReach, reach) = (rows.reach, columns.reach)
    let width = tile(columns.grid, wanted)
    // Points between the lines are computed for nothing: where these are many, and rows enough to make up for it, there is a
    // copy for each tap instead. The derivative by the weight leaves them out.
    let splitsColumns = reach > width || (!isWeight && reach * 8 > width && targets >= 16)
    let extent = width + (splitsColumns ? 0 : reach)
    let height = tile(rows.grid, Swift.max(1, wanted / (isWeight ? width : extent)))
    let splitsRows =
      rows.bases.count * height < height + rowReach || (images > 1 && rowReach * 8 > height && targets >= 16)
    let lines = height + (splitsRows ? 0 : rowReach)
    let (rowPlanes, columnPlanes) = (rows.planes(split: splitsRows), columns.planes(split: splitsColumns))

    lists = .allocate(capacity: taps + rowPlanes.starts.count + columnPlanes.starts.count)
    var next = lists
    func list(_ numbers: [Int]) -> UnsafePointer<Int64> {
      defer { next += numbers.count }
      for (index, number) in numbers.enumerated() { (next + index).initialize(to: Int64(number)) }
      return UnsafePointer(next)
    }
    func axis(_ axis: PassAxis, tile: Int, extent: Int, planes: [Int]) -> ck_pass_axis {
      ck_pass_axis(
        source: Int64(axis.source), target: Int64(axis.target), first: Int64(axis.first), next: Int64(axis.next),
        step: Int64(axis.step), tile: Int64(tile), extent: Int64(extent), plane_count: Int64(planes.count),
        planes: list(planes))
    }
    layout.axis.0 = axis(rows, tile: height, extent: lines, planes: rowPlanes.starts)
    layout.axis.1 = axis(columns, tile: width, extent: extent, planes: columnPlanes.starts)
    layout.taps = Int64(taps)
    layout.channels = Int64(channels)
    layout.rows = Int64(targets)
    layout.channel_size = Int64(rowPlanes.starts.count * columnPlanes.starts.count * images * lines * extent)
    layout.images = Int64(images)
    layout.source_image = Int64(geometry.groups * channels * rows.source * columns.source)
    layout.target_image = Int64(geometry.groups * targets * rows.target * columns.target)
    var offsets: [Int] = []
    var places: [Int64] = []
    for row in rows.bases.indices {
      for column in columns.bases.indices {
        let plane = rowPlanes.tapPlanes[row] * columnPlanes.starts.count + columnPlanes.tapPlanes[column]
        offsets.append(
          (plane * images * lines + rowPlanes.tapShifts[row]) * extent + columnPlanes.tapShifts[column])
        places.append(Int64(rows.kernel[row] * geometry.columns.kernel + columns.kernel[column]))
      }
    }
    layout.tap_offsets = list(offsets)
    self.places = places
    grid = (rows.grid, columns.grid)
    batch = geometry.batch
    tileCounts = (rows.grid.dividedUp(by: height), columns.grid.dividedUp(by: width))
  }

  deinit { lists.deallocate() }

  /// What a tile should take of a second-level cache.
  private static var cacheBytes: Int { 256 << 10 }
  private static var leastRowsOfPart: Int { 96 }

  /// Rows of the target that one call computes on a tile, at most: each call copies the tile.
  func rowsOfPart(elementSize: Int) -> Int {
    Swift.max(Self.leastRowsOfPart, Self.cacheBytes * 3 / 2 / elementSize / rowScratch)
  }

  /// Tiles of one group.
  var imageTiles: Int { batch.dividedUp(by: Int(layout.images)) * tileCount }

  /// A tile of a group, and its first image.
  func tile(_ index: Int) -> (tile: ck_grid_tile, image: Int) {
    let image = index / tileCount * Int(layout.images)
    let place = index % tileCount
    let (row, column) = (place / tileCounts.columns, place % tileCounts.columns)
    let (height, width) = (Int(layout.axis.0.tile), Int(layout.axis.1.tile))
    let tile = ck_grid_tile(
      first: (Int64(row * height), Int64(column * width)),
      count: (
        Int64(Swift.min(height, grid.rows - row * height)), Int64(Swift.min(width, grid.columns - column * width))
      ), images: Int64(Swift.min(Int(layout.images), batch - image)))
    return (tile, image)
  }
}
