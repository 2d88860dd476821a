@testable import Adjoint

extension SearchSorted: OperationDeclaration {
  static let samples = [true, false].map { afterEqual in
    Sample("after equal \(afterEqual)", [.values([1, 2, 2, 4], [4]), .values([2, 0, 5, 3, 1], [5])], isSmooth: false) {
      [$0[0].positions(of: $0[1], afterEqual: afterEqual)]
    }
  }
}
