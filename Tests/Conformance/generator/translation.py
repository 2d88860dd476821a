"""From the arguments of PyTorch's operation database to the operands and attributes of the vocabulary."""

import math

import torch

from .vocabulary import BINARY, UNARY


class Untranslatable(Exception):
    pass


def need(condition):
    if not condition:
        raise Untranslatable


def bind(sample, *parameters, **defaults):
    """Positional and keyword arguments after the input as one dictionary; only the named ones may occur."""
    given = dict(zip(parameters, sample.args))
    need(len(sample.args) <= len(parameters))
    given |= {k: v for k, v in sample.kwargs.items() if v is not None}
    need(set(given) <= set(parameters) | set(defaults))
    return given


def listed(value):
    return [int(v) for v in value] if isinstance(value, (tuple, list, torch.Size)) else [int(value)]


def spelled(value):
    """A number as JSON can hold it."""
    if isinstance(value, float) and math.isinf(value):
        return "inf" if value > 0 else "-inf"
    return value


def attributes(given, *names, lists=()):
    result = {}
    for name in names:
        if name in given:
            value = given[name]
            need(not isinstance(value, torch.Tensor))
            result[name] = listed(value) if name in lists and value is not None else spelled(value)
    return {k: v for k, v in result.items() if v is not None}


def unary(sample):
    need(not sample.args and not sample.kwargs)
    return [sample.input], {}


def option(*names):
    return lambda sample: ([sample.input], attributes(bind(sample, *names), *names))


def binary(*names, swapped=False):
    def translate(sample):
        given = bind(sample, "other", *names)
        pair = [sample.input, scalar(given["other"])]
        return pair[::-1] if swapped else pair, attributes(given, *names)

    return translate


def scalar(value):
    if isinstance(value, torch.Tensor):
        return value
    need(isinstance(value, (int, float)))
    need(math.isfinite(value))
    return value if isinstance(value, bool) else float(value)


def reduction(*extra):
    def translate(sample):
        given = bind(sample, "dim", "keepdim", *extra)
        return [sample.input], attributes(given, "dim", "keepdim", *extra, lists=("dim",))

    return translate


def moment(sample):
    if sample.args and isinstance(sample.args[0], bool):
        given = bind(sample, "unbiased", "keepdim")
    else:
        given = bind(sample, "dim", "unbiased", "keepdim", correction=1)
    if "unbiased" in given:
        need("correction" not in given)
        given["correction"] = int(given["unbiased"])
    return [sample.input], attributes(given, "dim", "correction", "keepdim", lists=("dim",))


def one_dim(*extra):
    def translate(sample):
        given = bind(sample, "dim", "keepdim", *extra)
        return [sample.input], attributes(given, "dim", "keepdim", *extra)

    return translate


def cumulative(sample):
    return [sample.input], attributes(bind(sample, "dim"), "dim")


def sort(sample):
    given = bind(sample, "dim", "descending", stable=False)
    return [sample.input], attributes(given, "dim", "descending")


def topk(sample):
    given = bind(sample, "k", "dim", "largest", "sorted")
    need(given.get("sorted", True))
    return [sample.input], attributes(given, "k", "dim", "largest")


def vector_norm(sample):
    given = bind(sample, "ord", "dim", "keepdim")
    return [sample.input], attributes(given, "ord", "dim", "keepdim", lists=("dim",))


def movement(*names, lists=()):
    def translate(sample):
        given = bind(sample, *names)
        need(names[0] in given or not lists or names[0] == "dim")
        return [sample.input], attributes(given, *names, lists=lists)

    return translate


def variadic(*names, lists=()):
    """permute(x, 0, 1), repeat and expand: the sizes come one by one or as one tuple."""

    def translate(sample):
        sizes = sample.args[0] if len(sample.args) == 1 and not isinstance(sample.args[0], int) else sample.args
        need(not sample.kwargs)
        return [sample.input], {names[0]: listed(sizes)}

    return translate


def roll(sample):
    return [sample.input], attributes(bind(sample, "shifts", "dims"), "shifts", "dims", lists=("shifts", "dims"))


def diag_embed(sample):
    need(not sample.args and not sample.kwargs)
    return [sample.input], {}


def select(sample):
    return [sample.input], attributes(bind(sample, "dim", "index"), "dim", "index")


def narrow(sample):
    return [sample.input], attributes(bind(sample, "dim", "start", "length"), "dim", "start", "length")


def sliced(sample):
    given = bind(sample, "dim", "start", "end", "step")
    return [sample.input], attributes(given, "dim", "start", "end", "step")


def joined(sample):
    need(isinstance(sample.input, (list, tuple)))
    return list(sample.input), attributes(bind(sample, "dim"), "dim")


def split(sample):
    given = bind(sample, "sizes", "dim")
    given.setdefault("dim", 0)
    sizes = given["sizes"]
    if isinstance(sizes, int):
        total = sample.input.shape[given["dim"]]
        sizes = [min(sizes, total - i) for i in range(0, max(total, 1), sizes)]
    return [sample.input], {"sizes": listed(sizes), "dim": given["dim"]}


def indexed(sample):
    given = bind(sample, "dim", "index")
    return [sample.input, given["index"]], attributes(given, "dim")


def take_along_dim(sample):
    given = bind(sample, "index", "dim")
    return [sample.input, given["index"]], attributes(given, "dim")


def scattered(sample):
    given = bind(sample, "dim", "index", "source", alpha=1)
    need(isinstance(given["source"], torch.Tensor))
    return [sample.input, given["index"], given["source"]], attributes(given, "dim", "alpha")


def masked_fill(sample):
    given = bind(sample, "mask", "value")
    need(not isinstance(given["value"], torch.Tensor))
    return [sample.input, given["mask"]], attributes(given, "value")


def pad(sample):
    given = bind(sample, "pad", "mode", "value")
    need(given.get("mode", "constant") == "constant")
    return [sample.input], attributes(given, "pad", "value", lists=("pad",))


def addmm(sample):
    given = bind(sample, "x", "y", alpha=1, beta=1)
    return [sample.input, given["x"], given["y"]], attributes(given, "alpha", "beta")


def einsum(sample):
    need(len(sample.args) == 1 and not sample.kwargs)
    return list(sample.input), {"equation": sample.args[0]}


def three(names):
    def translate(sample):
        given = bind(sample, "second", "third", value=1)
        return [sample.input, scalar(given["second"]), scalar(given["third"])], attributes(given, *names)

    return translate


def where(sample):
    # The database gives the condition second.
    condition, other = sample.args
    return [condition, sample.input, scalar(other)], {}


def clamp(sample):
    given = bind(sample, "min", "max")
    bounds = [given.get("min"), given.get("max")]
    if any(isinstance(b, torch.Tensor) for b in bounds):
        need(all(b is None or isinstance(b, torch.Tensor) for b in bounds))
        return [sample.input, *bounds], {}
    return [sample.input], attributes(given, "min", "max")


def losses(*names):
    def translate(sample):
        given = bind(sample, "target", "weight", *names)
        need(given.get("weight") is None)
        return [sample.input, given["target"]], attributes(given, *names)

    return translate


def classes(sample):
    given = bind(sample, "target", "weight", "reduction", "label_smoothing", ignore_index=-100)
    need(given.get("weight") is None and given.get("ignore_index", -100) == -100)
    target = given["target"]
    need(target.is_floating_point() or bool((target >= 0).all()))
    return [sample.input, target], attributes(given, "reduction", "label_smoothing")


def linear(sample):
    given = bind(sample, "weight", "bias")
    extra = [given["bias"]] if given.get("bias") is not None else []
    return [sample.input, given["weight"], *extra], {}


def layer_norm(sample):
    given = bind(sample, "normalized_shape", "weight", "bias", "eps")
    pair = [given.get("weight"), given.get("bias")]
    need((pair[0] is None) == (pair[1] is None))
    extra = [] if pair[0] is None else pair
    return [sample.input, *extra], attributes(given, "normalized_shape", "eps", lists=("normalized_shape",))


def matrix_norm(sample):
    given = bind(sample, "ord", "dim", "keepdim")
    return [sample.input], attributes(given, "ord", "dim", "keepdim", lists=("dim",))


def pinv(sample):
    bind(sample)
    return [sample.input], {}


def solve(sample):
    need(len(sample.args) == 1 and not sample.kwargs)
    return [sample.input, sample.args[0]], {}


def solve_triangular(sample):
    given = bind(sample, "B", "upper", "left", "unitriangular")
    return [sample.input, given["B"]], attributes(given, "upper", "left", "unitriangular")


def lstsq(sample):
    given = bind(sample, "B", "driver", rcond=None)
    need(given.get("rcond") is None)
    return [sample.input, given["B"]], {}


# Database name: (word, translator). Absent variants are the same word with other names.
TRANSLATORS = {}
for word in UNARY:
    TRANSLATORS[word] = (word, unary)
for word in BINARY:
    TRANSLATORS[word] = (word, binary(*(["alpha"] if word in ("add", "sub") else [])))
for variant in ("no_rounding_mode", "trunc_rounding", "floor_rounding"):
    TRANSLATORS[f"div:{variant}"] = ("div", binary("rounding_mode"))
TRANSLATORS |= {
    "__radd__": ("add", binary(swapped=True)),
    "__rsub__": ("sub", binary(swapped=True)),
    "__rmul__": ("mul", binary(swapped=True)),
    "__rdiv__": ("div", binary(swapped=True)),
    "__rpow__": ("pow", binary(swapped=True)),
    "__rmod__": ("remainder", binary(swapped=True)),
    "__rmatmul__": ("matmul", binary(swapped=True)),
    "max:binary": ("maximum", binary()),
    "min:binary": ("minimum", binary()),
    "nn.functional.relu": ("relu", unary),
    "nn.functional.silu": ("silu", unary),
    "nn.functional.logsigmoid": ("logsigmoid", unary),
    "nn.functional.gelu": ("gelu", option("approximate")),
    "nn.functional.softplus": ("softplus", option("beta", "threshold")),
    "nn.functional.leaky_relu": ("leaky_relu", option("negative_slope")),
    "nn.functional.elu": ("elu", option("alpha")),
    "pow": ("pow", binary()),
    "lerp": ("lerp", three(())),
    "addcmul": ("addcmul", three(("value",))),
    "where": ("where", where),
    "clamp": ("clamp", clamp),
    "sum": ("sum", reduction()),
    "mean": ("mean", reduction()),
    "prod": ("prod", reduction()),
    "amax": ("amax", reduction()),
    "amin": ("amin", reduction()),
    "logsumexp": ("logsumexp", reduction()),
    "all": ("all", reduction()),
    "any": ("any", reduction()),
    "count_nonzero": ("count_nonzero", reduction()),
    "argmax": ("argmax", one_dim()),
    "argmin": ("argmin", one_dim()),
    "max:reduction_with_dim": ("max", one_dim()),
    "max:reduction_no_dim": ("max", one_dim()),
    "min:reduction_with_dim": ("min", one_dim()),
    "min:reduction_no_dim": ("min", one_dim()),
    "median": ("median", one_dim()),
    "var": ("var", moment),
    "var:unbiased": ("var", moment),
    "std": ("std", moment),
    "std:unbiased": ("std", moment),
    "cumsum": ("cumsum", cumulative),
    "cumprod": ("cumprod", cumulative),
    "logcumsumexp": ("logcumsumexp", cumulative),
    "softmax": ("softmax", cumulative),
    "log_softmax": ("log_softmax", cumulative),
    "sort": ("sort", sort),
    "topk": ("topk", topk),
    "linalg.vector_norm": ("vector_norm", vector_norm),
    "reshape": ("reshape", movement("shape", lists=("shape",))),
    "permute": ("permute", variadic("dims")),
    "transpose": ("transpose", movement("dim0", "dim1")),
    "squeeze": ("squeeze", movement("dim", lists=("dim",))),
    "squeeze:multiple": ("squeeze", movement("dim", lists=("dim",))),
    "unsqueeze": ("unsqueeze", movement("dim")),
    "expand": ("expand", variadic("shape")),
    "flatten": ("flatten", movement("start_dim", "end_dim")),
    "flip": ("flip", movement("dims", lists=("dims",))),
    "roll": ("roll", roll),
    "repeat": ("repeat", variadic("repeats")),
    "tril": ("tril", movement("diagonal")),
    "triu": ("triu", movement("diagonal")),
    "diagonal": ("diagonal", movement("offset", "dim1", "dim2")),
    "diag_embed": ("diag_embed", diag_embed),
    "select": ("select", select),
    "narrow": ("narrow", narrow),
    "slice": ("slice", sliced),
    "cat": ("cat", joined),
    "stack": ("stack", joined),
    "split": ("split", split),
    "split:list_args": ("split", split),
    "split_with_sizes": ("split", split),
    "index_select": ("index_select", indexed),
    "gather": ("gather", indexed),
    "take_along_dim": ("take_along_dim", take_along_dim),
    "scatter_add": ("scatter_add", scattered),
    "index_add": ("index_add", scattered),
    "masked_fill": ("masked_fill", masked_fill),
    "nn.functional.pad:constant": ("pad", pad),
    "constant_pad_nd": ("pad", movement("pad", "value", lists=("pad",))),
    "matmul": ("matmul", binary()),
    "mm": ("mm", binary()),
    "bmm": ("bmm", binary()),
    "mv": ("mv", binary()),
    "dot": ("dot", binary()),
    "outer": ("outer", binary()),
    "addmm": ("addmm", addmm),
    "addmm:decomposed": ("addmm", addmm),
    "einsum": ("einsum", einsum),
    "trace": ("trace", unary),
    "linalg.det": ("det", unary),
    "linalg.slogdet": ("slogdet", unary),
    "linalg.inv": ("inv", unary),
    "linalg.pinv": ("pinv", pinv),
    "pinverse": ("pinv", unary),
    "linalg.matrix_power": ("matrix_power", option("n")),
    "linalg.matrix_norm": ("matrix_norm", matrix_norm),
    "linalg.solve": ("solve", solve),
    "linalg.solve_triangular": ("solve_triangular", solve_triangular),
    "linalg.lstsq": ("lstsq", lstsq),
    "linalg.lstsq:grad_oriented": ("lstsq", lstsq),
    "nn.functional.mse_loss": ("mse_loss", losses("reduction")),
    "nn.functional.l1_loss": ("l1_loss", losses("reduction")),
    "nn.functional.huber_loss": ("huber_loss", losses("reduction", "delta")),
    "nn.functional.binary_cross_entropy_with_logits": (
        "binary_cross_entropy_with_logits", losses("reduction")),
    "nn.functional.cross_entropy": ("cross_entropy", classes),
    "nn.functional.nll_loss": ("nll_loss", classes),
    "nn.functional.linear": ("linear", linear),
    "nn.functional.layer_norm": ("layer_norm", layer_norm),
}  # fmt: skip
