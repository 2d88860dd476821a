/// A structure of tensors: a ``TensorTree`` by one line, if its fields are `Codable`.
///
/// ```swift
/// struct Layer: TensorStructure {
///   var weights: Tensor<Float>
///   var bias: Tensor<Float>?
///   var steps = 1
/// }
/// let layer = Layer(weights: .randn(3, 2, requiresGrad: true), bias: .zeros(2, requiresGrad: true))
/// let x = Tensor<Float>.randn(5, 3)
/// let slopes = grad(of: { (layer: Layer) in x.matmul(layer.weights).tanh().sum() })(layer)
/// print(slopes.weights.shape)                            // [3, 2]
/// let optimizer = SGD(layer, learningRate: 0.1)          // of both tensors
/// ```
///
/// The compiler writes `encode(to:)` and `init(from:)`, which go over all fields; the tensors are found and replaced through them, as they are: nothing is encoded.
/// Fields that are trees (tensors, arrays, optionals and dictionaries of trees, other structures) are its tensors, in the order of their declaration. What else there
/// is, is carried along, and tells one arrangement from another where it is `Hashable`: ``CompiledFunction`` records again for another number of `steps`. And because it is
/// `Codable`, a coder saves it.
///
/// Each call goes over all fields: of three fields, 3 µs to list the tensors and 8 µs to replace them (release build). Conform to ``TensorTree`` by hand where
/// that counts.
///
/// A type that encodes itself otherwise than field by field (an enumeration with values, a subclass) stops the process with a sentence, and conforms to
/// ``TensorTree`` by hand.
public protocol TensorStructure: TensorTree, Codable {}

/// The fields of a value, by the names of their keys, in the order of its `encode(to:)`.
private struct Fields {
  var list: [(name: String, value: Any)] = []

  init<Tree: Encodable>(of tree: Tree) {
    let recorder = Recorder("\(Tree.self)")
    do { try tree.encode(to: recorder) } catch {
      fatalError(
        "TensorStructure: \(Tree.self).encode(to:) threw \(error); a type whose encoding fails conforms to TensorTree by hand"
      )
    }
    list = recorder.list
  }

  /// Encodes nothing, and keeps what it is given.
  final class Recorder: Encoder {
    let type: String
    var list: [(name: String, value: Any)] = []
    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]

    init(_ type: String) { self.type = type }

    func container<Key: CodingKey>(keyedBy _: Key.Type) -> KeyedEncodingContainer<Key> {
      KeyedEncodingContainer(Writer<Key>(recorder: self))
    }
    func unkeyedContainer() -> any UnkeyedEncodingContainer { refuseContainer(type) }
    func singleValueContainer() -> any SingleValueEncodingContainer { refuseContainer(type) }
  }

  struct Writer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let recorder: Recorder
    let codingPath: [any CodingKey] = []

    func encode<Value: Encodable>(_ value: Value, forKey key: Key) {
      recorder.list.append((key.stringValue, value))
    }
    func encodeNil(forKey key: Key) {}
    func encode(_ value: Bool, forKey key: Key) { recorder.list.append((key.stringValue, value)) }
    func encode(_ value: String, forKey key: Key) { recorder.list.append((key.stringValue, value)) }
    func encode(_ value: Double, forKey key: Key) { recorder.list.append((key.stringValue, value)) }
    func encode(_ value: Float, forKey key: Key) { recorder.list.append((key.stringValue, value)) }
    func encode(_ value: Int, forKey key: Key) { recorder.list.append((key.stringValue, value)) }
    func encode(_ value: Int8, forKey key: Key) { recorder.list.append((key.stringValue, value)) }
    func encode(_ value: Int16, forKey key: Key) { recorder.list.append((key.stringValue, value)) }
    func encode(_ value: Int32, forKey key: Key) { recorder.list.append((key.stringValue, value)) }
    func encode(_ value: Int64, forKey key: Key) { recorder.list.append((key.stringValue, value)) }
    func encode(_ value: UInt, forKey key: Key) { recorder.list.append((key.stringValue, value)) }
    func encode(_ value: UInt8, forKey key: Key) { recorder.list.append((key.stringValue, value)) }
    func encode(_ value: UInt16, forKey key: Key) { recorder.list.append((key.stringValue, value)) }
    func encode(_ value: UInt32, forKey key: Key) { recorder.list.append((key.stringValue, value)) }
    func encode(_ value: UInt64, forKey key: Key) { recorder.list.append((key.stringValue, value)) }

    func nestedContainer<Nested: CodingKey>(
      keyedBy _: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> { refuseContainer(recorder.type) }
    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { refuseContainer(recorder.type) }
    func superEncoder() -> any Encoder { refuseContainer(recorder.type) }
    func superEncoder(forKey key: Key) -> any Encoder { refuseContainer(recorder.type) }
  }

  /// Decodes nothing, and gives what it has.
  struct Giver: Decoder {
    let type: String
    let values: [String: Any]
    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]

    func container<Key: CodingKey>(keyedBy _: Key.Type) -> KeyedDecodingContainer<Key> {
      KeyedDecodingContainer(Reader<Key>(giver: self))
    }
    func unkeyedContainer() -> any UnkeyedDecodingContainer { refuseContainer(type) }
    func singleValueContainer() -> any SingleValueDecodingContainer { refuseContainer(type) }
  }

  struct Reader<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let giver: Giver
    let codingPath: [any CodingKey] = []
    var allKeys: [Key] { giver.values.keys.compactMap { Key(stringValue: $0) } }

    func contains(_ key: Key) -> Bool { giver.values[key.stringValue] != nil }
    func decodeNil(forKey key: Key) -> Bool { !contains(key) }

    func decode<Value: Decodable>(_: Value.Type, forKey key: Key) throws -> Value { try value(key) }
    func decode(_: Bool.Type, forKey key: Key) throws -> Bool { try value(key) }
    func decode(_: String.Type, forKey key: Key) throws -> String { try value(key) }
    func decode(_: Double.Type, forKey key: Key) throws -> Double { try value(key) }
    func decode(_: Float.Type, forKey key: Key) throws -> Float { try value(key) }
    func decode(_: Int.Type, forKey key: Key) throws -> Int { try value(key) }
    func decode(_: Int8.Type, forKey key: Key) throws -> Int8 { try value(key) }
    func decode(_: Int16.Type, forKey key: Key) throws -> Int16 { try value(key) }
    func decode(_: Int32.Type, forKey key: Key) throws -> Int32 { try value(key) }
    func decode(_: Int64.Type, forKey key: Key) throws -> Int64 { try value(key) }
    func decode(_: UInt.Type, forKey key: Key) throws -> UInt { try value(key) }
    func decode(_: UInt8.Type, forKey key: Key) throws -> UInt8 { try value(key) }
    func decode(_: UInt16.Type, forKey key: Key) throws -> UInt16 { try value(key) }
    func decode(_: UInt32.Type, forKey key: Key) throws -> UInt32 { try value(key) }
    func decode(_: UInt64.Type, forKey key: Key) throws -> UInt64 { try value(key) }

    private func value<Value>(_ key: Key) throws -> Value {
      guard let value = giver.values[key.stringValue] as? Value else {
        throw DecodingError.keyNotFound(
          key, DecodingError.Context(codingPath: [], debugDescription: "encode(to:) gave no \(Value.self) for it"))
      }
      return value
    }

    func nestedContainer<Nested: CodingKey>(
      keyedBy _: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { refuseContainer(giver.type) }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { refuseContainer(giver.type) }
    func superDecoder() throws -> any Decoder { refuseContainer(giver.type) }
    func superDecoder(forKey key: Key) throws -> any Decoder { refuseContainer(giver.type) }
  }
}

@inline(never) private func refuseContainer(_ type: String) -> Never {
  fatalError(
    "TensorStructure: \(type) encodes itself otherwise than field by field; such a type (an enumeration with values, a subclass) conforms by hand"
  )
}

extension TensorStructure {
  /// The tensors of the fields, in the order of `encode(to:)`.
  public var tensors: [AnyTensor] {
    Fields(of: self).list.flatMap { ($0.value as? any TensorTree)?.tensors ?? [] }
  }

  /// The same structure with other tensors, made by `init(from:)`.
  public func replacingTensors(_ next: inout ArraySlice<AnyTensor>) -> Self {
    var values: [String: Any] = [:]
    for (name, value) in Fields(of: self).list {
      values[name] = (value as? any TensorTree).map { $0.replacedAsAny(&next) } ?? value
    }
    do { return try Self(from: Fields.Giver(type: "\(Self.self)", values: values)) } catch {
      fatalError("TensorStructure: \(Self.self).init(from:) threw \(error); it must take what encode(to:) gave")
    }
  }

  /// Which fields there are, the arrangement of those that are trees, and the values of others, where they are `Hashable`.
  public func addArrangement(to list: inout [AnyHashable]) {
    for (name, value) in Fields(of: self).list {
      list.append(name)
      if let tree = value as? any TensorTree {
        tree.addArrangement(to: &list)
      } else if let value = value as? AnyHashable {
        list.append(value)
      }
    }
  }
}

extension TensorTree {
  fileprivate func replacedAsAny(_ next: inout ArraySlice<AnyTensor>) -> Any { replacingTensors(&next) }
}
