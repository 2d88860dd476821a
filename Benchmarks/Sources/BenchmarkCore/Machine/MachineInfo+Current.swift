import AdjointKernels
import CBenchmarkProbes
import CKernels
import COpenBLAS

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension MachineInfo {
  /// The machine that this process runs on, with the warnings that need no measurement.
  public static func current() -> MachineInfo {
    let processors = SystemFile.contents("/proc/cpuinfo") ?? ""
    var machine = MachineInfo(
      cpuModel: SystemFile.value(of: "model name", in: processors) ?? systemName("machdep.cpu.brand_string"),
      isa: kernelInstructionSet(), isaOffered: offeredInstructionSet, cores: Parallelism.availableProcessors,
      caches: systemCaches(), memBytes: sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE)),
      os: operatingSystem(),
      blas: BLASInfo(
        config: String(cString: openblas_get_config()).trimmed(), corename: String(cString: openblas_get_corename()),
        threads: Int(openblas_get_num_threads())),
      env: relevantEnvironment(), warnings: [])
    machine.warnings = machine.standingWarnings()
    return machine
  }

  /// The instruction sets that the library's kernels are compiled for.
  public static let instructionSets = ["baseline", "avx2", "avx512"]

  /// The instruction set of the kernels in use.
  static func kernelInstructionSet() -> String {
    let index = Int(ck_kernels().pointee.isa.rawValue)
    return index < instructionSets.count ? instructionSets[index] : "unknown"
  }

  /// From now on the library's kernels use this instruction set; false if this processor has it not.
  public static func useInstructionSet(_ name: String) -> Bool {
    guard let index = instructionSets.firstIndex(of: name) else { return false }
    return ck_use_isa(ck_isa(rawValue: UInt8(index)))
  }

  static var offeredInstructionSet: String {
    switch cb_vector_bytes() {
    case 64: "avx512"
    case 32: "avx2"
    default: "baseline"
    }
  }

  /// OpenBLAS chose kernels for an older processor than this one, or the environment holds it back.
  func standingWarnings() -> [String] {
    var warnings: [String] = []
    if let used = MachineInfo.instructionSet(ofCore: blas.corename), let usedRank = rank(used),
      let best = rank(isaOffered),
      usedRank < best
    {
      let cause =
        env["OPENBLAS_CORETYPE"] == nil ? "does not recognise this processor" : "is told to by OPENBLAS_CORETYPE"
      warnings.append(
        "OpenBLAS \(cause) and uses its \(blas.corename) kernels (\(used)), although the processor has \(isaOffered): "
          + "matrix products run below its speed"
          + (env["OPENBLAS_CORETYPE"] == nil
            ? " (OPENBLAS_CORETYPE=\(isaOffered == "avx512" ? "SkylakeX" : "Haswell") would choose)" : ""))
    }
    if let used = rank(isa), let best = rank(isaOffered), used < best {
      warnings.append("the library's kernels run with \(isa), although the processor has \(isaOffered)")
    }
    return warnings
  }

  private func rank(_ name: String) -> Int? { MachineInfo.instructionSets.firstIndex(of: name) }

  /// The instruction set that a family of OpenBLAS's x86-64 kernels is written for, nil for other processors.
  static func instructionSet(ofCore name: String) -> String? {
    switch name.lowercased() {
    case "skylakex", "cooperlake", "sapphirerapids": "avx512"
    case "haswell", "zen", "excavator": "avx2"
    case "prescott", "core2", "penryn", "dunnington", "nehalem", "sandybridge", "atom", "opteron", "opteron_sse3",
      "barcelona", "bobcat", "bulldozer", "piledriver", "steamroller", "nano", "generic":
      "baseline"
    default: nil
    }
  }

  private static func systemCaches() -> [Cache] {
    var caches: [Cache] = []
    for index in 0..<10 {
      let folder = "/sys/devices/system/cpu/cpu0/cache/index\(index)/"
      guard let type = SystemFile.line(folder + "type"), type != "Instruction",
        let level = SystemFile.line(folder + "level"), let size = SystemFile.line(folder + "size")
      else { continue }
      let digits = Int(size.prefix(while: \.isNumber)) ?? 0
      let bytes = digits << (size.hasSuffix("M") ? 20 : size.hasSuffix("K") ? 10 : 0)
      let mask = SystemFile.line(folder + "shared_cpu_map") ?? "1"
      let sharers = mask.reduce(0) { $0 + ($1.hexDigitValue ?? 0).nonzeroBitCount }
      caches.append(Cache(name: type == "Data" ? "L\(level)d" : "L\(level)", bytes: bytes, sharedBy: max(1, sharers)))
    }
    return caches.isEmpty
      ? [Cache(name: "L1d", bytes: 32 << 10, sharedBy: 1), Cache(name: "L2", bytes: 1 << 20, sharedBy: 1)] : caches
  }

  private static func operatingSystem() -> String {
    var name = utsname()
    uname(&name)
    let kernel = "\(text(of: name.sysname)) \(text(of: name.release)) \(text(of: name.machine))"
    let release = SystemFile.contents("/etc/os-release").flatMap { SystemFile.value(of: "PRETTY_NAME", in: $0) }
    return release.map { "\($0), \(kernel)" } ?? kernel
  }

  /// A C array of characters is a tuple in Swift.
  private static func text<Characters>(of characters: Characters) -> String {
    withUnsafeBytes(of: characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }

  private static func systemName(_ name: String) -> String {
    #if canImport(Darwin)
      var bytes = [UInt8](repeating: 0, count: 256)
      var length = bytes.count
      guard sysctlbyname(name, &bytes, &length, nil, 0) == 0 else { return "unknown" }
      return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    #else
      return "unknown"
    #endif
  }

  private static func relevantEnvironment() -> [String: String] {
    let prefixes = ["OPENBLAS_", "OMP_", "GOTO_", "MALLOC_", "GLIBC_TUNABLES", "LIBDISPATCH_"]
    var found: [String: String] = [:]
    var entry = environ
    while let line = entry.pointee {
      let text = String(cString: line)
      if prefixes.contains(where: text.hasPrefix), let mark = text.firstIndex(of: "=") {
        found[String(text[..<mark])] = String(text[text.index(after: mark)...])
      }
      entry += 1
    }
    return found
  }
}
