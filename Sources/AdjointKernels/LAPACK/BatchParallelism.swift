/// Which problems of a batch run side by side.
///
/// Small problems run in parallel over the batch, each on one thread; large ones run one after the other with BLAS's own
/// threads. OpenBLAS decides by size whether a routine uses threads, its thread count is one number for the whole
/// process that belongs to the user, and the calls of several threads that each want its threads wait for one another.
/// So the bounds below are where its routines begin to use threads (measured with OpenBLAS 0.3.21 and 2 threads: the
/// size up to which a thread count of 1 changes nothing). A bound that does not fit another version costs time, never
/// a result.
enum BatchParallelism {
  /// `getrf` of an n × n matrix.
  static func suitsLU(_ n: Int) -> Bool { n * n < 40_000 }

  /// `potrf` of an n × n matrix.
  static func suitsCholesky(_ n: Int) -> Bool { n < 128 }

  /// `getri` of an n × n matrix.
  static func suitsInverse(_ n: Int) -> Bool { n <= 64 }

  /// `gelqf` and `orglq` of an m × n matrix: their matrix–vector products.
  static func suitsQR(_ m: Int, _ n: Int) -> Bool { m * n < 9_216 }

  /// `gesdd` of an m × n matrix. Beyond, it applies blocks of reflectors.
  static func suitsSVD(_ m: Int, _ n: Int) -> Bool { m * n <= 1_024 }

  /// The width in which an n × n triangular system takes k right-hand sides without threads; nil where strips so
  /// narrow would cost more than threads gain.
  static func triangularStrip(_ n: Int, _ k: Int) -> Int? {
    let width = Swift.max(1_000 / Swift.max(n, 1), 1)
    return width >= Swift.min(k, 16) && n * width <= 1_000 ? Swift.min(width, Swift.max(k, 1)) : nil
  }

  /// Calls `body` on ranges that cover 0 ..< `count`: in parallel if `suitable`, for problems of about `cost`
  /// operations each, or on all at once.
  static func forEachRange(
    count: Int, cost: Int, when suitable: Bool, _ body: (Range<Int>) -> Void
  ) {
    if suitable && count > 1 {
      Parallelism.forEachRange(count: count, cost: cost, body)
    } else if count > 0 {
      body(0..<count)
    }
  }
}
