// The names that other libraries use, so that the compiler says what they are called here.
//
// A declaration that is unavailable cannot be called: it takes part in no expression that compiles without it, and what it returns only
// helps the compiler to reach the end of the sentence. Tests/Hints/hints.txt has a call of each; Scripts/hints.sh compares what
// the compiler says about it, and compiles what it proposes.

/// The body of what is unavailable.
func neverCalled() -> Never { fatalError("Adjoint: an unavailable declaration was called") }
