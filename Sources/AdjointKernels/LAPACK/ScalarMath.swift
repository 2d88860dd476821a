#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// ln x in Double; the sum over pivots is rounded once more in the caller's type.
func logarithmOf<Element: BinaryFloatingPoint>(_ x: Element) -> Double { log(Double(x)) }
