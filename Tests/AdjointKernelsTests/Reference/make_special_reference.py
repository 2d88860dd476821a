"""Writes special-references.txt: values of log Γ and its kin, correctly rounded to double precision.

    python make_special_reference.py > special-references.txt        (needs mpmath)

A line `= name` starts a function; the lines after it hold the bit patterns of the argument and of the value. The format is that of
references.txt.
"""

import random
import struct
import zlib

from mpmath import mp

mp.prec = 400


def bits(x):
    return struct.pack(">d", x).hex()


def erfcx(x):
    if x > 1e3:
        return sum((-1) ** k * mp.fac2(2 * k - 1) / (2 * x * x) ** k for k in range(30)) / (x * mp.sqrt(mp.pi))
    return mp.exp(x * x) * mp.erfc(x)


def log_ndtr(x):
    u = -x / mp.sqrt(2)
    return mp.log(erfcx(u) / 2) - u * u if x < -1 else mp.log1p(-mp.erfc(-u) / 2)


def scaled(order):
    return lambda x: mp.besseli(order, x) * mp.exp(-abs(x))


# name: function, ranges with the same share each.
FUNCTIONS = {
    "lgamma": (lambda x: mp.loggamma(x).real, [(1e-10, 0.5), (0.5, 1.5), (1.25, 2.5), (2.5, 9), (9, 1e3), (1e5, 1e300)]),
    "digamma": (mp.digamma, [(1e-10, 0.5), (0.5, 1.5), (1.4, 1.5), (1.5, 2.5), (2.5, 9), (9, 1e3), (1e5, 1e300)]),
    "erfinv": (mp.erfinv, [(-1e-5, 1e-5), (-1, 1), (0.9, 1), (1 - 1e-6, 1)]),
    "erfcx": (erfcx, [(-26, -0.75), (-0.75, 0.75), (0.75, 10), (10, 1e9)]),
    "logNdtr": (log_ndtr, [(-1e4, -10), (-10, -1), (-1, 1), (1, 37)]),
    "i0": (lambda x: mp.besseli(0, x), [(-8, 8), (8, 50), (50, 700)]),
    "i0e": (scaled(0), [(-8, 8), (8, 50), (50, 1e4)]),
    "i1": (lambda x: mp.besseli(1, x), [(-8, 8), (8, 50), (50, 700)]),
    "i1e": (scaled(1), [(-8, 8), (8, 50), (50, 1e4)]),
    "sechSquare": (lambda x: mp.sech(x) ** 2, [(-1e-3, 1e-3), (-4, 4), (4, 350)]),
}

if __name__ == "__main__":
    for name, (function, ranges) in FUNCTIONS.items():
        generator = random.Random(zlib.crc32(name.encode()))
        print(f"= {name}")
        for low, high in ranges:
            for _ in range(40):
                x = low + (high - low) * generator.random()
                print(bits(x), bits(float(function(mp.mpf(x)))))
