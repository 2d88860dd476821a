/// Something to measure: what it is, how much work it is, and how to set it up.
public struct Workload: Sendable {
  /// What bounds the workload at best, and so which peak it is compared with.
  public enum Kind: String, Sendable {
    /// The bandwidth of the cache level, or the memory, that the data lives in.
    case bandwidth
    /// The rate of multiply-adds.
    case arithmetic
    /// Neither: a fixed cost.
    case latency
  }

  /// Bytes that must be moved and operations that must be done, for one call.
  public struct Cost: Sendable, Equatable {
    /// Bytes read and written at least: each input once, each result once.
    public var bytes: Int
    /// Floating-point operations; a multiply-add counts as two, a function such as exp as one.
    public var flops: Int
    /// Elements, steps or calls.
    public var items: Int
    /// Bytes that the data occupies, which decides the cache level that it lives in.
    public var footprint: Int

    public init(bytes: Int, flops: Int, items: Int, footprint: Int? = nil) {
      self.bytes = bytes
      self.flops = flops
      self.items = items
      self.footprint = footprint ?? bytes
    }
  }

  /// `group/name`.
  public var id: String
  /// What is measured, in one line.
  public var summary: String
  public var kind: Kind
  public var dataTypes: [DataType] = DataType.allCases
  /// What a size counts: "elements", "rows and columns".
  public var sizeMeaning: String
  public var defaultSizes: [Int]
  /// Larger sizes are skipped: they would not end, or not fit.
  public var largestSize = Int.max
  /// The extents of a size.
  public var shape: @Sendable (Int) -> [Int]
  /// The numbers of extents that `--shape` may give; none for workloads with a shape of their own.
  public var ranks: ClosedRange<Int>?
  /// The formulas behind `cost`, as `list` prints them.
  public var bytesFormula: String
  public var flopsFormula: String
  public var cost: @Sendable (WorkloadCase) -> Cost
  /// Makes the inputs. Called once per case, untimed.
  public var prepare: @Sendable (WorkloadCase) throws -> PreparedWorkload

  public init(
    id: String, summary: String, kind: Kind, dataTypes: [DataType] = DataType.allCases, sizeMeaning: String,
    defaultSizes: [Int], largestSize: Int = .max, shape: @escaping @Sendable (Int) -> [Int] = { [$0] },
    ranks: ClosedRange<Int>? = nil, bytesFormula: String, flopsFormula: String,
    cost: @escaping @Sendable (WorkloadCase) -> Cost,
    prepare: @escaping @Sendable (WorkloadCase) throws -> PreparedWorkload
  ) {
    self.id = id
    self.summary = summary
    self.kind = kind
    self.dataTypes = dataTypes
    self.sizeMeaning = sizeMeaning
    self.defaultSizes = defaultSizes
    self.largestSize = largestSize
    self.shape = shape
    self.ranks = ranks
    self.bytesFormula = bytesFormula
    self.flopsFormula = flopsFormula
    self.cost = cost
    self.prepare = prepare
  }

  /// The part of the id before the slash.
  public var group: String { String(id.prefix { $0 != "/" }) }
}

/// A workload with a type and an extent.
public struct WorkloadCase: Sendable {
  public var workload: Workload
  public var dataType: DataType
  /// The number given with `--size`, nil where `--shape` gave the extents.
  public var size: Int?
  public var shape: [Int]
  /// How many threads may compute.
  public var threads: Int

  public init(workload: Workload, dataType: DataType, size: Int?, shape: [Int], threads: Int) {
    self.workload = workload
    self.dataType = dataType
    self.size = size
    self.shape = shape
    self.threads = threads
  }

  /// The product of the extents.
  public var count: Int { shape.reduce(1, *) }

  /// `[1000, 1000]`.
  public var shapeText: String { "[" + shape.map(String.init).joined(separator: ", ") + "]" }

  public var cost: Workload.Cost { workload.cost(self) }
}

/// A case that is ready to be timed.
public struct PreparedWorkload {
  /// What is timed: it ends only when its result exists.
  public var run: () -> Void
  /// Compares a result with a reference computed in another way; nil if it agrees, otherwise what differs.
  public var verify: () -> String?

  public init(run: @escaping () -> Void, verify: @escaping () -> String?) {
    self.run = run
    self.verify = verify
  }
}
