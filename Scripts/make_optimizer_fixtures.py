#!/usr/bin/env python3
"""Prints what PyTorch's SGD does to a parameter, as Swift literals for Tests/AdjointTests/Optimizers/SGDTests.swift.

Needs PyTorch (the committed numbers are of 2.15). The parameter is [1, -2, 0.5, 3] in float32; step k (from 0) has the
gradient [0.5, -1, 2, 0.25]·(k + 1) - 0.3·k.
"""

import torch

STEPS = 4
CASES = {
    "plain": dict(lr=0.1),
    "momentum": dict(lr=0.1, momentum=0.9),
    "dampening": dict(lr=0.1, momentum=0.9, dampening=0.3),
    "weightDecay": dict(lr=0.1, weight_decay=0.05),
    "momentum and weightDecay": dict(lr=0.05, momentum=0.8, weight_decay=0.1),
    "nesterov": dict(lr=0.1, momentum=0.9, nesterov=True),
    "maximize": dict(lr=0.1, momentum=0.5, maximize=True),
    "all": dict(lr=0.03, momentum=0.7, weight_decay=0.02, nesterov=True, maximize=True),
    "dampening and maximize": dict(lr=0.03, momentum=0.7, dampening=0.5, weight_decay=0.02, maximize=True),
}


def gradient(step):
    return torch.tensor([0.5, -1.0, 2.0, 0.25]) * (step + 1) - 0.3 * step


def show(numbers):
    # repr of a Python float of a float32 rounds back to the same float32.
    return "[" + ", ".join(f"{n:.9g}" for n in numbers) + "]"


def run(options, gradients, rates=None):
    parameter = torch.tensor([1.0, -2.0, 0.5, 3.0], requires_grad=True)
    optimizer = torch.optim.SGD([parameter], **options)
    for step, g in enumerate(gradients):
        parameter.grad = g
        if rates:
            optimizer.param_groups[0]["lr"] = rates[step]
        optimizer.step()
        print("    ", show(parameter.tolist()) + ",")


for name, options in CASES.items():
    print(name, options)
    run(options, [gradient(step) for step in range(STEPS)])

momentum = dict(lr=0.1, momentum=0.9, weight_decay=0.01)
print("a nil gradient at step 1", momentum)
run(momentum, [gradient(0), None, gradient(2)])
print("a zero gradient at step 1", momentum)
run(momentum, [gradient(0), torch.zeros(4), gradient(2)])
print("learning rates 0.1, 0.01, 0.2", momentum)
run(momentum, [gradient(step) for step in range(3)], [0.1, 0.01, 0.2])
