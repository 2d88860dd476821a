import Adjoint

/// A reader of files, and what must hold for every input.
package enum FuzzedReader: String, CaseIterable, Sendable {
  case npy, npz, safetensors, json

  /// Reads an input in memory. What it reads must be consistent and survive writing and reading; an error must be one line that
  /// names the file. The result says what does not hold; a crash is the other way to fail.
  package func fault(_ bytes: [UInt8]) -> String? {
    var limits = FileLimits()
    limits.unpackedBytes = 1 << 20
    do throws(FileFormatError) {
      switch self {
      case .npy:
        let tensor = try NPY.decode(bytes, path: "fuzzed", limits: limits)
        guard isConsistent(tensor) else {
          return "\(tensor.shape) of \(tensor.elementType) has \(tensor.bytes.count) bytes"
        }
        if try NPY.decode(NPY.encode(tensor)) != tensor { return "another array after writing and reading" }
        return fault(tensor)
      case .npz:
        let tensors = try NPZ.decode(bytes, path: "fuzzed", limits: limits)
        for tensor in tensors.values where !isConsistent(tensor) { return "\(tensor.shape) of \(tensor.elementType)" }
        if try NPZ.decode(NPZ.encode(tensors)) != tensors { return "other arrays after writing and reading" }
        for tensor in tensors.values { if let fault = fault(tensor) { return fault } }
      case .safetensors:
        let file = try SafetensorsFile(bytes: bytes, path: "fuzzed", limits: limits)
        let tensors = try file.tensors()
        for tensor in tensors.values where !isConsistent(tensor) { return "\(tensor.shape) of \(tensor.elementType)" }
        let again = try SafetensorsFile(bytes: SafetensorsFile.encode(tensors, metadata: file.metadata))
        if try again.tensors() != tensors || again.metadata != file.metadata {
          return "other tensors after writing and reading"
        }
        for tensor in tensors.values { if let fault = fault(tensor) { return fault } }
      case .json: return jsonFault(bytes)
      }
    } catch {
      let text = error.description
      if !text.hasPrefix("fuzzed: ") || text.utf8.contains(UInt8(ascii: "\n")) || text.utf8.count > 4096 {
        return "the error is '\(text)'"
      }
    }
    return nil
  }

  private func isConsistent(_ tensor: FileTensor) -> Bool {
    var count = tensor.elementType.size
    for length in tensor.shape { count = count &* length }
    return tensor.shape.allSatisfy { $0 >= 0 } && count == tensor.bytes.count && tensor.count >= 0
  }

  private func fault(_ tensor: FileTensor) -> String? {
    for type in [FileElement.float16, .float64, .bool, .int32] {
      let converted = tensor.converted(to: type)
      if converted.count != tensor.count { return "\(converted.count) elements as \(type), not \(tensor.count)" }
    }
    return TensorReading.fault(tensor)
  }

  private func jsonFault(_ bytes: [UInt8]) -> String? {
    var cursor = JSONText(bytes: bytes)
    let skipped = Result { () throws(JSONFault) in
      try cursor.skip()
      try cursor.end()
    }
    do throws(JSONFault) {
      _ = try JSONText.parse(bytes)
      if case .failure(let fault) = skipped, bytes.first != 0x20 { return "what is read cannot be skipped: \(fault)" }
    } catch {
      if case .duplicate = error { return nil }
      if case .success = skipped { return "what is skipped cannot be read: \(error)" }
    }
    return nil
  }
}
