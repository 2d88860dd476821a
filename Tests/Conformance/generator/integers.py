"""int64 and Bool operands: arithmetic, comparison, logic, counting, positions and movement, where PyTorch keeps the type."""

import zlib

import torch

from .case import Case, measured
from .vocabulary import run

PAIRS = "add sub mul maximum minimum eq ne lt le gt ge remainder fmod logical_and logical_or logical_xor".split()
SINGLE = [
    ("neg", {}), ("abs", {}), ("sign", {}), ("square", {}), ("logical_not", {}), ("sum", {}), ("sum", {"dim": [0], "keepdim": True}),
    ("prod", {"dim": [1]}), ("amax", {"dim": [1]}), ("amin", {}), ("all", {"dim": [0]}), ("any", {}), ("count_nonzero", {"dim": [1]}),
    ("argmax", {}), ("argmin", {"dim": 0}), ("cumsum", {"dim": 1}), ("cumprod", {"dim": 0}), ("sort", {"dim": 1}), ("max", {"dim": 0}), ("clamp", {"min": -2, "max": 3}),
    ("transpose", {"dim0": 0, "dim1": 1}), ("reshape", {"shape": [-1]}), ("flip", {"dims": [1]}), ("slice", {"dim": 1, "start": 0, "end": 4, "step": 2}), ("tril", {}),
]  # fmt: skip
LOGIC = [("sum", {"dim": [1]}), ("all", {}), ("any", {"dim": [0], "keepdim": True}), ("count_nonzero", {}), ("logical_not", {}), ("transpose", {"dim0": 0, "dim1": 1})]  # fmt: skip


def cases(seed, only):
    generator = torch.Generator().manual_seed(zlib.crc32(f"{seed}/integers".encode()))
    # Distinct magnitudes: no ties, so positions have one answer.
    distinct = lambda: (torch.randperm(12, generator=generator) - 5).reshape(3, 4)
    bools = lambda: torch.rand((3, 4), generator=generator) < 0.5

    def made(name, inputs, op, options):
        step = {"op": op, "in": list(inputs)} | ({"attributes": options} if options else {})
        step["out"] = ["t0", "t1"] if op in ("sort", "max") else ["t0"]
        run([step], dict(inputs))
        return measured(Case(f"integer/{name}", inputs, [step], step["out"]), generator)

    for op in PAIRS:
        if not only or op in only:
            y = distinct()
            yield made(f"{op}/0", {"x": distinct(), "y": torch.where(y == 0, 7, y)}, op, {})
    for mode in ("trunc", "floor"):
        if not only or "div" in only:
            y = distinct()
            inputs = {"x": distinct() * 3, "y": torch.where(y == 0, 7, y)}
            yield made(f"div/{mode}", inputs, "div", {"rounding_mode": mode})
    for index, (op, options) in enumerate(SINGLE):
        if not only or op in only:
            yield made(f"{op}/{index}", {"x": distinct()}, op, options)
    for index, (op, options) in enumerate(LOGIC):
        if not only or op in only:
            yield made(f"{op}/bool-{index}", {"x": bools()}, op, options)
    if not only or "where" in only:
        yield made("where/0", {"x": bools(), "y": distinct(), "z": distinct()}, "where", {})
