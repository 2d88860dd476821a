import CKernels
import Testing

@testable import AdjointKernels

/// Products of matrices: every instruction set against a plain loop in Double, against each other, and against themselves
/// cut differently.
@Suite struct MatrixProductTests {
  /// Around the limits of registers, blocks, strips, chains and panels.
  private static let shapes: [(m: Int, n: Int, k: Int)] = {
    var shapes: [(Int, Int, Int)] = []
    for m in [1, 2, 5, 6, 7, 12, 13, 16, 17, 25] {
      for n in [1, 3, 4, 8, 9, 15, 16, 17, 31, 32, 33, 64, 65, 100] {
        for k in [1, 2, 7, 8, 16, 33] { shapes.append((m, n, k)) }
      }
    }
    let limits = [(17, 65, 255), (17, 65, 256), (17, 65, 257), (3, 40, 255), (3, 40, 256), (3, 40, 513), (191, 70, 20)]
    let larger = [
      (192, 70, 20), (193, 70, 20), (95, 70, 300), (97, 70, 300), (18, 1023, 9), (18, 1025, 9), (20, 513, 260),
    ]
    return shapes + limits + larger
  }()

  private struct Case<T: BinaryFloatingPoint & BitwiseCopyable> {
    let (m, n, k): (Int, Int, Int)
    let (leftIsTransposed, rightIsTransposed): (Bool, Bool)
    let a: [T]
    let b: [T]
    let (aLeading, bLeading): (Int, Int)

    init(_ shape: (m: Int, n: Int, k: Int), _ leftIsTransposed: Bool, _ rightIsTransposed: Bool) {
      (m, n, k) = shape
      (self.leftIsTransposed, self.rightIsTransposed) = (leftIsTransposed, rightIsTransposed)
      aLeading = (leftIsTransposed ? m : k) + 3
      bLeading = (rightIsTransposed ? k : n) + 1
      func numbers(_ count: Int, _ factor: Int) -> [T] {
        (0..<count).map { T(Double(($0 &* factor) % 1009) / 504 - 1) }
      }
      a = numbers(aLeading * (leftIsTransposed ? k : m), 40_503)
      b = numbers(bLeading * (rightIsTransposed ? n : k), 2_654_435)
    }

    func left(_ i: Int, _ p: Int) -> Double { Double(a[leftIsTransposed ? p * aLeading + i : i * aLeading + p]) }
    func right(_ p: Int, _ j: Int) -> Double { Double(b[rightIsTransposed ? j * bLeading + p : p * bLeading + j]) }

    /// The result with a column of other memory behind each row, by one instruction set; `cut` into rows and columns.
    func run(_ table: KernelTable, type: ck_type, cut: Bool = false) -> [T] {
      var c = [T](repeating: 77, count: m * (n + 1))
      let half = cut ? (rows: m / 2, columns: n / 3) : (rows: 0, columns: 0)
      let scratch = UnsafeMutableRawPointer.allocate(
        byteCount: max(1, ck_product_scratch(UInt8(type.rawValue), Int64(m), Int64(n), Int64(k))), alignment: 64)
      defer { scratch.deallocate() }
      a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in
          c.withUnsafeMutableBufferPointer { c in
            for rows in [0..<half.rows, half.rows..<m] where !rows.isEmpty {
              for columns in [0..<half.columns, half.columns..<n] where !columns.isEmpty {
                table.matrixProduct(type)!(
                  c.baseAddress! + rows.lowerBound * (n + 1) + columns.lowerBound, Int64(n + 1),
                  a.baseAddress! + rows.lowerBound * (leftIsTransposed ? 1 : aLeading),
                  Int64(leftIsTransposed ? 1 : aLeading), Int64(leftIsTransposed ? aLeading : 1),
                  b.baseAddress! + columns.lowerBound * (rightIsTransposed ? bLeading : 1), Int64(bLeading),
                  rightIsTransposed, Int64(rows.count), Int64(columns.count), Int64(k), scratch)
              }
            }
          }
        }
      }
      return c
    }
  }

  private func check<T: KernelElement & BinaryFloatingPoint>(_: T.Type, unit: Double) {
    for shape in Self.shapes {
      for (left, right) in [(false, false), (false, true), (true, false), (true, true)] {
        let product = Case<T>(shape, left, right)
        let name = "\(T.self) \(shape)\(left ? " left transposed" : "")\(right ? " right transposed" : "")"
        var fused: [T]?
        for table in KernelTable.all {
          let c = product.run(table, type: T.type)
          var wrong: (Int, Int)?
          for i in 0..<shape.m {
            if c[i * (shape.n + 1) + shape.n] != 77 { wrong = (i, shape.n) }
            for j in 0..<shape.n {
              var (sum, size) = (0.0, 0.0)
              for p in 0..<shape.k {
                sum += product.left(i, p) * product.right(p, j)
                size += abs(product.left(i, p) * product.right(p, j))
              }
              // The documented bound: chains of 256, whose sums are added in order.
              let bound = Double(min(shape.k, 256) + (shape.k + 255) / 256) * unit * size
              if !(abs(Double(c[i * (shape.n + 1) + j]) - sum) <= bound) { wrong = (i, j) }
            }
          }
          #expect(wrong == nil, "\(name) on \(table.name): element \(String(describing: wrong))")
          if shape.m > 1 && shape.n > 2 {
            #expect(product.run(table, type: T.type, cut: true) == c, "\(name) on \(table.name): other bits when cut")
          }
          if table.table.pointee.isa != CK_BASELINE {
            #expect(fused == nil || fused == c, "\(name): other bits on \(table.name)")
            fused = c
          }
        }
      }
    }
  }

  @Test func float() { check(Float.self, unit: 0x1p-24) }
  @Test func double() { check(Double.self, unit: 0x1p-53) }

  /// A sum that loses everything when it is one chain.
  @Test func longSumsKeepTheirDigits() {
    let k = 3_000_000
    let (a, b) = ([Float](repeating: 0.1, count: k), [Float](repeating: 1, count: k))
    let exact = Double(Float(0.1)) * Double(k)
    for table in KernelTable.all {
      var c = [Float](repeating: 0, count: 1)
      table.matrixProduct(CK_FLOAT32)!(&c, 1, a, Int64(k), 1, b, 1, false, 1, 1, Int64(k), nil)
      #expect(abs(Double(c[0]) - exact) <= Double(256 + (k + 255) / 256) * 0x1p-24 * exact)
    }
  }

  /// Routes of whole products: the number of threads changes nothing, nor does the shape that a product is part of.
  @Test(arguments: [(1, 1, 70_000), (1, 400, 700), (400, 1, 700), (150, 170, 300), (700, 3, 900), (2, 3000, 100)])
  func anyNumberOfThreads(m: Int, n: Int, k: Int) {
    let threads = Parallelism.threads
    defer { Parallelism.threads = threads }
    func buffer(_ count: Int, _ factor: Int) -> Buffer {
      let buffer = Buffer(byteCount: count * 8)
      let memory = buffer.baseAddress.assumingMemoryBound(to: Double.self)
      for index in 0..<count { memory[index] = Double((index &* factor) % 1009) / 504 - 1 }
      return buffer
    }
    let a = MatrixOperand(buffer(m * k, 40_503), offset: 0, rowStride: k, columnStride: 1, batchOffsets: [0])
    let b = MatrixOperand(buffer(k * n, 2_654_435), offset: 0, rowStride: n, columnStride: 1, batchOffsets: [0])
    var results: [[Double]] = []
    for count in [1, 2, 3, 8, 16] {
      Parallelism.threads = count
      let c = Buffer(byteCount: m * n * 8)
      MatrixProduct.run(.float64, m: m, n: n, k: k, a, b, into: c)
      let memory = c.baseAddress.assumingMemoryBound(to: Double.self)
      results.append((0..<m * n).map { memory[$0] })
    }
    for result in results { #expect(result == results[0]) }
  }
}
