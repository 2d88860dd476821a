import Adjoint
import Foundation

/// A stack of 512 KiB, as macOS gives to threads that a program makes.
let smallStack = 512 << 10

private final class Work {
  let body: () throws -> Void
  var error: (any Error)?
  init(_ body: @escaping () throws -> Void) { self.body = body }
}

/// Runs `body` on a thread with a stack of 512 KiB, and says how many bytes of it were touched.
func onSmallStack(_ body: @escaping () throws -> Void) throws -> Int {
  let memory = UnsafeMutableRawPointer.allocate(byteCount: smallStack, alignment: 1 << 16)
  defer { memory.deallocate() }
  memset(memory, 0xA5, smallStack)
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  defer { pthread_attr_destroy(&attributes) }
  guard pthread_attr_setstack(&attributes, memory, smallStack) == 0 else {
    fail("no thread can have a stack of \(smallStack) bytes")
  }
  let work = Work(body)
  #if canImport(Darwin)
    var thread: pthread_t?
  #else
    var thread = pthread_t()
  #endif
  let start = pthread_create(
    &thread, &attributes,
    { argument in
      #if canImport(Darwin)
        let pointer = argument
      #else
        let pointer = argument!
      #endif
      let work = Unmanaged<Work>.fromOpaque(pointer).takeUnretainedValue()
      do { try work.body() } catch { work.error = error }
      return nil
    }, Unmanaged.passUnretained(work).toOpaque())
  guard start == 0 else { fail("no thread could be started: \(start)") }
  #if canImport(Darwin)
    pthread_join(thread!, nil)
  #else
    pthread_join(thread, nil)
  #endif
  if let error = work.error { throw error }
  let bytes = memory.assumingMemoryBound(to: UInt8.self)
  var untouched = 0
  while untouched < smallStack && bytes[untouched] == 0xA5 { untouched += 1 }
  return smallStack - untouched
}

/// All programs, and graphs as deep and as wide as asked for, on threads with small stacks.
func useSmallStacks(_ depth: Int) throws {
  var most = (bytes: 0, name: "")
  func note(_ name: String, _ body: @escaping () throws -> Void) throws {
    let bytes = try onSmallStack(body)
    print("limits: \(name): \(bytes / 1024) KiB of a stack of \(smallStack / 1024)")
    if bytes > most.bytes { most = (bytes, name) }
  }
  for program in programs() {
    try note(program.name) {
      // The second run finds the plans of the first.
      if try program.run() != program.run() { fail("\(program.name): two runs differ") }
    }
  }
  let graphs = largeGraphs()
  for name in ["deep", "deep-routines", "tree", "left-to-right", "stack", "leaves-tree"] {
    let graph = graphs.first { $0.name == name }!
    try note("\(name) of \(depth)") { _ = measure(graph, depth) }
  }
  try note("a chain of \(depth) that nobody reads") {
    let x = D([1, 2, 3], requiresGrad: true)
    var y = x
    for _ in 0..<depth { y = y * 0.5 }
  }
  try note("forward mode over \(depth / 10)") {
    let along = jvp(of: { x in (0..<depth / 10).reduce(x) { y, _ in y + 0.5 } }, at: D([1, 2]), along: D([1, 1]))
    if along.tangent.scalars != [1, 1] { fail("jvp over a long chain: \(along.tangent)") }
  }
  print("limits: at most \(most.bytes / 1024) KiB of stack, by \(most.name)")
}
