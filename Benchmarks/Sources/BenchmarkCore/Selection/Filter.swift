/// Which workloads a user means.
///
/// `elementwise/exp` is one workload, `elementwise` (or `elementwise/`) its group; `*` stands for any characters,
/// `?` for one. A word that names neither matches every id that contains it.
public struct Filter: Sendable {
  public let pattern: String

  public init(_ pattern: String) { self.pattern = pattern }

  /// The ids that the pattern means, in their order.
  public func matches(in ids: [String]) -> [String] {
    if pattern.contains(where: { $0 == "*" || $0 == "?" }) {
      return ids.filter { Filter.glob(Array(pattern.utf8)[...], Array($0.utf8)[...]) }
    }
    if ids.contains(pattern) { return [pattern] }
    let group = pattern.hasSuffix("/") ? pattern : pattern + "/"
    let members = ids.filter { $0.hasPrefix(group) }
    return members.isEmpty ? ids.filter { $0.contains(pattern) } : members
  }

  /// The ids that any of the patterns means, in the order of `ids`; all of them without a pattern.
  public static func select(_ patterns: [String], from ids: [String]) throws(SelectionError) -> [String] {
    guard !patterns.isEmpty else { return ids }
    var selected: Set<String> = []
    for pattern in patterns {
      let found = Filter(pattern).matches(in: ids)
      guard !found.isEmpty else {
        throw SelectionError("no workload matches '\(pattern)'; 'adjoint-bench list' names them all")
      }
      selected.formUnion(found)
    }
    return ids.filter(selected.contains)
  }

  /// Matches with one point of return, the last star: linear in practice, never exponential.
  private static func glob(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
    let (star, any) = (UInt8(ascii: "*"), UInt8(ascii: "?"))
    var p = pattern.startIndex
    var t = text.startIndex
    var retry: (p: Int, t: Int)?
    while t < text.endIndex {
      if p < pattern.endIndex, pattern[p] == star {
        retry = (p, t)
        p += 1
      } else if p < pattern.endIndex, pattern[p] == any || pattern[p] == text[t] {
        p += 1
        t += 1
      } else if let last = retry {
        retry = (last.p, last.t + 1)
        p = last.p + 1
        t = last.t + 1
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == star }
  }
}
