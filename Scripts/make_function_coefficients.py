"""Writes the polynomials of Sources/CKernels/Bodies: minimax fits by the exchange algorithm of Remez.

    python Scripts/make_function_coefficients.py > Sources/CKernels/Bodies/function-coefficients-inl.h   (needs mpmath)
    python Scripts/make_function_coefficients.py two-over-pi > Sources/CKernels/Bodies/two-over-pi-inl.h

The method is that of chapter 3 of J.-M. Muller, Elementary Functions (3rd edition, 2016): exchange, then the leading
coefficients are rounded to the type one after the other, each time with a new fit of those that remain (section 3.6's
observation that rounding all at once loses digits, without its lattice reduction).
"""

import sys

import mpmath as m

m.mp.dps = 50


def least_squares(rows, values, weights):
    """The fit in the mean, within a small factor of the best: where a rounded coefficient leaves a remainder that the
    others cannot make oscillate, the exchange has nothing to exchange."""
    count = len(rows[0])
    scaled = [[w * x for x in row] for row, w in zip(rows, weights)]
    columns = list(zip(*scaled))
    right = [w * v for w, v in zip(weights, values)]
    matrix = m.matrix(count, count)
    for r in range(count):
        for c in range(r, count):
            matrix[r, c] = matrix[c, r] = m.fdot(columns[r], columns[c])
    solution = m.lu_solve(matrix, m.matrix([m.fdot(column, right) for column in columns]))
    coefficients = [solution[c] for c in range(count)]
    return coefficients, max(abs(w * (v - m.fdot(row, coefficients))) for w, v, row in zip(weights, values, rows))


def remez(function, weight, low, high, powers, grid_size=300):
    """Coefficients of the powers that make the largest weight·(function − polynomial) small, and that error."""
    count = len(powers)
    middle, radius = (m.mpf(low) + high) / 2, (m.mpf(high) - low) / 2
    grid = [middle - radius * m.cos(m.pi * (i + m.mpf(1) / 2) / grid_size) for i in range(grid_size)]
    values = [function(x) for x in grid]
    weights = [weight(x) for x in grid]
    rows = [[x**p for p in powers] for x in grid]
    picked = [round(i * (grid_size - 1) / count) for i in range(count + 1)]
    best = least_squares(rows, values, weights)
    for _ in range(40):
        matrix = m.matrix(count + 1, count + 1)
        right = m.matrix(count + 1, 1)
        for r, i in enumerate(picked):
            for c in range(count):
                matrix[r, c] = rows[i][c]
            matrix[r, count] = (-1) ** r / weights[i]
            right[r] = values[i]
        try:
            solution = m.lu_solve(matrix, right)
        except ZeroDivisionError:
            break
        coefficients = [solution[c] for c in range(count)]
        errors = [w * (v - m.fdot(row, coefficients)) for w, v, row in zip(weights, values, rows)]
        # The extremum of each run of one sign; runs beyond the needed number fall away at the weaker end.
        runs = []
        for i, e in enumerate(errors):
            if runs and (errors[runs[-1]] > 0) == (e > 0):
                if abs(e) > abs(errors[runs[-1]]):
                    runs[-1] = i
            else:
                runs.append(i)
        while len(runs) > count + 1:
            runs.pop(0 if abs(errors[runs[0]]) < abs(errors[runs[-1]]) else -1)
        largest = max(abs(e) for e in errors)
        if largest < best[1]:
            best = coefficients, largest
        if len(runs) < count + 1 or largest <= abs(solution[count]) * m.mpf("1.0005"):
            break
        picked = runs
    return best


def digits_of(x, bits):
    """x rounded to a number of binary digits."""
    if x == 0:
        return m.mpf(0)
    fraction, exponent = m.frexp(x)
    return m.ldexp(m.nint(m.ldexp(fraction, bits)), exponent - bits)


def fit(function, weight, low, high, count, bits, fixed=(), step=1):
    """`count` coefficients of x^0, x^step … rounded to `bits`; the first ones may be given."""
    known = [m.mpf(c) for c in fixed]
    while True:
        rest = lambda x, known=tuple(known): function(x) - sum(c * x ** (k * step) for k, c in enumerate(known))
        powers = [k * step for k in range(len(known), count)]
        if not powers:
            break
        coefficients, error = remez(rest, weight, low, high, powers)
        known.append(digits_of(coefficients[0], bits))
    grid = [m.mpf(low) + (m.mpf(high) - low) * i / 500 for i in range(501)]
    error = max(abs(weight(x) * (function(x) - sum(c * x ** (k * step) for k, c in enumerate(known)))) for x in grid)
    return known, error


def literal(x, bits):
    sign = "-" if x < 0 else ""
    x = abs(x)
    fraction, exponent = m.frexp(x)
    # One digit before the point.
    width = 24 if bits == 24 else 52
    whole = int(m.nint(m.ldexp(fraction, 1 + width)))
    text = f"{whole:x}"
    return f"{sign}0x{text[0]}.{text[1:].rstrip('0') or '0'}p{exponent - 1:+d}{'f' if bits == 24 else ''}"


def define(name, coefficients, bits, error, comment):
    print(f"// {comment}; error {m.nstr(error, 2)}.")
    parts = [literal(c, bits) for c in reversed(coefficients)]
    lines = [f"#define CK_C_{name} \\", "  {"]
    for i, part in enumerate(parts):
        piece = part + ("," if i + 1 < len(parts) else "}")
        if len(lines[-1]) + len(piece) + 3 > 118:
            lines[-1] = lines[-1].ljust(0) + " \\"
            lines.append("   ")
        lines[-1] += piece if lines[-1].endswith("{") else (" " + piece)
    print("\n".join(lines))


def constant(name, x, bits, parts=1, first_bits=None):
    names = {1: [""], 2: ["_HIGH", "_LOW"], 3: ["_HIGH", "_MIDDLE", "_LOW"]}[parts]
    for i, suffix in enumerate(names):
        value = digits_of(x, first_bits if i == 0 and first_bits else bits)
        print(f"#define CK_{name}{suffix} {literal(value, bits)}")
        x -= value


LOG2 = m.log(2)
NEAR = m.mpf(10) ** -9


def safe(function, at_zero):
    return lambda x: function(x) if abs(x) > m.mpf(10) ** -12 else m.mpf(at_zero)


def of_square(function, at_zero):
    """A function of x² that is given as a function of x."""
    return lambda z: function(m.sqrt(z)) if z > m.mpf(10) ** -20 else m.mpf(at_zero)


def polynomials(bits, only=None):
    single = bits == 24
    half = LOG2 / 2 * m.mpf("1.001")

    def emit(name, function, weight, low, high, counts, comment, fixed=()):
        if only and name not in only:
            return
        count = counts[0] if single else counts[1]
        coefficients, error = fit(function, weight, low, high, count, bits, fixed)
        define(name, coefficients, bits, error, comment)

    emit("EXP", safe(lambda x: (m.expm1(x) - x) / x**2, 0.5), lambda x: x**2 * m.exp(-x), -half, half, (5, 10),
         "(e^r − 1 − r) / r² for |r| ≤ log 2 / 2", fixed=(0.5,))
    emit("EXPM1", safe(lambda x: (m.expm1(x) - x) / x**2, 0.5), lambda x: abs(x) + NEAR, -half, half, (6, 11),
         "the same, with an error small beside e^r − 1", fixed=(0.5,))
    # The constant term of 2^x is the exact 1, the next one the rounded log 2.
    emit("EXP2", safe(lambda x: (m.power(2, x) - 1) / x, LOG2), lambda x: abs(x) * m.power(2, -x) + NEAR, -0.5005, 0.5005,
         (6, 11), "(2^r − 1) / r for |r| ≤ 1/2")
    third = m.mpf(1) / 3
    if single:
        emit("LOG", safe(lambda f: (m.log1p(f) - f) / f**2, -0.5), lambda f: abs(f) * 1.0 + NEAR, -third, third, (9, 9),
             "(log(1 + f) − f) / f² for |f| ≤ 1/3", fixed=(-0.5,))
    emit("ARTANH", of_square(lambda s: (2 * m.atanh(s) - 2 * s) / s**3, 2 * third), lambda z: z, 0, 0.0401, (3, 8),
         "(2 artanh s / s − 2) / s² as a function of s², for s² ≤ 1/25")
    if not single:
        emit("LOG", of_square(lambda s: (2 * m.atanh(s) - 2 * s) / s**3, 2 * third), lambda z: z, 0, 0.0401, (8, 8),
             "(2 artanh s / s − 2) / s² as a function of s², for s² ≤ 1/25")
    quarter = m.pi / 4 * m.mpf("1.005")
    emit("SIN", of_square(lambda r: (m.sin(r) - r) / r**3, -m.mpf(1) / 6), lambda z: z, 0, quarter**2, (3, 6),
         "(sin r − r) / r³ as a function of r², for |r| ≤ π/4")
    emit("COS", of_square(lambda r: (m.cos(r) - 1 + r**2 / 2) / r**4, m.mpf(1) / 24), lambda z: z**2, 0, quarter**2,
         (3, 6), "(cos r − 1 + r²/2) / r⁴ as a function of r², for |r| ≤ π/4")
    eighth = m.tan(m.pi / 8) * m.mpf("1.0001")
    emit("ATAN", of_square(lambda u: (m.atan(u) - u) / u**3, -third), lambda z: z, 0, eighth**2, (5, 11),
         "(atan u − u) / u³ as a function of u², for |u| ≤ tan(π/8)")
    emit("ASIN", of_square(lambda x: (m.asin(x) - x) / x**3, m.mpf(1) / 6), lambda z: z, 0, 0.25, (5, 12),
         "(asin x − x) / x³ as a function of x², for |x| ≤ 1/2")
    emit("SINH", of_square(lambda r: (m.sinh(r) - r) / r**3, m.mpf(1) / 6), lambda z: z, 0, half**2, (3, 5),
         "(sinh r − r) / r³ as a function of r², for |r| ≤ log 2 / 2")
    emit("COSH", of_square(lambda r: (m.cosh(r) - 1) / r**2, m.mpf(1) / 2), lambda z: z, 0, half**2, (3, 6),
         "(cosh r − 1) / r² as a function of r², for |r| ≤ log 2 / 2")
    emit("ERF", lambda w: m.erf(m.sqrt(w + 0.5)) / m.sqrt(w + 0.5) - 1 if w > -0.5 else 2 / m.sqrt(m.pi) - 1,
         lambda w: m.mpf(1), -0.5, 0.5, (7, 12), "erf x / x − 1 as a function of x² − 1/2, for |x| ≤ 1")
    emit("LOG_ERFC", lambda x: m.log(m.erfc(x)) / x, lambda x: x * m.erfc(x), 1, 4 if single else m.mpf("5.95"), (7, 18),
         "log(erfc x) / x for x ≥ 1")
    unmapped = lambda q: 3 * (1 + q) / (1 - q)
    mapped = lambda x: (m.mpf(x) - 3) / (m.mpf(x) + 3)
    emit("ERFC", lambda q: (1 + 2 * unmapped(q)) * m.exp(unmapped(q) ** 2) * m.erfc(unmapped(q)) - 1.25,
         lambda q: m.mpf(1), mapped(0.75), mapped("10.2" if single else "27.4"), (11, 21),
         "(1 + 2x)·e^x²·erfc x − 1.25 as a function of (x − 3) / (x + 3), for x ≥ 3/4")
    special_functions(single, emit)
    if single:
        return
    root = (m.sqrt(2) - 1) / (m.sqrt(2) + 1)
    emit("POWER", of_square(lambda s: (2 * m.atanh(s) - 2 * s - 2 * third * s**3) / s**5, m.mpf(2) / 5), lambda z: z**2,
         0, root**2 * m.mpf("1.001"), (8, 8), "(2 artanh s / s − 2 − 2s²/3) / s⁴ as a function of s², for f ≤ √2 − 1")
    emit("SHORT_LOG", of_square(lambda s: 2 * m.atanh(s) / s, 2), lambda z: 1, 0, root**2 * m.mpf("1.001"), (5, 5),
         "2 artanh s / s as a function of s², enough for Float")
    emit("SHORT_EXP", m.exp, lambda x: m.exp(-x), -half, half, (8, 8), "e^r for |r| ≤ log 2 / 2, enough for Float")


def remembered(function):
    """Many digits of these functions take a while, and every new fit asks at the same places."""
    values = {}

    def at(x):
        if x not in values:
            values[x] = function(x)
        return values[x]

    return at


# Where the digamma function is 0, above 0.
DIGAMMA_ROOT = m.findroot(m.digamma, 1.4616)


def special_functions(single, emit):
    """Those of Bodies/gamma-inl.h, Bodies/bessel-inl.h and Bodies/inverse-error-function-inl.h."""
    one = lambda x: m.mpf(1)
    emit("LGAMMA", remembered(safe(lambda e: m.loggamma(2 + e).real / e, 1 - m.euler)), one, -0.75, 0.5, (10, 22),
         "lgamma(2 + e) / e for −3/4 ≤ e ≤ 1/2")
    stirling = lambda x: m.loggamma(x) - (x - 0.5) * (m.log(x) - 1) + 0.5 - m.log(2 * m.pi) / 2
    emit("STIRLING", remembered(of_square(lambda u: stirling(1 / u) / u, m.mpf(1) / 12)), one, 0, m.mpf(1) / 64, (3, 8),
         "x·(lgamma x − (x − 1/2)·(log x − 1) + 1/2 − log(2π)/2) as a function of 1/x², for x ≥ 8")
    emit("DIGAMMA", remembered(lambda e: m.digamma(e + 1.5) / (e + 1.5 - DIGAMMA_ROOT)), one, -0.5, 0.5, (11, 23),
         "digamma x / (x − its zero) as a function of x − 1.5, for 1 ≤ x ≤ 2")
    tail = lambda x: (m.log(x) - 1 / (2 * x) - m.digamma(x)) * x**2
    emit("DIGAMMA_FAR", remembered(of_square(lambda u: tail(1 / u), m.mpf(1) / 12)), lambda z: z + m.mpf("1e-3"), 0, m.mpf(1) / 64, (3, 7),
         "x²·(log x − 1/(2x) − digamma x) as a function of 1/x², for x ≥ 8")
    ratio = remembered(lambda w: m.erfinv(m.sqrt(-m.expm1(-w))) / m.sqrt(-m.expm1(-w)) if w > m.mpf(10) ** -20 else m.sqrt(m.pi) / 2)
    with_more_digits = lambda f: remembered(lambda v: more_digits(f, v))
    ends = (5, None) if single else (m.mpf("6.25"), 16)
    emit("ERFINV_NEAR", remembered(lambda v: ratio(v + ends[0] / m.mpf(2))), lambda v: 1 / ratio(v + ends[0] / m.mpf(2)),
         -ends[0] / m.mpf(2), ends[0] / m.mpf(2), (10, 25), "erfinv x / x as a function of w − its middle, with w = −log(1 − x²) at most 5 or 6.25")
    root = lambda s: m.sqrt(s)
    low, high = (root(m.mpf(5)), m.mpf("4.1")) if single else (m.mpf("2.5"), m.mpf(4))
    tail_of = with_more_digits(lambda s: m.erfinv(m.sqrt(1 - m.exp(-s * s))) / m.sqrt(1 - m.exp(-s * s)))
    shift = m.mpf(3) if single else m.mpf("3.25")
    emit("ERFINV_MIDDLE", lambda v: tail_of(v + shift), lambda v: 1 / tail_of(v + shift), low - shift, high - shift, (10, 21),
         "erfinv x / x as a function of √w − 3 or 3.25, for w up to 17 or 16")
    if not single:
        emit("ERFINV_FAR", lambda v: tail_of(v + 5), lambda v: 1 / tail_of(v + 5), -1, m.mpf("1.1"), (19, 19),
             "erfinv x / x as a function of √w − 5, for w ≥ 16")
    emit("ERFCX", remembered(lambda q: scaled_erfc(q)), one, (m.mpf(0.75) - 3) / (m.mpf(0.75) + 3), 1, (11, 23),
         "(1 + 2x)·e^x²·erfc x − 1.25 as a function of (x − 3) / (x + 3), for x ≥ 3/4")
    for order in (0, 1):
        first = remembered(lambda z, order=order: (bessel_near(order, z) - 1) / z if z > m.mpf(10) ** -12 else m.mpf(1) / (1 + order))
        emit(f"I{order}", first, lambda z, order=order: z / bessel_near(order, z) + NEAR, 0, 16, (10, 18),
             f"(I{order} x / (x/2)^{order} − 1) / z as a function of z = x²/4, for x ≤ 8")
        far = remembered(lambda u, order=order: bessel_far(order, (u + 1) / 16))
        emit(f"I{order}_FAR", far, one, -1, 1, (8, 23), f"√x·e^−x·I{order} x as a function of 16/x − 1, for x ≥ 8")


def bessel_near(order, z):
    """I of an order over (x/2)^order as a function of x²/4."""
    total, term, k = m.mpf(0), m.mpf(1), 0
    while term > m.mpf(10) ** -50 * (total + 1):
        total += term
        k += 1
        term *= z / (k * (k + order))
    return total


def bessel_far(order, t):
    """√x·e^−x·I x with x = 1/t: by its asymptotic series from 500 on."""
    if t > m.mpf("0.002"):
        return m.besseli(order, 1 / t) * m.exp(-1 / t) / m.sqrt(t)
    total, term, k = m.mpf(0), m.mpf(1), 0
    while abs(term) > m.mpf(10) ** -48:
        total += term
        k += 1
        term *= -t * (4 * order * order - (2 * k - 1) ** 2) / (8 * k)
    return total / m.sqrt(2 * m.pi)


def scaled_erfc(q):
    if q >= 1:
        return 2 / m.sqrt(m.pi) - 1.25
    x = 3 * (1 + q) / (1 - q)
    if x < 200:
        return (1 + 2 * x) * more_digits(lambda x: m.exp(x * x) * m.erfc(x), x) - 1.25
    total, term, k = m.mpf(0), m.mpf(1), 0
    while abs(term) > m.mpf(10) ** -48:
        total += term
        k += 1
        term *= -(2 * k - 1) / (2 * x * x)
    return (1 + 2 * x) * total / (x * m.sqrt(m.pi)) - 1.25


def more_digits(function, x):
    """For functions that lose digits near the ends."""
    with m.workdps(120):
        value = function(x)
    return +value


def digits_of_two_over_pi():
    """The table of Bodies/two-over-pi-inl.h: 64 zeros, then 20 words of 64 digits."""
    m.mp.prec = 1600
    value = int(m.floor((2 / m.pi) * m.mpf(2) ** (64 * 20)))
    words = [0] + [(value >> (64 * (19 - i))) & (2**64 - 1) for i in range(20)]
    print("  // Written by Scripts/make_function_coefficients.py two-over-pi.")
    for i in range(0, 21, 4):
        print("  " + ", ".join(f"0x{w:016X}" for w in words[i : i + 4]) + ",")


if __name__ == "__main__":
    if sys.argv[1:] == ["two-over-pi"]:
        digits_of_two_over_pi()
        sys.exit()
    only = set(sys.argv[1:]) or None
    print("// Written by Scripts/make_function_coefficients.py, which says how; the errors are of the result it stands in.")
    print("\n#if CK_BITS == 32")
    polynomials(24, only)
    print("#else")
    polynomials(53, only)
    print("#endif")
