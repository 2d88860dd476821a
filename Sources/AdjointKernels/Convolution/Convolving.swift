import CKernels

/// Convolutions, and the two bilinear maps that they have as derivatives, on contiguous arrays of Float or Double.
///
/// Each is products of matrices, one of which, that of all patches, is never made: tiles of it are found in copies of parts of
/// the input. Elements have the bits that their shapes give them, whatever the number of threads.
public enum Convolving {
  /// y[n, o, i] = Σ over the group's channels c and the kernel's elements k of x[n, c, i·stride + k·dilation − padding]·w[o, c, k].
  public static func forward(
    _ type: ElementType, _ geometry: ConvolutionGeometry, _ x: BufferPlace, _ weight: BufferPlace
  ) -> Buffer {
    if type == .float32 { return forward(Float.self, geometry, x, weight) }
    return forward(Double.self, geometry, x, weight)
  }

  /// The transpose of ``forward(_:_:_:_:)`` by x: from an array like y to one like x.
  public static func inputGradient(
    _ type: ElementType, _ geometry: ConvolutionGeometry, _ g: BufferPlace, _ weight: BufferPlace
  ) -> Buffer {
    if type == .float32 { return inputGradient(Float.self, geometry, g, weight) }
    return inputGradient(Double.self, geometry, g, weight)
  }

  /// The transpose of ``forward(_:_:_:_:)`` by the weight: from arrays like x and y to one like w.
  public static func weightGradient(
    _ type: ElementType, _ geometry: ConvolutionGeometry, _ x: BufferPlace, _ g: BufferPlace
  ) -> Buffer {
    if type == .float32 { return weightGradient(Float.self, geometry, x, g) }
    return weightGradient(Double.self, geometry, x, g)
  }

  private static func forward<Scalar: BLASScalar>(
    _: Scalar.Type, _ geometry: ConvolutionGeometry, _ x: BufferPlace, _ weight: BufferPlace
  ) -> Buffer {
    let count = geometry.outputCount
    let result = Buffer(byteCount: count * MemoryLayout<Scalar>.stride)
    let y = result.baseAddress.assumingMemoryBound(to: Scalar.self)
    let isEmpty = geometry.inputChannels * geometry.taps == 0
    if count == 0 || isEmpty {
      y.initialize(repeating: 0, count: count)
      return result
    }
    let pass = ConvolutionPass(
      rows: PassAxis(forward: geometry.rows), columns: PassAxis(forward: geometry.columns),
      geometry: geometry, targets: geometry.outputChannels, channels: geometry.inputChannels,
      for: .values(elementSize: MemoryLayout<Scalar>.stride))
    run(
      pass, geometry, x.pointer(Scalar.self), geometry.inputSize, weight.pointer(Scalar.self),
      row: geometry.inputChannels * geometry.taps, channel: geometry.taps, y, geometry.outputSize)
    return result
  }

  private static func inputGradient<Scalar: BLASScalar>(
    _: Scalar.Type, _ geometry: ConvolutionGeometry, _ g: BufferPlace, _ weight: BufferPlace
  ) -> Buffer {
    let count = geometry.inputCount
    let result = Buffer(byteCount: count * MemoryLayout<Scalar>.stride)
    let x = result.baseAddress.assumingMemoryBound(to: Scalar.self)
    let (rowStride, columnStride) = (geometry.rows.stride, geometry.columns.stride)
    let rows = (0..<Swift.min(rowStride, geometry.rows.input)).map { PassAxis(backward: geometry.rows, remainder: $0) }
    let columns = (0..<Swift.min(columnStride, geometry.columns.input))
      .map { PassAxis(backward: geometry.columns, remainder: $0) }
    let isEmpty = geometry.outputChannels * geometry.taps == 0
    // What no element of the kernel meets is zero.
    if isEmpty || rows.contains(where: { $0.bases.isEmpty }) || columns.contains(where: { $0.bases.isEmpty }) {
      x.initialize(repeating: 0, count: count)
    }
    if count == 0 || isEmpty { return result }
    let w = UnsafeBufferPointer(start: weight.pointer(Scalar.self), count: geometry.weightCount)
    // A pass multiplies the zeros around its source, which the formula has not.
    if !w.allSatisfy({ $0.isFinite }) {
      scatter(geometry, g.pointer(Scalar.self), w, x)
      return result
    }
    for row in rows where !row.bases.isEmpty {
      for column in columns where !column.bases.isEmpty {
        let pass = ConvolutionPass(
          rows: row, columns: column, geometry: geometry, targets: geometry.inputChannels,
          channels: geometry.outputChannels, for: .values(elementSize: MemoryLayout<Scalar>.stride))
        run(
          pass, geometry, g.pointer(Scalar.self), geometry.outputSize, weight.pointer(Scalar.self),
          row: geometry.taps, channel: geometry.inputChannels * geometry.taps, x, geometry.inputSize)
      }
    }
    return result
  }

  /// The input's gradient by the formula, term by term.
  private static func scatter<Scalar: BLASScalar>(
    _ geometry: ConvolutionGeometry, _ g: UnsafePointer<Scalar>, _ weight: UnsafeBufferPointer<Scalar>,
    _ x: UnsafeMutablePointer<Scalar>
  ) {
    nonisolated(unsafe) let (g, weight, x) = (g, weight, x)
    let (rows, columns, channels, outputs) = (
      geometry.rows, geometry.columns, geometry.inputChannels, geometry.outputChannels
    )
    let cost = outputs * geometry.taps * geometry.outputSize
    Parallelism.forEachRange(count: geometry.batch * geometry.groups * channels, cost: cost) { range in
      for plane in range {
        let (image, c) = (plane / channels, plane % channels)
        let target = x + plane * geometry.inputSize
        target.initialize(repeating: 0, count: geometry.inputSize)
        for o in 0..<outputs {
          let source = g + (image * outputs + o) * geometry.outputSize
          let first = ((image % geometry.groups * outputs + o) * channels + c) * geometry.taps
          for tap in 0..<geometry.taps {
            let factor = weight[first + tap]
            let column = tap % columns.kernel
            for i in rows.outputs(tap / columns.kernel) {
              let line = target + rows.place(i, tap / columns.kernel) * columns.input
              for j in columns.outputs(column) {
                line[columns.place(j, column)] += factor * source[i * columns.output + j]
              }
            }
          }
        }
      }
    }
  }

  /// One pass for all examples and groups; element (r, s) of the weight is r·row + s·channel from the group's first one.
  private static func run<Scalar: BLASScalar>(
    _ pass: ConvolutionPass, _ geometry: ConvolutionGeometry, _ source: UnsafePointer<Scalar>, _ sourceSize: Int,
    _ weight: UnsafePointer<Scalar>, row: Int, channel: Int, _ target: UnsafeMutablePointer<Scalar>, _ targetSize: Int
  ) {
    let type = kernelType(Scalar.self)
    let size = MemoryLayout<Scalar>.stride
    let (rows, channels, steps, groups) = (
      Int(pass.layout.rows), Int(pass.layout.channels), pass.steps, geometry.groups
    )
    nonisolated(unsafe) let (source, weight, target) = (source, weight, target)
    let laidOut = Buffer(byteCount: groups * rows * steps * size)
    let depth = Int(CK_PRODUCT_DEPTH)
    let chains = steps.dividedUp(by: depth)
    Parallelism.forEachRange(count: groups * chains, cost: rows * Swift.min(depth, steps)) { range in
      var layout = pass.layout
      for index in range {
        let (group, first) = (index / chains, index % chains * depth)
        ck_lay_out_weight(
          type, laidOut.baseAddress + (group * rows * steps + first * rows) * size,
          weight + group * geometry.inputChannels * geometry.outputChannels * geometry.taps, Int64(row), Int64(channel),
          pass.places, &layout, Int64(first), Int64(Swift.min(depth, steps - first)))
      }
    }
    let blocks = rows.dividedUp(by: Int(ck_pass_block_rows()))
    let items = groups * pass.imageTiles
    // Rows are shared out too where tiles are few.
    let least = rows.dividedUp(by: pass.rowsOfPart(elementSize: size))
    let threads = Parallelism.threads
    let parts = Swift.min(blocks, Swift.max(least, threads == 1 ? 1 : (4 * threads).dividedUp(by: items)))
    func start(_ part: Int) -> Int { rows * (blocks * part / parts) / blocks }
    let most = (0..<parts).map { start($0 + 1) - start($0) }.max() ?? 0
    Parallelism.forEachRange(count: items * parts, cost: most * steps * pass.tilePoints / 8 + 300) { range in
      var layout = pass.layout
      let scratch = Buffer(byteCount: pass.sourceScratch * size)
      let sums = Buffer(byteCount: most * pass.rowScratch * size)
      for index in range {
        let (part, group) = (index % parts, index / parts / pass.imageTiles)
        var (tile, image) = pass.tile(index / parts % pass.imageTiles)
        let plane = image * groups + group
        ck_run_pass(
          type, target + plane * rows * targetSize, source + plane * channels * sourceSize,
          laidOut.baseAddress + group * rows * steps * size, &layout, &tile, Int64(start(part)),
          Int64(start(part + 1) - start(part)), scratch.baseAddress, sums.baseAddress)
      }
    }
  }

  private static func weightGradient<Scalar: BLASScalar>(
    _: Scalar.Type, _ geometry: ConvolutionGeometry, _ x: BufferPlace, _ g: BufferPlace
  ) -> Buffer {
    let type = kernelType(Scalar.self)
    let size = MemoryLayout<Scalar>.stride
    let (count, groups, rows, channels) = (
      geometry.weightCount, geometry.groups, geometry.outputChannels, geometry.inputChannels
    )
    let result = Buffer(byteCount: count * size)
    nonisolated(unsafe) let (source, cotangent, to) = (
      x.pointer(Scalar.self), g.pointer(Scalar.self), result.baseAddress.assumingMemoryBound(to: Scalar.self)
    )
    if count == 0 || geometry.batch * geometry.outputSize == 0 {
      to.initialize(repeating: 0, count: count)
      return result
    }
    let pass = ConvolutionPass(
      rows: PassAxis(forward: geometry.rows), columns: PassAxis(forward: geometry.columns), geometry: geometry,
      targets: rows, channels: channels, for: .weight)
    let (steps, width) = (pass.steps, rows.dividedUp(by: 32) * 32)
    // A kernel takes six steps at once.
    let chunks = steps.dividedUp(by: 252)
    func start(_ chunk: Int) -> Int { chunk == chunks ? steps : steps * chunk / chunks / 6 * 6 }
    // Tiles are shared out where steps are few. Their sums are parts of every element, so the shape alone decides.
    let tiles = pass.imageTiles
    let work = Int(Swift.min(1e18, Double(tiles * pass.tilePoints) * Double(groups * rows * steps)))
    let segments = Swift.max(1, Swift.min(tiles, work >> 20, 16 / (groups * chunks)))
    let sums = Buffer(byteCount: segments * groups * steps * width * size)
    let cost = (work / (segments * groups * chunks)) / 8 + 300
    Parallelism.forEachRange(count: segments * groups * chunks, cost: cost) { range in
      var layout = pass.layout
      let scratch = Buffer(byteCount: pass.sourceScratch * size)
      let transposed = Buffer(byteCount: pass.tilePoints * width * size)
      for index in range {
        let (chunk, group, segment) = (index % chunks, index / chunks % groups, index / chunks / groups)
        let (first, last) = (start(chunk), start(chunk + 1))
        let own =
          sums.baseAddress.assumingMemoryBound(to: Scalar.self)
          + ((segment * groups + group) * steps + first) * width
        own.initialize(repeating: 0, count: (last - first) * width)
        for place in tiles * segment / segments..<tiles * (segment + 1) / segments {
          var (tile, image) = pass.tile(place)
          let plane = image * groups + group
          ck_run_weight_pass(
            type, own, Int64(width), source + plane * channels * geometry.inputSize,
            cotangent + plane * rows * geometry.outputSize, &layout, &tile, Int64(first), Int64(last - first),
            scratch.baseAddress, transposed.baseAddress)
        }
      }
    }
    let strips = rows.dividedUp(by: 16)
    Parallelism.forEachRange(count: groups * strips, cost: 16 * steps * (segments + 1) / 2) { range in
      for index in range {
        let (group, strip) = (index / strips, index % strips)
        ck_finish_weight(
          type, to + group * rows * steps, sums.baseAddress + group * steps * width * size, Int64(width), Int64(steps),
          Int64(segments), Int64(groups * steps * width), Int64(strip * 16), Int64(Swift.min(16, rows - strip * 16)))
      }
    }
    return result
  }

  private static func kernelType<Scalar: BLASScalar>(_: Scalar.Type) -> UInt8 { Scalar.self == Float.self ? 0 : 1 }
}

/// Contiguous elements in a buffer, from one of them on.
public struct BufferPlace: Sendable {
  public var buffer: Buffer
  public var offset: Int

  public init(_ buffer: Buffer, offset: Int) {
    self.buffer = buffer
    self.offset = offset
  }

  func pointer<Scalar>(_: Scalar.Type) -> UnsafePointer<Scalar> {
    UnsafePointer(buffer.baseAddress.assumingMemoryBound(to: Scalar.self) + offset)
  }
}
