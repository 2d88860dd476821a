"""Computes the expected values of a folder again and compares them by the format's rule."""

import json
from pathlib import Path

import torch
from safetensors.torch import load_file

from . import derivatives as d
from .case import Case


def difference(expected, got, rtol, atol):
    """None, or what differs."""
    if expected.shape != got.shape:
        return f"shape {tuple(got.shape)}, expected {tuple(expected.shape)}"
    if not torch.allclose(got.double(), expected.double(), rtol, atol, equal_nan=True):
        return f"off by {float((got.double() - expected.double()).abs().max()):g}"
    return None


def verify(directory):
    directory = Path(directory)
    tensors = load_file(str(directory / "tensors.safetensors"))
    failed = passed = 0
    for entry in json.loads((directory / "cases.json").read_text())["cases"]:
        name = entry["name"]
        pick = lambda kind, names: {n: tensors[f"{name}/{kind}.{n}"] for n in names if f"{name}/{kind}.{n}" in tensors}
        case = Case(name, pick("in", entry["inputs"]), entry["program"], entry["outputs"], entry["differentiable"])
        rtol, atol = entry["rtol"], entry["atol"]
        got = {"out": d.outputs(case)}
        if case.differentiable:
            cotangents, tangents = pick("cotangent", case.outputs), pick("tangent", case.differentiable)
            got["vjp"], got["hvp"], jvp = d.reverse(case, cotangents, tangents)
            got["jvp"] = d.forward_mode(case, cotangents, tangents)[0] or jvp
        faults = []
        for kind, values in got.items():
            wanted = entry["expect"]["output" if kind == "out" else kind]
            for n in case.outputs if kind in ("out", "jvp") else case.differentiable:
                key = f"{name}/{kind}.{n}"
                if wanted and key in tensors:
                    fault = difference(tensors[key], values[n], rtol, atol)
                    faults += [f"{kind}.{n} {fault}"] if fault else []
                elif wanted and (kind != "jvp" or f"{name}/cotangent.{n}" in tensors):
                    faults.append(f"{kind}.{n} is missing")
        failed, passed = failed + bool(faults), passed + (not faults)
        for fault in faults[:1]:
            print(f"{name}: {fault}")
    print(f"verified: {passed} agree, {failed} differ")
    return 1 if failed else 0
