"""JAX, jitted; results are waited for."""

import jax
import jax.numpy as jnp
import numpy as np

jax.config.update("jax_platforms", "cpu")
jax.config.update("jax_enable_x64", True)

ELEMENTWISE = {
    "add": lambda a, b: a + b,
    "multiply": lambda a, b: a * b,
    "scale": lambda a, b: a * 2.5,
    "axpy": lambda a, b: 2.5 * a + b,
    "exp": lambda a, b: jnp.exp(a),
    "log": lambda a, b: jnp.log(a),
    "tanh": lambda a, b: jnp.tanh(a),
    "sigmoid": lambda a, b: jax.nn.sigmoid(a),
    "sin": lambda a, b: jnp.sin(a),
    "erf": lambda a, b: jax.scipy.special.erf(a),
    "gelu": lambda a, b: jax.nn.gelu(a, approximate=False),
    "power": lambda a, b: a**1.7,
    "where": lambda a, b: jnp.where(a > 0, a, b),
}
REDUCTIONS = {
    "sum": jnp.sum,
    "mean": jnp.mean,
    "max": jnp.max,
    "variance": lambda a: jnp.var(a, ddof=1),
    "norm": jnp.linalg.norm,
    "argmax": jnp.argmax,
    "sum-rows": lambda a: a.sum(1),
    "sum-columns": lambda a: a.sum(0),
    "softmax-rows": lambda a: jax.nn.softmax(a, 1),
    "logsumexp-rows": lambda a: jax.scipy.special.logsumexp(a, 1),
    "layernorm-rows": lambda a: (a - a.mean(1, keepdims=True)) / jnp.sqrt(a.var(1, keepdims=True) + 1e-5),
}
generator = np.random.default_rng(0)


def uniform(shape, dtype, low=-1.0, high=1.0):
    return jnp.asarray(generator.uniform(low, high, shape).astype(dtype))


def timed(function, *arguments):
    compiled = jax.jit(function)
    return lambda: jax.block_until_ready(compiled(*arguments))


def make(id, dtype, shape):
    group, name = id.split("/")
    if group in ("tutorial", "transcendental"):
        return differentiated(id, dtype, shape)
    if id == "training/mlp":
        return training(dtype, shape)
    if group == "elementwise" and name in ELEMENTWISE:
        positive = name in ("log", "power")
        a, b = (uniform(shape, dtype, 0.1 if positive else -2, 4 if positive else 2) for _ in range(2))
        return timed(ELEMENTWISE[name], a, b)
    if group == "reduction":
        a, b = (uniform(shape, dtype, -0.5, 1.5) for _ in range(2))
        if name == "dot":
            return timed(jnp.dot, a, b)
        return timed(REDUCTIONS[name], a) if name in REDUCTIONS else None
    if group == "matmul":
        return product(name, dtype, shape)
    if group == "jacobian":
        return jacobian(name, dtype, shape[0])
    return None


def differentiated(id, dtype, shape):
    if id == "tutorial/sgd-loop":
        step = jax.jit(lambda w: w - 0.01 * jax.grad(lambda w: (w * 3).sum())(w))
        w = jnp.ones(shape, dtype)
        return lambda: jax.block_until_ready(step(w))
    x = uniform(shape, dtype, -2, 2)

    def tutorial(x):
        y = x + 2
        return (y * y * 2).mean()

    def transcendental(x):
        return (jnp.sin(x) * jnp.exp(-(x * x)) + jnp.tanh(x)).sum()

    function = transcendental if id.startswith("transcendental") else tutorial
    return timed(function if id == "tutorial/forward" else jax.value_and_grad(function), x)


def training(dtype, shape):
    layers = [784, 256, 128, 10]
    parameters = []
    for inputs, outputs in zip(layers, layers[1:]):
        reach = inputs**-0.5
        parameters.append(uniform((inputs, outputs), dtype, -reach, reach))
        parameters.append(uniform((outputs,), dtype, -reach, reach))
    images = uniform(shape, dtype, 0, 1)
    labels = jnp.arange(shape[0]) * 7 % 10

    def loss(p):
        x = jax.nn.relu(images @ p[0] + p[1])
        x = jax.nn.relu(x @ p[2] + p[3])
        scores = jax.nn.log_softmax(x @ p[4] + p[5])
        return -jnp.take_along_axis(scores, labels[:, None], 1).mean()

    @jax.jit
    def step(p, buffers):
        value, gradients = jax.value_and_grad(loss)(p)
        buffers = [0.9 * b + g for b, g in zip(buffers, gradients)]
        return [w - 0.01 * b for w, b in zip(p, buffers)], buffers, value

    state = [parameters, [jnp.zeros_like(p) for p in parameters]]

    def run():
        state[0], state[1], value = step(state[0], state[1])
        jax.block_until_ready((state, value))

    return run


def product(name, dtype, shape):
    if name in ("square", "transposed"):
        m, k, n = shape
        b = uniform((k, n), dtype)
        if name == "transposed":
            return timed(lambda a, b: a.T @ b, uniform((k, m), dtype), b)
        return timed(jnp.matmul, uniform((m, k), dtype), b)
    if name == "batched":
        count, m, k, n = shape
        return timed(jnp.matmul, uniform((count, m, k), dtype), uniform((count, k, n), dtype))
    m, n = shape
    if name == "vector":
        return timed(jnp.matmul, uniform((m, n), dtype), uniform((n,), dtype))
    if name == "outer":
        return timed(jnp.outer, uniform((m,), dtype), uniform((n,), dtype))
    return None


def jacobian(name, dtype, width):
    reach = 1.5 / width**0.5
    a, b = (uniform((width, width), dtype, -reach, reach) for _ in range(2))
    x, v = (uniform((width,), dtype) for _ in range(2))
    # The weights are arguments: constants would be folded into the compiled program.
    network = lambda x, a, b: jnp.tanh(b @ jnp.tanh(a @ x))
    loss = lambda x, a, b: network(x, a, b).sum()
    functions = {
        "vjp": lambda x, v, a, b: jax.vjp(lambda x: network(x, a, b), x)[1](v),
        "jvp": lambda x, v, a, b: jax.jvp(lambda x: network(x, a, b), (x,), (v,))[1],
        "jacobian": lambda x, v, a, b: jax.jacrev(network)(x, a, b),
        "hvp": lambda x, v, a, b: jax.jvp(lambda x: jax.grad(loss)(x, a, b), (x,), (v,))[1],
        "hessian": lambda x, v, a, b: jax.hessian(loss)(x, a, b),
    }
    return timed(functions[name], x, v, a, b) if name in functions else None
