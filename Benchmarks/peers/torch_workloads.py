"""The workloads in PyTorch, as its users write them; torch.compile for those that are more than one operation."""

import torch
import torch.nn.functional as F

START_UP = "import torch\nx = torch.ones(3, requires_grad=True)\n(x * x).sum().backward()\nassert x.grad[0] == 2\n"


def prepare(framework):
    torch.manual_seed(0)
    return torch.__version__


def randn(*shape, dtype):
    return torch.randn(*shape, dtype=getattr(torch, dtype))


def compiled(framework, function):
    if framework != "torch.compile":
        return function
    torch._dynamo.reset()
    return torch.compile(function, dynamic=False)


def loss_of(x):
    y = x + 2
    return (y * y * 2).mean()


def tutorial_forward(framework):
    def make(n, dtype):
        x, f = randn(n, dtype=dtype), compiled(framework, loss_of)
        return lambda: f(x)

    return make


def backward_of(function):
    def build(framework):
        def make(n, dtype):
            x, f = randn(n, dtype=dtype).requires_grad_(), compiled(framework, function)

            def run():
                x.grad = None
                f(x).backward()

            return run

        return make

    return build


def sgd_loop(n, dtype):
    weights = torch.ones(n, dtype=getattr(torch, dtype), requires_grad=True)
    optimizer = torch.optim.SGD([weights], lr=0.01)

    def run():
        (weights * 3).sum().backward()
        optimizer.step()
        optimizer.zero_grad()

    return run


ELEMENTWISE = {
    "add": lambda x, y: x + y, "multiply": lambda x, y: x * y, "scale": lambda x, y: x * 1.5, "axpy": lambda x, y: 1.5 * x + y,
    "exp": lambda x, y: torch.exp(x), "log": lambda x, y: torch.log(y), "tanh": lambda x, y: torch.tanh(x),
    "sigmoid": lambda x, y: torch.sigmoid(x), "sin": lambda x, y: torch.sin(x), "erf": lambda x, y: torch.erf(x),
    "gelu": lambda x, y: F.gelu(x), "power": lambda x, y: torch.pow(y, 1.7), "where": lambda x, y: torch.where(x > 0, x, y),
}  # fmt: skip
REDUCTIONS = {
    "sum": lambda x, y: x.sum(), "mean": lambda x, y: x.mean(), "max": lambda x, y: x.max(), "variance": lambda x, y: x.var(),
    "dot": torch.dot, "norm": lambda x, y: torch.linalg.vector_norm(x), "argmax": lambda x, y: x.argmax(),
}  # fmt: skip
ROWS = {
    "sum-rows": lambda x: x.sum(1), "sum-columns": lambda x: x.sum(0), "softmax-rows": lambda x: torch.softmax(x, 1),
    "logsumexp-rows": lambda x: torch.logsumexp(x, 1), "layernorm-rows": lambda x: F.layer_norm(x, x.shape[-1:]),
}  # fmt: skip


def pair(function):
    def make(n, dtype):
        x, y = randn(n, dtype=dtype), randn(n, dtype=dtype).abs() + 0.1
        return lambda: function(x, y)

    return make


def square(function):
    def make(n, dtype):
        x, y = randn(n, n, dtype=dtype), randn(n, n, dtype=dtype)
        return lambda: function(x, y)

    return make


def batched(n, dtype):
    x, y = randn(64, n, n, dtype=dtype), randn(64, n, n, dtype=dtype)
    return lambda: torch.matmul(x, y)


def solve_batch(n, dtype):
    a, b = randn(10_000, n, n, dtype=dtype) + 2 * n**0.5 * torch.eye(n, dtype=getattr(torch, dtype)), randn(10_000, n, 1, dtype=dtype)
    return lambda: torch.linalg.solve(a, b)


def network(n, dtype):
    w1, w2 = (randn(n, n, dtype=dtype) / n**0.5 for _ in range(2))
    f = lambda v: torch.tanh(w2 @ torch.tanh(w1 @ v))
    return f, randn(n, dtype=dtype), randn(n, dtype=dtype)


def jacobian(kind):
    def make(n, dtype):
        f, v, t = network(n, dtype)
        loss = lambda v: (f(v) ** 2).sum()
        tracked = v.clone().requires_grad_()
        return {
            "vjp": lambda: torch.autograd.grad(f(tracked), tracked, t),
            "jvp": lambda: torch.func.jvp(f, (v,), (t,)),
            "jacobian": lambda: torch.func.jacrev(f)(v),
            "hvp": lambda: torch.autograd.functional.hvp(loss, v, t),
            "hessian": lambda: torch.func.hessian(loss)(v),
        }[kind]

    return make


def sgd(shapes, momentum):
    def make(n, dtype):
        parameters = [randn(*shape, dtype=dtype).requires_grad_() for shape in shapes(n)]
        for p in parameters:
            p.grad = torch.randn_like(p)
        return torch.optim.SGD(parameters, lr=1e-9, momentum=momentum).step

    return make


def mlp(framework):
    def make(n, dtype):
        sizes = [784, 256, 128, 10]
        layers = []
        for i, o in zip(sizes, sizes[1:]):
            layers += [torch.nn.Linear(i, o, dtype=getattr(torch, dtype)), torch.nn.ReLU()]
        model = torch.nn.Sequential(*layers[:-1])
        optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
        x, labels = randn(n, 784, dtype=dtype), torch.randint(0, 10, (n,))
        f = compiled(framework, lambda x, labels: F.cross_entropy(model(x), labels))

        def run():
            optimizer.zero_grad()
            f(x, labels).backward()
            optimizer.step()

        return run

    return make


def lstm(n, dtype):
    to_input = (randn(32, 256, dtype=dtype) * 0.1).requires_grad_()
    to_state = (randn(64, 256, dtype=dtype) * 0.1).requires_grad_()
    bias = torch.zeros(256, dtype=getattr(torch, dtype), requires_grad=True)
    sequence = [randn(16, 32, dtype=dtype) for _ in range(n)]

    def run():
        to_input.grad = to_state.grad = bias.grad = None
        h = c = torch.zeros(16, 64, dtype=bias.dtype)
        for x in sequence:
            i, f, g, o = (x @ to_input + h @ to_state + bias).chunk(4, 1)
            c = f.sigmoid() * c + i.sigmoid() * g.tanh()
            h = o.sigmoid() * c.tanh()
        h.square().mean().backward()

    return run


def runge_kutta(n, dtype):
    rates = torch.tensor([1.5, 1, 1, 3], dtype=getattr(torch, dtype), requires_grad=True)

    def slope(y):
        a, b = y[0], y[1]
        return torch.stack([rates[0] * a - rates[1] * a * b, rates[2] * a * b - rates[3] * b])

    def run():
        rates.grad = None
        y, h = torch.ones(2, dtype=rates.dtype), 0.01
        for _ in range(n):
            k1 = slope(y)
            k2 = slope(y + k1 * (h / 2))
            k3 = slope(y + k2 * (h / 2))
            k4 = slope(y + k3 * h)
            y = y + (k1 + k2 * 2 + k3 * 2 + k4) * (h / 6)
        y.square().sum().backward()

    return run


def sines(n, dtype):
    x = randn(10_000, dtype=dtype).requires_grad_()

    def run():
        x.grad = None
        y = x
        for _ in range(n):
            y = (y * 0.9).sin()
        y.sum().backward()

    return run


def many_parameters(n, dtype):
    parameters = [torch.tensor([1, 2, 3], dtype=getattr(torch, dtype), requires_grad=True) for _ in range(n)]

    def run():
        for p in parameters:
            p.grad = None
        total = 0
        for p in parameters:
            total = total + (p * p).sum()
        total.backward()

    return run


def linear_algebra(function, positive=False):
    def make(n, dtype):
        a = randn(n, n, dtype=dtype)
        a = a @ a.mT / n + torch.eye(n, dtype=a.dtype) if positive else a
        b = randn(n, n, dtype=dtype)
        return lambda: function(a, b)

    return make


def convolution_layer(n, dtype):
    x = randn(n, 32, 56, 56, dtype=dtype).requires_grad_()
    w = randn(64, 32, 3, 3, dtype=dtype).requires_grad_()
    g = randn(n, 64, 56, 56, dtype=dtype)

    def run():
        x.grad = w.grad = None
        torch.nn.functional.conv2d(x, w, padding=1).backward(g)

    return run


def workloads(framework):
    made = {
        "tutorial/forward": tutorial_forward(framework),
        "tutorial/backward": backward_of(loss_of)(framework),
        "transcendental/backward": backward_of(
            lambda x: (torch.sin(x) * torch.exp(-x * x) + torch.tanh(x)).sum())(framework),
        "training/mlp": mlp(framework),
    }  # fmt: skip
    if framework == "torch.compile":
        return made
    made |= {f"elementwise/{k}": pair(v) for k, v in ELEMENTWISE.items()}
    made |= {f"reduction/{k}": pair(v) for k, v in REDUCTIONS.items()}
    made |= {f"reduction/{k}": square(lambda x, y, f=v: f(x)) for k, v in ROWS.items()}
    made |= {f"jacobian/{k}": jacobian(k) for k in ("vjp", "jvp", "jacobian", "hvp", "hessian")}
    la = torch.linalg
    return made | {
        "tutorial/sgd-loop": sgd_loop,
        "loops/lstm": lstm,
        "loops/rk4": runge_kutta,
        "loops/rk4-compiled": runge_kutta,
        "loops/sines": sines,
        "loops/parameters": many_parameters,
        "matmul/square": square(torch.matmul),
        "matmul/vector": square(lambda x, y: x @ y[0]),
        "matmul/outer": square(lambda x, y: torch.outer(x[0], y[0])),
        "matmul/transposed": square(lambda x, y: x.mT @ y),
        "matmul/batched": batched,
        "convolution/layer": convolution_layer,
        "sgd/one-large": sgd(lambda n: [(n,)], 0),
        "sgd/many-small": sgd(lambda n: [(100, 100)] * n, 0.9),
        "linalg/solve": linear_algebra(la.solve),
        "linalg/solve-batch": solve_batch,
        "linalg/cholesky": linear_algebra(lambda a, b: la.cholesky(a), positive=True),
        "linalg/qr": linear_algebra(lambda a, b: la.qr(a)),
        "linalg/svd": linear_algebra(lambda a, b: la.svd(a, full_matrices=False)),
        "linalg/eigh": linear_algebra(lambda a, b: la.eigh(a), positive=True),
        "startup/first-gradient": START_UP,
    }
