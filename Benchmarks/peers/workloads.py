"""The workloads of adjoint-bench in PyTorch, JAX and NumPy: `peers(id)` gives (name, make) pairs, and
`make(dtype, shape)` a function to time, or None where the peer has no such thing."""

import numpy as np

import with_jax
import with_numpy
import with_torch


def start(threads):
    """Sets the number of threads and returns the versions."""
    with_torch.start(threads)
    return {
        "torch": with_torch.torch.__version__,
        "jax": with_jax.jax.__version__,
        "numpy": np.__version__,
    }


def peers(id):
    return [
        ("PyTorch", lambda dtype, shape: with_torch.make(id, dtype, shape, compiled=False)),
        ("torch.compile", lambda dtype, shape: with_torch.make(id, dtype, shape, compiled=True)),
        ("JAX", lambda dtype, shape: with_jax.make(id, dtype, shape)),
        ("NumPy", lambda dtype, shape: with_numpy.make(id, dtype, shape)),
    ]
