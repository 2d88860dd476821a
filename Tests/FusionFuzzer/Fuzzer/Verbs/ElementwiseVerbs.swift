import Adjoint

/// How a step runs. `seen` gets what lies inside a step.
extension Step {
  func apply<Scalar: TensorFloatingPoint>(
    _ x: [Tensor<Scalar>], seen: (Tensor<Bool>) -> Tensor<Bool> = { $0 }
  ) -> Tensor<Scalar> {
    switch verb.family {
    case .unary: applyUnary(x[0])
    case .number: applyNumber(x[0], Scalar(number), seen)
    case .several: applySeveral(x, seen)
    case .shape: applyShape(x)
    case .reduction: applyReduction(x[0])
    case .matrix: verb == .outer ? x[0].outer(x[1]) : x[0].matmul(x[1])
    }
  }

  private func applyUnary<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
    switch verb {
    case .negate: -x
    case .square: x.square()
    case .sin: x.sin()
    case .cos: x.cos()
    case .tanh: x.tanh()
    case .sigmoid: x.sigmoid()
    case .exp: x.exp()
    case .expm1: x.expm1()
    case .log: x.log()
    case .log1p: x.log1p()
    case .sqrt: x.sqrt()
    case .rsqrt: x.rsqrt()
    case .reciprocal: x.reciprocal()
    case .abs: x.abs()
    case .relu: x.relu()
    case .softplus: x.softplus()
    case .erf: x.erf()
    case .silu: x.silu()
    case .gelu: x.gelu()
    case .atan: x.atan()
    case .sinh: x.sinh()
    case .cosh: x.cosh()
    case .asinh: x.asinh()
    case .leakyRelu: x.leakyRelu()
    case .elu: x.elu()
    case .floor: x.floor()
    case .sign: x.sign()
    default: fatalError("\(verb) is not a verb of one operand")
    }
  }

  private func applyNumber<Scalar: TensorFloatingPoint>(
    _ x: Tensor<Scalar>, _ c: Scalar, _ seen: (Tensor<Bool>) -> Tensor<Bool>
  ) -> Tensor<Scalar> {
    switch verb {
    case .addNumber: x + c
    case .numberMinus: c - x
    case .timesNumber: x * c
    case .overNumber: x / c
    case .numberOver: c / x
    case .powerNumber: x.power(c)
    case .maximumNumber: .maximum(x, c)
    case .minimumNumber: .minimum(x, c)
    case .clamp: x.clamped(min: c, max: c + 1)
    case .whereNumber: .where(seen(x .> c), x, c)
    default: fatalError("\(verb) is not a verb with a number")
    }
  }

  private func applySeveral<Scalar: TensorFloatingPoint>(
    _ x: [Tensor<Scalar>], _ seen: (Tensor<Bool>) -> Tensor<Bool>
  ) -> Tensor<Scalar> {
    switch verb {
    case .add: x[0] + x[1]
    case .subtract: x[0] - x[1]
    case .multiply: x[0] * x[1]
    case .divide: x[0] / x[1]
    case .atan2: .atan2(x[0], x[1])
    case .hypot: .hypot(x[0], x[1])
    case .maximum: .maximum(x[0], x[1])
    case .minimum: .minimum(x[0], x[1])
    case .power: x[0].power(x[1])
    case .logAddExp: .logAddExp(x[0], x[1])
    case .addingProduct: x[0].addingProduct(x[1], x[2], value: Scalar(number))
    case .lerp: x[0].lerp(to: x[1], weight: x[2])
    case .whereLess: .where(seen(x[0] .< x[1]), x[2], x[3])
    case .whereGreaterOrEqual: .where(seen(x[0] .>= x[1]), x[2], x[3])
    case .whereBoth: .where(seen(seen(x[0] .> x[1]) .& seen(x[0] .!= 0)), x[2], x[3])
    default: fatalError("\(verb) is not a verb of several operands")
    }
  }
}
