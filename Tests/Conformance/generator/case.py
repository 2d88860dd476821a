"""One case: a program with its inputs; `measured` adds the expected values or says why it cannot."""

from dataclasses import dataclass, field

import torch

from . import derivatives as d, widened
from .vocabulary import LINEAR_ALGEBRA


@dataclass
class Case:
    name: str
    inputs: dict
    program: list
    outputs: list
    differentiable: list = None
    dtype: str = "float64"
    rtol: float = 1e-9
    atol: float = 1e-11
    second: bool = True
    tensors: dict = field(default_factory=dict)
    expect: dict = field(default_factory=dict)

    def __post_init__(self):
        if self.differentiable is None:
            self.differentiable = [n for n, x in self.inputs.items() if x.is_floating_point()]
        if any(step["op"] in LINEAR_ALGEBRA | widened.LINEAR_ALGEBRA for step in self.program):
            self.loosen()
        if any(step["op"] in widened.ROUNDED_DERIVATIVES for step in self.program):
            self.rtol = max(self.rtol, 2e-7)

    def loosen(self):
        self.rtol, self.atol = max(self.rtol, 1e-7), max(self.atol, 1e-8)

    def description(self):
        return {
            "name": self.name, "dtype": self.dtype, "rtol": self.rtol, "atol": self.atol,
            "inputs": list(self.inputs), "differentiable": self.differentiable, "program": self.program,
            "outputs": self.outputs, "expect": self.expect,
        }  # fmt: skip

    def bytes(self):
        return sum(t.numel() * t.element_size() for t in self.tensors.values())


class Rejected(Exception):
    """The case would not compare two correct libraries fairly; the message says why."""


def measured(case, generator, steady=True):
    """Fills `tensors` and `expect`. `steady` also demands that rounding errors stay far below the tolerance."""
    if case.dtype == "float32":
        case.inputs = {n: x.float().double() if x.is_floating_point() else x for n, x in case.inputs.items()}
    out = d.outputs(case)
    random = lambda x: torch.randn(x.shape, generator=generator, dtype=torch.float64).float().double()
    cotangents = {n: random(x) for n, x in out.items() if x.is_floating_point()}
    tangents = {n: random(case.inputs[n]) for n in case.differentiable}
    if case.dtype == "float64":
        widen = lambda x: torch.randn(x.shape, generator=generator, dtype=torch.float64)
        cotangents = {n: widen(x) for n, x in cotangents.items()}
        tangents = {n: widen(x) for n, x in tangents.items()}
    if not cotangents:
        case.differentiable, tangents = [], {}
    vjp = jvp = hvp = None
    if case.differentiable:
        vjp, jvp, hvp = d.derivatives(case, cotangents, tangents, case.rtol, case.atol)
        if vjp is None and drop_attributes(case):
            # PyTorch differentiates few of its losses by their weights.
            tangents = {n: tangents[n] for n in case.differentiable}
            vjp, jvp, hvp = d.derivatives(case, cotangents, tangents, case.rtol, case.atol)
        if vjp is None:
            case.differentiable, cotangents, tangents, jvp, hvp = [], {}, {}, None, None
        if not case.second:
            hvp = None
    if steady:
        check_steady(case, out, cotangents, tangents, vjp, jvp, hvp)
    parts = {"in": case.inputs, "out": out, "cotangent": cotangents, "tangent": tangents}
    parts |= {"vjp": vjp or {}, "jvp": jvp or {}, "hvp": hvp or {}}
    case.tensors = {
        f"{kind}.{n}": t.detach().clone(memory_format=torch.contiguous_format)
        for kind, tensors in parts.items()
        for n, t in tensors.items()
    }
    case.expect = {"output": True, "vjp": vjp is not None, "jvp": jvp is not None, "hvp": hvp is not None}
    return case


def drop_attributes(case):
    """Takes the tensors that are attributes out of the variables; whether there were any, and others are left."""
    named = {v["tensor"] for s in case.program for v in s.get("attributes", {}).values() if isinstance(v, dict)}
    rest = [n for n in case.differentiable if n not in named]
    changed = rest and len(rest) < len(case.differentiable)
    if changed:
        case.differentiable = rest
    return bool(changed)


TIES = {"amax", "amin", "max", "min", "maximum", "minimum", "median", "sort", "topk", "floor", "ceil", "round", "trunc",
        "sign", "fmod", "remainder", "argmax", "argmin", "clamp", "eq", "ne", "lt", "le", "gt", "ge", "div"}  # fmt: skip


def check_steady(case, out, cotangents, tangents, vjp, jvp, hvp):
    """Evaluates with rounding errors ten times the real ones; loosens the tolerance once, then rejects."""
    worst = spread(case, out, cotangents, tangents, vjp, jvp, hvp)
    # A run in float32 has the real errors, not ten times larger ones.
    share = 0.25 if case.dtype == "float32" else 0.1
    for _ in range(2):
        if worst(case.rtol, case.atol) <= share:
            return
        case.loosen()
    raise Rejected("ill-conditioned")


def spread(case, out, cotangents, tangents, vjp, jvp, hvp):
    pairs = []
    reference = [out, vjp, hvp, jvp]
    kinked = any(step["op"] in TIES | widened.TIES for step in case.program) and len(case.program) == 1
    if case.dtype == "float32":
        twin = Case(case.name, *[{n: x.float() if x.is_floating_point() else x for n, x in case.inputs.items()}],
                    case.program, case.outputs, case.differentiable)  # fmt: skip
        single = lambda q: {n: x.float() for n, x in q.items()}
        got = [d.outputs(twin)]
        got += d.reverse(twin, single(cotangents), single(tangents)) if case.differentiable else [None] * 3
        got = [None if g is None else {n: x.double() for n, x in g.items()} for g in got]
        pairs += list(zip(reference, got))
    else:
        for seed in range(3):
            noise = torch.Generator().manual_seed(seed)
            got = [d.outputs(case, noise)]
            nudge = None if kinked else noise
            got += d.reverse(case, cotangents, tangents, noise, nudge) if case.differentiable else [None] * 3
            pairs += list(zip(reference, got))

    def worst(rtol, atol):
        result = 0.0
        for expected, got in pairs:
            if expected is None or got is None:
                continue
            for n, e in expected.items():
                g = got[n]
                if e.dtype != g.dtype and not e.is_floating_point():
                    g = g.to(e.dtype)
                if not e.is_floating_point():
                    if not torch.equal(e, g):
                        return float("inf")
                    continue
                if not torch.equal(torch.isnan(e), torch.isnan(g)):
                    return float("inf")
                both = torch.isfinite(e)
                if not torch.equal(both, torch.isfinite(g)):
                    return float("inf")
                ratio = (e - g).abs()[both] / (atol + rtol * e.abs()[both])
                if ratio.numel():
                    result = max(result, float(ratio.max()))
        return result

    return worst
