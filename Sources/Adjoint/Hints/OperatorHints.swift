// swift-format-ignore-file: AlwaysUseLowerCamelCase
// Operators that Python's libraries overload and that mean something else, or nothing, for tensors here.
//
// A mask is asked for with a dot, as of Swift's SIMD types: `==` gives one Bool.

extension Tensor where Scalar: TensorNumber {
  @available(*, unavailable, message: "use .< for a mask")
  @_disfavoredOverload
  public static func < (a: Tensor, b: Tensor) -> Tensor<Bool> { neverCalled() }
  @available(*, unavailable, message: "use .< for a mask")
  public static func < (a: Tensor, b: Scalar) -> Tensor<Bool> { neverCalled() }
  @available(*, unavailable, message: "use .<= for a mask")
  @_disfavoredOverload
  public static func <= (a: Tensor, b: Tensor) -> Tensor<Bool> { neverCalled() }
  @available(*, unavailable, message: "use .<= for a mask")
  public static func <= (a: Tensor, b: Scalar) -> Tensor<Bool> { neverCalled() }
  @available(*, unavailable, message: "use .> for a mask")
  @_disfavoredOverload
  public static func > (a: Tensor, b: Tensor) -> Tensor<Bool> { neverCalled() }
  @available(*, unavailable, message: "use .> for a mask")
  public static func > (a: Tensor, b: Scalar) -> Tensor<Bool> { neverCalled() }
  @available(*, unavailable, message: "use .>= for a mask")
  @_disfavoredOverload
  public static func >= (a: Tensor, b: Tensor) -> Tensor<Bool> { neverCalled() }
  @available(*, unavailable, message: "use .>= for a mask")
  public static func >= (a: Tensor, b: Scalar) -> Tensor<Bool> { neverCalled() }
  @available(*, unavailable, message: "use remainder(_:), whose sign is that of the divisor, or fmod(_:)")
  @_disfavoredOverload
  public static func % (a: Tensor, b: Tensor) -> Tensor { neverCalled() }
  @available(*, unavailable, message: "use remainder(_:), whose sign is that of the divisor, or fmod(_:)")
  public static func % (a: Tensor, b: Scalar) -> Tensor { neverCalled() }
}

extension Tensor {
  @available(*, unavailable, message: "== gives one Bool; use .== for a mask")
  @_disfavoredOverload
  public static func == (a: Tensor, b: Tensor) -> Tensor<Bool> { neverCalled() }
  @available(*, unavailable, message: "== gives one Bool; use .== for a mask")
  public static func == (a: Tensor, b: Scalar) -> Tensor<Bool> { neverCalled() }
  @available(*, unavailable, message: "!= gives one Bool; use .!= for a mask")
  @_disfavoredOverload
  public static func != (a: Tensor, b: Tensor) -> Tensor<Bool> { neverCalled() }
  @available(*, unavailable, message: "!= gives one Bool; use .!= for a mask")
  public static func != (a: Tensor, b: Scalar) -> Tensor<Bool> { neverCalled() }
}

extension Tensor where Scalar: TensorInteger {
  @available(
    *, unavailable,
    message: "use divided(by:rounding:), which says how it rounds, or converted(to: Float.self) first for fractions"
  )
  @_disfavoredOverload
  public static func / (a: Tensor, b: Tensor) -> Tensor { neverCalled() }
  @available(
    *, unavailable,
    message: "use divided(by:rounding:), which says how it rounds, or converted(to: Float.self) first for fractions"
  )
  public static func / (a: Tensor, b: Scalar) -> Tensor { neverCalled() }
  @available(
    *, unavailable,
    message: "use divided(by:rounding:), which says how it rounds, or converted(to: Float.self) first for fractions"
  )
  public static func / (a: Scalar, b: Tensor) -> Tensor { neverCalled() }
}

extension Tensor where Scalar == Bool {
  @available(*, unavailable, message: "use .&")
  public static func & (a: Tensor, b: Tensor) -> Tensor { neverCalled() }
  @available(*, unavailable, message: "use .|")
  public static func | (a: Tensor, b: Tensor) -> Tensor { neverCalled() }
  @available(*, unavailable, message: "use .^")
  public static func ^ (a: Tensor, b: Tensor) -> Tensor { neverCalled() }
  @available(*, unavailable, message: "use .&")
  public static func && (a: Tensor, b: Tensor) -> Tensor { neverCalled() }
  @available(*, unavailable, message: "use .|")
  public static func || (a: Tensor, b: Tensor) -> Tensor { neverCalled() }
  @available(*, unavailable, message: "use .!")
  public static prefix func ~ (a: Tensor) -> Tensor { neverCalled() }
  @available(*, unavailable, message: "use .!")
  public static prefix func ! (a: Tensor) -> Tensor { neverCalled() }
}
