import AdjointKernels

/// How the elements of a tensor are written by an `Encoder`. A decoder reads either.
public enum TensorElementCoding: Sendable, Hashable {
  /// Their bytes, lowest first, as text in base 64: exact, NaN and infinities too, in 4 characters for 3 bytes.
  case base64
  /// A flat array of numbers in row-major order, which people can read. Some encoders refuse NaN and infinities: `JSONEncoder` does.
  case numbers
}

extension CodingUserInfoKey {
  /// How an encoder writes the elements of tensors: a ``TensorElementCoding``, `.base64` where there is none.
  ///
  /// ```swift
  /// import Foundation
  ///
  /// let encoder = JSONEncoder()
  /// encoder.userInfo[.tensorElements] = TensorElementCoding.numbers
  /// let text = try encoder.encode(["w": Tensor<Float>([[1, 2], [3, 4]])])
  /// // {"w":{"type":"float32","shape":[2,2],"scalars":[1,2,3,4]}}
  /// let weights = try JSONDecoder().decode([String: Tensor<Float>].self, from: text)
  /// ```
  ///
  /// An encoder does not say whether it writes text or bytes; so it is asked for, not guessed.
  public static let tensorElements = CodingUserInfoKey(rawValue: "Adjoint.tensorElements")!
}

extension Tensor: Codable {
  private enum Key: String, CodingKey {
    case type, shape, requiresGrad, base64, scalars
  }

  /// Writes type, shape and elements, as the encoder's `CodingUserInfoKey.tensorElements` says. Evaluates.
  ///
  /// A leaf that requires a gradient says so, and is one again when it is read. Gradients and what a result was computed from are not written.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(FileElement(Scalar.elementType).rawValue, forKey: .type)
    try container.encode(Array(shape), forKey: .shape)
    if node.isLeaf && node.tracking != .none { try container.encode(true, forKey: .requiresGrad) }
    switch encoder.userInfo[.tensorElements] as? TensorElementCoding ?? .base64 {
    case .base64:
      let byteCount = count * Scalar.elementType.size
      let text = contiguousBuffer.withUnsafeElements(of: UInt8.self, count: byteCount) { Base64.encode($0.span) }
      try container.encode(text, forKey: .base64)
    case .numbers:
      try container.encode(scalars, forKey: .scalars)
    }
  }

  /// Reads what ``encode(to:)`` wrote, in either form.
  ///
  /// - Throws: `DecodingError`, whatever is wrong with the data: another type of elements, a shape that no tensor has or that does not fit the elements,
  ///   what is no base 64, a Boolean that is neither 0 nor 1. Memory is taken for elements that are there, not for those that a shape announces.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let type = try container.decode(String.self, forKey: .type)
    let expected = FileElement(Scalar.elementType).rawValue
    guard type == expected else {
      throw DecodingError.dataCorruptedError(
        forKey: .type, in: container,
        debugDescription: "the elements are of type \(type.prefix(40)), and \(expected) is asked for")
    }
    let shape = try Self.decodeShape(container)
    let buffer: Buffer?
    let found: Int
    if container.contains(.base64) {
      let bytes = Base64.decode(try container.decode(String.self, forKey: .base64))
      guard let bytes, Scalar.self != Bool.self || bytes.allSatisfy({ $0 <= 1 }) else {
        throw DecodingError.dataCorruptedError(
          forKey: .base64, in: container,
          debugDescription: bytes == nil ? "the elements are no base 64" : "a Boolean is neither 0 nor 1")
      }
      let isWhole = bytes.count % Scalar.elementType.size == 0
      (found, buffer) = (isWhole ? bytes.count / Scalar.elementType.size : -1, Buffer.ifPossible(of: bytes))
    } else {
      let scalars = try container.decode([Scalar].self, forKey: .scalars)
      (found, buffer) = (scalars.count, Buffer.ifPossible(of: scalars))
    }
    guard found == shape.elementCount else {
      throw DecodingError.dataCorruptedError(
        forKey: .shape, in: container,
        debugDescription: "shape \(shape) has \(shape.elementCount) elements, and there are "
          + (found < 0 ? "bytes that are no whole elements" : "\(found)"))
    }
    guard let buffer else {
      throw DecodingError.dataCorruptedError(
        forKey: .shape, in: container, debugDescription: "the system has no memory for \(found) elements")
    }
    self.init(buffer, shape: shape)
    if try container.decodeIfPresent(Bool.self, forKey: .requiresGrad) ?? false {
      guard Scalar.elementType == .float32 || Scalar.elementType == .float64 else {
        throw DecodingError.dataCorruptedError(
          forKey: .requiresGrad, in: container, debugDescription: "tensors of \(expected) have no gradient")
      }
      node.setTracking(.tracked)
    }
  }

  /// The shape, of which the extents are taken one at a time: a long list is nobody's shape.
  private static func decodeShape(_ container: KeyedDecodingContainer<Key>) throws -> Shape {
    var list = try container.nestedUnkeyedContainer(forKey: .shape)
    var extents: [Int] = []
    while !list.isAtEnd && extents.count <= Shape.largestRank { extents.append(try list.decode(Int.self)) }
    guard extents.count <= Shape.largestRank, Shape(extents).possibleElementCount >= 0 else {
      throw DecodingError.dataCorruptedError(
        forKey: .shape, in: container,
        debugDescription: extents.count > Shape.largestRank
          ? "more than \(Shape.largestRank) axes" : "no tensor has shape \(extents)")
    }
    return Shape(extents)
  }
}
