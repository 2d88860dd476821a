/// Pools over planes of rows × columns, of Float or Double.
public enum Pooling {
  /// What an average divides by.
  public enum Divisor: Sendable, Equatable {
    /// The window's elements, with those of the padding.
    case paddedWindow
    /// The window's elements.
    case window
    case number(Int)

    func value(_ rows: (range: Range<Int>, padded: Int), _ columns: (range: Range<Int>, padded: Int)) -> Int {
      switch self {
      case .paddedWindow: rows.padded * columns.padded
      case .window: rows.range.count * columns.range.count
      case .number(let number): number
      }
    }
  }

  /// The place in its plane, row by row, of the largest element of each window: the first of equal ones, the last NaN if there is one.
  ///
  /// Every window must have an element.
  public static func largestPlaces(
    _ x: Buffer, offset: Int = 0, _ type: ElementType, planes: Int, rows: WindowAxis, columns: WindowAxis
  ) -> Buffer {
    type == .float32
      ? largestPlaces(Float.self, x, offset, planes, rows, columns)
      : largestPlaces(Double.self, x, offset, planes, rows, columns)
  }

  private static func largestPlaces<Scalar: BLASScalar>(
    _: Scalar.Type, _ x: Buffer, _ offset: Int, _ planes: Int, _ rows: WindowAxis, _ columns: WindowAxis
  ) -> Buffer {
    let size = rows.output * columns.output
    let result = Buffer(byteCount: planes * size * MemoryLayout<Int64>.stride)
    let from = x.baseAddress.assumingMemoryBound(to: Scalar.self) + offset
    let to = result.baseAddress.assumingMemoryBound(to: Int64.self)
    Parallelism.forEachRange(count: planes * rows.output, cost: 2 * columns.output * rows.kernel * columns.kernel) {
      for line in $0 {
        let (plane, row) = (from + line / rows.output * rows.input * columns.input, line % rows.output)
        for column in 0..<columns.output {
          var place = -1
          var largest = -Scalar.infinity
          for y in rows.window(row) {
            for x in columns.window(column) {
              let value = plane[y * columns.input + x]
              if value > largest || value.isNaN || place < 0 {
                largest = value
                place = y * columns.input + x
              }
            }
          }
          to[line * columns.output + column] = Int64(place)
        }
      }
    }
    return result
  }

  /// The sum of each window over its divisor.
  public static func averages(
    _ x: Buffer, offset: Int = 0, _ type: ElementType, planes: Int, rows: WindowAxis, columns: WindowAxis,
    _ divisor: Divisor
  ) -> Buffer {
    type == .float32
      ? averages(Float.self, x, offset, planes, rows, columns, divisor)
      : averages(Double.self, x, offset, planes, rows, columns, divisor)
  }

  private static func averages<Scalar: BLASScalar>(
    _: Scalar.Type, _ x: Buffer, _ offset: Int, _ planes: Int, _ rows: WindowAxis, _ columns: WindowAxis,
    _ divisor: Divisor
  ) -> Buffer {
    let result = Buffer(byteCount: planes * rows.output * columns.output * MemoryLayout<Scalar>.stride)
    let from = x.baseAddress.assumingMemoryBound(to: Scalar.self) + offset
    let to = result.baseAddress.assumingMemoryBound(to: Scalar.self)
    Parallelism.forEachRange(count: planes * rows.output, cost: columns.output * (rows.kernel * columns.kernel + 4)) {
      for line in $0 {
        let plane = from + line / rows.output * rows.input * columns.input
        let high = rows.range(line % rows.output)
        for column in 0..<columns.output {
          let wide = columns.range(column)
          var sum = Scalar.zero
          for y in high.range { for x in wide.range { sum += plane[y * columns.input + x] } }
          let divisor = divisor.value(high, wide)
          to[line * columns.output + column] = sum / Scalar(divisor)
          if !sum.isFinite {
            // The mean may be in the range where the sum is not.
            var small = 0.0
            for y in high.range { for x in wide.range { small += Double(plane[y * columns.input + x]) * 0x1p-64 } }
            to[line * columns.output + column] = Scalar(small / Double(divisor) * 0x1p64)
          }
        }
      }
    }
    return result
  }

  /// The transpose of ``averages(_:offset:_:planes:rows:columns:_:)``: each g over its divisor, added to all elements of its window.
  public static func spreadAverages(
    _ g: Buffer, offset: Int = 0, _ type: ElementType, planes: Int, rows: WindowAxis, columns: WindowAxis,
    _ divisor: Divisor
  ) -> Buffer {
    type == .float32
      ? spreadAverages(Float.self, g, offset, planes, rows, columns, divisor)
      : spreadAverages(Double.self, g, offset, planes, rows, columns, divisor)
  }

  private static func spreadAverages<Scalar: BLASScalar>(
    _: Scalar.Type, _ g: Buffer, _ offset: Int, _ planes: Int, _ rows: WindowAxis, _ columns: WindowAxis,
    _ divisor: Divisor
  ) -> Buffer {
    let result = Buffer(byteCount: planes * rows.input * columns.input * MemoryLayout<Scalar>.stride)
    let from = g.baseAddress.assumingMemoryBound(to: Scalar.self) + offset
    let to = result.baseAddress.assumingMemoryBound(to: Scalar.self)
    let cost = rows.output * columns.output * (rows.kernel * columns.kernel + 4) + rows.input * columns.input
    Parallelism.forEachRange(count: planes, cost: cost) {
      for index in $0 {
        let plane = to + index * rows.input * columns.input
        plane.initialize(repeating: 0, count: rows.input * columns.input)
        for row in 0..<rows.output {
          let high = rows.range(row)
          for column in 0..<columns.output {
            let wide = columns.range(column)
            let share = from[(index * rows.output + row) * columns.output + column] / Scalar(divisor.value(high, wide))
            for y in high.range { for x in wide.range { plane[y * columns.input + x] += share } }
          }
        }
      }
    }
    return result
  }
}
