import Adjoint

extension OperationTable {
  /// The widened vocabulary's losses, norms and layers.
  static var moreLosses: [String: Entry] {
    var table: [String: Entry] = [:]
    table["kl_div"] = { a in
      [
        klDivergence(
          try a.real(0), try a.real(1), targetIsLogarithm: try a.flag("log_target"), reduction: try reduction(a))
      ]
    }
    table["smooth_l1_loss"] = { a in
      [
        smoothAbsoluteError(
          try a.real(0), try a.real(1), beta: Real(try a.number("beta", 1)), reduction: try reduction(a))
      ]
    }
    table["gaussian_nll_loss"] = { a in
      [
        gaussianNegativeLogLikelihood(
          try a.real(0), try a.real(1), variance: try a.real(2), isFull: try a.flag("full"),
          epsilon: try a.number("eps", 1e-6), reduction: try reduction(a))
      ]
    }
    table["binary_cross_entropy"] = { a in
      [
        binaryCrossEntropy(
          try a.real(0), try a.real(1), weight: try a.real(attribute: "weight"), reduction: try reduction(a))
      ]
    }
    table["group_norm"] = { a in
      [
        groupNorm(
          try a.real(0), groups: try a.whole("num_groups", 1), weight: a.has(1) ? try a.real(1) : nil,
          bias: a.has(2) ? try a.real(2) : nil, epsilon: try a.number("eps", 1e-5))
      ]
    }
    table["rms_norm"] = { a in
      [
        rmsNorm(
          try a.real(0), normalizedShape: Shape(try a.wholes("normalized_shape") ?? []),
          weight: a.has(1) ? try a.real(1) : nil, epsilon: try a.number("eps"))
      ]
    }
    table["normalize"] = { a in
      [
        try a.real().normalize(
          order: try a.number("p", 2), axis: try a.whole("dim", 1), epsilon: try a.number("eps", 1e-12))
      ]
    }
    table["cosine_similarity"] = { a in
      [
        try a.real(0).cosineSimilarity(
          try a.real(1), axis: try a.whole("dim", 1), epsilon: try a.number("eps", 1e-8))
      ]
    }
    table["pairwise_distance"] = { a in
      [
        try a.real(0).pairwiseDistance(
          try a.real(1), order: try a.number("p", 2), epsilon: try a.number("eps", 1e-6),
          keepingDimensions: try a.keepingDimensions())
      ]
    }
    table["cdist"] = { a in [try a.real(0).cdist(try a.real(1), order: try a.number("p", 2))] }
    table["dist"] = { a in [try a.real(0).dist(try a.real(1), order: try a.number("p", 2))] }
    table["scaled_dot_product_attention"] = { a in
      let mask = a.tensor(attribute: "attn_mask")
      guard try a.number("dropout_p", 0) == 0, try !a.flag("enable_gqa") else {
        throw Unsupported(what: "scaled_dot_product_attention with dropout or grouped queries")
      }
      return [
        scaledDotProductAttention(
          try a.real(0), try a.real(1), try a.real(2), mask: mask as? Tensor<Bool>,
          bias: mask is Tensor<Bool> ? nil : try a.real(attribute: "attn_mask"), isCausal: try a.flag("is_causal"),
          scale: try a.number("scale"))
      ]
    }
    return table
  }
}
