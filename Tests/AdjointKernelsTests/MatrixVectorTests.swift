import CKernels
import Testing

/// Products of small matrices and vectors: every instruction set against a plain loop in Double.
@Suite struct MatrixVectorTests {
  private static let extents = [0, 1, 2, 3, 5, 8, 15, 16, 17, 31, 33, 64, 65, 130]

  private func check<T: KernelElement & BinaryFloatingPoint>(_: T.Type, epsilon: Double) {
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
            #expect(
              y[count] == 77, "\(T.self) \(rows) × \(columns) on \(table.name): written past the end")
          }
        }
      }
    }
  }

  @Test func againstPlainLoops() {
    check(Float.self, epsilon: 4e-6)
    check(Double.self, epsilon: 8e-15)
  }
}
