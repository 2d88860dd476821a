"""Cases of the widened vocabulary that the operation database does not have: special values, ties, integers, views, and
shapes drawn at random for what it samples thinly."""

import itertools
import random
import zlib

import torch

from . import special_values as special
from .case import Case, Rejected, measured
from .special_values import INF, NAN, TIED, ZEROS, step

UNARY = [
    *[(name, {}) for name in "lgamma digamma erfinv sinc i0 i0e ndtr log_ndtr erfcx entr frac signbit deg2rad rad2deg positive".split()],
    *[(name, {}) for name in "selu mish hardsigmoid hardswish softsign tanhshrink relu6".split()],
    ("logit", {}), ("logit", {"eps": 0.1}), ("celu", {"alpha": 1.5}), ("hardtanh", {}), ("hardtanh", {"min_val": -0.5, "max_val": 2.5}),
    ("softshrink", {}), ("hardshrink", {"lambd": 1.5}), ("nan_to_num", {}), ("nan_to_num", {"nan": 2.0, "posinf": 3.0, "neginf": -4.0}),
]  # fmt: skip
BINARY = "fmax fmin logaddexp2 heaviside xlog1py".split()
# Beyond these PyTorch's forms overflow or lose their digits where others do not.
LIMITS = {
    "lgamma": 1e300, "digamma": 1e300, "sinc": 1e4, "i0": 600.0, "erfcx": 25.0, "log_ndtr": 1e100, "deg2rad": 1e300, "rad2deg": 1e300,
    "selu": 1e300, "hardswish": 1e300, "mish": 700.0, "logaddexp2": 1e300, "logit": 1e15,
}  # fmt: skip


def elementwise(op, operands, options):
    keep = special.agreeing(op, operands, options)
    limit = LIMITS.get(op, INF)
    for x in operands:
        keep &= ~(torch.isfinite(x) & (x.abs() > limit))
        if op in ("lgamma", "digamma"):
            # Zeros and poles lie close together below 0.
            keep &= ~((x < 0) & (x != x.floor()) & (x > -1e15) & (x < -3))
            # PyTorch's tangent of π·x has lost half of its digits here.
            keep &= x != -0.999999999
    yield "values", [x[keep] for x in operands], {"differentiable": [], "atol": 1e-15}
    if op == "heaviside":
        return
    where = special.finite_gradient(op, operands, options)
    if where is None:
        return
    for x in operands:
        where &= x.abs() != 0.999999999
        where &= x.abs() < 1e15
        if op == "sinc":
            # (cos πx − sinc x) / x cancels in PyTorch's form.
            where &= (x.abs() > 1e-3) | (x == 0)
    if bool((where & keep).any()):
        yield "gradient", [x[where & keep] for x in operands], {"second": False, "atol": 1e-11, "rtol": 1e-8}


LINES = [
    ("cummax", {"dim": 1}, 2), ("cummin", {"dim": 1}, 2), ("nansum", {"dim": [1]}, 1), ("nansum", {}, 1), ("nanmean", {"dim": [1]}, 1),
    ("aminmax", {"dim": 1}, 2), ("aminmax", {}, 2), ("quantile", {"q": [0.25, 0.6], "dim": 1}, 1), ("kthvalue", {"k": 2, "dim": 1}, 2),
    ("msort", {}, 1), ("diff", {"dim": 1}, 1), ("softmin", {"dim": 1}, 1),
    ("normalize", {"dim": 1}, 1),
]  # fmt: skip
ROWS = [row for i, row in enumerate(special.ROWS) if i not in (8, 9)]
CONVENTIONS = [
    ("cummax", {"dim": 1}, 2, TIED), ("cummin", {"dim": 1}, 2, TIED), ("cummax", {"dim": 0}, 2, ZEROS), ("aminmax", {"dim": 1}, 2, TIED),
    ("aminmax", {}, 2, TIED), ("kthvalue", {"k": 2, "dim": 1}, 2, TIED), ("kthvalue", {"k": 1, "dim": 0}, 2, ZEROS),
    ("quantile", {"q": 0.5, "dim": 1}, 1, ZEROS[3:]), ("hardtanh", {"min_val": 0.0, "max_val": 2.0}, 1, ZEROS), ("relu6", {}, 1, ZEROS),
    ("hardswish", {}, 1, [[3.0, -3.0, 0.0], [1.0, -4.0, 5.0]]), ("softshrink", {"lambd": 0.5}, 1, TIED), ("hardshrink", {"lambd": 0.5}, 1, TIED),
    ("selu", {}, 1, ZEROS), ("celu", {}, 1, ZEROS), ("celu", {"alpha": 2.0}, 1, ZEROS), ("softsign", {}, 1, ZEROS), ("mish", {}, 1, ZEROS),
    ("sinc", {}, 1, [[0.5, 1.0, 2.0], [0.3, -1.5, 0.25]]), ("i0", {}, 1, ZEROS), ("i0e", {}, 1, [[0.5, -2.0, 3.0]]), ("vander", {}, 1, ZEROS),
    ("vander", {"N": 4}, 1, ZEROS), ("normalize", {"dim": 1}, 1, ZEROS), ("normalize", {"dim": 1, "p": 1.0}, 1, ZEROS),
    ("nansum", {"dim": [1]}, 1, ZEROS), ("diff", {"n": 2, "dim": 1}, 1, ZEROS), ("var_mean", {"dim": [1]}, 2, ZEROS),
    ("std_mean", {"dim": [1]}, 2, ZEROS[3:]), ("logit", {"eps": 0.25}, 1, [[0.25, 0.5, 0.75], [0.1, 0.9, 0.3]]),
]  # fmt: skip
X, Y = [-1.0, 0.0, 0.0, 2.0, 1.0, 3.0], [0.0, 0.0, 1.0, 2.0, 1.0, -3.0]
POINTS = [
    # PyTorch's forward mode has another slope of prelu at 0 than its reverse mode.
    ("fmax", {}, (X, Y)), ("fmin", {}, (X, Y)), ("prelu", {}, ([-1.0, 2.0, -0.5], [0.25])), ("xlog1py", {}, (X, [0.0, 0.5, 1.0, 2.0, 1.0, -0.5])),
    ("logaddexp2", {}, (X, Y)), ("smooth_l1_loss", {"reduction": "none", "beta": 1.0}, (X, Y)), ("smooth_l1_loss", {"beta": 0.0}, (X, Y)),
    ("dist", {}, (X, Y)), ("dist", {"p": 1.0}, (X, Y)), ("dist", {"p": "inf"}, (X, Y)), ("dist", {"p": 3.0}, (X, Y)),
    ("kl_div", {"reduction": "sum"}, ([-1.0, -2.0, -0.5], [0.2, 0.7, 0.1])), ("binary_cross_entropy", {"reduction": "none"}, ([0.1, 0.5, 0.9, 0.3], [0.0, 1.0, 0.5, 1.0])),
    ("gaussian_nll_loss", {"reduction": "none", "eps": 0.5}, (X, Y, [1.0, 0.25, 2.0, 0.5, 0.1, 3.0])),
    ("cosine_similarity", {"dim": 0, "eps": 10.0}, (X, Y)),
]  # fmt: skip
INTEGERS = [
    ("signbit", {}, 1, 1), ("positive", {}, 1, 1), ("msort", {}, 1, 1), ("cummax", {"dim": 1}, 2, 1), ("cummin", {"dim": 0}, 2, 1),
    ("kthvalue", {"k": 2, "dim": 1}, 2, 1), ("aminmax", {"dim": 0}, 2, 1), ("nansum", {"dim": [1]}, 1, 1), ("diff", {"dim": 0}, 1, 1),
    ("argsort", {"dim": 1, "descending": True}, 1, 1), ("movedim", {"source": 0, "destination": 1}, 1, 1), ("tile", {"dims": [2]}, 1, 1),
    ("repeat_interleave", {"repeats": [1, 0, 2], "dim": 0}, 1, 1), ("rot90", {}, 1, 1), ("unfold", {"dimension": 1, "size": 2, "step": 1}, 1, 1),
    ("unflatten", {"dim": 1, "sizes": [2, 2]}, 1, 1), ("chunk", {"chunks": 2, "dim": 1}, 2, 1), ("fmax", {}, 1, 2), ("fmin", {}, 1, 2),
    ("heaviside", {}, 1, 2), ("kron", {}, 1, 2), ("inner", {}, 1, 2), ("vander", {"N": 3}, 1, 1), ("nan_to_num", {}, 1, 1),
    ("tensordot", {"dims": [[0], [0]]}, 1, 2),
]  # fmt: skip


def outs(count):
    return [f"t{i}" for i in range(count)]


def described():
    """(name, inputs, program, outputs, keywords, whether to demand steadiness)."""
    column = torch.tensor(special.DOUBLES)
    for index, (op, options) in enumerate(UNARY):
        for suffix, operands, keywords in elementwise(op, [column], options):
            yield f"{op}/{suffix}-{index}", {"x": operands[0]}, [step(op, "x", outs(1), options)], outs(1), keywords, False
    pairs = [p.contiguous() for p in torch.tensor(list(itertools.product(special.PAIRS, special.PAIRS))).unbind(1)]
    for op in BINARY:
        for suffix, operands, keywords in elementwise(op, pairs, {}):
            yield f"{op}/{suffix}", dict(zip("xy", operands)), [step(op, "xy", outs(1))], outs(1), keywords, False
    for index, (op, options, count) in enumerate(LINES):
        # PyTorch's quantile between two equal infinities, and between a number and ∞, is NaN.
        rows = [r for r in ROWS if op != "quantile" or r.count(special.INF) < 2 and r.count(-special.INF) < 2]
        yield f"{op}/line-{index}", {"x": torch.tensor(rows)}, [step(op, "x", outs(count), options)], outs(count), {"differentiable": []}, False
    for index, (op, options, count, rows) in enumerate(CONVENTIONS):
        yield f"{op}/convention-{index}", {"x": torch.tensor(rows)}, [step(op, "x", outs(count), options)], outs(count), {}, False
    for index, (op, options, points) in enumerate(POINTS):
        inputs = {n: torch.tensor(p) for n, p in zip("xyz", points)}
        yield f"{op}/point-{index}", inputs, [step(op, inputs, outs(1), options)], outs(1), {}, False


def integers(generator):
    distinct = lambda: (torch.randperm(12, generator=generator) - 5).reshape(3, 4)
    for index, (op, options, count, arity) in enumerate(INTEGERS):
        inputs = {n: distinct() for n in "xy"[:arity]}
        yield f"{op}/integer-{index}", inputs, [step(op, inputs, outs(count), options)], outs(count), {}, False


def ties(generator):
    """Extremes, products and means at places where equal elements and zeros meet."""
    few = lambda *shape: torch.randint(-1, 2, shape, generator=generator).double()
    # PyTorch gives no second derivatives where a factor is 0, and no error either.
    factors = lambda *shape: few(*shape) + 2
    for index in range(12):
        shape, places = [((3, 4), (2, 4)), ((5,), (8,)), ((2, 3, 2), (2, 5, 2))][index % 3]
        dim = 0 if len(shape) < 3 else 1
        inputs = {"x": few(*shape), "y": torch.randint(0, shape[dim], places, generator=generator), "z": few(*places)}
        factor = {"x": factors(*shape), "y": inputs["y"], "z": factors(*places)}
        zero = {"differentiable": []}
        for reduce in ("sum", "prod", "mean", "amax", "amin"):
            options = {"dim": dim, "reduce": reduce, "include_self": index % 2 == 0}
            # Without the element itself PyTorch counts it among the ties all the same, and its share is lost.
            keywords = {} if reduce in ("sum", "mean", "prod") or options["include_self"] else zero
            operands = factor if reduce == "prod" else inputs
            program = [step("scatter_reduce", "xyz", outs(1), options)]
            yield f"scatter_reduce/{reduce}-{index}", operands, program, outs(1), keywords, False
            if reduce == "prod":
                yield f"scatter_reduce/zeros-{index}", inputs, program, outs(1), zero, False
    for index in range(6):
        shape = [(4, 5), (30,), (3, 6, 2)][index % 3]
        inputs = {"x": torch.randint(-2, 3, shape, generator=generator).double()}
        for op in ("cummax", "cummin"):
            yield f"{op}/ties-{index}", inputs, [step(op, "x", outs(2), {"dim": -1})], outs(2), {}, False
        k = int(torch.randint(1, shape[0] + 1, (), generator=generator))
        yield f"kthvalue/ties-{index}", inputs, [step("kthvalue", "x", outs(2), {"k": k, "dim": 0})], outs(2), {}, False
        yield f"aminmax/ties-{index}", inputs, [step("aminmax", "x", outs(2), {"dim": 0})], outs(2), {}, False


def distances(generator, rng):
    for index in range(12):
        m, n, k = rng.choice([1, 2, 4, 7]), rng.choice([1, 3, 5]), rng.choice([1, 2, 5])
        batch = rng.choice([(), (2,), (2, 3)])
        normal = lambda *s: torch.randn(s, generator=generator, dtype=torch.float64)
        inputs = {"x": normal(*batch, m, k), "y": normal(*batch, n, k)}
        p = rng.choice([2.0, 1.0, 2.0, 3.0, 1.5, "inf", 0.5])
        yield f"cdist/{index}", inputs, [step("cdist", "xy", outs(1), {"p": p})], outs(1), {}, True
        inputs = {"x": normal(m, n, k), "y": normal(n, k)}
        p = rng.choice([2.0, 1.0, 3.0, "inf"])
        options = {"p": p, "keepdim": rng.random() < 0.5}
        yield f"pairwise_distance/{index}", inputs, [step("pairwise_distance", "xy", outs(1), options)], outs(1), {}, True


def cases(seed, only):
    rng = random.Random(f"widened/{seed}")
    generator = torch.Generator().manual_seed(zlib.crc32(f"{seed}/widened".encode()))
    everything = itertools.chain(described(), integers(generator), ties(generator), distances(generator, rng))
    for name, inputs, program, outputs, keywords, steady in everything:
        if only and not only & {s["op"] for s in program}:
            continue
        own = torch.Generator().manual_seed(zlib.crc32(f"{seed}/{name}".encode()))
        try:
            yield measured(Case(f"widened-special/{name}", inputs, program, outputs, **keywords), own, steady=steady)
        except Rejected as reason:
            print(f"  {name}: {reason}")
        except (RuntimeError, NotImplementedError) as reason:
            print(f"  {name}: {str(reason)[:100]}")
