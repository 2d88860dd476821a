// The modules of Python's libraries, for whoever copies a line of theirs.

/// What `torch.name` and `np.name` give, so that the compiler gets as far as to say that there is no such module.
@available(*, unavailable, message: "see torch")
@dynamicCallable
public struct PythonName: TensorSubscript {
  public func dynamicallyCall(withArguments arguments: [Any]) -> Tensor<Float> { neverCalled() }
  public func dynamicallyCall(withKeywordArguments arguments: KeyValuePairs<String, Any>) -> Tensor<Float> {
    neverCalled()
  }
  public var term: SubscriptTerm { neverCalled() }
}

@available(
  *, unavailable,
  message: "there is no such module: write Tensor<Float>.zeros(2, 3), exp(x), x.reshaped(2, 3), x.sum(axis: 0)"
)
@dynamicMemberLookup
public enum torch {  // swift-format-ignore: TypeNamesShouldBeCapitalized
  public static subscript(dynamicMember name: String) -> PythonName { neverCalled() }
}

@available(
  *, unavailable,
  message: "there is no such module: write Tensor<Float>.zeros(2, 3), exp(x), x.sum(axis: 0), x[.newAxis, 0]"
)
@dynamicMemberLookup
public enum np {  // swift-format-ignore: TypeNamesShouldBeCapitalized
  public static subscript(dynamicMember name: String) -> PythonName { neverCalled() }
}
