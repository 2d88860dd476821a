"""Prints the table of Tests/AdjointTests/Operations/SelectionTests.swift: what torch.topk does with ties.

Elements come from a generator that the test repeats; a result is a hash of its positions.
"""

import torch


def elements(n, levels, seed):
    state, result = seed, []
    for _ in range(n):
        state = (state * 1103515245 + 12345) % 2**31
        level = (state >> 16) % levels
        result.append(float("nan") if levels > 4 and level == 3 else float(level))
    return result


def fold(positions):
    value = 0
    for position in positions:
        value = (value * 31 + position) % 2**32
    return value


lines = []
for n in (1, 2, 3, 4, 5, 7, 16, 17, 18, 40, 64, 100, 128, 200, 1000):
    for k in sorted({1, 2, n // 3, n // 2, n - 1, n}):
        if not 1 <= k <= n:
            continue
        for levels in (1, 3, 9):
            x = torch.tensor(elements(n, levels, n + levels))
            hashes = [fold(torch.topk(x, k, largest=largest).indices.tolist()) for largest in (True, False)]
            lines.append(f"({n}, {k}, {levels}, {hashes[0]}, {hashes[1]}),")
# Few elements of many are found by heaps, and rows that are sorted or organ pipes drive quicksort to its limit.
print("    " + "\n    ".join(" ".join(lines[i : i + 3]) for i in range(0, len(lines), 3)))
