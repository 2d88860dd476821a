"""The vocabulary of the case format, each word in terms of PyTorch.

A program is a list of steps {"op", "in", "attributes"?, "out"}. `run` evaluates it on tensors; every expected value of
every case comes out of this one interpreter, so a case never depends on how it was found.
"""

import math

import torch
import torch.nn.functional as F

INFINITIES = {"inf": math.inf, "-inf": -math.inf}


def number(value):
    """JSON has no infinities: attributes spell them as strings."""
    return INFINITIES.get(value, value)


def operand(value, like):
    """A scalar operand as a 0-d tensor that never changes the type of its partner."""
    if isinstance(value, torch.Tensor):
        return value
    if like.is_floating_point() or isinstance(value, float):
        dtype = like.dtype if like.is_floating_point() else torch.get_default_dtype()
        return torch.tensor(float(value), dtype=dtype)
    return torch.tensor(value)


def plain(function):
    return lambda xs, a: function(*xs, **a)


def binary(function):
    def apply(xs, a):
        x, y = xs
        if not isinstance(x, torch.Tensor):
            x = operand(x, y)
        elif not isinstance(y, torch.Tensor):
            y = operand(y, x)
        return function(x, y, **a)

    return apply


def dims(a):
    """`dim` of a reduction: a list, or nothing for all."""
    keep = a.get("keepdim", False)
    dim = a.get("dim")
    return (None if dim is None else tuple(dim)), keep


def reduction(function):
    def apply(xs, a):
        dim, keep = dims(a)
        return function(xs[0], dim=dim, keepdim=keep)

    return apply


def prod(x, dim, keepdim):
    """PyTorch multiplies along one dimension at a time: fold the others into it."""
    if dim is None:
        dim = tuple(range(x.ndim))
        if not keepdim:
            return torch.prod(x)
    if len(dim) == 1:
        return torch.prod(x, dim[0], keepdim)
    for d in sorted((d % max(x.ndim, 1) for d in dim), reverse=True):
        x = torch.prod(x, d, keepdim)
    return x


def all_or_any(function):
    def apply(x, dim, keepdim):
        return function(x) if dim is None and not keepdim else function(x, dim=dim, keepdim=keepdim)

    return apply


def every_dim(function):
    """amax, amin and logsumexp take an empty tuple for all the dimensions."""

    def apply(x, dim, keepdim):
        return function(x, dim=tuple(range(x.ndim)) if dim is None else dim, keepdim=keepdim)

    return apply


def moment(function):
    def apply(xs, a):
        dim, keep = dims(a)
        return function(xs[0], dim=dim, correction=number(a.get("correction", 1)), keepdim=keep)

    return apply


def extreme(function):
    """max, min and median: with a dim two outputs, without one only the value."""

    def apply(xs, a):
        if a.get("dim") is None:
            return function(xs[0])
        return tuple(function(xs[0], a["dim"], a.get("keepdim", False)))

    return apply


def position(function):
    return lambda xs, a: function(xs[0], dim=a.get("dim"), keepdim=a.get("keepdim", False))


def clamp(xs, a):
    if len(xs) == 1:
        return torch.clamp(xs[0], a.get("min"), a.get("max"))
    return torch.clamp(xs[0], *[None if b is None else b for b in xs[1:]])


def vector_norm(xs, a):
    dim, keep = dims(a)
    return torch.linalg.vector_norm(xs[0], number(a.get("ord", 2)), dim=dim, keepdim=keep)


def matrix_norm(xs, a):
    dim = tuple(a.get("dim", (-2, -1)))
    return torch.linalg.matrix_norm(xs[0], number(a.get("ord", "fro")), dim=dim, keepdim=a.get("keepdim", False))


def squeeze(xs, a):
    dim = a.get("dim")
    return torch.squeeze(xs[0]) if dim is None else torch.squeeze(xs[0], tuple(dim))


def sliced(xs, a):
    return torch.ops.aten.slice(xs[0], a.get("dim", 0), a.get("start"), a.get("end"), a.get("step", 1))


def split(xs, a):
    return tuple(torch.split(xs[0], a["sizes"], a.get("dim", 0)))


def roll(xs, a):
    dim = a.get("dims")
    return torch.roll(xs[0], a["shifts"]) if dim is None else torch.roll(xs[0], a["shifts"], dim)


def joined(function):
    return lambda xs, a: function(list(xs), dim=a.get("dim", 0))


def addmm(xs, a):
    return torch.addmm(*xs, alpha=a.get("alpha", 1), beta=a.get("beta", 1))


def lerp(xs, a):
    start, end, weight = xs
    return torch.lerp(start, end, weight)


def where(xs, a):
    condition, x, y = xs
    if not isinstance(x, torch.Tensor) and isinstance(y, torch.Tensor):
        x = operand(x, y)
    if not isinstance(y, torch.Tensor) and isinstance(x, torch.Tensor):
        y = operand(y, x)
    return torch.where(condition, x, y)


def power(xs, a):
    # PyTorch's scalar overloads have their own conventions at 0: call them as a user would.
    return torch.pow(xs[0], xs[1])


def losses(function):
    return lambda xs, a: function(xs[0], xs[1], **a)


UNARY = (
    "neg abs sign floor ceil round trunc exp exp2 expm1 log log1p log2 log10 sqrt rsqrt square reciprocal sin cos tan "
    "asin acos atan sinh cosh tanh asinh acosh atanh erf erfc sigmoid isnan isinf isfinite logical_not"
).split()

BINARY = (
    "add sub mul maximum minimum atan2 hypot fmod remainder xlogy logaddexp copysign eq ne lt le gt ge logical_and "
    "logical_or logical_xor div"
).split()

OPERATIONS = {name: plain(getattr(torch, name)) for name in UNARY}
OPERATIONS |= {name: binary(getattr(torch, name)) for name in BINARY}
OPERATIONS |= {
    "relu": plain(F.relu),
    "silu": plain(F.silu),
    "logsigmoid": plain(F.logsigmoid),
    "gelu": plain(F.gelu),
    "softplus": plain(F.softplus),
    "leaky_relu": plain(F.leaky_relu),
    "elu": plain(F.elu),
    "pow": power,
    "lerp": lerp,
    "where": where,
    "addcmul": plain(torch.addcmul),
    "clamp": clamp,
    "sum": reduction(torch.sum),
    "mean": reduction(torch.mean),
    "prod": reduction(prod),
    "amax": reduction(every_dim(torch.amax)),
    "amin": reduction(every_dim(torch.amin)),
    "logsumexp": reduction(every_dim(torch.logsumexp)),
    "all": reduction(all_or_any(torch.all)),
    "any": reduction(all_or_any(torch.any)),
    "count_nonzero": lambda xs, a: torch.count_nonzero(xs[0], dim=dims(a)[0]),
    "argmax": position(torch.argmax),
    "argmin": position(torch.argmin),
    "max": extreme(torch.max),
    "min": extreme(torch.min),
    "median": extreme(torch.median),
    "var": moment(torch.var),
    "std": moment(torch.std),
    "cumsum": plain(torch.cumsum),
    "cumprod": plain(torch.cumprod),
    "logcumsumexp": plain(torch.logcumsumexp),
    "softmax": plain(torch.softmax),
    "log_softmax": plain(torch.log_softmax),
    "sort": lambda xs, a: tuple(
        torch.sort(xs[0], dim=a.get("dim", -1), descending=a.get("descending", False), stable=True)
    ),
    "topk": lambda xs, a: tuple(torch.topk(xs[0], **a)),
    "vector_norm": vector_norm,
    "matrix_norm": matrix_norm,
    "reshape": plain(torch.reshape),
    "permute": plain(torch.permute),
    "transpose": plain(torch.transpose),
    "squeeze": squeeze,
    "unsqueeze": plain(torch.unsqueeze),
    "expand": lambda xs, a: xs[0].expand(a["shape"]),
    "flatten": plain(torch.flatten),
    "flip": plain(torch.flip),
    "roll": roll,
    "repeat": lambda xs, a: xs[0].repeat(a["repeats"]),
    "tril": plain(torch.tril),
    "triu": plain(torch.triu),
    "diagonal": plain(torch.diagonal),
    "diag_embed": plain(torch.diag_embed),
    "select": plain(torch.select),
    "narrow": plain(torch.narrow),
    "slice": sliced,
    "cat": joined(torch.cat),
    "stack": joined(torch.stack),
    "split": split,
    "index_select": lambda xs, a: torch.index_select(xs[0], a["dim"], xs[1]),
    "gather": lambda xs, a: torch.gather(xs[0], a["dim"], xs[1]),
    "take_along_dim": lambda xs, a: torch.take_along_dim(xs[0], xs[1], dim=a.get("dim")),
    "scatter_add": lambda xs, a: torch.scatter_add(xs[0], a["dim"], xs[1], xs[2]),
    "index_add": lambda xs, a: torch.index_add(xs[0], a["dim"], xs[1], xs[2], alpha=a.get("alpha", 1)),
    "masked_fill": lambda xs, a: torch.masked_fill(xs[0], xs[1], number(a["value"])),
    "pad": lambda xs, a: F.pad(xs[0], a["pad"], value=a.get("value", 0.0)),
    "matmul": plain(torch.matmul),
    "mm": plain(torch.mm),
    "bmm": plain(torch.bmm),
    "mv": plain(torch.mv),
    "dot": plain(torch.dot),
    "outer": plain(torch.outer),
    "addmm": addmm,
    "einsum": lambda xs, a: torch.einsum(a["equation"], *xs),
    "trace": plain(torch.trace),
    "det": plain(torch.linalg.det),
    "slogdet": lambda xs, a: tuple(torch.linalg.slogdet(xs[0])),
    "inv": plain(torch.linalg.inv),
    "pinv": plain(torch.linalg.pinv),
    "cholesky": plain(torch.linalg.cholesky),
    "matrix_power": plain(torch.linalg.matrix_power),
    "qr": lambda xs, a: tuple(torch.linalg.qr(xs[0], **a)),
    "svd": lambda xs, a: tuple(torch.linalg.svd(xs[0], full_matrices=a.get("full_matrices", True))),
    "eigh": lambda xs, a: tuple(torch.linalg.eigh(xs[0])),
    "solve": plain(torch.linalg.solve),
    "solve_triangular": lambda xs, a: torch.linalg.solve_triangular(
        xs[0], xs[1], upper=a["upper"], left=a.get("left", True), unitriangular=a.get("unitriangular", False)
    ),
    "lstsq": lambda xs, a: torch.linalg.lstsq(xs[0], xs[1]).solution,
    "mse_loss": losses(F.mse_loss),
    "l1_loss": losses(F.l1_loss),
    "huber_loss": losses(F.huber_loss),
    "binary_cross_entropy_with_logits": losses(F.binary_cross_entropy_with_logits),
    "cross_entropy": losses(F.cross_entropy),
    "nll_loss": losses(F.nll_loss),
    "linear": plain(F.linear),
    "layer_norm": lambda xs, a: F.layer_norm(
        xs[0], a["normalized_shape"], *[x for x in xs[1:]], eps=a.get("eps", 1e-5)
    ),
}

LINEAR_ALGEBRA = {
    "det", "slogdet", "inv", "pinv", "cholesky", "matrix_power", "qr", "svd", "eigh", "solve", "solve_triangular",
    "lstsq", "matrix_norm",
}  # fmt: skip


def operation(word):
    """The word's function; those of the widened vocabulary are in a module of their own, which needs this one."""
    from . import widened

    return OPERATIONS.get(word) or widened.OPERATIONS[word]


def with_tensors(attributes, values):
    """Attributes that name tensors, {"tensor": name}, with these tensors in their place."""
    tensor = lambda v: values[v["tensor"]] if isinstance(v, dict) else v
    return {k: tensor(v) for k, v in attributes.items()}


def run(program, values, noise=None):
    """Evaluates a program. `values` maps input names to tensors and is extended with every intermediate one.

    `noise`, a torch.Generator, multiplies every floating result by 1 + 2e-15·r: an evaluation whose rounding errors are
    about ten times the real ones. What then moves beyond the tolerance is too ill-conditioned (or too near a kink) to
    compare two libraries on.
    """
    for step in program:
        operands = [values[x] if isinstance(x, str) else x for x in step["in"]]
        results = operation(step["op"])(operands, with_tensors(step.get("attributes", {}), values))
        results = results if isinstance(results, tuple) else (results,)
        if len(results) < len(step["out"]):
            raise ValueError(f"{step['op']} gives {len(results)} results, the program names {len(step['out'])}")
        for name, result in zip(step["out"], results):
            if noise is not None and result.is_floating_point():
                factor = 2 * torch.rand(result.shape, generator=noise, dtype=torch.float64) - 1
                result = result * (1 + 2e-15 * factor).to(result.dtype)
            values[name] = result
    return values
