// What libFuzzer calls; built by Scripts/fuzz.sh, not a part of the package.
import Adjoint
import FileFuzzer

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Which reader: the program's name ends with it.
private let reader = FuzzedReader.allCases.first { CommandLine.arguments[0].hasSuffix("-\($0.rawValue)") } ?? .npy

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  if let fault = reader.fault(Array(UnsafeBufferPointer(start: bytes, count: count))) { fatalError(fault) }
  return 0
}

@_silgen_name("LLVMFuzzerMutate")
func mutateBytes(_ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, _ most: Int) -> Int

/// Half of the changes are libFuzzer's, half know the formats.
@_cdecl("LLVMFuzzerCustomMutator")
public func mutate(_ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, _ most: Int, _ seed: UInt32) -> Int {
  if seed & 1 == 0 { return mutateBytes(bytes, count, most) }
  var mutator = Mutator(seed: UInt64(seed))
  let changed = mutator.changed(Array(UnsafeBufferPointer(start: bytes, count: count)), for: reader).prefix(most)
  for (index, byte) in changed.enumerated() { bytes[index] = byte }
  return changed.count
}
