"""Random programs of 3 to 30 steps over a few inputs of mixed ranks, with shared subexpressions and several outputs.

A program grows value by value and is evaluated as it grows, so every step is well-formed by construction. Steps stay away
from poles (log, sqrt and division see x² + c); what is ill-conditioned or near a kink all the same is rejected by measuring.
"""

import random

import torch

from .case import Case, Rejected, measured
from .vocabulary import run

SMOOTH = "neg sin cos tanh atan sigmoid silu gelu softplus logsigmoid asinh erf erfc square expm1 elu".split()
KINKED = "abs relu leaky_relu".split()
SIZES = [1, 2, 3, 4, 5, 7, 8, 16, 17]
LETTERS = "abcde"


class Program:
    def __init__(self, rng, generator, limit, algebra):
        self.rng, self.generator, self.limit, self.algebra = rng, generator, limit, algebra
        self.inputs, self.steps, self.values, self.floats = {}, [], {}, []
        self.m, self.n, self.k = (rng.choice(SIZES) for _ in range(3))
        for letter in LETTERS[: rng.randint(1, 5)]:
            shape = self.input_shape()
            if torch.Size(shape).numel() <= limit:
                self.add_input(letter, torch.randn(shape, generator=generator, dtype=torch.float64) * 0.8)
        if not self.floats:
            self.add_input("a", torch.randn((2, 3), generator=generator, dtype=torch.float64))

    def input_shape(self):
        m, n, k = self.m, self.n, self.k
        shapes = [(m, n)] * 5 + [(m, 1), (1, n), (n,), (), (k, m, n), (k, 1, n), (n, m), (m, m), (1, k, 1, n)]
        return self.rng.choice(shapes)

    def add_input(self, name, value):
        self.inputs[name] = self.values[name] = value
        if value.is_floating_point():
            self.floats.append(name)

    def shape(self, name):
        return self.values[name].shape

    def pick(self, accepts=lambda shape: True, last=False):
        """An operand; recent ones are likelier, so programs grow deep and not only wide."""
        names = [n for n in self.floats if accepts(self.shape(n))]
        if not names:
            raise IndexError
        if self.rng.random() < 0.55:
            names = names[-4:]
        return self.rng.choice(names)

    def partner(self, name):
        """An operand that broadcasts with another."""

        def fits(shape):
            try:
                return torch.broadcast_shapes(shape, self.shape(name)).numel() <= self.limit
            except RuntimeError:
                return False

        return self.pick(fits)

    def emit(self, op, operands, outs=1, **attributes):
        step = {"op": op, "in": operands}
        if attributes:
            step["attributes"] = attributes
        names = [f"t{len(self.values) - len(self.inputs) + i}" for i in range(outs)]
        step["out"] = names
        run([step], self.values)
        for name in names:
            value = self.values[name]
            if not value.is_floating_point():
                continue
            magnitude = float(value.abs().max()) if value.numel() else 0.0
            if not magnitude < 30 or value.numel() > self.limit:
                for n in names:
                    self.values.pop(n)
                raise IndexError
        self.steps.append(step)
        self.floats += [n for n in names if self.values[n].is_floating_point()]
        return names if outs > 1 else names[0]

    def number(self):
        value = round(self.rng.uniform(-2, 2), 3)
        return value if abs(value) > 0.1 else 0.5

    def axis(self, name):
        rank = len(self.shape(name))
        if rank == 0:
            raise IndexError
        dim = self.rng.randrange(rank)
        return dim if self.rng.random() < 0.7 else dim - rank

    # Each method adds one idea.

    def elementwise(self):
        self.emit(self.rng.choice(SMOOTH * 2 + KINKED), [self.pick()])

    def combine(self):
        op = self.rng.choice(["add", "sub", "mul", "mul", "maximum", "minimum", "atan2", "logaddexp"])
        x = self.pick()
        self.emit(op, self.rng.sample([x, self.partner(x)], 2))

    def scalar(self):
        pair = [self.pick(), self.number()]
        self.emit(self.rng.choice(["add", "sub", "mul"]), pair if self.rng.random() < 0.7 else pair[::-1])

    def positive(self):
        square = self.emit("square", [self.pick()])
        safe = self.emit("add", [square, 0.5])
        op = self.rng.choice(["log", "sqrt", "rsqrt", "reciprocal", "log1p", "div", "pow", "hypot", "xlogy", "log2"])
        if op == "div":
            self.emit("div", [self.partner(safe), safe])
        elif op == "pow":
            self.emit("pow", [safe, self.rng.choice([0.5, 1.5, -1.0, 2.0])])
        elif op in ("hypot", "xlogy"):
            other = self.partner(safe)
            self.emit(op, [other, safe])
        else:
            self.emit(op, [safe])

    def choose(self):
        x = self.pick()
        y = self.partner(x)
        mask = self.emit(self.rng.choice(["gt", "lt", "ge", "le"]), [x, y])
        if self.rng.random() < 0.3:
            mask = self.emit("logical_not", [mask])
        if self.rng.random() < 0.7:
            self.emit("where", [mask, x, y])
        elif self.shape(x) == self.values[mask].shape:
            self.emit("masked_fill", [x, mask], value=self.number())

    def bounded(self):
        self.emit("clamp", [self.pick()], min=-round(self.rng.uniform(0.3, 1), 3), max=round(self.rng.uniform(0.3, 1), 3))

    def three(self):
        x = self.pick()
        y = self.partner(x)
        z = self.partner(self.pick(lambda s: s == self.shape(x)))
        if self.rng.random() < 0.5:
            self.emit("addcmul", [x, y, z], value=self.number())
        else:
            self.emit("lerp", [x, self.pick(lambda s: s == self.shape(x)), self.pick(lambda s: s == self.shape(x))])

    def reduce(self):
        x = self.pick(lambda s: len(s) > 0 and 0 not in s)
        op = self.rng.choice("sum sum mean mean amax amin logsumexp prod var std vector_norm".split())
        size = self.shape(x)
        dim = [self.axis(x)]
        if self.rng.random() < 0.2 and len(size) > 1 and op != "prod":
            dim = [0, len(size) - 1]
        if op in ("var", "std") and min(size[d] for d in dim) < 2:
            raise IndexError
        if self.rng.random() < 0.15 and op != "prod":
            self.emit(op, [x])
        else:
            self.emit(op, [x], dim=dim, keepdim=self.rng.random() < 0.4)

    def pick_out(self):
        x = self.pick(lambda s: len(s) > 0 and 0 not in s)
        op = self.rng.choice(["max", "min", "sort", "topk", "gathered"])
        dim = self.axis(x)
        if op in ("max", "min"):
            self.emit(op, [x], 2, dim=dim, keepdim=self.rng.random() < 0.5)
        elif op == "sort":
            self.emit("sort", [x], 2, dim=dim, descending=self.rng.random() < 0.5)
        elif op == "topk":
            # PyTorch leaves open which of equal elements topk names.
            if (self.values[x].sort(dim=dim).values.diff(dim=dim) == 0).any():
                raise IndexError
            k = self.rng.randint(1, self.shape(x)[dim])
            self.emit("topk", [x], 2, k=k, dim=dim, largest=self.rng.random() < 0.5)
        else:
            index = self.emit("argmax", [x], dim=dim, keepdim=True)
            self.emit("gather", [self.pick(lambda s: s == self.shape(x)), index], dim=dim)

    def along(self):
        x = self.pick(lambda s: len(s) > 0)
        op = self.rng.choice("softmax log_softmax cumsum cumprod logcumsumexp".split())
        self.emit(op, [x], dim=self.axis(x))

    def move(self):
        x = self.pick(lambda s: len(s) > 0)
        shape = list(self.shape(x))
        rank, dim = len(shape), self.axis(x)
        kind = self.rng.choice(
            "transpose permute reshape flip slice select narrow cat stack roll pad unsqueeze expand tril repeat squeeze "
            "flatten split diagonal".split()
        )
        if kind == "transpose" and rank > 1:
            self.emit("transpose", [x], dim0=0, dim1=rank - 1)
        elif kind == "permute":
            self.emit("permute", [x], dims=self.rng.sample(range(rank), rank))
        elif kind == "reshape":
            self.emit("reshape", [x], shape=self.rng.choice([[-1], shape[::-1], [1, *shape]]))
        elif kind in ("flip",):
            self.emit("flip", [x], dims=[dim])
        elif kind == "slice":
            start = self.rng.randrange(shape[dim])
            self.emit("slice", [x], dim=dim, start=start, end=shape[dim], step=self.rng.choice([1, 2, 3]))
        elif kind == "select":
            self.emit("select", [x], dim=dim, index=self.rng.randrange(-shape[dim], shape[dim]))
        elif kind == "narrow":
            start = self.rng.randrange(shape[dim])
            self.emit("narrow", [x], dim=dim, start=start, length=self.rng.randint(1, shape[dim] - start))
        elif kind in ("cat", "stack"):
            same = lambda: self.pick(lambda s: list(s) == shape)
            self.emit(kind, [x] + [same() for _ in range(self.rng.randint(1, 2))], dim=dim)
        elif kind == "roll":
            self.emit("roll", [x], shifts=[self.rng.randint(-3, 3)], dims=[dim])
        elif kind == "pad":
            pad = [self.rng.randint(0, 2) for _ in range(2 * self.rng.randint(1, rank))]
            self.emit("pad", [x], pad=pad, value=self.rng.choice([0.0, 0.0, 0.7]))
        elif kind == "unsqueeze":
            self.emit("unsqueeze", [x], dim=self.rng.randint(-rank - 1, rank))
        elif kind == "expand":
            self.emit("expand", [x], shape=[self.rng.randint(1, 3), *shape])
        elif kind == "tril" and rank > 1:
            self.emit(self.rng.choice(["tril", "triu"]), [x], diagonal=self.rng.randint(-1, 1))
        elif kind == "repeat":
            self.emit("repeat", [x], repeats=[self.rng.randint(1, 2) for _ in shape])
        elif kind == "squeeze":
            self.emit("squeeze", [x], dim=[dim])
        elif kind == "flatten":
            self.emit("flatten", [x], start_dim=0, end_dim=-1)
        elif kind == "split" and shape[dim] > 1:
            cut = self.rng.randrange(1, shape[dim])
            self.emit("split", [x], 2, sizes=[cut, shape[dim] - cut], dim=dim)
        elif kind == "diagonal" and rank > 1:
            self.emit("diagonal", [x], offset=self.rng.choice([0, 0, 1]), dim1=-2, dim2=-1)

    def index(self):
        if len(self.inputs) >= 8:
            raise IndexError
        x = self.pick(lambda s: len(s) > 0)
        dim = self.axis(x)
        size = self.shape(x)[dim]
        label = f"i{len(self.inputs)}"
        ints = lambda shape: torch.randint(0, size, shape, generator=self.generator)
        op = self.rng.choice("index_select gather take_along_dim index_add scatter_add".split())
        if op == "index_select":
            self.add_input(label, ints((self.rng.randint(1, 4),)))
            self.emit(op, [x, label], dim=dim)
        elif op == "index_add":
            self.add_input(label, ints((size,)))
            self.emit(op, [x, label, self.pick(lambda s: s == self.shape(x))], dim=dim)
        else:
            self.add_input(label, ints(tuple(self.shape(x))))
            source = [self.pick(lambda s: s == self.shape(x))] if op == "scatter_add" else []
            self.emit(op, [x, label, *source], dim=dim)

    def product(self):
        x = self.pick(lambda s: len(s) > 0)
        last = self.shape(x)[-1]
        kind = self.rng.choice(["matmul", "matmul", "matmul", "linear", "einsum", "outer", "self"])
        if kind == "matmul":
            batch = tuple(self.shape(x)[:-2])

            def fits(s):
                if len(s) == 1 or len(self.shape(x)) == 1:
                    return s[0 if len(s) == 1 else -2] == last if len(s) else False
                return len(s) > 1 and s[-2] == last and tuple(s[:-2]) in ((), batch)

            self.emit("matmul", [x, self.pick(fits)])
        elif kind == "linear":
            self.emit("linear", [x, self.pick(lambda s: len(s) == 2 and s[1] == last)])
        elif kind == "einsum" and len(self.shape(x)) == 2:
            y = self.pick(lambda s: len(s) == 2 and s[1] == last)
            self.emit("einsum", [x, y], equation=self.rng.choice(["ij,kj->ik", "ij,kj->ki"]))
        elif kind == "outer":
            flat = lambda s: len(s) == 1
            self.emit("outer", [self.pick(flat), self.pick(flat)])
        elif len(self.shape(x)) > 1:
            t = self.emit("transpose", [x], dim0=-2, dim1=-1)
            gram = self.emit("matmul", [x, t])
            self.emit("div", [gram, float(last)])

    def normalize(self):
        x = self.pick(lambda s: len(s) > 0 and s[-1] > 1)
        self.emit("layer_norm", [x], normalized_shape=[self.shape(x)[-1]], eps=1e-3)

    def loss(self):
        x = self.pick(lambda s: len(s) > 0 and 0 not in s)
        op = self.rng.choice(["mse_loss", "l1_loss", "huber_loss"])
        y = self.pick(lambda s: s == self.shape(x))
        if x != y:
            self.emit(op, [x, y], reduction=self.rng.choice(["mean", "sum", "none"]))

    def solver(self):
        """A symmetric positive definite matrix from any matrix, then a factorisation of it."""
        x = self.pick(lambda s: len(s) > 1 and 0 < s[-1] < 8 and 0 < s[-2] < 8)
        t = self.emit("transpose", [x], dim0=-2, dim1=-1)
        gram = self.emit("matmul", [x, t])
        size = self.shape(gram)[-1]
        if "one" not in self.inputs:
            self.add_input("one", torch.ones(1))
            self.floats.remove("one")
        diagonal = self.emit("expand", ["one"], shape=[size])
        identity = self.emit("diag_embed", [diagonal])
        spd = self.emit("add", [gram, identity])
        op = self.rng.choice("cholesky inv slogdet solve matrix_power eigenvalues pinv det".split())
        if op == "slogdet":
            self.emit(op, [spd], 2)
        elif op == "solve":
            self.emit(op, [spd, self.pick(lambda s: len(s) == 2 and s[0] == size)])
        elif op == "matrix_power":
            self.emit(op, [spd], n=self.rng.choice([2, 3, -1]))
        elif op == "eigenvalues":
            if len(self.shape(x)) == 2 and self.shape(x)[0] <= self.shape(x)[1]:
                # Only the singular values are unique: nothing may use the factors.
                u, _, v = self.emit("svd", [x], 3, full_matrices=False)
                self.floats.remove(u)
                self.floats.remove(v)
        else:
            self.emit(op, [spd])

    def ideas(self):
        ideas = [self.elementwise] * 6 + [self.combine] * 6 + [self.scalar] * 3 + [self.move] * 6 + [self.reduce] * 3
        ideas += [self.product] * 3 + [self.positive] * 2 + [self.along, self.choose, self.bounded, self.three]
        ideas += [self.pick_out, self.index, self.normalize, self.loss]
        if self.algebra:
            ideas += [self.solver] * 12
        return ideas

    def grow(self, length):
        ideas = self.ideas()
        for _ in range(20 * length):
            if len(self.steps) >= length:
                break
            try:
                self.rng.choice(ideas)()
            except (IndexError, ValueError, RuntimeError):
                continue

    def finished(self, name, **options):
        """The case of what was grown: the last values nobody used are its outputs, what they do not need goes."""
        used = {v for s in self.steps for v in operands(s)}
        made = [n for s in self.steps for n in s["out"]]
        hidden = {n for s in self.steps if s["op"] == "svd" for n in (s["out"][0], s["out"][2])}
        sinks = [n for n in made if n not in used and n not in hidden]
        outputs = sinks[-3:]
        inner = [n for n in made if n in used and n in self.floats]
        if inner and self.rng.random() < 0.4:
            outputs.append(self.rng.choice(inner))
        needed, program = set(outputs), []
        for step in reversed(self.steps):
            if needed & set(step["out"]):
                program.insert(0, step)
                needed |= operands(step)
        inputs = {n: x for n, x in self.inputs.items() if n in needed}
        differentiable = [n for n, x in inputs.items() if x.is_floating_point() and n != "one"]
        return Case(name, inputs, program, outputs, differentiable, **options)


def operands(step):
    """The names that a step reads, those of its attributes too."""
    named = {v["tensor"] for v in step.get("attributes", {}).values() if isinstance(v, dict)}
    return named | {v for v in step["in"] if isinstance(v, str)}


def cases(seed, count, limit, algebra=False, only=frozenset(), kind=Program, prefix=None):
    made = index = 0
    prefix = prefix or ("random-linalg" if algebra else "random")
    while made < count:
        index += 1
        rng = random.Random(f"{prefix}/{seed}/{index}")
        generator = torch.Generator().manual_seed(rng.getrandbits(48))
        single = rng.random() < 0.12 and not algebra
        tolerance = {"rtol": 1e-3, "atol": 1e-4, "dtype": "float32"} if single else {"rtol": 1e-7, "atol": 1e-8}
        size = rng.choice([20, 40, 60, limit // 4, limit])
        program = kind(rng, generator, size, algebra)
        program.grow(rng.randint(3, 30))
        if not program.steps:
            continue
        case = program.finished(f"{prefix}/{seed}-{made:05d}", **tolerance)
        words = {s["op"] for s in case.program}
        if len(case.program) < 3 or not case.differentiable or (only and not only & words):
            continue
        try:
            case = measured(case, generator)
        except (Rejected, torch.linalg.LinAlgError):
            continue
        if not all(case.expect[q] for q in ("vjp", "jvp")) or too_large(case):
            continue
        made += 1
        yield case


def too_large(case):
    return any(t.is_floating_point() and t.numel() and float(t.abs().max()) > 1e5 for t in case.tensors.values())
