/// Every operation, a line each; a test proves that the list and the folder agree.
enum Catalogue {
  static var operations: [any OperationDeclaration.Type] {
    [
      Add.self,
      Cholesky.self,
      Determinant.self,
      Divide.self,
      Eig.self,
      Eigh.self,
      Gram.self,
      Inverse.self,
      LU.self,
      LeastSquares.self,
      MatrixExponential.self,
      MatrixMultiply.self,
      Multiply.self,
      Negate.self,
      PseudoInverse.self,
      QR.self,
      SVD.self,
      SignedLogDeterminant.self,
      SingularValues.self,
      Solve.self,
      Subtract.self,
      Sum.self,
      TriangularSolve.self,
    ]
  }
}
