"""The workloads in jitted JAX. Every run waits for its result."""

import jax
import jax.numpy as jnp
import numpy as np

START_UP = (
    "import jax, jax.numpy as jnp\ng = jax.grad(lambda x: (x * x).sum())(jnp.ones(3))\nassert g[0] == 2\n"
)


def prepare(framework):
    jax.config.update("jax_enable_x64", True)
    return jax.__version__


RANDOM = np.random.default_rng(0)


def randn(*shape, dtype):
    return jnp.asarray(RANDOM.standard_normal(shape), dtype=dtype)


def waiting(function, *arguments):
    f = jax.jit(function)
    return lambda: jax.block_until_ready(f(*arguments))


def loss_of(x):
    y = x + 2
    return (y * y * 2).mean()


def vector(function):
    return lambda n, dtype: waiting(function, randn(n, dtype=dtype))


def pair(function):
    return lambda n, dtype: waiting(function, randn(n, dtype=dtype), jnp.abs(randn(n, dtype=dtype)) + 0.1)


def square(function):
    return lambda n, dtype: waiting(function, randn(n, n, dtype=dtype), randn(n, n, dtype=dtype))


ELEMENTWISE = {
    "add": lambda x, y: x + y, "multiply": lambda x, y: x * y, "scale": lambda x, y: x * 1.5, "axpy": lambda x, y: 1.5 * x + y,
    "exp": lambda x, y: jnp.exp(x), "log": lambda x, y: jnp.log(y), "tanh": lambda x, y: jnp.tanh(x),
    "sigmoid": lambda x, y: jax.nn.sigmoid(x), "sin": lambda x, y: jnp.sin(x), "erf": lambda x, y: jax.scipy.special.erf(x),
    "gelu": lambda x, y: jax.nn.gelu(x, approximate=False), "power": lambda x, y: jnp.power(y, 1.7),
    "where": lambda x, y: jnp.where(x > 0, x, y),
}  # fmt: skip
REDUCTIONS = {
    "sum": lambda x, y: x.sum(), "mean": lambda x, y: x.mean(), "max": lambda x, y: x.max(), "variance": lambda x, y: x.var(ddof=1),
    "dot": jnp.dot, "norm": lambda x, y: jnp.linalg.norm(x), "argmax": lambda x, y: x.argmax(),
}  # fmt: skip


def layer_norm(x, y):
    centred = x - x.mean(1, keepdims=True)
    return centred * jax.lax.rsqrt((centred * centred).mean(1, keepdims=True) + 1e-5)


ROWS = {
    "sum-rows": lambda x, y: x.sum(1), "sum-columns": lambda x, y: x.sum(0), "softmax-rows": lambda x, y: jax.nn.softmax(x, 1),
    "logsumexp-rows": lambda x, y: jax.scipy.special.logsumexp(x, 1), "layernorm-rows": layer_norm,
}  # fmt: skip


def jacobian(kind):
    def make(n, dtype):
        w1, w2 = (randn(n, n, dtype=dtype) / n**0.5 for _ in range(2))
        f = lambda v: jnp.tanh(w2 @ jnp.tanh(w1 @ v))
        loss = lambda v: (f(v) ** 2).sum()
        v, t = randn(n, dtype=dtype), randn(n, dtype=dtype)
        functions = {
            "vjp": lambda v, t: jax.vjp(f, v)[1](t),
            "jvp": lambda v, t: jax.jvp(f, (v,), (t,)),
            "jacobian": lambda v, t: jax.jacrev(f)(v),
            "hvp": lambda v, t: jax.jvp(jax.grad(loss), (v,), (t,))[1],
            "hessian": lambda v, t: jax.hessian(loss)(v),
        }
        return waiting(functions[kind], v, t)

    return make


def stepping(step, state, *arguments):
    """A training step that gives its state to the next one; the buffers of the old state may be used again."""
    f = jax.jit(step, donate_argnums=0)
    box = [state]

    def run():
        box[0] = jax.block_until_ready(f(box[0], *arguments))

    return run


def sgd_loop(n, dtype):
    gradient = jax.grad(lambda w: (w * 3).sum())
    return stepping(lambda w: w - 0.01 * gradient(w), jnp.ones(n, dtype=dtype))


def one_large(n, dtype):
    return stepping(lambda p, g: p - 1e-9 * g, randn(n, dtype=dtype), randn(n, dtype=dtype))


def many_small(n, dtype):
    def step(state, gradients):
        momenta = [0.9 * m + g for m, g in zip(state[1], gradients)]
        return [p - 1e-9 * m for p, m in zip(state[0], momenta)], momenta

    tensors = lambda: [randn(100, 100, dtype=dtype) for _ in range(n)]
    return stepping(step, (tensors(), tensors()), tensors())


def mlp(n, dtype):
    sizes = [784, 256, 128, 10]
    parameters = [(randn(i, o, dtype=dtype) / i**0.5, jnp.zeros(o, dtype=dtype)) for i, o in zip(sizes, sizes[1:])]
    momenta = jax.tree.map(jnp.zeros_like, parameters)
    x, labels = randn(n, 784, dtype=dtype), jnp.asarray(RANDOM.integers(0, 10, n))

    def loss(parameters, x, labels):
        for w, b in parameters[:-1]:
            x = jax.nn.relu(x @ w + b)
        w, b = parameters[-1]
        logits = x @ w + b
        chosen = jnp.take_along_axis(logits, labels[:, None], 1)[:, 0]
        return (jax.scipy.special.logsumexp(logits, 1) - chosen).mean()

    def step(state, x, labels):
        gradients = jax.grad(loss)(state[0], x, labels)
        momenta = jax.tree.map(lambda m, g: 0.9 * m + g, state[1], gradients)
        return jax.tree.map(lambda p, m: p - 0.01 * m, state[0], momenta), momenta

    return stepping(step, (parameters, momenta), x, labels)


def batched(n, dtype):
    return waiting(jnp.matmul, randn(64, n, n, dtype=dtype), randn(64, n, n, dtype=dtype))


def positive(function):
    def make(n, dtype):
        a = randn(n, n, dtype=dtype)
        return waiting(function, a @ a.T / n + jnp.eye(n, dtype=dtype))

    return make


def workloads(framework):
    made = {f"elementwise/{k}": pair(v) for k, v in ELEMENTWISE.items()}
    made |= {f"reduction/{k}": pair(v) for k, v in REDUCTIONS.items()}
    made |= {f"reduction/{k}": square(v) for k, v in ROWS.items()}
    made |= {f"jacobian/{k}": jacobian(k) for k in ("vjp", "jvp", "jacobian", "hvp", "hessian")}
    la = jnp.linalg
    return made | {
        "tutorial/forward": vector(loss_of),
        "tutorial/backward": vector(jax.value_and_grad(loss_of)),
        "tutorial/sgd-loop": sgd_loop,
        "transcendental/backward": vector(
            jax.value_and_grad(lambda x: (jnp.sin(x) * jnp.exp(-x * x) + jnp.tanh(x)).sum())),
        "training/mlp": mlp,
        "matmul/square": square(jnp.matmul),
        "matmul/vector": square(lambda x, y: x @ y[0]),
        "matmul/outer": square(lambda x, y: jnp.outer(x[0], y[0])),
        "matmul/transposed": square(lambda x, y: x.T @ y),
        "matmul/batched": batched,
        "sgd/one-large": one_large,
        "sgd/many-small": many_small,
        "linalg/solve": square(la.solve),
        "linalg/cholesky": positive(la.cholesky),
        "linalg/qr": square(lambda a, b: la.qr(a)),
        "linalg/svd": square(lambda a, b: la.svd(a, full_matrices=False)),
        "linalg/eigh": positive(la.eigh),
        "startup/first-gradient": START_UP,
    }  # fmt: skip
