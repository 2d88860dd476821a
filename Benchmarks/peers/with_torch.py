"""PyTorch, eager and compiled."""

import torch

TYPES = {"float32": torch.float32, "float64": torch.float64}
SPECIAL = torch.special

ELEMENTWISE = {
    "add": lambda a, b: a + b,
    "multiply": lambda a, b: a * b,
    "scale": lambda a, b: a * 2.5,
    "axpy": lambda a, b: 2.5 * a + b,
    "exp": lambda a, b: a.exp(),
    "log": lambda a, b: a.log(),
    "tanh": lambda a, b: a.tanh(),
    "sigmoid": lambda a, b: a.sigmoid(),
    "sin": lambda a, b: a.sin(),
    "erf": lambda a, b: a.erf(),
    "gelu": lambda a, b: torch.nn.functional.gelu(a),
    "power": lambda a, b: a**1.7,
}
REDUCTIONS = {
    "sum": lambda a: a.sum(),
    "mean": lambda a: a.mean(),
    "max": lambda a: a.max(),
    "variance": lambda a: a.var(),
    "norm": lambda a: torch.linalg.vector_norm(a),
    "argmax": lambda a: a.argmax(),
    "sum-rows": lambda a: a.sum(1),
    "sum-columns": lambda a: a.sum(0),
    "softmax-rows": lambda a: a.softmax(1),
    "logsumexp-rows": lambda a: a.logsumexp(1),
    "layernorm-rows": lambda a: torch.nn.functional.layer_norm(a, a.shape[1:]),
}
LINALG = {
    "solve": lambda a, b: torch.linalg.solve(a, b),
    "cholesky": lambda a, b: torch.linalg.cholesky(a),
    "qr": lambda a, b: torch.linalg.qr(a),
    "svd": lambda a, b: torch.linalg.svd(a, full_matrices=False),
    "eigh": lambda a, b: torch.linalg.eigh(a),
}


def start(threads):
    torch.set_num_threads(threads)
    torch.manual_seed(0)


def uniform(shape, dtype, low=-1.0, high=1.0):
    return torch.rand(shape, dtype=dtype) * (high - low) + low


def loops(id):
    import torch_workloads

    return torch_workloads.workloads("torch")[id]


def make(id, dtype, shape, compiled):
    group, name = id.split("/")
    dtype = TYPES[dtype]
    if group in ("tutorial", "transcendental"):
        return differentiated(id, dtype, shape, compiled)
    if id == "training/mlp":
        return training(dtype, shape, compiled)
    if compiled:
        return None
    if group == "loops":
        return loops(id)(shape[0], str(dtype).removeprefix("torch."))
    if group == "elementwise":
        return elementwise(name, dtype, shape)
    if group == "reduction":
        return reduction(name, dtype, shape)
    if group == "matmul":
        return product(name, dtype, shape)
    if group == "jacobian":
        return jacobian(name, dtype, shape[0])
    if group == "sgd":
        return optimizer(name, dtype, shape)
    if group == "linalg" and name in LINALG:
        a = uniform(shape, dtype) + 2 * shape[0] ** 0.5 * torch.eye(shape[0], dtype=dtype)
        if name in ("cholesky", "eigh"):
            a = (a + a.T) / 2
        b = uniform(shape[:1], dtype)
        return lambda: LINALG[name](a, b)
    return None


def differentiated(id, dtype, shape, compiled):
    if id == "tutorial/sgd-loop":
        if compiled:
            return None
        weights = torch.ones(shape, dtype=dtype, requires_grad=True)
        sgd = torch.optim.SGD([weights], lr=0.01)

        def loop():
            (weights * 3).sum().backward()
            sgd.step()
            sgd.zero_grad()

        return loop
    x = uniform(shape, dtype, -2, 2).requires_grad_()

    def tutorial(x):
        y = x + 2
        return (y * y * 2).mean()

    def transcendental(x):
        return (x.sin() * (-(x * x)).exp() + x.tanh()).sum()

    function = transcendental if id.startswith("transcendental") else tutorial
    function = torch.compile(function) if compiled else function
    if id == "tutorial/forward":
        return lambda: function(x)

    def backward():
        x.grad = None
        function(x).backward()

    return backward


def training(dtype, shape, compiled):
    layers = [784, 256, 128, 10]
    modules = []
    for inputs, outputs in zip(layers, layers[1:]):
        modules += [torch.nn.Linear(inputs, outputs, dtype=dtype), torch.nn.ReLU()]
    network = torch.nn.Sequential(*modules[:-1])
    sgd = torch.optim.SGD(network.parameters(), lr=0.01, momentum=0.9)
    images = uniform(shape, dtype, 0, 1)
    labels = torch.arange(shape[0]) * 7 % 10

    def loss(images, labels):
        return torch.nn.functional.cross_entropy(network(images), labels)

    loss = torch.compile(loss) if compiled else loss

    def step():
        sgd.zero_grad()
        loss(images, labels).backward()
        sgd.step()

    return step


def elementwise(name, dtype, shape):
    positive = name in ("log", "power")
    a, b = (uniform(shape, dtype, 0.1 if positive else -2, 4 if positive else 2) for _ in range(2))
    if name == "where":
        mask = uniform(shape, dtype) > 0
        return lambda: torch.where(mask, a, b)
    function = ELEMENTWISE.get(name)
    return function and (lambda: function(a, b))


def reduction(name, dtype, shape):
    a, b = (uniform(shape, dtype, -0.5, 1.5) for _ in range(2))
    if name == "dot":
        return lambda: torch.dot(a, b)
    function = REDUCTIONS.get(name)
    return function and (lambda: function(a))


def product(name, dtype, shape):
    if name in ("square", "transposed"):
        m, k, n = shape
        a = uniform((k, m), dtype).T if name == "transposed" else uniform((m, k), dtype)
        b = uniform((k, n), dtype)
        return lambda: a @ b
    if name == "batched":
        count, m, k, n = shape
        a, b = uniform((count, m, k), dtype), uniform((count, k, n), dtype)
        return lambda: a @ b
    m, n = shape
    if name == "vector":
        a, x = uniform((m, n), dtype), uniform((n,), dtype)
        return lambda: a @ x
    if name == "outer":
        u, v = uniform((m,), dtype), uniform((n,), dtype)
        return lambda: torch.outer(u, v)
    return None


def jacobian(name, dtype, width):
    reach = 1.5 / width**0.5
    a, b = (uniform((width, width), dtype, -reach, reach) for _ in range(2))
    x, v = (uniform((width,), dtype) for _ in range(2))
    network = lambda x: torch.tanh(b @ torch.tanh(a @ x))
    loss = lambda x: network(x).sum()
    functions = {
        "vjp": lambda: torch.func.vjp(network, x)[1](v),
        "jvp": lambda: torch.func.jvp(network, (x,), (v,))[1],
        "jacobian": lambda: torch.func.jacrev(network)(x),
        "hvp": lambda: torch.func.jvp(torch.func.grad(loss), (x,), (v,))[1],
        "hessian": lambda: torch.func.hessian(loss)(x),
    }
    return functions.get(name)


def optimizer(name, dtype, shape):
    shapes = [shape] if name == "one-large" else [shape[1:]] * shape[0]
    parameters = [uniform(s, dtype).requires_grad_() for s in shapes]
    for parameter in parameters:
        parameter.grad = parameter.detach().clone()
    return torch.optim.SGD(parameters, lr=1e-3, momentum=0.9).step
