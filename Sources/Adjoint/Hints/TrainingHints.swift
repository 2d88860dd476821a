// swift-format-ignore-file: AlwaysUseLowerCamelCase
// PyTorch's names of gradients, losses, layers and optimizers.

extension Tensor where Scalar: TensorFloatingPoint {
  @available(*, unavailable, renamed: "detached()")
  public func detach() -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "detached()")
  public var data: Tensor { neverCalled() }
  @available(*, unavailable, renamed: "requiresGrad")
  public var requires_grad: Bool { neverCalled() }
  @available(*, unavailable, message: "set requiresGrad, or make the tensor with requiresGrad: true")
  public func requires_grad_(_ flag: Bool = true) -> Tensor { neverCalled() }
  @available(*, unavailable, renamed: "isLeaf")
  public var is_leaf: Bool { neverCalled() }
  @available(*, unavailable, renamed: "graph")
  public var grad_fn: ComputationGraph { neverCalled() }
  @available(*, unavailable, renamed: "retainGrad()")
  public func retain_grad() { neverCalled() }
  @available(*, unavailable, renamed: "zeroGrad()")
  public func zero_grad() { neverCalled() }
  @available(*, unavailable, renamed: "backward(retainGraph:)")
  public func backward(retain_graph: Bool) { neverCalled() }
  @available(*, unavailable, renamed: "backward(createGraph:)")
  public func backward(create_graph: Bool) { neverCalled() }
  @available(*, unavailable, renamed: "registerHook(_:)")
  public func register_hook(_ hook: @escaping @Sendable (Tensor) -> Tensor?) -> HookHandle { neverCalled() }
}

@available(*, unavailable, renamed: "noGrad(_:)")
public func no_grad<Result>(_ body: () throws -> Result) rethrows -> Result { neverCalled() }
@available(*, unavailable, renamed: "enableGrad(_:)")
public func enable_grad<Result>(_ body: () throws -> Result) rethrows -> Result { neverCalled() }
@available(*, unavailable, renamed: "isGradEnabled")
public func is_grad_enabled() -> Bool { neverCalled() }
@available(*, unavailable, renamed: "meanSquaredError(_:_:)")
public func mse_loss<Scalar: TensorFloatingPoint>(_ prediction: Tensor<Scalar>, _ target: Tensor<Scalar>) -> Tensor<
  Scalar
> { neverCalled() }
@available(*, unavailable, renamed: "meanAbsoluteError(_:_:)")
public func l1_loss<Scalar: TensorFloatingPoint>(_ prediction: Tensor<Scalar>, _ target: Tensor<Scalar>) -> Tensor<
  Scalar
> { neverCalled() }
@available(*, unavailable, renamed: "smoothAbsoluteError(_:_:)")
public func smooth_l1_loss<Scalar: TensorFloatingPoint>(_ prediction: Tensor<Scalar>, _ target: Tensor<Scalar>)
  -> Tensor<Scalar>
{ neverCalled() }
@available(*, unavailable, renamed: "huberLoss(_:_:)")
public func huber_loss<Scalar: TensorFloatingPoint>(_ prediction: Tensor<Scalar>, _ target: Tensor<Scalar>) -> Tensor<
  Scalar
> { neverCalled() }
@available(*, unavailable, renamed: "crossEntropy(_:_:)")
public func cross_entropy<Scalar: TensorFloatingPoint>(_ logits: Tensor<Scalar>, _ labels: Tensor<Int>) -> Tensor<
  Scalar
> { neverCalled() }
@available(*, unavailable, renamed: "negativeLogLikelihood(_:_:)")
public func nll_loss<Scalar: TensorFloatingPoint>(_ logits: Tensor<Scalar>, _ labels: Tensor<Int>) -> Tensor<Scalar> {
  neverCalled()
}
@available(*, unavailable, renamed: "binaryCrossEntropy(_:_:)")
public func binary_cross_entropy<Scalar: TensorFloatingPoint>(_ prediction: Tensor<Scalar>, _ target: Tensor<Scalar>)
  -> Tensor<Scalar>
{ neverCalled() }
@available(*, unavailable, renamed: "binaryCrossEntropyWithLogits(_:_:)")
public func binary_cross_entropy_with_logits<Scalar: TensorFloatingPoint>(
  _ prediction: Tensor<Scalar>, _ target: Tensor<Scalar>
) -> Tensor<Scalar> { neverCalled() }
@available(*, unavailable, renamed: "klDivergence(_:_:)")
public func kl_div<Scalar: TensorFloatingPoint>(_ prediction: Tensor<Scalar>, _ target: Tensor<Scalar>) -> Tensor<
  Scalar
> { neverCalled() }
@available(*, unavailable, renamed: "layerNorm(_:normalizedShape:)")
public func layer_norm<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>, _ shape: Shape) -> Tensor<Scalar> {
  neverCalled()
}

extension SGD {
  @available(*, unavailable, renamed: "init(_:learningRate:)")
  public convenience init<each Parameters: TensorTree>(_ parameters: repeat each Parameters, lr: Double) {
    neverCalled()
  }
  @available(*, unavailable, renamed: "init(_:learningRate:momentum:)")
  public convenience init<each Parameters: TensorTree>(
    _ parameters: repeat each Parameters, lr: Double, momentum: Double
  ) { neverCalled() }
  @available(*, unavailable, renamed: "init(_:learningRate:weightDecay:)")
  public convenience init<each Parameters: TensorTree>(
    _ parameters: repeat each Parameters, lr: Double, weight_decay: Double
  ) { neverCalled() }
  @available(*, unavailable, renamed: "init(_:learningRate:momentum:weightDecay:)")
  public convenience init<each Parameters: TensorTree>(
    _ parameters: repeat each Parameters, lr: Double, momentum: Double, weight_decay: Double
  ) { neverCalled() }
  @available(*, unavailable, renamed: "zeroGrad()")
  public func zero_grad() { neverCalled() }
  @available(*, unavailable, renamed: "state")
  public func state_dict() -> State { neverCalled() }
  @available(*, unavailable, renamed: "restore(_:)")
  public func load_state_dict(_ state: State) { neverCalled() }
  @available(*, unavailable, renamed: "groups")
  public var param_groups: [Group] { neverCalled() }
}
