#!/usr/bin/env python3
"""Makes a folder of conformance cases with PyTorch: cases.json and tensors.safetensors.

    generate.py --out DIR [--seed N] [--random N] [--max-per-op K] [--ops add,matmul] [--sources opdb,random]
    generate.py --verify DIR

The committed folders: generate.py --out cases --seed 1 --sources (all but widened and windows)
                       generate.py --out widened --seed 1 --sources widened,windows --random 60

Needs torch, safetensors and expecttest. The same options and the same PyTorch give the same folder.
"""

import argparse
import collections
import sys
import time

import torch

from generator import folder, integers, linear_algebra, operation_samples, random_programs, special_values, tutorial, verify, views, widened_cases, windows
from generator.widened_random import WideProgram


SOURCES = ["tutorial", "opdb", "factor", "strided", "special", "integer", "random", "random-linalg", "widened", "windows"]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    target = parser.add_mutually_exclusive_group(required=True)
    target.add_argument("--out", help="the folder to write")
    target.add_argument("--verify", metavar="DIR", help="compute a folder again with this PyTorch and compare")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--random", type=int, default=150, help="random programs (150)")
    parser.add_argument("--max-per-op", type=int, default=3, help="database samples per operation (3)")
    parser.add_argument("--max-elements", type=int, default=1600, help="elements in the inputs of one sample (1600)")
    parser.add_argument("--ops", default="", help="only these words of the vocabulary, separated by commas")
    parser.add_argument("--sources", default=",".join(SOURCES), help="which of " + ", ".join(SOURCES))
    return parser.parse_args()


def main():
    options = arguments()
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    if options.verify:
        return verify.verify(options.verify)
    only = set(filter(None, options.ops.split(",")))
    sources = options.sources.split(",")
    cases = []
    start = time.time()
    if "tutorial" in sources and not only:
        cases += tutorial.cases()
    if "opdb" in sources:
        cases += operation_samples.cases(options.seed, options.max_per_op, options.max_elements, only)
    if "factor" in sources:
        cases += linear_algebra.cases(options.seed, options.max_per_op, only)
    if "strided" in sources:
        cases += views.cases(options.seed, options.max_per_op, only)
    if "special" in sources:
        cases += special_values.cases(options.seed, only)
    if "integer" in sources:
        cases += integers.cases(options.seed, only)
    if "random" in sources:
        cases += random_programs.cases(options.seed, options.random, 2 * options.max_elements, only=only)
    if "random-linalg" in sources:
        count = options.random // 10
        cases += random_programs.cases(options.seed, count, options.max_elements, algebra=True, only=only)
    if "widened" in sources:
        cases += operation_samples.cases(options.seed, options.max_per_op, options.max_elements, only, wide=True)
        cases += widened_cases.cases(options.seed, only)
        cases += random_programs.cases(
            options.seed, options.random, 2 * options.max_elements, only=only, kind=WideProgram, prefix="widened-random"
        )
    if "windows" in sources:
        cases += windows.cases(options.seed, options.random, only)
    size = folder.write(cases, options.out)
    counts = collections.Counter(c.name.split("/")[0] for c in cases)
    missing = collections.Counter(q for c in cases if c.differentiable for q, there in c.expect.items() if not there)
    print(f"{len(cases)} cases, {size / 1e6:.2f} MB, {time.time() - start:.0f} s: {dict(counts)}; without {dict(missing)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
