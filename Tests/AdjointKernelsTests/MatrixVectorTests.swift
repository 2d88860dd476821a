import CKernels
import Testing

/// Products of matrices and vectors: every instruction set against a plain loop in Double, and against each other.
@Suite struct MatrixVectorTests {
  private static let extents = [0, 1, 2, 3, 5, 8, 15, 16, 17, 31, 33, 64, 65, 130, 255, 256, 257]

  private func check<T: KernelElement & BinaryFloatingPoint>(_: T.Type, epsilon: Double) {
    var fused: [[Int]: [T]] = [:]
    for table in KernelTable.all {
      for rows in Self.extents {
        for columns in Self.extents {
          let leading = columns + 3
          let a = (0..<max(1, rows * leading)).map { T(Double(($0 &* 2_654_435_761) % 1000) / 500 - 1) }
          for isTransposed in [false, true] {
            let count = isTransposed ? columns : rows
            let x = (0..<max(1, isTransposed ? rows : columns)).map { T(Double(($0 &* 40_503) % 997) / 400 - 1.2) }
            var y = [T](repeating: 77, count: count + 1)
            y.withUnsafeMutableBytes {
              table.matrixVector(T.type, isTransposed: isTransposed)!(
                $0.baseAddress, a, Int64(leading), x, Int64(rows), Int64(columns))
            }
            for index in 0..<count {
              var sum = 0.0
              var size = 0.0
              for other in 0..<(isTransposed ? rows : columns) {
                let (i, j) = isTransposed ? (other, index) : (index, other)
                let product = Double(a[i * leading + j]) * Double(x[other])
                sum += product
                size += abs(product)
              }
              #expect(
                abs(Double(y[index]) - sum) <= epsilon * size,
                "\(T.self) \(rows) × \(columns)\(isTransposed ? " transposed" : "") on \(table.name): element \(index) is \(y[index]), expected \(sum)"
              )
            }
            if table.table.pointee.isa != CK_BASELINE {
              let name = [rows, columns, isTransposed ? 1 : 0]
              #expect(fused[name, default: y] == y, "\(T.self) \(name): other bits on \(table.name)")
              fused[name] = y
            }
            #expect(
              y[count] == 77, "\(T.self) \(rows) × \(columns) on \(table.name): written past the end")
          }
        }
      }
    }
  }

  private func checkDots<T: KernelElement & BinaryFloatingPoint>(_: T.Type, unit: Double) {
    for n in Self.extents + [1023, 1024, 1025, 16_383, 16_384] {
      let a = (0..<n).map { T(Double(($0 &* 2_654_435_761) % 1000) / 500 - 1) }
      let b = (0..<n).map { T(Double(($0 &* 40_503) % 997) / 400 - 1.2) }
      var (sum, size) = (0.0, 0.0)
      for index in 0..<n {
        sum += Double(a[index]) * Double(b[index])
        size += abs(Double(a[index]) * Double(b[index]))
      }
      var fused: Double?
      for table in KernelTable.all {
        let result = table.dot(T.type)!(a, b, Int64(n))
        // A chain for each of 8 units of lanes, folded as a tree.
        #expect(abs(result - sum) <= Double(n / (512 / MemoryLayout<T>.size) + 10) * unit * size, "\(T.self) \(n)")
        if table.table.pointee.isa != CK_BASELINE {
          #expect(fused == nil || fused == result, "\(T.self) \(n): other bits on \(table.name)")
          fused = result
        }
      }
    }
  }

  @Test func dots() {
    checkDots(Float.self, unit: 0x1p-24)
    checkDots(Double.self, unit: 0x1p-53)
  }

  @Test func againstPlainLoops() {
    check(Float.self, epsilon: 4e-6)
    check(Double.self, epsilon: 8e-15)
  }
}
