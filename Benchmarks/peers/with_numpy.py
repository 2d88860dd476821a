"""NumPy: no gradients, one thread except in BLAS."""

import numpy as np

ELEMENTWISE = {
    "add": lambda a, b: a + b,
    "multiply": lambda a, b: a * b,
    "scale": lambda a, b: a * a.dtype.type(2.5),
    "axpy": lambda a, b: a.dtype.type(2.5) * a + b,
    "exp": lambda a, b: np.exp(a),
    "log": lambda a, b: np.log(a),
    "tanh": lambda a, b: np.tanh(a),
    "sin": lambda a, b: np.sin(a),
    "power": lambda a, b: a ** a.dtype.type(1.7),
}
REDUCTIONS = {
    "sum": np.sum,
    "mean": np.mean,
    "max": np.max,
    "variance": lambda a: a.var(ddof=1),
    "norm": np.linalg.norm,
    "argmax": np.argmax,
    "sum-rows": lambda a: a.sum(1),
    "sum-columns": lambda a: a.sum(0),
}
LINALG = {
    "solve": lambda a, b: np.linalg.solve(a, b),
    "cholesky": lambda a, b: np.linalg.cholesky(a),
    "qr": lambda a, b: np.linalg.qr(a),
    "svd": lambda a, b: np.linalg.svd(a, full_matrices=False),
    "eigh": lambda a, b: np.linalg.eigh(a),
}
generator = np.random.default_rng(0)


def uniform(shape, dtype, low=-1.0, high=1.0):
    return generator.uniform(low, high, shape).astype(dtype)


def make(id, dtype, shape):
    group, name = id.split("/")
    if group == "elementwise":
        positive = name in ("log", "power")
        a, b = (uniform(shape, dtype, 0.1 if positive else -2, 4 if positive else 2) for _ in range(2))
        if name == "where":
            mask = uniform(shape, dtype) > 0
            return lambda: np.where(mask, a, b)
        function = ELEMENTWISE.get(name)
        return function and (lambda: function(a, b))
    if group == "reduction":
        a, b = (uniform(shape, dtype, -0.5, 1.5) for _ in range(2))
        if name == "dot":
            return lambda: np.dot(a, b)
        function = REDUCTIONS.get(name)
        return function and (lambda: function(a))
    if id == "matmul/square":
        m, k, n = shape
        a, b = uniform((m, k), dtype), uniform((k, n), dtype)
        return lambda: a @ b
    if group == "linalg" and name in LINALG:
        a = uniform(shape, dtype) + (2 * shape[0] ** 0.5 * np.eye(shape[0])).astype(dtype)
        if name in ("cholesky", "eigh"):
            a = (a + a.T) / 2
        b = uniform(shape[:1], dtype)
        return lambda: LINALG[name](a, b)
    return None
