import AdjointKernels

/// How something will be computed: the fused passes over memory, in order, with what each reads, writes and costs.
///
/// ```swift
/// print((x * x + 1).sum().explain())
/// // pass  route         operations        inputs        outputs   bytes read  bytes written  FLOPs
/// //    1  tile kernels  Square, Add, Sum  [1000] Float  [] Float      4.0 kB            4 B  2,999
/// //       total         1 pass                                        4.0 kB            4 B  2,999
/// ```
///
/// Get one from ``Tensor/explain()`` or ``Tensor/explainBackward(_:)``.
public struct ExecutionPlan: Sendable {
  /// What carries out a step.
  public typealias Route = ExecutionRoute

  /// An array that a step reads or writes.
  public struct Array: Sendable, Hashable, CustomStringConvertible {
    public let shape: Shape
    public let elementType: ElementType
    public var byteCount: Int { shape.elementCount * elementType.size }
    public var description: String { "\(shape) \(elementType.swiftName)" }
  }

  /// One pass over memory, or a view.
  public struct Step: Sendable, Hashable {
    public let route: Route
    /// The names of the operations that are carried out together, in order.
    public let operations: [String]
    /// The arrays that are read; numbers are not among them, and each array counts once.
    public let inputs: [Array]
    public let outputs: [Array]
    /// Floating-point or integer operations: one per element for an elementwise operation, whatever it costs, none for a
    /// copy, one per combined element for a reduction, 2·m·n·k for a matrix product; nil where nobody has
    /// counted.
    public let operationCount: Int?

    public var bytesRead: Int { route == .view ? 0 : inputs.reduce(0) { $0 + $1.byteCount } }
    public var bytesWritten: Int { route == .view ? 0 : outputs.reduce(0) { $0 + $1.byteCount } }
  }

  /// The steps in order; none if all values are there.
  public let steps: [Step]

  /// The number of passes over memory.
  public var passCount: Int { steps.count { $0.route != .view } }
  public var bytesRead: Int { steps.reduce(0) { $0 + $1.bytesRead } }
  public var bytesWritten: Int { steps.reduce(0) { $0 + $1.bytesWritten } }
  /// The sum over the steps whose count is known.
  public var operationCount: Int { steps.reduce(0) { $0 + ($1.operationCount ?? 0) } }
}

extension ExecutionPlan: CustomStringConvertible {
  /// A table with a row per step and the totals below.
  public var description: String {
    if steps.isEmpty { return "nothing to compute: the values are there" }
    var rows = [["pass", "route", "operations", "inputs", "outputs", "bytes read", "bytes written", "FLOPs"]]
    var pass = 0
    for step in steps {
      if step.route != .view { pass += 1 }
      rows.append([
        step.route == .view ? "" : "\(pass)", "\(step.route)", Self.list(step.operations),
        Self.list(step.inputs.map(\.description)), Self.list(step.outputs.map(\.description)),
        Self.bytes(step.bytesRead), Self.bytes(step.bytesWritten), step.operationCount.map(Self.grouped) ?? "?",
      ])
    }
    let isPartial = steps.contains { $0.operationCount == nil }
    rows.append([
      "", "total", "\(passCount) \(passCount == 1 ? "pass" : "passes")", "", "", Self.bytes(bytesRead),
      Self.bytes(bytesWritten), (isPartial ? "≥ " : "") + Self.grouped(operationCount),
    ])
    return TextTable.lines(rows, right: [0, 5, 6, 7]).joined(separator: "\n")
  }

  /// The first of the names, repetitions counted.
  private static func list(_ names: [String]) -> String {
    var runs: [(name: String, count: Int)] = []
    for name in names {
      if runs.last?.name == name { runs[runs.count - 1].count += 1 } else { runs.append((name, 1)) }
    }
    let shown = runs.prefix(6).map { $0.count == 1 ? $0.name : "\($0.name) ×\($0.count)" }
    return shown.joined(separator: ", ") + (runs.count > 6 ? ", … (\(names.count))" : "")
  }

  private static func bytes(_ count: Int) -> String {
    if count < 1000 { return "\(count) B" }
    var (tenths, unit) = ((count + 50) / 100, "kB")
    for larger in ["MB", "GB", "TB"] where tenths >= 10_000 { (tenths, unit) = ((tenths + 500) / 1000, larger) }
    return "\(tenths / 10).\(tenths % 10) \(unit)"
  }

  private static func grouped(_ count: Int) -> String {
    var digits = Swift.Array(String(count))
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: place)
      place -= 3
    }
    return String(digits)
  }
}
