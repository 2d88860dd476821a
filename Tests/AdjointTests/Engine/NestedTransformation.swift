@testable import Adjoint

/// A transformation as a map from functions to functions whose meaning for functions that work element by element is
/// known.
struct NestedTransformation: CustomStringConvertible {
  typealias D = Tensor<Double>
  typealias Function = (D) -> D
  typealias Polynomial = NestedPolynomial

  let name: String
  let apply: (@escaping Function) -> Function
  let meaning: (Polynomial, Polynomial.Variable) -> Polynomial
  /// Whether it may stand inside a function that has no values.
  var needsValues = false

  var description: String { name }

  private static let ones = D.ones(2)
  private static func first(_ p: Polynomial, _ x: Polynomial.Variable) -> Polynomial { p.derivative(x) }
  private static func second(_ p: Polynomial, _ x: Polynomial.Variable) -> Polynomial { p.derivative(x).derivative(x) }
  private static func same(_ p: Polynomial, _: Polynomial.Variable) -> Polynomial { p }
  private static func both(_ p: Polynomial, _ x: Polynomial.Variable) -> Polynomial { p + p.derivative(x) }

  nonisolated(unsafe) static let all: [Self] = [
    Self(name: "grad", apply: { f in grad(of: { f($0).sum() }) }, meaning: first),
    Self(
      name: "grad of two inputs",
      apply: { f in
        { x in
          let (first, second) = grad(of: { (x: D, y: D) in (f(x) + f(y)).sum() })(x, x)
          return (first + second) * 0.5
        }
      }, meaning: first),
    Self(
      name: "valueAndGrad",
      apply: { f in
        { x in
          let (value, gradient) = valueAndGrad(of: { f($0).sum() })(x)
          return gradient + (value - f(x).sum())
        }
      }, meaning: first),
    Self(
      name: "vjp",
      apply: { f in
        { x in
          let (value, pullback) = vjp(of: f, at: x)
          return value + pullback(ones)
        }
      }, meaning: both),
    Self(
      name: "vjp of two inputs",
      apply: { f in
        { x in
          let (value, pullback) = vjp(of: { (x: D, y: D) in f(x) * 0.5 + f(y) * 0.5 }, at: x, x)
          let (first, second) = pullback(ones)
          return value + first + second
        }
      }, meaning: both),
    Self(
      name: "jvp",
      apply: { f in
        { x in
          let (value, tangent) = jvp(of: f, at: x, along: ones)
          return value + tangent
        }
      }, meaning: both),
    Self(
      name: "linearize",
      apply: { f in
        { x in
          let (value, pushforward) = linearize(of: f, at: x)
          return value + pushforward(ones * 0.5) + pushforward(ones) * 0.5
        }
      }, meaning: both),
    Self(
      name: "linearTranspose",
      apply: { f in { x in linearTranspose(of: { (t: D) in t * f(x) }, like: x)(ones) } }, meaning: same),
    Self(
      name: "jacobian, forward", apply: { f in { x in jacobian(of: f, at: x, mode: .forward).sum(axis: 1) } },
      meaning: first),
    Self(
      name: "jacobian, reverse", apply: { f in { x in jacobian(of: f, at: x, mode: .reverse).sum(axis: 1) } },
      meaning: first),
    Self(
      name: "jacobian, forward in chunks",
      apply: { f in { x in jacobian(of: f, at: x, mode: .forward, chunkSize: 1).sum(axis: 1) } }, meaning: first),
    Self(
      name: "jacobian, reverse in chunks",
      apply: { f in { x in jacobian(of: f, at: x, mode: .reverse, chunkSize: 1).sum(axis: 1) } }, meaning: first),
    Self(
      name: "jacobians", apply: { f in { x in jacobians(of: { f($0[0]) }, at: [x])[0].sum(axis: 1) } }, meaning: first),
    Self(
      name: "jacobians in chunks",
      apply: { f in { x in jacobians(of: { f($0[0]) }, at: [x], chunkSize: 1)[0].sum(axis: 1) } }, meaning: first),
    Self(
      // It may find that elements are mixed, by an inner Jacobian say.
      name: "jacobianDiagonal",
      apply: { f in { x in jacobianDiagonal(of: f, at: x) ?? grad(of: { f($0).sum() })(x) } }, meaning: first),
    Self(
      name: "hvp", apply: { f in { x in hvp(of: { f($0).sum() }, at: x, along: ones) } }, meaning: second),
    Self(
      name: "vhp", apply: { f in { x in vhp(of: { f($0).sum() }, at: x, along: ones) } }, meaning: second),
    Self(
      name: "hessian", apply: { f in { x in hessian(of: { f($0).sum() }, at: x).sum(axis: 1) } }, meaning: second),
    Self(
      name: "vmap",
      apply: { f in
        { x in
          let rows = vmap(f)(D.stack([x, x], axis: 0))
          return (rows[0] + rows[1]) * 0.5
        }
      }, meaning: same),
    Self(name: "checkpointed", apply: { f in { x in checkpointed(x) { f($0) } } }, meaning: same),
    Self(name: "compiled", apply: { f in { x in compiled(f)(x) } }, meaning: same),
    Self(
      name: "gradients",
      apply: { f in
        { x in
          let shift = D([0, 0], requiresGrad: true)
          return gradients(of: f(x + shift).sum(), withRespectTo: [shift], createGraph: true)[0]
        }
      }, meaning: first),
    Self(
      name: "backward",
      apply: { f in
        { x in
          let shift = D([0, 0], requiresGrad: true)
          f(x + shift).sum().backward(createGraph: true, inputs: [shift])
          return shift.grad!
        }
      }, meaning: first, needsValues: true),
  ]

  /// Whether it makes leaves of the tape, which results depend on.
  var isTape: Bool { name == "gradients" || name == "backward" }

  /// Whether functions under this transformation are called without values.
  var hidesValues: Bool { name == "vmap" || name == "compiled" }
}
