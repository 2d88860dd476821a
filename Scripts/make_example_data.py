#!/usr/bin/env python3
"""Makes the data files of the examples from scikit-learn's copies. Needs scikit-learn and safetensors.

    make_example_data.py [EXAMPLES_FOLDER]
"""

import pathlib
import sys

import numpy as np
from safetensors.numpy import save_file
from sklearn.datasets import load_diabetes, load_digits


def main():
    default = pathlib.Path(__file__).resolve().parent.parent / "Examples"
    sources = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else default) / "Sources"
    digits = load_digits()
    assert digits.images.min() == 0 and digits.images.max() == 16
    write(
        sources / "digits/Resources/digits.safetensors",
        {"images": digits.images.astype(np.uint8), "labels": digits.target.astype(np.int64)},
        {"source": "UCI Optical Recognition of Handwritten Digits, test set", "licence": "CC BY 4.0"},
    )
    diabetes = load_diabetes(scaled=False)
    write(
        sources / "regression/Resources/diabetes.safetensors",
        {"features": diabetes.data.astype(np.float64), "target": diabetes.target.astype(np.float64)},
        {"source": "Efron, Hastie, Johnstone, Tibshirani (2004)", "columns": ",".join(diabetes.feature_names)},
    )


def write(path, tensors, metadata):
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file({name: np.ascontiguousarray(t) for name, t in tensors.items()}, path, metadata)
    path.chmod(0o644)
    print(path, path.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
