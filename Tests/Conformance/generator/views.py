"""Operands that are views: transposed, strided, flipped, broadcast or offset before the operation reads them."""

import random
import zlib

import torch

from .case import Case, Rejected, measured


def step(op, operands, out, **attributes):
    result = {"op": op, "in": list(operands)}
    if attributes:
        result["attributes"] = attributes
    return result | {"out": list(out)}


# name: the shape of a stored tensor that becomes `shape`, and the step that makes the view.
def view(kind, shape, source, out):
    *batch, m, n = shape
    if kind == "transposed":
        return (*batch, n, m), step("transpose", [source], [out], dim0=-2, dim1=-1)
    if kind == "strided":
        return (*batch, m, 2 * n), step("slice", [source], [out], dim=-1, start=0, end=2 * n, step=2)
    if kind == "rows":
        return (*batch, 3 * m, n), step("slice", [source], [out], dim=-2, start=1, end=3 * m, step=3)
    if kind == "flipped":
        return (*batch, m, n), step("flip", [source], [out], dims=[-1])
    if kind == "expanded":
        return (*batch, 1, n), step("expand", [source], [out], shape=[*batch, m, n])
    if kind == "column":
        return (*batch, m, 1), step("expand", [source], [out], shape=[*batch, m, n])
    if kind == "offset":
        return (*batch, m + 2, n), step("narrow", [source], [out], dim=-2, start=1, length=m)
    if kind == "selected":
        return (*batch, m, 3, n), step("select", [source], [out], dim=-2, index=1)
    if kind == "permuted":
        order = list(range(len(shape)))[::-1]
        return tuple(shape[::-1]), step("permute", [source], [out], dims=order)
    raise ValueError(kind)


KINDS = "transposed strided rows flipped expanded column offset selected permuted".split()

WORDS = [
    ("exp", {}), ("neg", {}), ("tanh", {}), ("add", {}), ("mul", {}), ("div", {}), ("maximum", {}), ("atan2", {}), ("sum", {"dim": [-1]}),
    ("sum", {"dim": [-2]}), ("sum", {}), ("mean", {"dim": [-2], "keepdim": True}), ("prod", {"dim": [-1]}), ("amax", {"dim": [-1]}),
    ("logsumexp", {"dim": [-2]}), ("var", {"dim": [-1]}), ("softmax", {"dim": -1}), ("log_softmax", {"dim": -2}),
    ("cumsum", {"dim": -1}), ("cumprod", {"dim": -2}), ("max", {"dim": -1}), ("argmax", {"dim": -2}), ("sort", {"dim": -1}),
    ("vector_norm", {"dim": [-1]}), ("reshape", {"shape": [-1]}), ("flatten", {}), ("transpose", {"dim0": -2, "dim1": -1}),
    ("flip", {"dims": [0, -1]}), ("roll", {"shifts": [1], "dims": [-1]}), ("tril", {}), ("diagonal", {"dim1": -2, "dim2": -1}),
    ("cat", {"dim": -1}), ("stack", {"dim": 0}), ("pad", {"pad": [1, 2]}), ("matmul", {}), ("matmul", {}), ("matmul", {}), ("linear", {}),
    ("inv", {}), ("solve", {}), ("layer_norm", {}), ("mse_loss", {}), ("where", {}),
]  # fmt: skip
PAIRED = {"add", "mul", "div", "maximum", "atan2", "cat", "stack", "matmul", "linear", "solve", "mse_loss", "where"}
SQUARE = {"matmul", "inv", "solve", "linear"}


def cases(seed, per_word, only):
    for index, (op, options) in enumerate(WORDS):
        if only and op not in only:
            continue
        key = zlib.crc32(f"{seed}/{op}/{index}".encode())
        rng, generator = random.Random(key), torch.Generator().manual_seed(key)
        for made, kind in enumerate(rng.sample(KINDS, min(per_word, len(KINDS)))):
            m, n = rng.choice([2, 3, 4]), rng.choice([3, 4, 5])
            if op in SQUARE:
                n = m
            if op in ("inv", "solve") and kind in ("expanded", "column"):
                kind = "transposed"
            batch = () if op == "linear" else rng.choice([(), (2,)])
            inputs, program, operands = {}, [], []
            for name, chosen in zip("xy", [kind, rng.choice(KINDS)] if op in PAIRED else [kind]):
                stored, prepare = view(chosen, (*batch, m, n), name, f"{name}0")
                inputs[name] = torch.randn(stored, generator=generator, dtype=torch.float64)
                program.append(prepare)
                operands.append(prepare["out"][0])
            attributes = dict(options)
            if op == "layer_norm":
                attributes["normalized_shape"] = [n]
            if op == "where":
                program.append(step("gt", [operands[0], 0.0], ["c0"]))
                operands = ["c0", *operands]
            outs = ["t0", "t1"] if op in ("max", "sort") else ["t0"]
            program.append(step(op, operands, outs, **attributes))
            try:
                yield measured(Case(f"strided/{op}/{index}-{made}", inputs, program, outs), generator)
            except (Rejected, torch.linalg.LinAlgError):
                continue
