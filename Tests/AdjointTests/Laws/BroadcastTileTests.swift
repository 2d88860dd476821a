import Testing

@testable import Adjoint

/// Operands that repeat along an axis, at lengths around those of a tile: in place, gathered once, and gathered per tile.
@Suite struct BroadcastTileTests {
  @Test(arguments: [255, 256, 511, 512, 513, 600, 768, 1000, 1024, 1025, 1500])
  func rowsAndColumns(_ n: Int) {
    let rows = 40
    let x = Tensor<Float>((0..<rows * n).map { Float($0 % 97) }, shape: [rows, n])
    let row = Tensor<Float>((0..<n).map { Float($0 % 89) }, shape: [n])
    let column = Tensor<Float>((0..<rows).map { Float($0) * 100 }, shape: [rows, 1])
    let sum = (x * 2 + row + column).scalars
    let wrong = sum.indices.filter { index in
      let parts: [Float] = [Float(index % 97) * 2, Float(index % n % 89), Float(index / n) * 100]
      return sum[index] != parts[0] + parts[1] + parts[2]
    }
    #expect(wrong.isEmpty, "\(rows) × \(n): \(wrong.count) wrong, the first at \(wrong.first ?? 0)")

    let places = Tensor<Int>((0..<n).map { $0 }, shape: [n])
    let mask = (places .<= Tensor<Int>((0..<rows).map { $0 * 37 }, shape: [rows, 1])).scalars
    let differing = mask.indices.filter { mask[$0] != ($0 % n <= $0 / n * 37) }
    #expect(differing.isEmpty, "\(rows) × \(n): \(differing.count) wrong, the first at \(differing.first ?? 0)")
  }

  @Test(arguments: [512, 600, 768, 1000]) func triangles(_ n: Int) {
    let x = Tensor<Float>.ones(n, n)
    let (lower, upper) = (x.tril().scalars, x.triu(diagonal: 1).scalars)
    let wrong = lower.indices.filter { index in
      let isLower: Float = index % n <= index / n ? 1 : 0
      return lower[index] != isLower || upper[index] != 1 - isLower
    }
    #expect(wrong.isEmpty, "\(n) × \(n): \(wrong.count) wrong, the first at \(wrong.first ?? 0)")
  }
}
