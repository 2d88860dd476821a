#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The roofline of a run as SVG: what bandwidth and arithmetic allow at each intensity, and where each workload is
/// (Williams, Waterman and Patterson, 2009).
public struct Roofline: Sendable {
  private let report: Report
  private let peaks: Peaks
  private let type: DataType
  private let points: [Point]
  private let intensities: ClosedRange<Double>
  private let rates: ClosedRange<Double>

  private struct Point: Sendable {
    var name: String
    var intensity: Double
    var gflops: Double
    var percent: Double?
  }

  /// The size of the picture and of the part inside of the axes.
  private let width = 1080.0
  private let height = 720.0
  private let left = 84.0
  private let right = 300.0
  private let top = 64.0
  private let bottom = 64.0

  /// The results of one type and one number of threads.
  ///
  /// - Throws: a sentence if the report has no peaks, or no result with bytes and operations.
  public init(_ report: Report, type: DataType) throws(SelectionError) {
    let measured = report.benchmarks.filter { $0.dtype == type && $0.bytes > 0 && $0.flops > 0 && $0.timeNs != nil }
    guard let threads = measured.map(\.threads).max() else {
      throw SelectionError("a roofline needs a \(type.rawValue) result with bytes and operations")
    }
    guard let peaks = report.peaks.first(where: { $0.threads == threads }) else {
      throw SelectionError("a roofline needs the measured peaks, and this result has none for \(threads) threads")
    }
    self.report = report
    self.peaks = peaks
    self.type = type
    points = measured.filter { $0.threads == threads }.map { result in
      Point(
        name: result.id + (result.size.map { " \($0)" } ?? " " + result.shapeText),
        intensity: Double(result.flops) / Double(result.bytes), gflops: result.rate?.gflops ?? 0,
        percent: result.pctPeak)
    }
    let top = peaks.arithmetic(type).best
    intensities = (min(0.03, points.map(\.intensity).min()! / 2))...max(64, points.map(\.intensity).max()! * 2)
    rates = min(0.1, points.map(\.gflops).filter { $0 > 0 }.min() ?? 0.1)...(top * 3)
  }

  public func svg() -> String {
    let sans = "font-family=\"system-ui, sans-serif\""
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(Int(width)) \(Int(height))\" \(sans) font-size=\"12\">",
      "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>",
      text(left, 28, "Roofline, \(type.rawValue), \(peaks.threads) thread\(peaks.threads == 1 ? "" : "s")", size: 18),
      text(
        left, 48, "\(report.machine.cpuModel), \(report.machine.isa); OpenBLAS core \(report.machine.blas.corename)",
        color: "#555"),
    ]
    lines += axes() + roofs() + marks()
    lines.append("</svg>\n")
    return lines.joined(separator: "\n")
  }

  private func axes() -> [String] {
    var lines: [String] = []
    let (x0, x1, y0, y1) = (left, width - right, height - bottom, top)
    for value in Roofline.decades(intensities) {
      lines.append(line(x(value), y0, x(value), y1, "#e6e6e6"))
      lines.append(text(x(value), y0 + 18, Roofline.label(value), anchor: "middle", color: "#333"))
    }
    for value in Roofline.decades(rates) {
      lines.append(line(x0, y(value), x1, y(value), "#e6e6e6"))
      lines.append(text(x0 - 8, y(value) + 4, Roofline.label(value), anchor: "end", color: "#333"))
    }
    lines.append(text((x0 + x1) / 2, height - 20, "operations per byte", anchor: "middle"))
    lines.append(
      "<text x=\"24\" y=\"\(number((y0 + y1) / 2))\" text-anchor=\"middle\" transform=\"rotate(-90 24 "
        + "\(number((y0 + y1) / 2)))\">GFLOP/s</text>")
    return lines
  }

  private func roofs() -> [String] {
    let peak = peaks.arithmetic(type).best
    let colors = ["#1b7837", "#2166ac", "#762a83", "#b35806", "#555555"]
    var lines: [String] = []
    for (index, bandwidth) in peaks.bandwidth.enumerated() where bandwidth.best > 0 {
      let color = colors[index % colors.count]
      let ridge = peak / bandwidth.best
      let start = max(intensities.lowerBound, rates.lowerBound / bandwidth.best)
      lines.append(line(x(start), y(start * bandwidth.best), x(ridge), y(peak), color, width: 2))
      lines.append(
        text(
          width - right + 16, top + 20 + 20 * Double(index),
          "\(bandwidth.level)  \(Units.rate(bandwidth.best)) GB/s", color: color))
    }
    let lowest = peaks.bandwidth.map(\.best).max().map { peak / $0 } ?? intensities.lowerBound
    lines.append(line(x(lowest), y(peak), x(intensities.upperBound), y(peak), "#b2182b", width: 2))
    lines.append(
      text(
        x(intensities.upperBound) - 4, y(peak) - 8, "multiply-add \(Units.rate(peak)) GFLOP/s", anchor: "end",
        color: "#b2182b"))
    return lines
  }

  /// A numbered dot per workload, and the names beside: text on the dots would overlap.
  private func marks() -> [String] {
    var lines: [String] = []
    let start = top + 36 + 20 * Double(peaks.bandwidth.count)
    let step = min(16, (height - bottom - start) / Double(max(1, points.count)))
    for (index, point) in points.enumerated() where point.gflops > 0 {
      let (px, py) = (x(point.intensity), y(point.gflops))
      let percent = point.percent.map { ", \(Units.fixed($0, 0)) % of peak" } ?? ""
      lines.append(
        "<circle cx=\"\(number(px))\" cy=\"\(number(py))\" r=\"4\" fill=\"#222\" fill-opacity=\"0.75\"><title>"
          + "\(Roofline.escaped(point.name)): \(Units.rate(point.gflops)) GFLOP/s\(percent)</title></circle>")
      lines.append(text(px + 6, py - 4, "\(index + 1)", size: 10, color: "#444"))
      lines.append(
        text(
          width - right + 16, start + step * Double(index), "\(index + 1)  \(point.name)", size: min(11, step * 0.85),
          color: "#222"))
    }
    return lines
  }

  private func x(_ intensity: Double) -> Double {
    left + (width - left - right) * Roofline.position(intensity, in: intensities)
  }

  private func y(_ gflops: Double) -> Double {
    height - bottom - (height - top - bottom) * Roofline.position(gflops, in: rates)
  }

  private static func position(_ value: Double, in range: ClosedRange<Double>) -> Double {
    log(max(value, range.lowerBound) / range.lowerBound) / log(range.upperBound / range.lowerBound)
  }

  private static func decades(_ range: ClosedRange<Double>) -> [Double] {
    let first = Int(log10(range.lowerBound).rounded(.up))
    let last = Int(log10(range.upperBound).rounded(.down))
    return first <= last ? (first...last).map { pow(10, Double($0)) } : []
  }

  private static func label(_ value: Double) -> String { value >= 1 ? Units.fixed(value, 0) : Units.trimmed(value) }

  private func text(
    _ x: Double, _ y: Double, _ content: String, size: Double = 12, anchor: String = "start", color: String = "#111"
  ) -> String {
    "<text x=\"\(number(x))\" y=\"\(number(y))\" font-size=\"\(number(size))\" text-anchor=\"\(anchor)\" "
      + "fill=\"\(color)\" xml:space=\"preserve\">\(Roofline.escaped(content))</text>"
  }

  private func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ color: String, width: Double = 1
  ) -> String {
    "<line x1=\"\(number(x1))\" y1=\"\(number(y1))\" x2=\"\(number(x2))\" y2=\"\(number(y2))\" stroke=\"\(color)\" "
      + "stroke-width=\"\(number(width))\"/>"
  }

  private func number(_ value: Double) -> String { Units.trimmed(value) }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
