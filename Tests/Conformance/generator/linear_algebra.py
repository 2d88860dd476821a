"""Factorisations, in programs whose results do not depend on the signs a factorisation is free to choose.

U and V of a singular value decomposition, the vectors of a symmetric eigenproblem and Q and R are unique up to signs when
the spectrum has gaps: the inputs have them, and the outputs are absolute values and products in which the signs cancel.
A symmetric operand is x + xᵀ inside the program, so that no library has to guess what half of a gradient means.
"""

import zlib

import torch

from .case import Case, Rejected, measured


def step(op, operands, out, **attributes):
    result = {"op": op, "in": list(operands)}
    if attributes:
        result["attributes"] = attributes
    return result | {"out": list(out)}


def normal(shape, generator):
    return torch.randn(shape, generator=generator, dtype=torch.float64)


def gapped(shape, generator, symmetric=False):
    """A matrix with singular values (or eigenvalues) about 0.6 apart."""
    *batch, m, n = shape
    k = min(m, n)
    left = torch.linalg.qr(normal((*batch, m, m), generator)).Q[..., :k]
    right = left if symmetric else torch.linalg.qr(normal((*batch, n, n), generator)).Q[..., :k]
    values = 0.7 + 0.6 * torch.arange(k, dtype=torch.float64) + 0.2 * torch.rand((*batch, k), generator=generator)
    if symmetric:
        values = values * torch.where(torch.arange(k) % 2 == 0, 1.0, -1.0)
    return (left * values[..., None, :]) @ right.mT


def halved(symmetric, generator):
    """x with x + xᵀ = symmetric, and not symmetric itself."""
    skew = normal(symmetric.shape, generator)
    return symmetric / 2 + skew - skew.mT


def svd(shape, full, generator):
    m, n = shape[-2:]
    k = min(m, n)
    program = [step("svd", ["x"], ["t0", "t1", "t2"], full_matrices=full)]
    u, v = "t0", "t2"
    if full and m > k:
        program.append(step("narrow", [u], ["t3"], dim=-1, start=0, length=k))
        u = "t3"
    if full and n > k:
        program.append(step("narrow", [v], ["t4"], dim=-2, start=0, length=k))
        v = "t4"
    program += [
        step("abs", [u], ["t5"]),
        step("abs", [v], ["t6"]),
        step("exp", ["t1"], ["t7"]),
        step("unsqueeze", ["t7"], ["t8"], dim=-2),
        step("mul", [u, "t8"], ["t9"]),
        step("matmul", ["t9", v], ["t10"]),
    ]
    return {"x": gapped(shape, generator)}, program, ["t1", "t5", "t6", "t10"]


def singular_values(shape, generator):
    return {"x": gapped(shape, generator)}, [step("svd", ["x"], ["t0", "t1", "t2"], full_matrices=False)], ["t1"]


def symmetrized(out):
    return [step("transpose", ["x"], ["s0"], dim0=-2, dim1=-1), step("add", ["x", "s0"], [out])]


def eigh(shape, generator):
    program = symmetrized("s1") + [
        step("eigh", ["s1"], ["t0", "t1"]),
        step("abs", ["t1"], ["t2"]),
        step("sin", ["t0"], ["t3"]),
        step("unsqueeze", ["t3"], ["t4"], dim=-2),
        step("mul", ["t1", "t4"], ["t5"]),
        step("transpose", ["t1"], ["t6"], dim0=-2, dim1=-1),
        step("matmul", ["t5", "t6"], ["t7"]),
    ]
    return {"x": halved(gapped(shape, generator, symmetric=True), generator)}, program, ["t0", "t2", "t7"]


def cholesky(shape, generator):
    root = gapped(shape, generator)
    positive = root @ root.mT + torch.eye(shape[-1])
    return {"x": halved(positive, generator)}, symmetrized("s1") + [step("cholesky", ["s1"], ["t0"])], ["t0"]


def log_determinant(shape, generator):
    inputs, program, _ = cholesky(shape, generator)
    program += [
        step("diagonal", ["t0"], ["t1"], offset=0, dim1=-2, dim2=-1),
        step("log", ["t1"], ["t2"]),
        step("sum", ["t2"], ["t3"], dim=[-1], keepdim=False),
        step("slogdet", ["s1"], ["t4", "t5"]),
        step("inv", ["s1"], ["t6"]),
    ]
    return inputs, program, ["t3", "t4", "t5", "t6"]


def qr(shape, mode, generator):
    m, n = shape[-2:]
    program = [step("qr", ["x"], ["t0", "t1"], mode=mode)]
    if mode == "complete" and m > n:
        # The last m - n columns of Q are any basis of the complement: only their projector is defined.
        program += [
            step("transpose", ["t0"], ["t2"], dim0=-2, dim1=-1),
            step("matmul", ["t0", "t2"], ["t3"]),
            step("abs", ["t1"], ["t4"]),
            step("matmul", ["t0", "t1"], ["t5"]),
        ]
        return {"x": gapped(shape, generator)}, program, ["t3", "t4", "t5"]
    program += [step("abs", ["t0"], ["t2"]), step("abs", ["t1"], ["t3"]), step("matmul", ["t0", "t1"], ["t4"])]
    return {"x": gapped(shape, generator)}, program, ["t2", "t3", "t4"]


def one(op, *shapes, **attributes):
    def make(generator):
        inputs = {n: gapped(s, generator) if len(s) > 1 else normal(s, generator) for n, s in zip("xy", shapes)}
        return inputs, [step(op, list(inputs), ["t0"], **attributes)], ["t0"]

    return make


def low_rank_pinv(generator):
    """pinv differentiates where the rank is constant: the program makes it so."""
    inputs = {"x": gapped((5, 2), generator), "y": gapped((2, 4), generator)}
    return inputs, [step("matmul", ["x", "y"], ["t0"]), step("pinv", ["t0"], ["t1"])], ["t1"]


def families():
    yield "linalg.svd", [
        lambda g, s=s, f=f: svd(s, f, g)
        for s, f in [((3, 3), False), ((4, 2), False), ((2, 4), False), ((4, 2), True), ((2, 3), True),
                     ((2, 3, 3), False), ((1, 1), False), ((0, 3), False), ((3, 0), False), ((5, 5), False)]
    ]  # fmt: skip
    yield "linalg.svdvals", [lambda g, s=s: singular_values(s, g) for s in [(4, 4), (5, 3), (3, 5), (2, 2, 3), (2, 0, 0)]]
    yield "linalg.eigh", [lambda g, s=s: eigh(s, g) for s in [(3, 3), (2, 4, 4), (1, 1), (0, 0), (5, 5), (2, 1, 2, 2)]]
    yield "linalg.cholesky", [lambda g, s=s: cholesky(s, g) for s in [(3, 3), (2, 3, 3), (1, 1), (0, 0), (5, 5)]]
    yield "linalg.logdet", [lambda g, s=s: log_determinant(s, g) for s in [(3, 3), (2, 4, 4), (1, 1)]]
    yield "linalg.qr", [
        lambda g, s=s, m=m: qr(s, m, g)
        for s, m in [((3, 3), "reduced"), ((4, 2), "reduced"), ((2, 3, 3), "reduced"), ((3, 3), "complete"),
                     ((4, 2), "complete"), ((0, 0), "reduced"), ((3, 0), "reduced"), ((1, 1), "reduced"),
                     ((2, 4), "reduced")]
    ]  # fmt: skip
    yield "linalg.pinv", [one("pinv", s) for s in [(3, 3), (4, 2), (2, 4), (2, 3, 2), (0, 2), (2, 0)]] + [low_rank_pinv]
    yield "linalg.lstsq", [
        one("lstsq", a, b)
        for a, b in [((4, 2), (4, 1)), ((3, 3), (3, 2)), ((2, 4), (2, 3)), ((2, 5, 3), (2, 5, 2)), ((6, 1), (6, 1))]
    ]
    yield "linalg.matrix_norm", [
        one("matrix_norm", shape, ord=order, dim=[-2, -1], keepdim=keep)
        for order, shape, keep in [("nuc", (3, 4), False), (2, (4, 3), True), (-2, (3, 3), False), ("fro", (2, 2, 3), True),
                                   (1, (3, 4), False), (-1, (4, 4), False), ("inf", (2, 3, 2), True), ("-inf", (3, 3), False)]
    ]  # fmt: skip


def cases(seed, per_op, only):
    for name, makers in families():
        generator = torch.Generator().manual_seed(zlib.crc32(f"{seed}/{name}".encode()))
        made = 0
        for maker in makers:
            inputs, program, outputs = maker(generator)
            if made == 2 * per_op or (only and not only & {s["op"] for s in program}):
                continue
            inputs = {n: x.contiguous() for n, x in inputs.items()}
            # A rank that is exact in the mathematics is not under noise.
            steady = maker is not low_rank_pinv
            try:
                yield measured(Case(f"factor/{name}/{made}", inputs, program, outputs), generator, steady)
            except Rejected as reason:
                print(f"  {name}: {reason}: {[tuple(x.shape) for x in inputs.values()]}")
                continue
            made += 1
