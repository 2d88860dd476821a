"""Outputs and derivatives of a program, with PyTorch in float64."""

import torch
import torch.autograd.forward_ad as forward

from .vocabulary import run


def finite(tensors):
    return all(torch.isfinite(t).all() for t in tensors.values() if t.is_floating_point())


def close(first, second, rtol, atol):
    return all(torch.allclose(first[k], second[k], rtol, atol, equal_nan=True) for k in first)


def outputs(case, noise=None):
    with torch.no_grad():
        values = run(case.program, dict(case.inputs), noise)
    return {name: values[name] for name in case.outputs}


def leaves(case, nudge):
    """The inputs as fresh leaves; `nudge` scales them by a few units in the last place."""
    result = {}
    for name, value in case.inputs.items():
        leaf = value.detach().clone()
        if nudge is not None and leaf.is_floating_point():
            factor = 2 * torch.rand(leaf.shape, generator=nudge, dtype=torch.float64) - 1
            leaf = leaf * (1 + 4e-16 * factor).to(leaf.dtype)
        result[name] = leaf.requires_grad_(name in case.differentiable)
    return result


def reverse(case, cotangents, tangents, noise=None, nudge=None, second=True):
    """vjp, hvp and jvp by reverse mode alone: a gradient is linear in its cotangent, so differentiating it with respect
    to the cotangent along the tangents is the forward derivative. None where PyTorch has no rule."""
    inputs = leaves(case, nudge)
    try:
        values = run(case.program, dict(inputs), noise)
    except RuntimeError:
        # An input that PyTorch does not differentiate by.
        return None, None, None
    names = list(case.differentiable)
    xs = [inputs[n] for n in names]
    outs = [n for n in case.outputs if values[n].requires_grad]
    zeros = {n: torch.zeros_like(inputs[n]) for n in names}
    still = {n: torch.zeros_like(values[n]) for n in cotangents}
    if not outs:
        return zeros, dict(zeros), still
    seeds = [cotangents[n].clone().requires_grad_() for n in outs]
    try:
        grads = torch.autograd.grad(
            [values[n] for n in outs], xs, seeds, create_graph=second, allow_unused=True, materialize_grads=True
        )
    except RuntimeError:
        return None, None, None
    vjp = {n: g.detach() for n, g in zip(names, grads)}
    if not second:
        return vjp, None, None
    live = [(g, tangents[n]) for n, g in zip(names, grads) if g.requires_grad]
    if not live:
        return vjp, dict(zeros), still
    try:
        both = torch.autograd.grad(
            [g for g, _ in live], xs + seeds, [t for _, t in live], allow_unused=True, materialize_grads=True
        )
    except RuntimeError:
        return vjp, None, None
    hvp = {n: h.detach() for n, h in zip(names, both)}
    jvp = still | {n: h.detach() for n, h in zip(outs, both[len(names) :])}
    return vjp, hvp, jvp


def forward_mode(case, cotangents, tangents):
    """jvp by dual numbers, and hvp by pushing them through the gradient; None where PyTorch has no rule."""
    jvp = hvp = None
    with forward.dual_level():
        duals = {
            n: forward.make_dual(x.detach().clone().requires_grad_(), tangents[n]) if n in case.differentiable else x
            for n, x in case.inputs.items()
        }
        try:
            values = run(case.program, dict(duals))
            jvp = {}
            for n in cotangents:
                tangent = forward.unpack_dual(values[n]).tangent
                jvp[n] = torch.zeros_like(values[n]).detach() if tangent is None else tangent.detach().clone()
        except (NotImplementedError, RuntimeError):
            return None, None
        try:
            outs = [n for n in cotangents if values[n].requires_grad]
            names = list(case.differentiable)
            grads = torch.autograd.grad(
                [values[n] for n in outs], [duals[n] for n in names], [cotangents[n] for n in outs],
                create_graph=True, allow_unused=True, materialize_grads=True,
            )  # fmt: skip
            hvp = {}
            for n, g in zip(names, grads):
                tangent = forward.unpack_dual(g).tangent
                hvp[n] = torch.zeros_like(g).detach() if tangent is None else tangent.detach().clone()
        except (NotImplementedError, RuntimeError):
            hvp = None
    return jvp, hvp


def derivatives(case, cotangents, tangents, rtol, atol):
    """(vjp, jvp, hvp), each None where it is not finite, PyTorch has no rule, or its two modes disagree."""
    vjp, hvp, jvp = reverse(case, cotangents, tangents)
    if vjp is None:
        return None, None, None
    dual_jvp, dual_hvp = forward_mode(case, cotangents, tangents)
    if jvp is None:
        jvp = dual_jvp
    elif dual_jvp is not None and not close(jvp, dual_jvp, rtol, atol):
        jvp = None
    if hvp is None:
        hvp = dual_hvp
    elif dual_hvp is not None and not close(hvp, dual_hvp, rtol, atol):
        hvp = None
    return tuple(q if q is not None and finite(q) else None for q in (vjp, jvp, hvp))
