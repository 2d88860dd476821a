"""Writes a conformance folder: cases.json and tensors.safetensors."""

import json
from pathlib import Path

import torch
from safetensors.torch import save_file


def write(cases, directory, source=None):
    directory = Path(directory)
    directory.mkdir(parents=True, exist_ok=True)
    source = source or "PyTorch " + torch.__version__.split("+")[0]
    document = {"format": 1, "source": source, "cases": [c.description() for c in cases]}
    # One case a line: a change of the generator then reads as a change of cases.
    lines = ",\n".join(json.dumps(c, separators=(",", ":"), allow_nan=False) for c in document.pop("cases"))
    head = json.dumps(document, separators=(",", ":"))[:-1]
    (directory / "cases.json").write_text(head + ',"cases":[\n' + lines + "\n]}\n")
    tensors = {f"{c.name}/{key}": t for c in cases for key, t in c.tensors.items()}
    save_file(tensors, str(directory / "tensors.safetensors"))
    (directory / "tensors.safetensors").chmod(0o644)
    return sum((directory / f).stat().st_size for f in ("cases.json", "tensors.safetensors"))
