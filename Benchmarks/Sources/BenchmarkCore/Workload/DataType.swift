/// The element types that workloads run in.
public enum DataType: String, Sendable, Codable, CaseIterable {
  case float32, float64

  /// Bytes of an element.
  public var size: Int { self == .float32 ? 4 : 8 }
}
