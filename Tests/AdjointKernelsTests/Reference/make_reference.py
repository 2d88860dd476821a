"""Writes references.txt: values of elementary functions, correctly rounded to double precision.

    python make_reference.py > references.txt        (needs mpmath)

A line `= name` starts a function; the lines after it hold the bit patterns of the arguments and of the value.
"""

import math
import random
import struct
from fractions import Fraction

import mpmath
from mpmath import mp

mp.prec = 1300  # an argument up to 2^1023 must keep its digits in sin


def bits(x):
    return struct.pack(">d", x).hex()


def rounded(y):
    """The double nearest to y: Python divides integers with one rounding, subnormal results included."""
    if mpmath.isinf(y):
        return math.inf if y > 0 else -math.inf
    sign, man, exp, _ = y._mpf_
    value = Fraction(int(man)) * (Fraction(2) ** exp)
    try:
        value = value.numerator / value.denominator
    except OverflowError:
        value = math.inf
    return -value if sign else value


def around(low, high, count, generator):
    """Half of them evenly spread, half of them over the magnitudes."""
    span = [low + (high - low) * generator.random() for _ in range(count // 2)]
    while len(span) < count:
        x = math.ldexp(1 + generator.random(), generator.randint(-60, 60)) * generator.choice((-1, 1))
        if low <= x <= high:
            span.append(x)
    return span


def sigmoid(x):
    return 1 / (1 + mp.exp(-x))


def log_sigmoid(x):
    return -mp.log1p(mp.exp(-x))


TINY = [5e-324, 1e-320, 2.2250738585072014e-308, 1e-300]
# Without 6381956970095103 * 2**797, the double nearest to a multiple of pi/2: glibc's own cos is 8 ulp off there.
HUGE = [1e15, 1e22, 1.7976931348623157e308]
# Near the zeros of sine and cosine the reduction of the argument decides.
ZEROS = [float(k * mp.pi / 2) for k in list(range(1, 40)) + [10**e + j for e in range(2, 15) for j in range(3)]]
UNARY = {
    "exp": (mp.exp, -745, 709.7, TINY + [-745.1, -720.3, 709.78, 710.0, -746.0]),
    "exp2": (lambda x: mp.power(2, x), -1074, 1023.9, TINY + [-1073.5, -1050.25, 1024.0, -1076.0]),
    "expm1": (mp.expm1, -40, 709.7, TINY + [-1e-20, 1e-16, 710.0]),
    "log": (mp.log, 1e-3, 1e3, TINY + [1e-310, 1 - 2.0**-53, 1 + 2.0**-52] + HUGE),
    "log1p": (mp.log1p, -0.999, 1e3, TINY + [-1 + 2.0**-53, 1e-16, -1e-16] + HUGE),
    "log2": (lambda x: mp.log(x, 2), 1e-3, 1e3, TINY + [1e-310, 1 - 2.0**-53, 1 + 2.0**-52] + HUGE),
    "log10": (mp.log10, 1e-3, 1e3, TINY + [1e-310, 1 - 2.0**-53, 1 + 2.0**-52] + HUGE),
    "sin": (mp.sin, -100, 100, TINY + HUGE + ZEROS),
    "cos": (mp.cos, -100, 100, TINY + HUGE + ZEROS),
    "tan": (mp.tan, -100, 100, TINY + HUGE + ZEROS),
    "asin": (mp.asin, -1, 1, TINY + [1.0, -1.0, 1 - 2.0**-53]),
    "acos": (mp.acos, -1, 1, TINY + [-1.0, 1 - 2.0**-53]),
    "atan": (mp.atan, -100, 100, TINY + HUGE),
    "sinh": (mp.sinh, -710, 710, TINY),
    "cosh": (mp.cosh, -710, 710, TINY),
    "tanh": (mp.tanh, -22, 22, TINY + HUGE),
    "asinh": (mp.asinh, -1e3, 1e3, TINY + HUGE),
    "acosh": (mp.acosh, 1, 1e3, [1 + 2.0**-52] + HUGE),
    "atanh": (mp.atanh, -0.9999, 0.9999, TINY + [1 - 2.0**-53]),
    "erf": (mp.erf, -6, 6, TINY + [1e15]),
    "erfc": (mp.erfc, -6, 26.5, TINY + [26.0, 27.0]),
    "sigmoid": (sigmoid, -740, 40, TINY + [-1.0, -5.0, -36.0, 0.5, 3.0]),
    "logSigmoid": (log_sigmoid, -740, 40, TINY + [-1.0, -5.0, -36.0, 0.5, 3.0]),
}
BINARY = {
    "atan2": (mp.atan2, 300, lambda g: (g.uniform(-9, 9), g.uniform(-9, 9))),
    "hypot": (mp.hypot, 300, lambda g: (math.ldexp(g.uniform(-1, 1), g.randint(-9, 9)), g.uniform(-9, 9))),
    "power": (mp.power, 400, lambda g: (math.ldexp(g.uniform(1, 2), g.randint(-30, 30)), g.uniform(-25, 25))),
}


def main():
    generator = random.Random(20)
    for name, (function, low, high, extra) in UNARY.items():
        print("=", name)
        for x in sorted(set(around(low, high, 300, generator) + extra)):
            print(bits(x), bits(rounded(function(mp.mpf(x)))))
    for name, (function, count, sample) in BINARY.items():
        print("=", name)
        for _ in range(count):
            x, z = sample(generator)
            print(bits(x), bits(z), bits(rounded(function(mp.mpf(x), mp.mpf(z)))))


main()
