"""The workloads without gradients in NumPy; erf needs SciPy."""

import numpy as np

RANDOM = np.random.default_rng(0)


def prepare(framework):
    return np.__version__


def randn(*shape, dtype):
    return RANDOM.standard_normal(shape).astype(dtype)


def erf(x):
    from scipy.special import erf

    return erf(x)


def loss_of(x, y):
    y = x + 2
    return (y * y * 2).mean()


def pair(function):
    def make(n, dtype):
        x, y = randn(n, dtype=dtype), np.abs(randn(n, dtype=dtype)) + np.dtype(dtype).type(0.1)
        return lambda: function(x, y)

    return make


def square(function, positive=False):
    def make(n, dtype):
        x, y = randn(n, n, dtype=dtype), randn(n, n, dtype=dtype)
        x = x @ x.T / n + np.eye(n, dtype=dtype) if positive else x
        return lambda: function(x, y)

    return make


def softmax(x, y):
    e = np.exp(x - x.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def logsumexp(x, y):
    top = x.max(1, keepdims=True)
    return top[:, 0] + np.log(np.exp(x - top).sum(1))


def layer_norm(x, y):
    centred = x - x.mean(1, keepdims=True)
    return centred / np.sqrt((centred * centred).mean(1, keepdims=True) + x.dtype.type(1e-5))


ELEMENTWISE = {
    "add": lambda x, y: x + y, "multiply": lambda x, y: x * y, "scale": lambda x, y: x * 1.5, "axpy": lambda x, y: 1.5 * x + y,
    "exp": lambda x, y: np.exp(x), "log": lambda x, y: np.log(y), "tanh": lambda x, y: np.tanh(x),
    "sigmoid": lambda x, y: 1 / (1 + np.exp(-x)), "sin": lambda x, y: np.sin(x), "erf": lambda x, y: erf(x),
    "gelu": lambda x, y: x * (1 + erf(x * 0.7071067811865476)) * 0.5, "power": lambda x, y: np.power(y, 1.7),
    "where": lambda x, y: np.where(x > 0, x, y),
}  # fmt: skip
REDUCTIONS = {
    "sum": lambda x, y: x.sum(), "mean": lambda x, y: x.mean(), "max": lambda x, y: x.max(), "variance": lambda x, y: x.var(ddof=1),
    "dot": np.dot, "norm": lambda x, y: np.linalg.norm(x), "argmax": lambda x, y: x.argmax(),
}  # fmt: skip
ROWS = {
    "sum-rows": lambda x, y: x.sum(1), "sum-columns": lambda x, y: x.sum(0), "softmax-rows": softmax,
    "logsumexp-rows": logsumexp, "layernorm-rows": layer_norm,
}  # fmt: skip


def batched(n, dtype):
    x, y = randn(64, n, n, dtype=dtype), randn(64, n, n, dtype=dtype)
    return lambda: x @ y


def workloads(framework):
    made = {f"elementwise/{k}": pair(v) for k, v in ELEMENTWISE.items()}
    made |= {f"reduction/{k}": pair(v) for k, v in REDUCTIONS.items()}
    made |= {f"reduction/{k}": square(v) for k, v in ROWS.items()}
    la = np.linalg
    return made | {
        "tutorial/forward": pair(loss_of),
        "matmul/square": square(np.matmul),
        "matmul/vector": square(lambda x, y: x @ y[0]),
        "matmul/outer": square(lambda x, y: np.outer(x[0], y[0])),
        "matmul/transposed": square(lambda x, y: x.T @ y),
        "matmul/batched": batched,
        "linalg/solve": square(la.solve),
        "linalg/cholesky": square(lambda a, b: la.cholesky(a), positive=True),
        "linalg/qr": square(lambda a, b: la.qr(a)),
        "linalg/svd": square(lambda a, b: la.svd(a, full_matrices=False)),
        "linalg/eigh": square(lambda a, b: la.eigh(a), positive=True),
    }
