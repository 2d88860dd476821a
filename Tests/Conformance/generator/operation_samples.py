"""Cases from PyTorch's operation database: its samples, said in the vocabulary.

Every translation is checked: the program must give exactly what the database's own function gives on that sample.
"""

import itertools
import zlib

import torch

from . import translation, widened
from .case import Case, Rejected, measured
from .translation import Untranslatable, need
from .vocabulary import operation, with_tensors

NAMES = ["x", "y", "z", "u", "v", "w", "p", "q"]


# One database sample of an operation differs from the next by more than its shapes here.
MATRIX_ONLY = {"det", "slogdet", "inv", "pinv", "matrix_power", "solve", "solve_triangular", "lstsq", "matrix_norm"}


SINGLE = {"dtype": "float32", "rtol": 1e-4, "atol": 1e-5}


def translators(wide):
    """Of the first vocabulary, or of what the second adds."""
    return widened.TRANSLATORS if wide else translation.TRANSLATORS


def database(wide):
    from torch.testing._internal.common_methods_invocations import op_db

    result = {}
    for info in op_db:
        name = info.name + (f":{info.variant_test_name}" if info.variant_test_name else "")
        if name in translators(wide):
            result[name] = info
    return result


def samples(info, dtype):
    """The database's samples, then its larger reference set for the operations that have one."""
    yield from info.sample_inputs("cpu", dtype, requires_grad=False)
    if info.reference_inputs_func is not None:
        yield from itertools.islice(info.reference_inputs("cpu", dtype, requires_grad=False), 400)


def elements(value):
    if isinstance(value, torch.Tensor):
        return value.numel()
    return sum(elements(v) for v in value) if isinstance(value, (list, tuple)) else 0


def program_of(name, sample, wide):
    """(inputs, program, outputs) of one sample, checked against the database's own function by the caller."""
    word, translate = translators(wide)[name]
    operands, options = translate(sample)
    inputs, names = {}, []
    for value in operands:
        if not isinstance(value, torch.Tensor):
            names.append(value)
            continue
        need(value.dtype in (torch.float64, torch.int64, torch.bool))
        label = NAMES[len(inputs)]
        inputs[label] = value.detach().clone(memory_format=torch.contiguous_format)
        names.append(label)
    need(inputs)
    for key, value in options.items():
        if isinstance(value, torch.Tensor):
            need(value.dtype in (torch.float64, torch.int64, torch.bool))
            label = NAMES[len(inputs)]
            inputs[label] = value.detach().clone(memory_format=torch.contiguous_format)
            options[key] = {"tensor": label}
    step = {"op": word, "in": names}
    if options:
        step["attributes"] = options
    return inputs, step


def same(first, second):
    first = first if isinstance(first, (tuple, list)) else (first,)
    second = second if isinstance(second, (tuple, list)) else (second,)
    return len(first) <= len(second) and all(
        a.shape == b.shape and a.dtype == b.dtype and torch.allclose(a, b, 1e-12, 1e-12, equal_nan=True)
        if a.is_floating_point()
        else torch.equal(a, b)
        for a, b in zip(first, second)
    )


def candidates(name, info, limit, wide):
    """The translatable samples of an operation, without repetitions of one shape and attribute pattern."""
    seen = {}
    for sample in samples(info, torch.float64):
        try:
            whole = [sample.input, list(sample.args), list(sample.kwargs.values())]
            need(sum(elements(w) for w in whole) <= limit)
            inputs, step = program_of(name, sample, wide)
        except Untranslatable:
            continue
        step = step | {"out": ["t0"]}
        with torch.no_grad():
            try:
                results = operation(step["op"])(
                    [inputs[v] if isinstance(v, str) else v for v in step["in"]],
                    with_tensors(step.get("attributes", {}), inputs),
                )
                expected = info.op(sample.input, *sample.args, **sample.kwargs)
            except Exception:
                continue
        results = results if isinstance(results, tuple) else (results,)
        if expected is NotImplemented:
            continue
        if not same(results, expected):
            print(f"  {name}: the translation differs from the database on {step}")
            continue
        if step["op"] == "sort" and ties(inputs["x"], results[0]):
            continue
        step["out"] = [f"t{i}" for i in range(len(results))]
        key = (str([tuple(x.shape) for x in inputs.values()]), str(step))
        seen.setdefault(key, (inputs, step))
    return list(seen.values())


def ties(x, values):
    return values.numel() != torch.unique(values).numel()


def diverse(found, count, generator):
    """One empty, one 0-d and one broadcast sample if there are any, then a random choice."""
    order = torch.randperm(len(found), generator=generator).tolist()
    shapes = [[x.shape for x in inputs.values()] for inputs, _ in found]
    kinds = (
        lambda s: any(0 in x for x in s),
        lambda s: all(len(x) == 0 for x in s),
        lambda s: len({tuple(x) for x in s}) > 1,
        lambda s: any(len(x) >= 3 for x in s),
    )
    chosen = []
    for kind in kinds:
        chosen += [i for i in order if kind(shapes[i]) and i not in chosen][:1]
    # Different attributes before different shapes.
    attribute = lambda i: str(found[i][1].get("attributes"))
    patterns = {attribute(i) for i in chosen}
    for i in order:
        if i not in chosen and attribute(i) not in patterns:
            patterns.add(attribute(i))
            chosen.append(i)
    chosen += [i for i in order if i not in chosen]
    kept = chosen[:2] + [chosen[i] for i in torch.randperm(len(chosen[2:]), generator=generator).add(2).tolist()]
    return [found[i] for i in (chosen if len(chosen) <= count else kept_mix(chosen, kept, count))]


def kept_mix(chosen, kept, count):
    """The first picks carry the shapes and patterns; the rest keeps some chance in the choice."""
    head = chosen[: max(4, (count * 2) // 3)][:count]
    return head + [i for i in kept if i not in head][: count - len(head)]


def cases(seed, per_op, limit, only, wide=False):
    for name, info in database(wide).items():
        word = translators(wide)[name][0]
        if only and word not in only:
            continue
        key = zlib.crc32(f"{seed}/{name}".encode())
        torch.manual_seed(key)
        generator = torch.Generator().manual_seed(key)
        made = 0
        for index, (inputs, step) in enumerate(diverse(candidates(name, info, limit, wide), 3 * per_op, generator)):
            if made == per_op:
                break
            # Every sixth case runs in float32.
            single = (key + index) % 6 == 0 and word not in MATRIX_ONLY | widened.LINEAR_ALGEBRA
            finite = all(torch.isfinite(x).all() for x in inputs.values() if x.is_floating_point())
            for tolerance in [SINGLE, {}] if single else [{}]:
                case = Case(f"{'widened' if wide else 'opdb'}/{name}/{made}", inputs, [step], list(step["out"]), **tolerance)
                if not finite:
                    case.differentiable = []
                try:
                    yield measured(case, generator)
                except Rejected:
                    continue
                made += 1
                break
        if made == 0:
            print(f"  {name}: no sample")
