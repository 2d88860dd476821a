import BenchmarkCore

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The Python side: a process that answers one request per line.
final class PeerServer {
  /// What a peer needed for one call.
  struct Time: Codable {
    var medianNs, minNs: Double
    var samplesN: Int
  }

  /// The names of the peers with their versions.
  let versions: [String: String]
  private let process: ChildProcess

  private struct Greeting: Codable { var versions: [String: String] }

  private struct Request: Codable {
    var id: String
    var dtype: DataType
    var shape: [Int]
    var minTime, timeout: Double
  }

  private struct Answer: Codable {
    var id: String
    var peers: [String: Time]
  }

  init(python: String, script: String) throws {
    process = try ChildProcess(python, [script])
    guard let line = process.readLine(), let greeting = try? PeerServer.decode(Greeting.self, line) else {
      throw SelectionError(
        "\(python) cannot run \(script); it needs torch, jax and numpy ('make bench-peers' installs them)")
    }
    versions = greeting.versions
  }

  /// The times of every peer that has the workload.
  func measure(_ item: WorkloadCase, minTime: Double, timeout: Double) throws -> [String: Time] {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    let request = Request(
      id: item.workload.id, dtype: item.dataType, shape: item.shape, minTime: minTime, timeout: timeout)
    try process.send(String(decoding: try encoder.encode(request), as: UTF8.self))
    guard let line = process.readLine(), let answer = try? PeerServer.decode(Answer.self, line) else {
      throw SelectionError("the peers stopped at \(item.workload.id)")
    }
    return answer.peers
  }

  private static func decode<Value: Decodable>(_: Value.Type, _ line: String) throws -> Value {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Value.self, from: Data(line.utf8))
  }
}
