#!/usr/bin/env python3
"""Makes Tests/Fixtures/printing.json: tensors, options and what PyTorch prints. Needs torch."""

import json
import pathlib

import torch

OUT = pathlib.Path(__file__).resolve().parent.parent / "Tests/Fixtures/printing.json"
cases = []


def add(tensor, **options):
    """The text without dtype suffixes: the default type is made to fit for empty and floating tensors."""
    kind = "bool" if tensor.dtype == torch.bool else "floating" if tensor.is_floating_point() else "integer"
    torch.set_default_dtype(tensor.dtype if kind == "floating" else torch.float32)
    torch.set_printoptions(profile="default")
    if options:
        torch.set_printoptions(**options)
    text = str(tensor.detach())
    tracked = str(tensor.detach().clone().requires_grad_()) if kind == "floating" else None
    if kind == "bool":
        text = text.replace("True", "true").replace("False", "false")
    # What the library writes in Swift's words, of the same lengths.
    if tracked:
        tracked = tracked.replace("requires_grad=True", "requiresGrad: true")
    if tensor.numel() == 0:
        size = lambda t: t.replace(f"size={tuple(tensor.shape)}", f"size: {list(tensor.shape)}")
        text, tracked = size(text), tracked and size(tracked)
        if kind != "floating":
            return
    names = {"precision": "precision", "threshold": "threshold", "edgeitems": "edgeItems", "linewidth": "lineWidth",
             "sci_mode": "scientific"}  # fmt: skip
    flat = tensor.detach().reshape(-1).tolist()
    cases.append({
        "kind": kind, "shape": list(tensor.shape), "format": {names[k]: v for k, v in options.items()},
        "values": [repr(v) for v in flat] if kind == "floating" else [int(v) for v in flat],
        "text": text, "tracked": tracked,
    })  # fmt: skip


def main():
    torch.manual_seed(0)
    nan, inf = float("nan"), float("inf")
    f, d = torch.float32, torch.float64
    add(torch.tensor([-0.9484, 0.2716, 0.3606]) + 2)
    lists = [
        1.0, -2.5, 0.0, nan, inf, -inf, 1e10, 1e-10, [], [[]], [1.0], [0.0, 0.0], [-0.0, 1.0], [-0.0], [nan, 1.0], [nan, 1.5],
        [inf, 2.0], [-inf, 2.25], [nan, inf, -inf], [1e8, 1.0], [1e8], [1.1e8], [99999999.0, 2.0], [1e-4], [9.9e-5], [1e-3, 1.0],
        [1e-3, 1.001], [1000.0, 1.0], [1000.5, 1.0], [1001.0, 1.0], [0.00005, nan, -inf], [123456.0, 0.0], [0.5, 0.25, 1e3],
        [0.00005, 0.5], [2.5, 3.5, 0.12345, 0.12355], [1e-45, 1.0], [3e38], [-3e38, nan], [0.99995, 0.99994999],
        [9.99995, 1.0], [99999.5, 100.25], [1e20, 1e20], [[1.0, 2.0], [3.0, 4.0]], [[1.5, -2.0], [nan, 4.0]], [[[1.0]]],
        [[[[1.5]], [[2.5]]]], [1.0] * 30, [-1.25] * 30, [0.1] * 9 + [-0.1], [12345.678, 12.5], [100000.0, 200000.0],
    ]  # fmt: skip
    for values in lists:
        add(torch.tensor(values, dtype=f))
        add(torch.tensor(values, dtype=d))
    for value in [5e-324, 1.7976931348623157e308, 2.2250738585072014e-308, 1 / 3, 0.1, 123456789.125]:
        add(torch.tensor([value, -value], dtype=d))
    for precision in (0, 1, 2, 8, 17):
        add(torch.tensor([1 / 3, 2.5, 0.125, 3.5], dtype=d), precision=precision)
        add(torch.tensor([1 / 3, 2.5e9, 0.125, 9.5], dtype=d), precision=precision)
        add(torch.tensor([1.0, 20.0], dtype=d), precision=precision, sci_mode=True)
    for sci in (True, False):
        for values in ([1e-10, 1.0], [1e20, 1.5], [1.0, 2.0], [0.0, nan], [5.0e-324, 1.0], [1.5e300, 0.5]):
            add(torch.tensor(values, dtype=d), sci_mode=sci)
    shapes = [
        (3,), (20,), (1000,), (1001,), (5, 7), (2, 3, 4), (2, 2, 2, 2), (1, 1, 1), (30, 40), (1, 1001), (1001, 1), (2, 20, 30),
        (7, 8, 9), (10, 11, 12), (4, 3, 2, 60), (0,), (0, 3), (2, 0), (3, 0, 2), (12, 12, 8), (6, 200), (7, 143), (2, 2, 2, 2, 70), (1,) * 8,
    ]  # fmt: skip
    # Short decimals keep the file small.
    normal = lambda *shape, dtype=f: torch.round(torch.randn(*shape, dtype=d), decimals=5).to(dtype)
    for shape in shapes:
        add(normal(shape, dtype=d))
        if torch.Size(shape).numel() <= 150 or len(shape) == 3:
            add(torch.randint(-50, 1000, shape))
            add(torch.rand(shape) < 0.5)
    for scale in (1e-6, 1e3, 1e6):
        add(normal(4, 5, dtype=d) * scale)
    for width in (10, 40, 120):
        add(normal(3, 25), linewidth=width)
    add(normal(12, 12), threshold=100, edgeitems=2)
    add(normal(12), threshold=10, edgeitems=1)
    add(normal(6, 9), threshold=0, edgeitems=4)
    add(torch.tensor([-(2**63), 2**63 - 1, 0]))
    add(torch.tensor(7))
    add(torch.tensor(True))
    add(torch.tensor([[True, False], [True, True]]))
    head = json.dumps({"source": f"PyTorch {torch.__version__.split('+')[0]}"})[:-1]
    lines = ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases)
    OUT.write_text(f'{head},"cases":[\n{lines}\n]}}\n')
    print(len(cases), "cases,", OUT.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
