#!/usr/bin/env python3
"""Makes the folder of true values: cases.json and tensors.safetensors, computed with 200 digits and not by any library.

    truth.py --out truth

Values, gradients, tangents and Hessian products of functions at the places where binary arithmetic goes wrong: large, tiny and
subnormal numbers, cancellation near zeros and poles, long tails, constant rows, repeated eigenvalues, zeros among factors. A
derivative is a central difference whose step is 10⁻⁴⁰ of its argument, or smaller. Where a convention decides and not the function (NaN,
−∞, ties, places written twice), `conventions` has the numbers as they are documented.

Needs mpmath, torch (for its file format only) and safetensors. The tolerance is what correctly rounded arithmetic with a few
roundings reaches: 10⁻¹³ in Double, 10⁻⁶ in Float, relative, and next to nothing absolute unless a case says otherwise.
"""

import argparse
import random
import struct

import torch
from mpmath import mp, mpf

from generator import folder
from generator.case import Case

mp.dps = 200


def rounded(x, dtype):
    """The nearest number of the type, as a Python float."""
    if dtype == "float64":
        return float(x)
    try:
        return struct.unpack("f", struct.pack("f", float(x)))[0]
    except OverflowError:
        return float("inf") if x > 0 else float("-inf")


def tensor(values, shape, dtype):
    return torch.tensor([rounded(v, dtype) for v in values], dtype=torch.float64).reshape(shape)


def scale(x):
    return abs(x) if x != 0 else mpf(1)


def case(name, program, inputs, f, shape_out=(), dtype="float64", rtol=None, atol=None, forward=True, second=True, digits=200):
    """`inputs`: name → (values, shape). `f` takes the values of all inputs in one list and gives the list of outputs."""
    with mp.workdps(digits):
        return made(name, program, inputs, f, shape_out, dtype, rtol, atol, forward, second, mpf(10) ** -(digits // 5))


def made(name, program, inputs, f, shape_out, dtype, rtol, atol, forward, second, step_size):
    draw = random.Random(f"{name}/{dtype}")
    names = list(inputs)
    x = [mpf(rounded(mpf(v), dtype)) for n in names for v in inputs[n][0]]
    y = f(x)
    # Tangents follow the size of their elements, so that none drowns the others.
    t = [mpf(rounded(draw.uniform(0.5, 1.5) * draw.choice([-1, 1]) * scale(v), dtype)) for v in x]
    c = [mpf(rounded(draw.uniform(0.5, 1.5) * draw.choice([-1, 1]), dtype)) for _ in y]

    def total(x):
        return sum(ck * yk for ck, yk in zip(c, f(x)))

    def moved(x, direction, h):
        return [a + h * d for a, d in zip(x, direction)]

    def partial(g, x, i):
        h = step_size * scale(x[i])
        e = [h if k == i else mpf(0) for k in range(len(x))]
        return (g(moved(x, e, 1)) - g(moved(x, e, -1))) / (2 * h)

    vjp = [partial(total, x, i) for i in range(len(x))]
    ahead, behind = f(moved(x, t, step_size)), f(moved(x, t, -step_size))
    jvp = [(a - b) / (2 * step_size) for a, b in zip(ahead, behind)]
    outputs = [program[-1]["out"][0]]
    result = Case(f"truth/{name}" + ("" if dtype == "float64" else "/float32"),
                  {n: tensor(inputs[n][0], inputs[n][1], dtype) for n in names}, program, outputs, names, dtype)  # fmt: skip
    result.rtol = rtol or (1e-13 if dtype == "float64" else 1e-6)
    result.atol = atol if atol is not None else (1e-320 if dtype == "float64" else 1e-44)
    parts = {}

    def put(kind, flat):
        place = 0
        for n in names:
            count = len(inputs[n][0])
            parts[f"{kind}.{n}"] = tensor(flat[place:place + count], inputs[n][1], dtype)
            place += count

    put("in", x), put("tangent", t), put("vjp", vjp)
    out = outputs[0]
    parts[f"out.{out}"], parts[f"jvp.{out}"] = tensor(y, shape_out, dtype), tensor(jvp, shape_out, dtype)
    parts[f"cotangent.{out}"] = tensor(c, shape_out, dtype)
    if forward and second:
        along = lambda x: (total(moved(x, t, step_size)) - total(moved(x, t, -step_size))) / (2 * step_size)
        put("hvp", [partial(along, x, i) for i in range(len(x))])
    result.tensors = parts
    result.expect = {"output": True, "vjp": True, "jvp": forward, "hvp": forward and second}
    return result


def step(op, *inputs, out="y", **attributes):
    s = {"op": op, "in": list(inputs), "out": [out]}
    return s | {"attributes": attributes} if attributes else s


def elementwise():
    """Functions of one element, in both types. A third entry is the absolute tolerance, in units of the type's epsilon."""
    near = [mpf(2) ** -k for k in (1, 4, 12, 20)]
    # Within the range of Float where not said otherwise.
    table = {
        "asinh": (mp.asinh, [1e-30, 1e-5, -0.3, 2, 1e10, -1e20, 1e30]),
        "acosh": (mp.acosh, [1 + d for d in near] + [2, 1e10, 1e20, 1e30]),
        "atanh": (mp.atanh, [1e-20, 1e-4, 0.5, -0.75] + [1 - d for d in near]),
        "asin": (mp.asin, [1e-20, 1e-4, 0.5] + [1 - d for d in near] + [d - 1 for d in near]),
        "acos": (mp.acos, [1e-4, 0.5] + [1 - d for d in near] + [d - 1 for d in near]),
        "atan": (mp.atan, [1e-20, -1e-4, 0.5, 3, 1e4, -1e10]),
        "log1p": (mp.log1p, [1e-30, -1e-10, 1e-4, 0.5, -0.5, 1e10, 1e30] + [d - 1 for d in near]),
        "expm1": (mp.expm1, [1e-30, -1e-10, 1e-4, 0.5, -0.5, 20, 80]),
        "log": (mp.log, [1 + d for d in near] + [1 - d for d in near] + [1e-30, 1e30]),
        "exp": (mp.exp, [-80, -1, 1e-20, 1, 80]),
        "sinh": (mp.sinh, [1e-20, 1e-4, -1, 20, -80]),
        "cosh": (mp.cosh, [1e-4, -1, 20, -80]),
        "sqrt": (mp.sqrt, [1e-30, 1e-10, 2, 1e10, 1e30]),
        "rsqrt": (lambda x: 1 / mp.sqrt(x), [1e-12, 1e-3, 2, 1e10, 1e12]),
        "reciprocal": (lambda x: 1 / x, [1e-12, -1e-3, 2, 1e10, -1e12]),
        "sin": (mp.sin, [1e-20, 1e-4, 1, 3, -100, 1e6]),
        "cos": (mp.cos, [1e-4, 1, 2, -100, 1e6]),
        "tan": (mp.tan, [1e-20, 1e-4, 1, 1.5, -3, 100]),
        "tanh": (mp.tanh, [1e-20, 1e-4, -0.5, 1, 3]),
        "erf": (mp.erf, [1e-20, 1e-4, -0.5, 1, 2, 3]),
        "erfc": (mp.erfc, [-3, -0.5, 0.5, 2, 5, 8]),
        "sigmoid": (lambda x: 1 / (1 + mp.exp(-x)), [-80, -20, -1, 0.5, 3]),
        "logsigmoid": (lambda x: -mp.log1p(mp.exp(-x)), [-80, -20, -1, 0.5, 3]),
        "softplus": (lambda x: mp.log1p(mp.exp(x)), [-80, -20, -1, 0.5, 3]),
    }
    for name, (f, places) in table.items():
        values = lambda x, f=f: [f(v) for v in x]
        for dtype in ("float64", "float32"):
            # Second derivatives of Float where their factors are numbers of the type.
            inner = [v for v in places if dtype == "float64" or 1e-15 < abs(v) < 1e15]
            yield case(name, [step(name, "x")], {"x": (places, (len(places),))}, values, (len(places),), dtype, second=False,
                       atol=LOST.get(name, [0])[0] * EPSILON[dtype] or None)  # fmt: skip
            yield case(f"{name}/second", [step(name, "x")], {"x": (inner, (len(inner),))}, values, (len(inner),), dtype,
                       rtol=1e-5 if dtype == "float32" else 1e-12, atol=LOST.get(name, [0, 0])[1] * EPSILON[dtype] or None)  # fmt: skip
    for name, places in {"asinh": [1e200, -1e-200], "acosh": [1e200, 1 + 2.0**-50], "log1p": [1e-300, 1e300],
                         "expm1": [1e-300, 700], "sinh": [1e-300, 700]}.items():  # fmt: skip
        f = table[name][0]
        yield case(f"{name}/wide", [step(name, "x")], {"x": (places, (2,))}, lambda x, f=f: [f(v) for v in x], (2,), second=False,
                   digits=1000)  # fmt: skip


EPSILON = {"float64": 2.0**-52, "float32": 2.0**-23}
# Derivatives that are made from a value near 1 and cancel: how many epsilons the first and the second one may lack.
LOST = {"tanh": [1, 4], "logsigmoid": [0, 4], "erf": [0, 1], "acos": [0, 2], "asin": [0, 2]}


def pairs():
    hypot = lambda a, b: mp.sqrt(a * a + b * b)
    functions = {
        "hypot": (hypot, [3, 1e-3, 1e15], [4, 2, 1e15]),
        "atan2": (mp.atan2, [3, -1e-3, 1e15], [4, 2, -1e15]),
        "logaddexp": (lambda a, b: b + mp.log1p(mp.exp(a - b)) if a < b else a + mp.log1p(mp.exp(b - a)),
                      [1, 80, -1e4], [1.5, 3, -1e4]),
        "xlogy": (lambda a, b: a * mp.log(b), [1e-20, 3, 1e10], [1e-20, 1.0001, 1e10]),
        "pow": (lambda a, b: a**b, [2, 1e-5, 1.0001], [0.5, 3, 1000]),
    }  # fmt: skip
    for name, (f, a, b) in functions.items():
        for dtype in ("float64", "float32"):
            yield case(name, [step(name, "a", "b")], {"a": (a, (3,)), "b": (b, (3,))},
                       lambda x, f=f: [f(x[i], x[3 + i]) for i in range(3)], (3,), dtype, second=False)  # fmt: skip
            if name != "xlogy":
                # Second derivatives are differences of terms up to 1.
                yield case(f"{name}/second", [step(name, "a", "b")], {"a": ([3, 0.25, -1], (3,)), "b": ([4, 2, 5], (3,))}
                           if name != "pow" else {"a": ([3, 0.25, 1.5], (3,)), "b": ([2.5, 2, -3], (3,))},
                           lambda x, f=f: [f(x[i], x[3 + i]) for i in range(3)], (3,), dtype, atol=64 * EPSILON[dtype],
                           rtol=4e-6 if dtype == "float32" else None)  # fmt: skip
    for name in ("hypot", "atan2"):
        f = functions[name][0]
        for label, s in (("huge", 1e300), ("tiny", 1e-300)):
            yield case(f"{name}/{label}", [step(name, "a", "b")], {"a": ([3 * s, s], (2,)), "b": ([4 * s, -s], (2,))},
                       lambda x, f=f: [f(x[i], x[2 + i]) for i in range(2)], (2,), second=False)  # fmt: skip
        yield case(f"{name}/huge", [step(name, "a", "b")], {"a": ([3e30, 1e37], (2,)), "b": ([4e30, -1e37], (2,))},
                   lambda x, f=f: [f(x[i], x[2 + i]) for i in range(2)], (2,), "float32", second=False)  # fmt: skip


def product(x):
    result = mpf(1)
    for v in x:
        result *= v
    return result


def reductions():
    def norm(p):
        return lambda x: [sum(abs(v) ** p for v in x) ** (mpf(1) / p)]

    factors = {
        "zeros": ([1e13, 0, 0, 1e13, 1e13, 0, 1e13, 1e13, 1e13], "float32"), "one-zero": ([1e30, 1e30, 0, 1e-30, 1e-30], "float32"),
        "two-zeros": ([1e200, 0, 1e200, 0, 1e-200], "float64"), "wide": ([1e200, 1e200, 3, 1e-200, 1e-200], "float64"),
        "narrow": ([1e-160, 1.25, 1e-160, 1e300], "float64"),
    }  # fmt: skip
    for label, (x, dtype) in factors.items():
        # Beyond the type's range the truth is an infinity, which a second difference does not round to.
        yield case(f"prod/{label}", [step("prod", "x")], {"x": (x, (len(x),))}, lambda x: [product(x)], (), dtype,
                   forward=label != "narrow", second=False, digits=4000)  # fmt: skip
    for order in (2, 1, 3, 1.5, -2):
        for label, s, dtype in (("plain", 1, "float64"), ("huge", 1e200, "float64"), ("tiny", 1e-200, "float64"),
                                ("huge", 1e25, "float32"), ("tiny", 1e-25, "float32")):  # fmt: skip
            x = [3 * s, -4 * s, 0.5 * s, 1.25 * s]
            yield case(f"vector_norm/{order}/{label}", [step("vector_norm", "x", ord=order)], {"x": (x, (4,))}, norm(mpf(order)),
                       (), dtype, second=label == "plain" and order != 1, rtol=1e-12 if dtype == "float64" else 4e-6)  # fmt: skip
    for label, s, dtype in (("huge", 1e200, "float64"), ("tiny", 1e-200, "float64"), ("huge", 1e25, "float32")):
        yield case(f"matrix_norm/{label}", [step("matrix_norm", "x", ord="fro")], {"x": ([s, -2 * s, 3 * s, s], (2, 2))},
                   norm(2), (), dtype, second=False)  # fmt: skip
    zero = lambda x: [sum(v * v for v in x)]
    yield case("norm-squared/zero", [step("vector_norm", "x", ord=2, out="n"), step("square", "n")], {"x": ([0, 0, 0], (3,))}, zero)

    def log_sum(x):
        m = max(x)
        return [m + mp.log(sum(mp.exp(v - m) for v in x))]

    for label, x in {"huge": [1e4, 1e4 + 1, 9e3], "low": [-1e4, -1e4 - 1, -2e4], "flat": [0, 0, 0], "far": [0, -80, -40]}.items():
        for dtype in ("float64", "float32"):
            yield case(f"logsumexp/{label}", [step("logsumexp", "x", dim=[0])], {"x": (x, (3,))}, log_sum, (), dtype,
                       second=dtype == "float64" or abs(x[0]) < 100, atol=1e-15 if dtype == "float64" else 1e-7)  # fmt: skip

    def variance(x):
        mean = sum(x) / len(x)
        return [sum((v - mean) ** 2 for v in x) / (len(x) - 1)]

    for label, x in {"million": [1e6 + k % 2 for k in range(64)], "hundred-million": [1e8 + 8 * (k % 16) for k in range(200)]}.items():
        yield case(f"var/{label}", [step("var", "x", dim=[0], correction=1)], {"x": (x, (len(x),))}, variance, (), "float32",
                   second=False, rtol=2e-5, atol=1e-6)  # fmt: skip
        yield case(f"mean/{label}", [step("mean", "x", dim=[0])], {"x": (x, (len(x),))}, lambda x: [sum(x) / len(x)], (), "float32")


def ranges():
    """What leaves the type's range on the way, while the result does not."""

    def transposed(f, rows, columns):
        return lambda x: f([x[i * columns + j] for j in range(columns) for i in range(rows)])

    def of_rows(f, length):
        return lambda x: [v for k in range(0, len(x), length) for v in f(x[k : k + length])]

    def deviation(x):
        mean = sum(x) / len(x)
        return [mp.sqrt(sum((v - mean) ** 2 for v in x) / (len(x) - 1))]

    sizes = (("huge", 1e30, "float32"), ("tiny", 1e-30, "float32"), ("huge", 1e200, "float64"), ("tiny", 1e-200, "float64"))
    for label, s, dtype in sizes:
        loose = 1e-12 if dtype == "float64" else 2e-5
        x = [3 * s, -4 * s, 0.5 * s, 1.25 * s]
        two = x + [s, 2 * s, -1.5 * s, 7 * s]
        matrix = {"x": (two, (2, 4))}
        # Second derivatives of a deviation are of the size 1/s, and in the range with tangents of the size s.
        yield case(f"std/{label}", [step("std", "x", dim=[0], correction=1)], {"x": (x, (4,))}, deviation, (), dtype, rtol=loose)
        yield case(f"std/rows/{label}", [step("std", "x", dim=[1], correction=1)], matrix, of_rows(deviation, 4), (2,), dtype, rtol=loose)
        yield case(f"std/columns/{label}", [step("transpose", "x", dim0=0, dim1=1, out="t"), step("std", "t", dim=[0], correction=1)],
                   matrix, of_rows(deviation, 4), (2,), dtype, rtol=loose)  # fmt: skip
    for label, s, dtype in (("subnormal", 2.0**-140, "float32"), ("subnormal", 2.0**-1060, "float64"), ("largest", 2.0**121, "float32"),
                            ("largest", 2.0**1017, "float64")):  # fmt: skip
        x = [3 * s, -4 * s, 0.5 * s, 1.25 * s]
        for order in (1, 3, 1.5, 0.75, -2):
            f = lambda x, p=mpf(order): [sum(abs(v) ** p for v in x) ** (1 / p)]
            # The value is rounded to a subnormal number; the slopes are of the size 1.
            yield case(f"vector_norm/{order}/{label}", [step("vector_norm", "x", ord=order)], {"x": (x, (4,))}, f, (), dtype,
                       rtol=1e-12 if dtype == "float64" else 4e-6, atol=2 * (2.0**-149 if dtype == "float32" else 2.0**-1074),
                       second=False)  # fmt: skip
    kink = lambda x: [sum(v * v for v in x)]
    yield case("abs-squared/zero", [step("abs", "x", out="a"), step("square", "a", out="s"), step("sum", "s")], {"x": ([0, 2, -3], (3,))}, kink)
    yield case("abs-times-abs/zero", [step("abs", "x", out="a"), step("mul", "a", "a", out="s"), step("sum", "s")],
               {"x": ([0, 2, -3], (3,))}, kink)  # fmt: skip
    flat = lambda x: [deviation(x)[0] ** 2]
    for label, x in (("constant", [2.5, 2.5, 2.5]), ("plain", [1, 2, 4])):
        yield case(f"std-squared/{label}", [step("std", "x", dim=[0], correction=1, out="d"), step("mul", "d", "d")], {"x": (x, (3,))},
                   flat)  # fmt: skip

    def running(x):
        return [product(x[: k + 1]) for k in range(len(x))]

    for label, x, dtype in (("wide", [1e200, 1e200, 3, 1e-200, 1e-250, 1e40], "float64"),
                            ("narrow", [1e-160, 1.25, 1e-160, 1e300, -1e20], "float64"),
                            ("zeros", [1e200, 0, 1e-200, 0, 1e200, 1e200], "float64"),
                            ("wide", [1e30] * 12 + [1e-30] * 12 + [2], "float32"),
                            ("plain", [1.5, -0.5, 3, 0, 2], "float64")):  # fmt: skip
        n = len(x)
        # Where the truth is beyond the range, so is a tangent of it, which the difference of two numbers shows as well.
        yield case(f"cumprod/{label}", [step("cumprod", "x", dim=0)], {"x": (x, (n,))}, running, (n,), dtype, digits=4000,
                   second=label in ("plain", "narrow"), rtol=1e-12 if dtype == "float64" else 4e-6)  # fmt: skip

    def running_log(x):
        result = []
        for k in range(len(x)):
            m = max(x[: k + 1])
            result.append(m + mp.log(sum(mp.exp(v - m) for v in x[: k + 1])))
        return result

    for label, x in (("thousand", [1000, 1001, 999, 1000.5, 1003]), ("low", [-1e4, -1e4 + 1, -1e4 - 3]), ("plain", [0.5, -1, 3])):
        for dtype in ("float64", "float32"):
            n = len(x)
            tight = 1e-14 if dtype == "float64" else 3e-6
            yield case(f"logcumsumexp/{label}", [step("logcumsumexp", "x", dim=0)], {"x": (x, (n,))}, running_log, (n,), dtype,
                       rtol=tight, atol=tight, second=label == "plain" or dtype == "float64")  # fmt: skip
        columns = {"x": ([v + d for v in x for d in (0, 1)], (n, 2))}
        f = lambda x, n=n: [v for pair in zip(running_log(x[::2]), running_log(x[1::2])) for v in pair]
        yield case(f"logcumsumexp/columns/{label}", [step("logcumsumexp", "x", dim=0)], columns, f, (n, 2), "float32", rtol=3e-6,
                   atol=3e-6, second=False)  # fmt: skip

    def met(x):
        # Five elements of the source meet at places 0, 0, 1, 0, 1 of the three.
        y = list(x[:3])
        for place, v in zip([0, 0, 1, 0, 1], x[3:]):
            y[place] *= v
        return y

    index = torch.tensor([0, 0, 1, 0, 1])
    for label, own, source, dtype in (("wide", [1e200, 1e200, 2], [1e200, 1e-300, 1e200, 1e-50, 1e-250], "float64"),
                                      ("wide", [1e30, 1e30, 2], [1e30, 1e-30, 1e30, 1e-20, 1e-25], "float32"),
                                      ("zeros", [2, 0, 1], [3, 0, 5, 0.5, 7], "float64"),
                                      ("two-zeros", [0, 0, 1], [3, 0, 0, 0.5, 7], "float64")):  # fmt: skip
        made = case(f"scatter_reduce/prod/{label}", [step("scatter_reduce", "x", "i", "s", dim=0, reduce="prod", include_self=True)],
                    {"x": (own, (3,)), "s": (source, (5,))}, met, (3,), dtype, digits=4000, second="zeros" in label)  # fmt: skip
        made.inputs["i"] = index.clone()
        made.tensors["in.i"] = index.clone()
        yield made

    def determinant(x):
        n = int(len(x) ** 0.5)
        if n == 1:
            return x[0]
        minor = lambda j: [x[i * n + k] for i in range(1, n) for k in range(n) if k != j]
        return sum((-1) ** j * x[j] * determinant(minor(j)) for j in range(n))

    diagonal = lambda d: [d[i] if i == j else 0 for i in range(4) for j in range(4)]
    graded = lambda r, c: [(1 + (3 * i + 5 * j) % 7) * r[i] * c[j] for i in range(3) for j in range(3)]
    for label, a, n, dtype in (("diagonal", diagonal([1e200, 1e200, 1e-200, 1e-200]), 4, "float64"),
                               ("rising", diagonal([1e-200, 1e-200, 1e200, 1e200]), 4, "float64"),
                               ("diagonal", diagonal([1e30, 1e30, 1e-30, 1e-30]), 4, "float32"),
                               ("graded", graded([1e100, 1, 1e-100], [1e50, 1, 1e-60]), 3, "float64"),
                               ("graded", graded([1e10, 1, 1e-10], [1e5, 1, 1e-6]), 3, "float32")):  # fmt: skip
        yield case(f"det/{label}", [step("det", "x")], {"x": (a, (n, n))}, lambda x: [determinant(x)], (), dtype, digits=4000,
                   second=label == "graded", rtol=1e-12 if dtype == "float64" else 1e-4)  # fmt: skip
        yield case(f"logdet/{label}", [step("slogdet", "x") | {"out": ["g", "l"]}, step("mul", "l", 1)], {"x": (a, (n, n))},
                   lambda x: [mp.log(abs(determinant(x)))], (), dtype, digits=4000, second=False,
                   rtol=1e-12 if dtype == "float64" else 2e-5, atol=1e-12 if dtype == "float64" else 2e-5)  # fmt: skip

    for label, start, end, weight, dtype in (
        ("far", [1e308, -1e308, 1.5e308, 1e308], [-1e308, 1.5e308, -1.7e308, 1e308], [0.25, 0.75, 0.5, 0.3], "float64"),
        ("far", [3e38, -3e38, 2e38, 3e38], [-3e38, 2e38, -1e38, 3e38], [0.25, 0.75, 0.5, 0.3], "float32"),
    ):
        blend = lambda x: [x[i] * (1 - x[8 + i]) + x[4 + i] * x[8 + i] for i in range(4)]
        yield case(f"lerp/{label}", [step("lerp", "a", "b", "w")], {"a": (start, (4,)), "b": (end, (4,)), "w": (weight, (4,))}, blend,
                   (4,), dtype, forward=False, rtol=1e-12 if dtype == "float64" else 4e-6, digits=1000)  # fmt: skip
    mean = lambda x: [sum(x) / len(x)]
    for label, s, dtype in (("largest", 1.5e308, "float64"), ("largest", 3e38, "float32"), ("least", 2.0**-1074, "float64"),
                            ("least", 2.0**-149, "float32")):  # fmt: skip
        for n in (2, 7, 70):
            x = [s * (1 if label == "largest" else 1 + k % 3) for k in range(n)]
            yield case(f"mean/{n}/{label}", [step("mean", "x", dim=[0])], {"x": (x, (n,))}, mean, (), dtype,
                       forward=label == "least", second=False)  # fmt: skip
        x = [s] * 12
        yield case(f"mean/rows/{label}", [step("mean", "x", dim=[1])], {"x": (x, (3, 4))}, of_rows(mean, 4), (3,), dtype,
                   forward=label == "least", second=False)  # fmt: skip
        yield case(f"mean/columns/{label}", [step("transpose", "x", dim0=0, dim1=1, out="t"), step("mean", "t", dim=[0])], {"x": (x, (3, 4))},
                   of_rows(mean, 4), (3,), dtype, forward=label == "least", second=False)  # fmt: skip
        yield case(f"avg_pool1d/{label}", [step("avg_pool1d", "x", kernel_size=[4])], {"x": ([s] * 8, (1, 1, 8))}, of_rows(mean, 4),
                   (1, 1, 2), dtype, forward=label == "least", second=False)  # fmt: skip
    spread = lambda x: [sum((v - sum(x) / len(x)) ** 2 for v in x) / (len(x) - 1)]
    yield case("var/largest", [step("var", "x", dim=[0], correction=1)], {"x": ([3e38, 3e38, 3e38], (3,))}, spread, (), "float32",
               second=False)  # fmt: skip


def spectra():
    """Smooth symmetric functions of eigenvalues, at matrices where these are equal."""
    symmetric = [step("transpose", "a", dim0=0, dim1=1, out="t"), step("add", "a", "t", out="s")]
    trace = lambda x, k: [sum_of_power([[x[i * 3 + j] + x[j * 3 + i] for j in range(3)] for i in range(3)], k)]

    def sum_of_power(m, k):
        p = m
        for _ in range(k - 1):
            p = [[sum(p[i][l] * m[l][j] for l in range(3)) for j in range(3)] for i in range(3)]
        return sum(p[i][i] for i in range(3))

    for label, a in {"identity": [0.5, 0, 0, 0, 0.5, 0, 0, 0, 0.5], "pair": [1, 0, 0, 0, 0.5, 0, 0, 0, 0.5]}.items():
        for power in (2, 3):
            program = symmetric + [step("eigvalsh", "s", out="l"), step("pow", "l", power, out="p"), step("sum", "p")]
            yield case(f"eigvalsh/{label}/{power}", program, {"a": (a, (3, 3))}, lambda x, k=power: trace(x, k), rtol=1e-11, atol=1e-13)
        program = symmetric + [step("svdvals", "s", out="l"), step("square", "l", out="p"), step("sum", "p")]
        yield case(f"svdvals/{label}", program, {"a": (a, (3, 3))}, lambda x: trace(x, 2), rtol=1e-11, atol=1e-13)


def convention(name, program, inputs, output, cotangent, vjp, dtype="float64"):
    """A case with the numbers given."""
    as_tensor = lambda v: torch.tensor(v, dtype=torch.float64)
    tensors = {n: v if isinstance(v, torch.Tensor) else as_tensor(v) for n, v in inputs.items()}
    out = program[-1]["out"][0]
    result = Case(f"truth/convention/{name}", tensors, program, [out], list(vjp), dtype, 1e-15, 0)
    result.tensors = {f"in.{n}": v for n, v in tensors.items()} | {f"vjp.{n}": as_tensor(v) for n, v in vjp.items()}
    result.tensors |= {f"out.{out}": as_tensor(output), f"cotangent.{out}": as_tensor(cotangent)}
    result.tensors |= {f"tangent.{n}": torch.zeros_like(tensors[n]) for n in vjp}
    result.expect = {"output": True, "vjp": True, "jvp": False, "hvp": False}
    return result


def conventions():
    nan, inf = float("nan"), float("inf")
    for op in ("max", "min", "amax", "amin", "median"):
        yield convention(f"{op}/nan", [step(op, "x")], {"x": [1, nan, 3, nan]}, nan, 2.0, {"x": [0, 1, 0, 1]})
    for op in ("amax", "max"):
        yield convention(f"{op}/ties", [step(op, "x")], {"x": [1, 3.0, 3]}, 3.0, 1.0, {"x": [0, 0.5, 0.5]})
    yield convention("logsumexp/nothing", [step("logsumexp", "x", dim=[1])], {"x": [[-inf, -inf], [0, 0]]},
                     [-inf, 0.69314718055994531], [0.0, 1], {"x": [[0, 0], [0.5, 0.5]]})  # fmt: skip
    yield convention("logaddexp/nothing", [step("logaddexp", "x", "y")], {"x": [-inf, 1], "y": [-inf, 1.0]},
                     [-inf, 1.6931471805599453], [0.0, 1], {"x": [0, 0.5], "y": [0, 0.5]})  # fmt: skip
    yield convention("scatter/twice", [step("scatter", "x", "i", "s", dim=0)],
                     {"x": [1.0, 2, 3], "i": torch.tensor([1, 1, 2]), "s": [4.0, 5, 6]}, [1, 5, 6], [1.0, 10, 100],
                     {"x": [1, 0, 0], "s": [0, 10, 100]})  # fmt: skip
    yield convention("addmm/alpha-0", [step("addmm", "c", "a", "b", alpha=0)],
                     {"c": [[1.0, 2], [3, 4]], "a": [[nan, 1], [inf, 2]], "b": [[1.0, 0], [0, 1]]}, [[1.0, 2], [3, 4]],
                     [[1.0, 2], [3, 4]], {"c": [[1.0, 2], [3, 4]]})  # fmt: skip
    for op, f in (("log", 0.25), ("sqrt", 0.25), ("reciprocal", -0.0625)):
        program = [step("gt", "x", 0, out="m"), step(op, "x", out="b"), step("where", "m", "b", 0, out="w"), step("sum", "w")]
        value = {"log": 1.3862943611198906, "sqrt": 2, "reciprocal": 0.25}[op]
        yield convention(f"where/{op}", program, {"x": [-1.0, 0, 4]}, value, 1.0, {"x": [0, 0, f]})
    for q, value, slopes in ((0.0, 1.0, [1.0, 0]), (0.5, inf, [0.5, 0.5]), (1.0, inf, [0, 1.0])):
        yield convention(f"quantile/infinite/{q}", [step("quantile", "x", q=q)], {"x": [1, inf]}, value, 1.0, {"x": slopes})
    yield convention("vector_norm/inf/nan", [step("vector_norm", "x", ord="inf")], {"x": [1, nan, 3]}, nan, 1.0, {"x": [0.0, 0, 0]})
    yield convention("lerp/infinite", [step("lerp", "a", "b", "w")],
                     {"a": [1, inf, 1, inf, -inf], "b": [inf, 1, inf, inf, inf], "w": [0.0, 1, 0.5, 0.5, 0.25]}, [1, 1, inf, inf, nan],
                     [1.0] * 5, {"a": [1, 0, 0.5, 0.5, 0.75], "b": [0, 1, 0.5, 0.5, 0.25]})  # fmt: skip
    yield convention("std/constant", [step("std", "x", dim=[0], correction=1)], {"x": [2.0, 2, 2]}, 0.0, 1.0, {"x": [0.0, 0, 0]})
    yield convention("layer_norm/constant", [step("layer_norm", "x", normalized_shape=[8])], {"x": [[54321.1] * 8]}, [[0.0] * 8],
                     [[1.0] * 8], {"x": [[0.0] * 8]})  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    cases = [c for make in (elementwise, pairs, reductions, ranges, spectra, conventions) for c in make()]
    size = folder.write(cases, options.out, f"mpmath with {mp.dps} digits")
    print(f"{len(cases)} cases, {size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
