import Adjoint
import FileFuzzer

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Changed files for every reader, in memory and in this process: `file-fuzzer [--from SEED] [--count N] [--minutes M]`.
///
/// A seed is an input: `--from SEED --count 1` runs it again.
@main struct FileFuzzerCommand {
  /// The seed under way, for the handler of signals.
  nonisolated(unsafe) static var seed: UInt64 = 0

  static func main() {
    var (from, count, minutes): (UInt64, UInt64?, Double?) = (0, nil, nil)
    var arguments = CommandLine.arguments.dropFirst()
    if arguments.first == "--write", arguments.count == 3 {
      write(to: CommandLine.arguments[2], bytes: Int(CommandLine.arguments[3]) ?? 0)
    }
    while let name = arguments.popFirst() {
      let value = arguments.popFirst() ?? ""
      switch name {
      case "--from": from = UInt64(value) ?? 0
      case "--count": count = UInt64(value)
      case "--minutes": minutes = Double(value)
      default:
        print("file-fuzzer [--from SEED] [--count INPUTS] [--minutes M]")
        exit(2)
      }
    }
    for number in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT, SIGALRM] { signal(number) { FileFuzzerCommand.stop($0) } }
    let end = from + (count ?? (minutes == nil ? 1_000_000 : .max - from))
    let start = time(nil)
    var (readers, failures, done) = (FuzzedReader.allCases, 0, UInt64(0))
    readers.sort { $0.rawValue < $1.rawValue }
    seed = from
    while seed < end {
      // An input that takes this long hangs.
      if done % 4096 == 0 {
        alarm(60)
        if let minutes, Double(time(nil) - start) > minutes * 60 { break }
      }
      let reader = readers[Int(seed % UInt64(readers.count))]
      var mutator = Mutator(seed: seed)
      if let fault = reader.fault(mutator.input(for: reader)) {
        failures += 1
        print("seed \(seed), \(reader): \(fault)")
      }
      seed += 1
      done += 1
    }
    print("\(done) inputs from seed \(from) in \(time(nil) - start) s, \(failures) failures")
    exit(failures == 0 ? 0 : 1)
  }

  /// Writes a file of equal bytes over and over, until it is killed or whoever started it is gone: for the tests of the writer. The
  /// first file that is written is told by a line.
  static func write(to path: String, bytes count: Int) -> Never {
    let parent = getppid()
    alarm(300)
    var value: UInt8 = 0
    while getppid() == parent {
      value &+= 1
      do {
        try SafetensorsFile.write(["x": FileTensor([UInt8](repeating: value, count: count))], to: path)
      } catch {
        print(error)
        exit(1)
      }
      if value == 1 { _ = put(1, "\n", 1) }
    }
    exit(0)
  }

  /// Only `write` may be called here.
  static func stop(_ number: Int32) {
    var digits:
      (
        UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8,
        UInt8, UInt8, UInt8, UInt8, UInt8
      ) = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10)
    withUnsafeMutableBytes(of: &digits) { text in
      var rest = seed
      for place in (0..<20).reversed() {
        text[place] = UInt8(ascii: "0") + UInt8(rest % 10)
        rest /= 10
      }
      _ = Self.put(2, "stopped at seed ", 16)
      _ = Self.put(2, text.baseAddress, 21)
    }
    _exit(128 + number)
  }

  private static func put(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    #if canImport(Glibc)
      Glibc.write(file, bytes, count)
    #else
      Darwin.write(file, bytes, count)
    #endif
  }
}
