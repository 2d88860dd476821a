import COpenBLAS

/// The OpenBLAS that this process runs with.
public enum OpenBLAS {
  /// Version and build options, as OpenBLAS spells them: `OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH …`.
  public static let configuration = String(cString: openblas_get_config())

  /// The name of the processor family whose kernels are in use, for example `SkylakeX`.
  ///
  /// OpenBLAS picks it at start; the environment variable `OPENBLAS_CORETYPE` overrides the choice. Where OpenBLAS
  /// does not know the processor and falls back to kernels from before AVX, this library has it use those for the
  /// processor's instruction sets instead, before `main` begins.
  public static let coreName = String(cString: openblas_get_corename())

  /// The number of threads of OpenBLAS's own pool, for the whole process.
  ///
  /// This library never sets it by itself: it belongs to whoever writes the program (the environment variable
  /// `OPENBLAS_NUM_THREADS` does the same at start). Results of BLAS may differ in their last bits between
  /// thread counts.
  public static var threads: Int {
    get { Int(openblas_get_num_threads()) }
    set {
      guard newValue >= 1, newValue <= Int32.max else {
        fatalError("OpenBLAS.threads: the number of threads must be at least 1, not \(newValue)")
      }
      call { openblas_set_num_threads(Int32(newValue)) }
    }
  }

  /// How OpenBLAS runs threads.
  public static var threading: Threading {
    switch openblas_get_parallel() {
    case OPENBLAS_SEQUENTIAL: .none
    case OPENBLAS_OPENMP: .openMP
    default: .threads
    }
  }

  /// How a build of OpenBLAS runs threads.
  public enum Threading: Sendable, Hashable {
    case none, threads, openMP
  }

  /// Calls a routine that may use OpenBLAS's threads: never while the process is being copied (`fork`).
  @inline(__always)
  static func call<Result>(_ routine: () -> Result) -> Result { ForkSafety.outsideFork(routine) }

  /// Stops the process if OpenBLAS's integers are 64 bits wide: each length would be read beyond its end. The
  /// header and the library can differ, so the library is asked.
  @inline(__always)
  static func requireNarrowIntegers() { _ = narrow }

  private static let narrow: Void = {
    guard !isWide(configuration) else {
      fatalError(
        "OpenBLAS: this build counts with 64-bit integers, the library needs one with 32-bit integers (\(configuration))"
      )
    }
  }()

  static func isWide(_ configuration: String) -> Bool {
    configuration.split(whereSeparator: \.isWhitespace).contains { $0.hasPrefix("USE64BITINT") }
  }
}
