"""Random programs whose steps come from both vocabularies."""

import torch

from .random_programs import Program

SMOOTH = "selu mish softsign tanhshrink sinc ndtr log_ndtr i0e positive deg2rad celu".split()
KINKED = "hardswish relu6 hardtanh softshrink hardshrink frac nan_to_num".split()


class WideProgram(Program):
    def ideas(self):
        own = [self.wide_elementwise] * 4 + [self.wide_pair] * 3 + [self.wide_positive] * 3 + [self.wide_reduce] * 4
        own += [self.wide_along] * 4 + [self.wide_move] * 5 + [self.wide_index] * 5 + [self.wide_product] * 5 + [self.wide_norm] * 3
        return super().ideas() + own * 2

    def line(self, least=1):
        return self.pick(lambda s: len(s) > 0 and 0 not in s and s[-1] >= least)

    def wide_elementwise(self):
        op = self.rng.choice(SMOOTH * 2 + KINKED)
        options = {"celu": {"alpha": 1.5}, "softshrink": {"lambd": 0.3}, "hardshrink": {"lambd": 0.3}}.get(op, {})
        self.emit(op, [self.pick()], **options)

    def wide_positive(self):
        op = self.rng.choice("lgamma digamma entr erfinv logit erfcx i0".split())
        x = self.pick()
        if op in ("lgamma", "digamma", "entr"):
            self.emit(op, [self.emit("add", [self.emit("square", [x]), 0.5])])
        elif op == "erfinv":
            self.emit(op, [self.emit("mul", [self.emit("tanh", [x]), 0.9])])
        elif op == "logit":
            self.emit(op, [self.emit("sigmoid", [x])], eps=self.rng.choice([0.01, 0.2]))
        else:
            self.emit(op, [self.emit("tanh", [x])])

    def wide_pair(self):
        x = self.pick()
        op = self.rng.choice("fmax fmin logaddexp2 xlog1py addcdiv prelu".split())
        y = self.partner(x)
        if op == "xlog1py":
            self.emit(op, [x, self.emit("square", [y])])
        elif op == "addcdiv":
            self.emit(op, [x, x, self.emit("add", [self.emit("square", [x]), 0.7])], value=self.number())
        elif op == "prelu":
            weight = self.pick(lambda s: len(s) == 1 and s[0] in (1, self.shape(x)[1] if len(self.shape(x)) > 1 else 1))
            self.emit(op, [x, weight])
        else:
            self.emit(op, [x, y])

    def wide_reduce(self):
        x = self.line()
        op = self.rng.choice("nansum nanmean std_mean var_mean aminmax quantile kthvalue".split())
        dim, keep = self.axis(x), self.rng.random() < 0.4
        size = self.shape(x)[dim]
        if op in ("nansum", "nanmean"):
            self.emit(op, [x], dim=[dim], keepdim=keep)
        elif op in ("std_mean", "var_mean"):
            if size < 2:
                raise IndexError
            self.emit(op, [x], 2, dim=[dim], keepdim=keep, correction=self.rng.choice([0, 1]))
        elif op == "aminmax":
            self.emit(op, [x], 2, dim=dim, keepdim=keep)
        elif op == "quantile":
            q = self.rng.choice([0.25, 0.5, [0.1, 0.7]])
            self.emit(op, [x], q=q, dim=dim, keepdim=keep, interpolation=self.rng.choice(["linear", "lower", "midpoint"]))
        else:
            self.emit(op, [x], 2, k=self.rng.randint(1, size), dim=dim, keepdim=keep)

    def wide_along(self):
        x = self.line()
        op = self.rng.choice("cummax cummin diff trapezoid cumulative_trapezoid softmin msort argsorted".split())
        dim = self.axis(x)
        if op in ("cummax", "cummin"):
            self.emit(op, [x], 2, dim=dim)
        elif op == "msort":
            self.emit(op, [x])
        elif op == "argsorted":
            index = self.emit("argsort", [x], dim=dim)
            self.emit("gather", [self.pick(lambda s: s == self.shape(x)), index], dim=dim)
        elif op == "diff":
            if self.shape(x)[dim] < 2:
                raise IndexError
            extra = {"prepend": {"tensor": x}} if self.rng.random() < 0.3 else {}
            self.emit(op, [x], n=1, dim=dim, **extra)
        elif op in ("trapezoid", "cumulative_trapezoid") and self.shape(x)[dim] > 1:
            if self.rng.random() < 0.5:
                self.emit(op, [x, self.pick(lambda s: s == self.shape(x))], dim=dim)
            else:
                self.emit(op, [x], dx=0.5, dim=dim)
        elif op == "softmin":
            self.emit(op, [x], dim=dim)

    def wide_move(self):
        x = self.line()
        shape, dim = list(self.shape(x)), self.axis(x)
        rank = len(shape)
        kind = self.rng.choice("movedim tile repeat_interleave rot90 unfold unflatten chunk glu".split())
        if kind == "movedim" and rank > 1:
            self.emit(kind, [x], source=dim, destination=self.rng.randrange(-rank, rank))
        elif kind == "tile":
            self.emit(kind, [x], dims=[self.rng.randint(1, 2) for _ in range(self.rng.randint(1, rank + 1))])
        elif kind == "repeat_interleave":
            repeats = 2 if self.rng.random() < 0.5 else [self.rng.randint(0, 2) for _ in range(shape[dim])]
            if isinstance(repeats, list) and sum(repeats) == 0:
                raise IndexError
            self.emit(kind, [x], repeats=repeats, dim=dim)
        elif kind == "rot90" and rank > 1:
            self.emit(kind, [x], k=self.rng.randint(-1, 3), dims=self.rng.sample(range(rank), 2))
        elif kind == "unfold":
            size = self.rng.randint(1, shape[dim])
            self.emit(kind, [x], dimension=dim, size=size, step=self.rng.randint(1, 2))
        elif kind == "unflatten" and shape[dim] % 2 == 0:
            self.emit(kind, [x], dim=dim, sizes=[2, -1])
        elif kind == "chunk" and shape[dim] > 1:
            self.emit(kind, [x], 2, chunks=2, dim=dim)
        elif kind == "glu" and shape[dim] % 2 == 0:
            self.emit(kind, [x], dim=dim)

    def ints(self, low, high, shape):
        return torch.randint(low, high, shape, generator=self.generator)

    def wide_index(self):
        if len(self.inputs) >= 8:
            raise IndexError
        x = self.line()
        dim = self.axis(x)
        shape = tuple(self.shape(x))
        label = f"i{len(self.inputs)}"
        op = self.rng.choice(
            "index_copy index_fill scatter scatter_reduce masked_scatter masked_select take embedding".split()
        )
        same = lambda: self.pick(lambda s: s == shape)
        if op == "index_copy":
            self.add_input(label, torch.randperm(shape[dim], generator=self.generator))
            self.emit(op, [x, label, same()], dim=dim)
        elif op == "index_fill":
            self.add_input(label, self.ints(0, shape[dim], (self.rng.randint(1, 3),)))
            self.emit(op, [x, label], dim=dim, value=self.number())
        elif op == "scatter":
            order = torch.argsort(torch.rand(shape, generator=self.generator), dim=dim)
            self.add_input(label, order)
            self.emit(op, [x, label, same()], dim=dim)
        elif op == "scatter_reduce":
            self.add_input(label, self.ints(0, shape[dim], shape))
            reduce = self.rng.choice(["sum", "mean", "amax", "amin"])
            y, include = same(), self.rng.random() < 0.5
            # Without the element itself PyTorch counts it among the ties all the same, and its share is lost.
            self.emit(op, [x, label, y], dim=dim, reduce=reduce, include_self=include or x == y)
        elif op in ("masked_scatter", "masked_select"):
            self.add_input(label, torch.rand(shape, generator=self.generator) < 0.6)
            if not bool(self.values[label].any()):
                raise IndexError
            self.emit(op, [x, label, *([same()] if op == "masked_scatter" else [])])
        elif op == "take":
            count = self.values[x].numel()
            self.add_input(label, self.ints(-count, count, (2, 3)))
            self.emit(op, [x, label])
        elif len(shape) == 2:
            self.add_input(label, self.ints(0, shape[0], (3,)))
            self.emit(op, [label, x])

    def wide_product(self):
        op = self.rng.choice("inner kron addmv addr baddbmm tensordot cross cdist cosine_similarity dist".split())
        x = self.line()
        shape = self.shape(x)
        matrix = lambda s: len(s) == 2 and 0 not in s
        if op in ("inner", "cdist"):
            x = self.pick(lambda s: len(s) == 2 and 0 not in s)
            y = self.pick(lambda s: len(s) == 2 and s[1] == self.shape(x)[1] and 0 not in s)
            if op == "cdist" and x == y:
                raise IndexError
            self.emit(op, [x, y])
        elif op == "kron":
            self.emit(op, [x, self.line()])
        elif op == "addmv":
            a = self.pick(matrix)
            m, n = self.shape(a)
            self.emit(op, [self.pick(lambda s: tuple(s) == (m,)), a, self.pick(lambda s: tuple(s) == (n,))], alpha=0.5, beta=0.7)
        elif op == "addr":
            c = self.pick(matrix)
            m, n = self.shape(c)
            self.emit(op, [c, self.pick(lambda s: tuple(s) == (m,)), self.pick(lambda s: tuple(s) == (n,))], alpha=0.5)
        elif op == "baddbmm":
            a = self.pick(lambda s: len(s) == 3 and 0 not in s)
            b, m, n = self.shape(a)
            t = self.emit("transpose", [a], dim0=1, dim1=2)
            self.emit(op, [self.emit("matmul", [a, t]), a, t], alpha=0.3, beta=0.5)
        elif op == "tensordot":
            self.emit(op, [x, self.pick(lambda s: len(s) > 0 and s[0] == shape[-1])], dims=1)
        elif op == "cross":
            x = self.pick(lambda s: 3 in s)
            self.emit(op, [x, self.pick(lambda s: s == self.shape(x))], dim=list(self.shape(x)).index(3))
        else:
            y = self.pick(lambda s: s == shape)
            if x == y:
                raise IndexError
            self.emit(op, [x, y], **({"dim": self.axis(x)} if op == "cosine_similarity" else {}))

    def wide_norm(self):
        op = self.rng.choice(
            "normalize group_norm rms_norm kl_div smooth_l1_loss gaussian_nll_loss binary_cross_entropy attention".split()
        )
        x = self.line()
        shape = self.shape(x)
        y = self.pick(lambda s: s == shape)
        reduction = self.rng.choice(["mean", "sum", "none"])
        if op == "normalize":
            self.emit(op, [x], dim=self.axis(x), p=self.rng.choice([1.0, 2.0, 3.0]))
        elif op == "group_norm" and len(shape) > 1:
            groups = self.rng.choice([g for g in range(1, shape[1] + 1) if shape[1] % g == 0])
            if torch.Size(shape[1:]).numel() // groups < 2:
                raise IndexError
            self.emit(op, [x], num_groups=groups, eps=1e-3)
        elif op == "rms_norm":
            self.emit(op, [x], normalized_shape=[shape[-1]], eps=1e-3)
        elif op == "kl_div":
            self.emit(op, [x, self.emit("sigmoid", [y])], reduction=reduction)
        elif op == "smooth_l1_loss" and x != y:
            self.emit(op, [x, y], reduction=reduction, beta=0.5)
        elif op == "gaussian_nll_loss":
            self.emit(op, [x, y, self.emit("add", [self.emit("square", [x]), 0.5])], reduction=reduction)
        elif op == "binary_cross_entropy":
            self.emit(op, [self.emit("sigmoid", [x]), self.emit("sigmoid", [y])], reduction=reduction)
        elif op == "attention" and len(shape) > 1:
            key = self.pick(lambda s: len(s) == len(shape) and s[:-2] == shape[:-2] and s[-1] == shape[-1] and 0 not in s)
            self.emit("scaled_dot_product_attention", [x, key, key], is_causal=self.rng.random() < 0.4)
