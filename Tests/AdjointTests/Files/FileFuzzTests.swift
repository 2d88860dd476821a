import FileFuzzer
import Foundation
import Testing

@testable import Adjoint

/// A bounded run of what `make fuzz` runs without end.
@Suite struct FileFuzzTests {
  @Test(arguments: FuzzedReader.allCases) func changedFilesAreReadOrRefused(reader: FuzzedReader) {
    for seed in UInt64(0)..<4000 {
      var mutator = Mutator(seed: seed)
      if let fault = reader.fault(mutator.input(for: reader)) { Issue.record("seed \(seed), \(reader): \(fault)") }
    }
  }

  @Test(arguments: FuzzedReader.allCases) func seedsHold(reader: FuzzedReader) {
    for (index, bytes) in Seeds.files(for: reader).enumerated() {
      #expect(reader.fault(bytes) == nil, "seed \(index)")
      #expect(!bytes.isEmpty, "seed \(index)")
    }
  }

  /// The mutator gets past the first check: a good part of its inputs is read, and a good part refused.
  @Test func aPartOfTheInputsIsWellFormed() {
    let read = (UInt64(0)..<2000).count { seed in
      var mutator = Mutator(seed: seed)
      let bytes = mutator.input(for: .safetensors)
      return failure { () throws(FileFormatError) in try SafetensorsFile(bytes: bytes).tensors() } == nil
    }
    #expect((20..<1900).contains(read))
  }

  /// What coverage-guided runs found worth keeping.
  @Test(arguments: FuzzedReader.allCases) func committedCorpusHolds(reader: FuzzedReader) throws {
    let folder = URL(filePath: Fixture.folder).deletingLastPathComponent().appending(path: "Fuzz/\(reader.rawValue)")
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    #expect(files.count > 10)
    for file in files {
      let fault = reader.fault([UInt8](try Data(contentsOf: file)))
      #expect(fault == nil, "\(file.lastPathComponent)")
    }
  }
}
