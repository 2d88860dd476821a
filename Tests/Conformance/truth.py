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
    yield convention("layer_norm/constant", [step("layer_norm", "x", normalized_shape=[8])], {"x": [[54321.1] * 8]}, [[0.0] * 8],
                     [[1.0] * 8], {"x": [[0.0] * 8]})  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    cases = [c for make in (elementwise, pairs, reductions, spectra, conventions) for c in make()]
    size = folder.write(cases, options.out, f"mpmath with {mp.dps} digits")
    print(f"{len(cases)} cases, {size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
