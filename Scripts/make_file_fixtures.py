#!/usr/bin/env python3
"""Makes Tests/Fixtures/Files with the formats' own libraries: NumPy, ml_dtypes, safetensors.

The values are formulas that the tests repeat: element i of an array is i - 3 (unsigned: i), i / 8 - 1 for floating types,
and i % 3 == 0 for Booleans.
"""

import pathlib

import ml_dtypes
import numpy as np
from safetensors.numpy import save_file

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "Tests/Fixtures/Files"
TYPES = "bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 float32 float64".split()


def values(name, count=6):
    index = np.arange(count)
    if name == "bool":
        return index % 3 == 0
    if "float" in name:
        return (index / 8 - 1).astype(name if name != "bfloat16" else ml_dtypes.bfloat16)
    return (index - (0 if name.startswith("u") else 3)).astype(name)


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    arrays = {name: values(name).reshape(2, 3) for name in TYPES}
    arrays["scalar"] = np.array(2.5)
    arrays["empty"] = np.zeros((0, 3), np.float32)
    arrays["ünïcode \"quoted\""] = np.arange(3.0)
    save_file(arrays | {"bfloat16": values("bfloat16").reshape(2, 3)}, FOLDER / "arrays.safetensors", {"made by": "safetensors\n"})
    arrays.pop("ünïcode \"quoted\"")
    np.savez(FOLDER / "arrays.npz", **arrays)
    cube = np.arange(24).reshape(2, 3, 4)
    variants = {
        "fortran": np.asfortranarray(cube.astype("<f8")),
        "big_float32": values("float32").astype(">f4"),
        "big_int16": values("int16").astype(">i2"),
        "big_fortran": np.asfortranarray(cube.astype(">i8")),
        # Compressible, and long enough for dynamic Huffman codes and long distances.
        "long": np.tile(np.arange(2000, dtype=np.int32) // 7, 5),
        # Incompressible: zlib falls back to stored blocks.
        "noise": ((np.arange(3000, dtype=np.uint64) * 2862933555777941757 + 3037000493) >> np.uint64(40)).astype(np.uint16),
        "short": np.array([1, 1, 1], np.uint8),
    }
    np.savez_compressed(FOLDER / "compressed.npz", **variants)
    for version in (2, 3):
        with open(FOLDER / f"version{version}.npy", "wb") as file:
            np.lib.format.write_array(file, values("float32").reshape(2, 3), (version, 0))
    for name, array in [("complex", np.array([1j])), ("record", np.zeros(2, [("a", "i4")])), ("text", np.array(["a"]))]:
        np.save(FOLDER / f"{name}.npy", array)


if __name__ == "__main__":
    main()
