import Adjoint

/// Row by row: an elementwise program on all rows gives, in these rows, what it gives on a few of them alone.
///
/// The few fit into one tile, so that the two runs cut their work differently.
struct RowLaw<Scalar: TensorFloatingPoint> {
  let test: FuzzCase
  let shapes: [[Int]]
  private let rows: [Int]

  private var program: Program { test.program }

  init(_ test: FuzzCase, _ shapes: [[Int]]) {
    self.test = test
    self.shapes = shapes
    let count = test.program.extents[0]
    let length = test.program.extents.dropFirst().reduce(1, *)
    var random = SplitMix64(seed: test.choices)
    let wanted = max(1, min(count - 1, 300 / length))
    if random.oneIn(2) {
      let start = random.below(count - wanted + 1)
      rows = Array(start..<start + wanted)
    } else {
      // The first, the last, and what chance gives between them.
      rows = ([count - 1, 0] + (0..<wanted).map { _ in random.below(count) }).prefix(wanted).map { $0 }
    }
  }

  func check() -> Difference? {
    let inputs = program.tensors(Scalar.self)
    let all = Fused<Scalar>(program: program, mode: test.mode, order: test.order).run(inputs, shapes: shapes)
    let fewInputs = program.inputs.indices.map { index in
      program.inputs[index].constant == nil
        ? few(program.elements(ofInput: index), shapes[index])
        : Tensor.full(Shape(fewShape(shapes[index])), Scalar(program.inputs[index].constant!))
    }
    let tangents = program.differentiated.map { index in
      few(program.direction(1, index, count: shapes[index].reduce(1, *)), shapes[index])
    }
    let cotangents = program.outputs.indices.map { place in
      let shape = shapes[program.outputs[place]]
      return few(program.direction(2, place, count: shape.reduce(1, *)), shape)
    }
    let alone = Fused<Scalar>(program: program, mode: test.mode, order: .forwards)
      .run(fewInputs, tangents: tangents, cotangents: cotangents)
    let places = test.mode.isOfOutputs ? program.outputs : program.differentiated
    for (array, place) in places.enumerated() {
      let shape = shapes[place]
      // The gradient of what all rows share is a sum over them; that of a column is one over its own row alone.
      if !test.mode.isOfOutputs && !hasRows(shape) { continue }
      let isSummed = !test.mode.isOfOutputs && shape != program.extents
      let tolerance = isSummed ? (Scalar.self == Float.self ? 1e-3 : 1e-9) : 0
      let got = selected(all[array], shape)
      if let difference = Difference.between(
        test.mode.isOfOutputs ? "output" : "gradient", array, got, alone[array], tolerance: tolerance)
      {
        return difference.placed { original($0, shape) }
      }
    }
    return nil
  }

  private func hasRows(_ shape: [Int]) -> Bool {
    shape.count == program.extents.count && shape[0] == program.extents[0]
  }

  private func fewShape(_ shape: [Int]) -> [Int] { hasRows(shape) ? [rows.count] + shape.dropFirst() : shape }

  private func few(_ elements: [Double], _ shape: [Int]) -> Tensor<Scalar> {
    Tensor(elements: selected(elements, shape), fewShape(shape))
  }

  private func selected(_ elements: [Double], _ shape: [Int]) -> [Double] {
    guard hasRows(shape) else { return elements }
    let length = shape.dropFirst().reduce(1, *)
    return rows.flatMap { elements[$0 * length..<($0 + 1) * length] }
  }

  /// The place among all rows of an element of the few.
  private func original(_ place: Int, _ shape: [Int]) -> Int {
    guard hasRows(shape) else { return place }
    let length = shape.dropFirst().reduce(1, *)
    return rows[place / length] * length + place % length
  }
}

extension Difference {
  fileprivate func placed(_ map: (Int) -> Int) -> Difference {
    var difference = self
    difference.place = map(place)
    return difference
  }
}
