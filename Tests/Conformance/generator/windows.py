"""Convolutions and pools: their words in terms of PyTorch, how the operation database's samples say them, and cases with
shapes and options drawn at random, special values and ties."""

import random
import zlib

import torch
import torch.nn.functional as F

from .translation import bind, listed

CONVOLUTIONS = [f"conv{kind}{axes}d" for kind in ("", "_transpose") for axes in (1, 2)]
POOLS = [f"{kind}_pool{axes}d" for kind in ("max", "avg") for axes in (1, 2)]


def padding(value):
    return value if isinstance(value, (str, int)) else tuple(value)


def word(name):
    def apply(xs, a):
        options = {k: padding(v) if isinstance(v, list) else v for k, v in a.items()}
        return getattr(F, name)(*xs, **options)

    return apply


OPERATIONS = {name: word(name) for name in CONVOLUTIONS + POOLS}


def whole(given):
    """Numbers and words as they are, tuples as lists."""
    return {k: v if isinstance(v, (int, str)) else listed(v) for k, v in given.items() if v is not None}


def convolution(sample):
    names = ("stride", "padding", "output_padding", "groups", "dilation")
    given = bind(sample, "weight", "bias", **{n: None for n in names})
    weight, bias = given.pop("weight"), given.pop("bias", None)
    return [sample.input, weight, *([] if bias is None else [bias])], whole(given)


def pool(*names):
    def translate(sample):
        given = bind(sample, *names, return_indices=None)
        given.pop("return_indices", None)
        return [sample.input], whole(given)

    return translate


TRANSLATORS = {f"nn.functional.{name}": (name, convolution) for name in CONVOLUTIONS}
MAX = pool("kernel_size", "stride", "padding", "dilation", "ceil_mode")
AVERAGE = pool("kernel_size", "stride", "padding", "ceil_mode", "count_include_pad", "divisor_override")
TRANSLATORS |= {f"nn.functional.{name}": (name, MAX if name.startswith("max") else AVERAGE) for name in POOLS}


class Draw:
    def __init__(self, seed):
        self.rng = random.Random(f"windows/{seed}")
        self.generator = torch.Generator().manual_seed(zlib.crc32(f"{seed}/windows".encode()))

    def normal(self, shape):
        return torch.randn(shape, generator=self.generator, dtype=torch.float64)

    def per_axis(self, axes, choices):
        """A number for all axes or a list."""
        if self.rng.random() < 0.5:
            return self.rng.choice(choices)
        return [self.rng.choice(choices) for _ in range(axes if self.rng.random() < 0.9 else 1)]

    def options(self, **values):
        """Each option, or its default, left out."""
        return {k: v for k, v in values.items() if self.rng.random() < 0.75}

    def convolution(self):
        rng, axes, transposed = self.rng, self.rng.choice([1, 2]), self.rng.random() < 0.45
        name = f"conv{'_transpose' if transposed else ''}{axes}d"
        groups = rng.choice([1, 1, 1, 2, 3, 4])
        first, second = groups * rng.choice([1, 1, 2, 3]), groups * rng.choice([1, 2, 3])
        kernel = [rng.choice([1, 2, 3, 3, 4, 5]) for _ in range(axes)]
        extents = [rng.choice([1, 2, 3, 5, 7, 9, 12, 17][axes - 1 :: axes]) for _ in range(axes)]
        batch = rng.choice([(), (1,), (2,), (3,), (2,), (0,) if rng.random() < 0.3 else (1,)])
        a = self.options(
            stride=self.per_axis(axes, [1, 2, 3]), padding=self.per_axis(axes, [0, 1, 2, 3]), dilation=self.per_axis(axes, [1, 2, 3]))
        if groups > 1 or rng.random() < 0.3:
            a["groups"] = groups
        if transposed:
            a |= self.options(output_padding=self.per_axis(axes, [0, 1, 2]))
        elif rng.random() < 0.25:
            a["padding"] = rng.choice(["same", "valid"])
            if a["padding"] == "same":
                a.pop("stride", None)
        weight = (first, second // groups, *kernel) if transposed else (second, first // groups, *kernel)
        inputs = {"x": self.normal((*batch, first, *extents)), "y": self.normal(weight)}
        if rng.random() < 0.5:
            inputs["z"] = self.normal((second,))
        return name, inputs, a

    def pool(self):
        # PyTorch writes the gradient of a dilated window that jumps over its input beyond the plane: such cases have other
        # numbers here, and the committed folder has none.
        rng, axes = self.rng, self.rng.choice([1, 2])
        name = rng.choice(["max", "avg"]) + f"_pool{axes}d"
        extents = [rng.choice([1, 2, 3, 5, 7, 8, 10, 13]) for _ in range(axes)]
        shape = (*rng.choice([(), (1,), (2,), (2,), (0,) if rng.random() < 0.3 else (1,)]), rng.choice([1, 2, 3]), *extents)
        a = {"kernel_size": self.per_axis(axes, [1, 2, 2, 3, 3, 4, 5])}
        a |= self.options(stride=self.per_axis(axes, [1, 2, 3, 4]), padding=self.per_axis(axes, [0, 1, 2]), ceil_mode=rng.random() < 0.5)
        if name.startswith("max"):
            a |= self.options(dilation=self.per_axis(axes, [1, 1, 2, 3]))
        else:
            counts = {"count_include_pad": rng.random() < 0.5}
            if axes == 2:
                counts["divisor_override"] = rng.choice([1, 3, 7, -2])
            a |= {k: v for k, v in counts.items() if rng.random() < 0.4}
        values = self.normal(shape)
        if name.startswith("max") and rng.random() < 0.3:
            # Ties: the first of equal elements has the gradient.
            values = torch.randint(-1, 2, shape, generator=self.generator).double()
        return name, {"x": values}, a


SPECIAL = torch.tensor([[[1.0, float("nan"), 3.0, 2.0, float("-inf"), float("-inf"), float("-inf"), float("inf"), 4.0, 4.0, -0.0, 0.0]]], dtype=torch.float64)


def described(seed, count):
    for kernel, options in [(3, {}), (2, {"stride": 1}), (3, {"padding": 1, "stride": 2, "ceil_mode": True}), (2, {"dilation": 3, "stride": 1})]:
        for name in ("max_pool1d", "avg_pool1d"):
            if name == "avg_pool1d" and "dilation" in options:
                continue
            yield f"{name}/values-{kernel}-{len(options)}", name, {"x": SPECIAL}, {"kernel_size": kernel} | options, {"differentiable": []}
    draw = Draw(seed)
    for index in range(count):
        name, inputs, options = draw.pool() if index % 5 < 2 else draw.convolution()
        yield f"{name}/{seed}-{index}", name, inputs, options, {}


def cases(seed, count, only):
    from .case import Case, Rejected, measured

    for label, name, inputs, options, keywords in described(seed, count):
        if only and name not in only:
            continue
        step = {"op": name, "in": list(inputs), "attributes": options, "out": ["t0"]}
        own = torch.Generator().manual_seed(zlib.crc32(f"{seed}/{label}".encode()))
        try:
            yield measured(Case(f"windows/{label}", inputs, [step], ["t0"], **keywords), own, steady=False)
        except Rejected as reason:
            print(f"  {label}: {reason}")
        except (RuntimeError, NotImplementedError, ValueError) as reason:
            if count <= 200:
                print(f"  {label}: {str(reason)[:100]}")
