import CKernels
import COpenBLAS

/// The LAPACK routines of one precision, on column-major memory.
///
/// Only routines for which row-major memory, read as the transpose, gives what is wanted without a copy.
protocol LAPACKElement: BinaryFloatingPoint, BitwiseCopyable {
  typealias Pointer = UnsafeMutablePointer<Self>

  static func getrf(_ m: Int32, _ n: Int32, _ a: Pointer, _ ld: Int32, _ pivots: UnsafeMutablePointer<Int32>) -> Int32
  static func getri(_ n: Int32, _ a: Pointer, _ ld: Int32, _ pivots: UnsafeMutablePointer<Int32>) -> Int32
  static func getrs(
    _ transposed: Bool, _ n: Int32, _ k: Int32, _ a: Pointer, _ pivots: UnsafeMutablePointer<Int32>, _ b: Pointer
  ) -> Int32
  static func potrf(_ upper: Bool, _ n: Int32, _ a: Pointer, _ ld: Int32) -> Int32
  static func gelqf(_ m: Int32, _ n: Int32, _ a: Pointer, _ ld: Int32, _ tau: Pointer) -> Int32
  static func orglq(_ m: Int32, _ n: Int32, _ k: Int32, _ a: Pointer, _ ld: Int32, _ tau: Pointer) -> Int32
  static func gesdd(
    _ job: Character, _ m: Int32, _ n: Int32, _ a: Pointer, _ s: Pointer, _ u: Pointer, _ ldu: Int32, _ vt: Pointer,
    _ ldvt: Int32
  ) -> Int32
  static func gesvd(
    _ job: Character, _ m: Int32, _ n: Int32, _ a: Pointer, _ s: Pointer, _ u: Pointer, _ ldu: Int32, _ vt: Pointer,
    _ ldvt: Int32, _ work: Pointer
  ) -> Int32
  static func syevd(_ vectors: Bool, _ upper: Bool, _ n: Int32, _ a: Pointer, _ w: Pointer) -> Int32
  static func geev(
    _ vectors: Bool, _ n: Int32, _ a: Pointer, _ real: Pointer, _ imaginary: Pointer, _ left: Pointer
  ) -> Int32
  static func gelsy(
    _ m: Int32, _ n: Int32, _ k: Int32, _ a: Pointer, _ b: Pointer, _ ldb: Int32, _ pivots: UnsafeMutablePointer<Int32>,
    _ rcond: Self, _ rank: UnsafeMutablePointer<Int32>
  ) -> Int32
  static func gelsd(
    _ m: Int32, _ n: Int32, _ k: Int32, _ a: Pointer, _ b: Pointer, _ ldb: Int32, _ s: Pointer, _ rcond: Self,
    _ rank: UnsafeMutablePointer<Int32>
  ) -> Int32

  /// Row-major: B ← op(A)⁻¹·B, or B·op(A)⁻¹.
  static func trsm(
    left: Bool, upper: Bool, transposed: Bool, unit: Bool, _ m: Int32, _ n: Int32, _ a: Pointer, _ lda: Int32,
    _ b: Pointer, _ ldb: Int32)
  /// Row-major: C = op(A)·op(B), C contiguous.
  static func gemm(
    _ transposeA: Bool, _ transposeB: Bool, _ m: Int32, _ n: Int32, _ k: Int32, _ a: Pointer, _ lda: Int32,
    _ b: Pointer, _ ldb: Int32, _ c: Pointer)

  /// Row-major: the upper triangle of C = Aᵀ·A for A k × n, both contiguous.
  static func syrk(_ n: Int32, _ k: Int32, _ a: Pointer, _ c: Pointer)

  static func smallLU(
    _ a: Pointer, _ pivots: UnsafeMutablePointer<Int32>, _ info: UnsafeMutablePointer<Int32>, _ n: Int, _ count: Int)
  static func smallSolve(
    _ lu: Pointer, _ pivots: UnsafeMutablePointer<Int32>, _ b: Pointer, _ n: Int, _ k: Int, _ transposed: Bool)
  static func smallCholesky(_ a: Pointer, _ info: UnsafeMutablePointer<Int32>, _ n: Int, _ count: Int)
}

let columnMajor = Int32(LAPACK_COL_MAJOR)
let letterN = Character("N").code
let letterT = Character("T").code
let letterU = Character("U").code
let letterL = Character("L").code
let letterV = Character("V").code

extension Character {
  /// The letter as LAPACK's options take it.
  var code: CChar { CChar(bitPattern: asciiValue!) }
}
