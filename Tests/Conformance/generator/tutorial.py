"""The autograd tutorial's own lines."""

import torch

from .case import Case, measured


def cases():
    x = torch.tensor([-0.9484, 0.2716, 0.3606])
    generator = torch.Generator().manual_seed(0)
    start = [
        {"op": "add", "in": ["x", 2.0], "out": ["y"]},
        {"op": "mul", "in": ["y", "y"], "out": ["yy"]},
        {"op": "mul", "in": ["yy", 2.0], "out": ["zz"]},
    ]
    mean = {"op": "mean", "in": ["zz"], "out": ["z"]}
    weights = [{"op": "mul", "in": ["w", 3.0], "out": ["m"]}, {"op": "sum", "in": ["m"], "out": ["s"]}]
    yield measured(Case("tutorial/mean", {"x": x}, start + [mean], ["z"]), generator)
    yield measured(Case("tutorial/vector", {"x": x}, start, ["zz"]), generator)
    yield measured(Case("tutorial/weights", {"w": torch.ones(4)}, weights, ["s"]), generator)
