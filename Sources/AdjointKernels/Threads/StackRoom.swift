import CKernels

/// Room on the stack for what takes much of it.
///
/// A thread may have 512 KiB of stack: macOS gives no more to those that a program makes. Nothing of this library needs much
/// of it, but OpenBLAS does in places.
enum StackRoom {
  /// Calls `body` where there are at least so many bytes of stack: on this thread if it has them, else on one of its own.
  static func with(_ bytes: Int, _ operation: StaticString, _ body: () -> Void) {
    if ck_stack_room() >= Int64(bytes) { return body() }
    // How the caller rounds is part of its results.
    let settings = ck_float_settings()
    let error = withoutActuallyEscaping(body) { body in
      var work: () -> Void = {
        ck_use_float_settings(settings)
        body()
      }
      return withUnsafeMutablePointer(to: &work) { work in
        ck_call_on_stack(
          Int64(2 * bytes), { $0!.assumingMemoryBound(to: (() -> Void).self).pointee() }, UnsafeMutableRawPointer(work))
      }
    }
    if error != 0 {
      fatalError("\(operation): the system has no thread with a stack of \(2 * bytes) bytes (error \(error))")
    }
  }
}
