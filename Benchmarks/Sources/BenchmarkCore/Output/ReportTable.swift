extension Report {
  /// The table of a run: a row per result, and the change against a baseline if there is one.
  public func table(baseline: Comparison? = nil) -> TextTable {
    var table = TextTable([
      .init("workload", isNumber: false), .init("type", isNumber: false), .init("shape", isNumber: false),
      .init("threads"), .init("median ± MAD"), .init("min"), .init("GB/s"), .init("GFLOP/s"), .init("items/s"),
      .init("% peak"), .init("outliers"), .init("vs baseline"), .init("note", isNumber: false),
    ])
    for result in benchmarks {
      let change = baseline?.change(of: result)
      var cells: [TextTable.Cell] = [
        .init(result.id), .init(result.dtype.rawValue), .init(result.shapeText), .init("\(result.threads)"),
      ]
      if let time = result.timeNs {
        cells += [
          .init("\(Units.time(time.median)) ± \(Units.percent(time.mad / max(time.median, .leastNonzeroMagnitude)))"),
          .init(Units.time(time.min)), .init(result.rate?.gbs.map(Units.rate) ?? ""),
          .init(result.rate?.gflops.map(Units.rate) ?? ""), .init(result.rate?.items.map(Units.prefixed) ?? ""),
          .init(result.pctPeak.map { "\(Units.fixed($0, $0 < 9.95 ? 1 : 0)) %" } ?? ""),
          .init(result.outliers.mild > 0 ? "\(result.outliers.mild) of \(result.samplesN)" : ""),
          change.map { .init($0.text, $0.color) } ?? "",
          .init(result.stopReason == .criteriaMet ? "" : result.stopReason.rawValue, .yellow),
        ]
      } else {
        cells += Array(repeating: "", count: 8)
        cells.append(
          .init(result.stopReason == .failed ? "FAILED: \(result.failure ?? "")" : result.stopReason.rawValue, .red))
      }
      table.rows.append(cells)
    }
    return table.withoutEmptyColumns()
  }

  /// Comma-separated values, a row per result (RFC 4180), with the names of the JSON.
  public func csv() -> String {
    let names = [
      "id", "dtype", "shape", "size", "threads", "bytes", "flops", "items", "samples_n", "min_ns", "median_ns",
      "mad_ns",
      "mean_ns", "p25_ns", "p75_ns", "p95_ns", "max_ns", "gbs", "gflops", "items_per_s", "pct_peak", "outliers_mild",
      "outliers_severe", "verified", "stop_reason",
    ]
    func number(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
    let rows = benchmarks.map { result -> [String] in
      let (time, rate) = (result.timeNs, result.rate)
      return [
        result.id, result.dtype.rawValue, result.shape.map(String.init).joined(separator: "x"),
        result.size.map(String.init) ?? "", "\(result.threads)", "\(result.bytes)", "\(result.flops)",
        "\(result.items)",
        "\(result.samplesN)", number(time?.min), number(time?.median), number(time?.mad), number(time?.mean),
        number(time?.p25), number(time?.p75), number(time?.p95), number(time?.max), number(rate?.gbs),
        number(rate?.gflops), number(rate?.items), number(result.pctPeak), "\(result.outliers.mild)",
        "\(result.outliers.severe)", result.verified.map { "\($0)" } ?? "", result.stopReason.rawValue,
      ]
    }
    return ([names] + rows).map { $0.map(TextTable.quoted).joined(separator: ",") + "\n" }.joined()
  }
}
