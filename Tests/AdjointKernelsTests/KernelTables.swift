import CKernels

/// One loop of one instruction set's table, and what is needed to call it.
struct KernelTable {
  let table: UnsafePointer<ck_table>

  var name: String { String(cString: table.pointee.name) }

  /// The tables that this processor can run, the baseline first.
  static var all: [KernelTable] {
    [CK_BASELINE, CK_AVX2, CK_AVX512].compactMap { ck_table_of($0) }.map(KernelTable.init)
  }

  // The arrays import as tuples of thousands of pointers: address them instead.
  private func entry<Function>(
    _ field: PartialKeyPath<ck_table>, _ index: Int, as: Function?.Type
  ) -> Function? {
    let start = UnsafeRawPointer(table) + MemoryLayout<ck_table>.offset(of: field)!
    return start.load(fromByteOffset: index * MemoryLayout<UnsafeRawPointer>.stride, as: Function?.self)
  }

  func loop(_ operation: ck_operation, _ type: ck_type, _ mode: ck_mode = CK_VECTOR_VECTOR) -> ck_loop? {
    let row = Int(operation.rawValue) * Int(CK_TYPE_COUNT.rawValue) + Int(type.rawValue)
    return entry(\.loops, row * Int(CK_MODE_COUNT.rawValue) + Int(mode.rawValue), as: ck_loop?.self)
  }

  func matrixVector(_ type: ck_type, isTransposed: Bool) -> ck_matrix_vector? {
    entry(
      isTransposed ? \.vector_times_matrix : \.matrix_times_vector, Int(type.rawValue), as: ck_matrix_vector?.self)
  }

  func matrixProduct(_ type: ck_type) -> ck_matrix_product? {
    entry(\.matrix_product, Int(type.rawValue), as: ck_matrix_product?.self)
  }

  func dot(_ type: ck_type) -> ck_dot? { entry(\.dot, Int(type.rawValue), as: ck_dot?.self) }

  func sinesAndCosines(_ type: ck_type) -> ck_sin_cos? {
    entry(\.sin_cos, Int(type.rawValue), as: ck_sin_cos?.self)
  }

  func rows(_ reduction: ck_reduction, _ type: ck_type) -> ck_row_reduction? {
    let index = Int(reduction.rawValue) * Int(CK_TYPE_COUNT.rawValue) + Int(type.rawValue)
    return entry(\.rows, index, as: ck_row_reduction?.self)
  }

  func columns(_ reduction: ck_reduction, _ type: ck_type) -> ck_column_reduction? {
    let index = Int(reduction.rawValue) * Int(CK_TYPE_COUNT.rawValue) + Int(type.rawValue)
    return entry(\.columns, index, as: ck_column_reduction?.self)
  }
}

/// A Swift type that an element type of the kernels stands for; `UInt8` stands for booleans.
protocol KernelElement: Equatable, Sendable, BitwiseCopyable {
  static var type: ck_type { get }
  /// About 1,000 values: every pair of special values stands at some position of (`left`, `right`).
  static var left: [Self] { get }
  static var right: [Self] { get }
  /// The same number: one NaN is as good as another, zeros differ by their sign.
  static func same(_ x: Self, _ y: Self) -> Bool
}

let sampleCount = 1_000

private func pairs<Element>(_ specials: [Element], random: (UInt64) -> Element) -> (left: [Element], right: [Element]) {
  var state: UInt64 = 0x1234_5678_9abc_def1
  func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
  var left: [Element] = []
  var right: [Element] = []
  for x in specials {
    for y in specials where left.count < sampleCount - 100 {
      left.append(x)
      right.append(y)
    }
  }
  while left.count < sampleCount {
    left.append(random(next()))
    right.append(random(next()))
  }
  return (left, right)
}

private func floatSpecials<T: BinaryFloatingPoint>(_: T.Type) -> [T] {
  let positive: [T] = [
    0, 1, 0.5, 1.5, 2.5, 3, 0.1, 7, 1e-3, 1e10, 2_147_483_648, 9.3e18, .infinity, .leastNonzeroMagnitude,
    .greatestFiniteMagnitude,
  ]
  return positive.flatMap { [$0, -$0] } + [.nan]
}

private func integerSpecials<T: FixedWidthInteger & SignedInteger>(_: T.Type) -> [T] {
  [0, 1, -1, 2, -2, 3, -3, 7, -7, 10, 63, 64, 31, 100, -100, .min, .min + 1, .max, .max - 1, .max / 3]
}

private let floatPairs = pairs(floatSpecials(Float.self)) { Float(Int64(bitPattern: $0) >> 32) * 0x1p-28 }
private let doublePairs = pairs(floatSpecials(Double.self)) { Double(Int64(bitPattern: $0)) * 0x1p-60 }
private let int64Pairs = pairs(integerSpecials(Int64.self)) { Int64(bitPattern: $0) >> Int64($0 % 60) }
private let int32Pairs = pairs(integerSpecials(Int32.self)) { Int32(truncatingIfNeeded: $0) >> Int32($0 >> 32 % 30) }
private let boolPairs = pairs([UInt8(0), 1]) { UInt8($0 >> 20 & 1) }

extension Float: KernelElement {
  static var type: ck_type { CK_FLOAT32 }
  static var left: [Float] { floatPairs.left }
  static var right: [Float] { floatPairs.right }
  static func same(_ x: Float, _ y: Float) -> Bool { x.bitPattern == y.bitPattern || x.isNaN && y.isNaN }
}

extension Double: KernelElement {
  static var type: ck_type { CK_FLOAT64 }
  static var left: [Double] { doublePairs.left }
  static var right: [Double] { doublePairs.right }
  static func same(_ x: Double, _ y: Double) -> Bool { x.bitPattern == y.bitPattern || x.isNaN && y.isNaN }
}

extension Int64: KernelElement {
  static var type: ck_type { CK_INT64 }
  static var left: [Int64] { int64Pairs.left }
  static var right: [Int64] { int64Pairs.right }
  static func same(_ x: Int64, _ y: Int64) -> Bool { x == y }
}

extension Int32: KernelElement {
  static var type: ck_type { CK_INT32 }
  static var left: [Int32] { int32Pairs.left }
  static var right: [Int32] { int32Pairs.right }
  static func same(_ x: Int32, _ y: Int32) -> Bool { x == y }
}

extension UInt8: KernelElement {
  static var type: ck_type { CK_BOOL }
  static var left: [UInt8] { boolPairs.left }
  static var right: [UInt8] { boolPairs.right }
  static func same(_ x: UInt8, _ y: UInt8) -> Bool { x == y }
}
