"""NaN, infinities, signed zeros, subnormal and huge numbers, and ties.

Values are compared everywhere; derivatives where PyTorch gives finite ones. Points at which PyTorch itself differs
between its vector loop and a single element are left out: there is nothing to conform to.
"""

import itertools
import math
import zlib

import torch

from .case import Case, Rejected, measured
from .vocabulary import operation

NAN, INF = math.nan, math.inf
DOUBLES = [NAN, INF, -INF, 0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 1.5, -1.5, 2.5, -2.5, 2.0, -3.0, 5e-324, -5e-324, 3e-310,
           2.2250738585072014e-308, -2.2250738585072014e-308, 1e-300, -1e-20, 1e-20, 1e-8, -1e-8, 0.999999999, -0.999999999,
           20.0, -20.0, 40.0, -40.0, 100.0, -100.0, 709.0, -709.0, -740.0, 710.5, -746.0, 1023.0, -1074.0, 1e5, 1e10, -1e10,
           4503599627370497.5, -4503599627370495.5, 1e300, -1e300, 1.7976931348623157e308,
           -1.7976931348623157e308]  # fmt: skip
SINGLES = [NAN, INF, -INF, 0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.5, -2.5, 1e-45, -1e-45, 1e-40, 1.1754943508222875e-38, 1e-30,
           1e-5, -1e-5, 20.0, -20.0, 88.0, -88.0, -100.0, 127.0, -140.0, 8388609.0, 1e10, -1e10, 1e38, -1e38]  # fmt: skip
PAIRS = [NAN, INF, -INF, 0.0, -0.0, 1.0, -1.0, 0.5, 2.0, -2.5, 3.0, 5e-324, 1e-300, 1e300, -1e300]

UNARY = (
    "neg abs sign floor ceil round trunc exp exp2 expm1 log log1p log2 log10 sqrt rsqrt square reciprocal sin cos tan "
    "asin acos atan sinh cosh tanh asinh acosh atanh erf erfc sigmoid relu silu logsigmoid gelu softplus leaky_relu elu "
    "isnan isinf isfinite logical_not"
).split()
BINARY = (
    "add sub mul div pow maximum minimum atan2 hypot fmod remainder xlogy logaddexp copysign eq ne lt le gt ge logical_and "
    "logical_or logical_xor"
).split()
VARIANTS = [("div", {"rounding_mode": "trunc"}), ("div", {"rounding_mode": "floor"})]
# x² of the largest double overflows in PyTorch's forms of these; another form is at least as good.
OVERFLOWS = {"asinh": 1e150, "acosh": 1e150, "hypot": 1e150, "silu": 700.0, "gelu": 1e100, "div": 1e290}

SQUARED = {"atan2", "hypot"}


def same(a, b):
    return torch.isclose(a.double(), b.double(), rtol=1e-12, atol=0.0, equal_nan=True)


def agreeing(op, operands, options):
    """Where the vector loop and a single element give the same."""
    together = operation(op)(operands, options)
    alone = torch.stack([operation(op)(list(e), options) for e in zip(*[x.unbind() for x in operands])])
    keep = same(together, alone)
    limit = OVERFLOWS.get(op, INF)
    for x in operands:
        keep &= ~(torch.isfinite(x) & (x.abs() > limit))
    return keep


def finite_gradient(op, operands, options):
    leaves = [x.clone().requires_grad_() for x in operands]
    value = operation(op)(leaves, options)
    if not value.requires_grad:
        return None
    grads = torch.autograd.grad(value.sum(), leaves, materialize_grads=True)
    keep = torch.isfinite(value)
    for g in grads:
        keep &= torch.isfinite(g) & (g.abs() < 1e100)
    return keep


def elementwise(op, operands, options):
    """(suffix, inputs, keywords): values everywhere, then gradients where they are finite."""
    keep = agreeing(op, operands, options)
    # A relative tolerance alone: subnormal and tiny results count.
    # PyTorch's gelu is x·(1 + erf(x/√2))/2, which is 0 where the true value is below 1e-16.
    atol = 1e-15 if op == "gelu" else 1e-300
    yield "values", [x[keep] for x in operands], {"differentiable": [], "atol": atol}
    where = finite_gradient(op, operands, options)
    for x in operands if where is not None else []:
        # 1 - x² has lost half of its digits here.
        where &= x.abs() != 0.999999999
        if op in SQUARED:
            # PyTorch's derivatives square these and lose them; truth.py has the values.
            where &= (x == 0) | ((x.abs() > 1e-150) & (x.abs() < 1e150))
    if where is not None and bool((where & keep).any()):
        yield "gradient", [x[where & keep] for x in operands], {"second": False}


def singles(op, operands, options):
    """float32: the points where float32 and float64 agree, since the expected values are float64's."""
    narrow = operation(op)([x.float() for x in operands], options)
    wide = operation(op)(operands, options)
    keep = agreeing(op, operands, options)
    if narrow.is_floating_point():
        keep &= torch.isclose(narrow.double(), wide, rtol=2e-6, atol=1e-44, equal_nan=True)
    else:
        keep &= narrow == wide
    yield "float32", [x[keep] for x in operands], {
        "differentiable": [], "dtype": "float32", "rtol": 1e-5, "atol": 1e-44,
    }  # fmt: skip


def elementwise_cases():
    column = torch.tensor(DOUBLES)
    for op in UNARY:
        for made in itertools.chain(
            elementwise(op, [column], {}), singles(op, [torch.tensor(SINGLES).float().double()], {})
        ):
            yield op, {}, *made
    pairs = torch.tensor(list(itertools.product(PAIRS, PAIRS))).unbind(1)
    pairs = [p.contiguous() for p in pairs]
    for op, options in [(b, {}) for b in BINARY] + VARIANTS:
        for made in elementwise(op, pairs, options):
            yield op, options, *made


ROWS = [
    [NAN, 1.0, 2.0], [1.0, NAN, NAN], [INF, 1.0, -1.0], [-INF, 1.0, 2.0], [INF, -INF, 0.5], [INF, INF, 1.0],
    [-INF, -INF, -INF], [0.0, -0.0, 0.0], [5e-324, 1e-310, 0.0], [1e300, 2e300, -1e300], [700.0, 710.0, 1.0],
    [-1e5, -1.001e5, -1e4], [1.0, 2.0, 3.0],
]  # fmt: skip
TIED = [[1.0, 1.0, 0.5], [2.0, 2.0, 2.0], [-1.0, 3.0, 3.0], [0.0, 0.0, 0.0], [0.5, -1.0, 0.25]]
ZEROS = [[0.0, 2.0, 3.0], [0.0, 0.0, 3.0], [0.0, 0.0, 0.0], [1.5, 2.0, -0.5], [2.0, 0.0, -1.0]]

# (op, attributes, number of outputs, rows left out of the special ones)
LINES = [
    ("sum", {"dim": [1]}, 1, ()), ("mean", {"dim": [1]}, 1, ()), ("prod", {"dim": [1]}, 1, (9,)),
    ("amax", {"dim": [1]}, 1, ()), ("amin", {"dim": [1]}, 1, ()), ("logsumexp", {"dim": [1]}, 1, ()),
    ("all", {"dim": [1]}, 1, ()), ("any", {"dim": [1]}, 1, ()), ("count_nonzero", {"dim": [1]}, 1, ()),
    ("argmax", {"dim": 1}, 1, (5, 6, 7)), ("argmin", {"dim": 1}, 1, (6, 7)),
    ("max", {"dim": 1}, 2, (5, 6, 7)), ("min", {"dim": 1}, 2, (6, 7)), ("median", {"dim": 1}, 2, (1, 5, 6, 7)),
    ("var", {"dim": [1]}, 1, (9,)), ("std", {"dim": [1]}, 1, (9,)),
    ("cumsum", {"dim": 1}, 1, ()), ("cumprod", {"dim": 1}, 1, (9,)), ("logcumsumexp", {"dim": 1}, 1, ()),
    ("softmax", {"dim": 1}, 1, ()), ("log_softmax", {"dim": 1}, 1, ()),
    ("sort", {"dim": 1}, 2, (1, 5, 6, 7)), ("sort", {"dim": 1, "descending": True}, 2, (1, 5, 6, 7)),
    ("topk", {"k": 2, "dim": 1}, 2, (1, 5, 6, 7)), ("vector_norm", {"dim": [1]}, 1, (8, 9)),
    ("vector_norm", {"ord": "inf", "dim": [1]}, 1, ()), ("vector_norm", {"ord": 1, "dim": [1]}, 1, ()),
    ("vector_norm", {"ord": 0, "dim": [1]}, 1, ()),
]  # fmt: skip

# Where the convention is the point: ties, zeros, bounds and kinks, with all the derivatives PyTorch has.
CONVENTIONS = [
    ("amax", {"dim": [1]}, 1, TIED), ("amin", {"dim": [1]}, 1, TIED), ("amax", {}, 1, TIED), ("amin", {"dim": [0]}, 1, TIED),
    ("max", {}, 1, TIED), ("min", {}, 1, TIED), ("median", {"dim": 1}, 2, ZEROS[3:]),
    ("prod", {"dim": [1]}, 1, ZEROS), ("prod", {}, 1, ZEROS[:1]), ("prod", {"dim": [0]}, 1, ZEROS), ("cumprod", {"dim": 1}, 1, ZEROS),
    ("vector_norm", {"dim": [1]}, 1, ZEROS), ("vector_norm", {"ord": 1, "dim": [1]}, 1, ZEROS),
    ("vector_norm", {"ord": "inf", "dim": [1]}, 1, TIED), ("vector_norm", {"ord": 3, "dim": [1]}, 1, ZEROS),
    ("vector_norm", {}, 1, [[0.0, 0.0]]), ("matrix_norm", {}, 1, [[0.0, 0.0], [0.0, 0.0]]),
    ("std", {"dim": [1]}, 1, ZEROS[3:]), ("var", {"dim": [1]}, 1, ZEROS), ("cumsum", {"dim": 0}, 1, ZEROS),
    ("logsumexp", {"dim": [1]}, 1, TIED), ("softmax", {"dim": 1}, 1, TIED), ("logcumsumexp", {"dim": 1}, 1, TIED),
    ("abs", {}, 1, ZEROS), ("relu", {}, 1, ZEROS), ("sign", {}, 1, ZEROS), ("leaky_relu", {"negative_slope": 0.1}, 1, ZEROS),
    ("elu", {"alpha": 2.0}, 1, ZEROS), ("clamp", {"min": 0.0, "max": 2.0}, 1, ZEROS), ("clamp", {"min": 1.0}, 1, TIED),
    ("softplus", {"beta": 2.0, "threshold": 4.0}, 1, ZEROS), ("square", {}, 1, ZEROS),
    ("gelu", {"approximate": "tanh"}, 1, ZEROS), ("round", {}, 1, ZEROS), ("trace", {}, 1, ZEROS),
]  # fmt: skip

HALF, ZERO3 = [-1.0, 0.0, 0.0, 2.0, 1.0, 3.0], [0.0, 0.0, 1.0, 2.0, 1.0, -3.0]
POINTS = [
    ("maximum", {}, (HALF, ZERO3)), ("minimum", {}, (HALF, ZERO3)), ("pow", {}, ([0.0, 0.0, 2.0, -2.0, 3.0], [2.0, 3.0, 0.0, 2.0, 1.0])),
    ("mul", {}, (HALF, ZERO3)), ("fmod", {}, ([5.5, -5.5, 5.5, -5.5, 0.0], [2.0, 2.0, -2.0, -2.0, 3.0])),
    ("remainder", {}, ([5.5, -5.5, 5.5, -5.5, 0.0], [2.0, 2.0, -2.0, -2.0, 3.0])),
    ("xlogy", {}, ([0.0, 0.0, 1.0, 2.0], [1.0, 2.0, 3.0, 0.5])), ("copysign", {}, ([1.0, -1.0, 2.0, -2.0], [3.0, 3.0, -1.0, -1.0])),
    ("logaddexp", {}, (HALF, ZERO3)), ("atan2", {}, ([1.0, 0.0, -1.0, 0.0], [0.0, 1.0, 0.0, -1.0])),
    ("hypot", {}, ([3.0, 0.0, -3.0], [4.0, 2.0, 0.0])), ("l1_loss", {"reduction": "sum"}, (HALF, ZERO3)),
    ("huber_loss", {"reduction": "none", "delta": 1.0}, (HALF, ZERO3)), ("clamp", {}, (HALF, ZERO3, [1.0, 0.0, 2.0, 2.0, 1.0, 4.0])),
    ("binary_cross_entropy_with_logits", {"reduction": "none"}, ([-800.0, 800.0, 0.0, 30.0], [1.0, 0.0, 0.5, 1.0])),
]  # fmt: skip


def step(op, operands, out, options=None):
    result = {"op": op, "in": list(operands)}
    if options:
        result["attributes"] = options
    return result | {"out": list(out)}


def programs():
    """Several steps at a special point: a branch not taken, a mask over infinities, a stable form at its limit."""
    mixed = torch.tensor([-2.0, 0.0, 1.0, 4.0])
    # The gradient of the branch not taken is 0 · NaN unless `where` cuts it: safe operands first, as users are told to.
    yield "where-guard", {"x": mixed}, [
        step("gt", ["x", 0.0], ["t0"]), step("where", ["t0", "x", 1.0], ["t1"]), step("log", ["t1"], ["t2"]),
        step("where", ["t0", "t2", 0.0], ["t3"]),
    ], ["t3"]  # fmt: skip
    yield "where-nan", {"x": torch.tensor([1.0, NAN, -2.0, INF]), "y": mixed}, [
        step("isfinite", ["x"], ["t0"]), step("where", ["t0", "x", "y"], ["t1"]), step("square", ["t1"], ["t2"]),
    ], ["t2"]  # fmt: skip
    masked = torch.tensor([[1.0, 2.0, 3.0], [0.5, -1.0, 2.0]])
    hidden = torch.tensor([[False, True, False], [True, False, False]])
    for word, options in [("softmax", {"dim": 1}), ("log_softmax", {"dim": 1}), ("logsumexp", {"dim": [1]})]:
        low = step("masked_fill", ["x", "m"], ["t0"], {"value": -1e308})
        yield f"masked-{word}", {"x": masked, "m": hidden}, [low, step(word, ["t0"], ["t1"], options)], ["t1"]
    yield "same-operand-ties", {"x": mixed}, [step("maximum", ["x", "x"], ["t0"]), step("minimum", ["t0", "x"], ["t1"])], ["t1"]
    yield "relu-chain", {"x": mixed}, [step("relu", ["x"], ["t0"]), step("sqrt", ["t0"], ["t1"]), step("mul", ["t1", "t1"], ["t2"])], ["t2"]  # fmt: skip
    yield "repeated-index", {"x": masked, "i": torch.tensor([0, 0, 1, 0])}, [
        step("index_select", ["x", "i"], ["t0"], {"dim": 0}), step("prod", ["t0"], ["t1"], {"dim": [0]}),
    ], ["t1"]  # fmt: skip


def scalar_powers():
    for exponent in (0.0, 1.0, 2.0, 3.0, -1.0, 0.5, -2.0):
        xs = [0.0, 2.0, -3.0, 0.5] if exponent in (0.0, 1.0, 2.0, 3.0) else [2.0, 0.5, 3.0]
        yield f"power-{exponent:g}", {"x": torch.tensor(xs)}, [step("pow", ["x", exponent], ["t0"])], ["t0"]
    yield "power-of-zero", {"x": torch.tensor([1.0, 2.0, 0.5])}, [step("pow", [0.0, "x"], ["t0"])], ["t0"]
    yield "power-of-two", {"x": torch.tensor([0.0, -1.5, 3.0])}, [step("pow", [2.0, "x"], ["t0"])], ["t0"]


def described(only):
    """(name, inputs, program, outputs, keywords) of every case."""
    for op, options, suffix, operands, keywords in elementwise_cases():
        label = f"{op}-{options['rounding_mode']}" if options else op
        inputs = dict(zip("xyz", operands))
        yield f"{label}/{suffix}", inputs, [step(op, inputs, ["t0"], options)], ["t0"], keywords
    for op, options, count, skip in LINES:
        rows = torch.tensor([r for i, r in enumerate(ROWS) if i not in skip])
        out = [f"t{i}" for i in range(count)]
        label = "-".join([op, *[str(v) for k, v in options.items() if k in ("ord", "descending")]])
        yield f"{label}/values", {"x": rows}, [step(op, ["x"], out, options)], out, {"differentiable": []}
    for index, (op, options, count, rows) in enumerate(CONVENTIONS):
        out = [f"t{i}" for i in range(count)]
        yield f"{op}/convention-{index}", {"x": torch.tensor(rows)}, [step(op, ["x"], out, options)], out, {}
    for index, (op, options, points) in enumerate(POINTS):
        inputs = {n: torch.tensor(p) for n, p in zip("xyz", points)}
        yield f"{op}/point-{index}", inputs, [step(op, inputs, ["t0"], options)], ["t0"], {}
    for name, inputs, program, outputs in itertools.chain(programs(), scalar_powers()):
        yield f"program/{name}", inputs, program, outputs, {}


def cases(seed, only):
    for name, inputs, program, outputs, keywords in described(only):
        if only and not only & {s["op"] for s in program}:
            continue
        generator = torch.Generator().manual_seed(zlib.crc32(f"{seed}/{name}".encode()))
        try:
            yield measured(Case(f"special/{name}", inputs, program, outputs, **keywords), generator, steady=False)
        except Rejected as reason:
            print(f"  {name}: {reason}")
