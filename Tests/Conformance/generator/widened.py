"""The widened vocabulary: its words in terms of PyTorch, and how the operation database's samples say them."""

import torch
import torch.nn.functional as F

from . import translation as t, windows
from .translation import attributes, bind, need
from .vocabulary import binary, dims, moment, number, plain

special, linalg = torch.special, torch.linalg


def over(function):
    """Reductions over a list of dimensions, all of them without one."""

    def apply(xs, a):
        dim, keep = dims(a)
        return function(xs[0], dim=dim, keepdim=keep)

    return apply


def pair(function):
    return lambda xs, a: tuple(function(*xs, **a))


def quantile(xs, a):
    q = a["q"]
    if isinstance(q, list):
        q = torch.tensor(q, dtype=xs[0].dtype)
    rest = {k: v for k, v in a.items() if k != "q"}
    return torch.quantile(xs[0], q, **rest)


def numbers(function):
    """Attributes that may be infinities, which JSON spells as words."""
    return lambda xs, a: function(*xs, **{k: number(v) if isinstance(v, str) else v for k, v in a.items()})


def trapezoid(function):
    def apply(xs, a):
        if len(xs) == 2:
            return function(xs[0], xs[1], dim=a.get("dim", -1))
        return function(xs[0], dx=a.get("dx", 1), dim=a.get("dim", -1))

    return apply


def scatter(xs, a):
    dim, index = a["dim"], xs[1]
    source = a["value"] if "value" in a else xs[2]
    return torch.scatter(xs[0], dim, index, source, reduce=a["reduce"]) if "reduce" in a else torch.scatter(
        xs[0], dim, index, source
    )


def scatter_reduce(xs, a):
    return torch.scatter_reduce(xs[0], a["dim"], xs[1], xs[2], reduce=a["reduce"], include_self=a.get("include_self", True))


def repeat_interleave(xs, a):
    repeats = a["repeats"]
    if isinstance(repeats, list):
        repeats = torch.tensor(repeats)
    return torch.repeat_interleave(xs[0], repeats, dim=a.get("dim"))


SAME_NAME = "lgamma digamma erfinv sinc i0 frac signbit deg2rad rad2deg positive msort logdet matrix_exp".split()
SPECIAL = "i0e ndtr log_ndtr erfcx entr".split()
ACTIVATIONS = "selu mish hardsigmoid hardswish softsign tanhshrink relu6".split()
PAIRS = "fmax fmin logaddexp2 heaviside inner kron take masked_select dist".split()

OPERATIONS = {name: plain(getattr(torch, name)) for name in SAME_NAME}
OPERATIONS |= {name: plain(getattr(special, name)) for name in SPECIAL}
OPERATIONS |= {name: plain(getattr(F, name)) for name in ACTIVATIONS}
OPERATIONS |= {name: plain(getattr(torch, name)) for name in PAIRS}
OPERATIONS |= {
    "xlog1py": binary(special.xlog1py),
    "prelu": plain(F.prelu),
    "logit": plain(torch.logit),
    "celu": plain(F.celu),
    "hardtanh": plain(F.hardtanh),
    "softshrink": plain(F.softshrink),
    "hardshrink": plain(F.hardshrink),
    "softmin": plain(F.softmin),
    "glu": plain(F.glu),
    "nan_to_num": numbers(torch.nan_to_num),
    "addcdiv": plain(torch.addcdiv),
    "addmv": plain(torch.addmv),
    "addr": plain(torch.addr),
    "baddbmm": plain(torch.baddbmm),
    "cosine_similarity": plain(F.cosine_similarity),
    "pairwise_distance": numbers(F.pairwise_distance),
    "cdist": numbers(torch.cdist),
    "dist": numbers(torch.dist),
    "cross": plain(torch.cross),
    "tensordot": plain(torch.tensordot),
    "cummax": pair(torch.cummax),
    "cummin": pair(torch.cummin),
    "kthvalue": pair(torch.kthvalue),
    "aminmax": pair(torch.aminmax),
    "std_mean": moment(torch.std_mean),
    "var_mean": moment(torch.var_mean),
    "nansum": over(torch.nansum),
    "nanmean": over(torch.nanmean),
    "quantile": quantile,
    "trapezoid": trapezoid(torch.trapezoid),
    "cumulative_trapezoid": trapezoid(torch.cumulative_trapezoid),
    "diff": plain(torch.diff),
    "argsort": lambda xs, a: torch.argsort(xs[0], dim=a.get("dim", -1), descending=a.get("descending", False), stable=True),
    "movedim": plain(torch.movedim),
    "tile": lambda xs, a: torch.tile(xs[0], tuple(a["dims"])),
    "repeat_interleave": repeat_interleave,
    "rot90": plain(torch.rot90),
    "unfold": lambda xs, a: xs[0].unfold(a["dimension"], a["size"], a["step"]),
    "unflatten": plain(torch.unflatten),
    "chunk": lambda xs, a: tuple(torch.chunk(xs[0], a["chunks"], a.get("dim", 0))),
    "index_copy": lambda xs, a: torch.index_copy(xs[0], a["dim"], xs[1], xs[2]),
    "index_fill": lambda xs, a: torch.index_fill(xs[0], a["dim"], xs[1], a["value"]),
    "scatter": scatter,
    "scatter_reduce": scatter_reduce,
    "masked_scatter": plain(torch.masked_scatter),
    "householder_product": plain(linalg.householder_product),
    "cholesky_solve": plain(torch.cholesky_solve),
    "cholesky_inverse": plain(torch.cholesky_inverse),
    "vander": plain(linalg.vander),
    "eigvalsh": plain(linalg.eigvalsh),
    "svdvals": plain(linalg.svdvals),
    "cond": numbers(linalg.cond),
    "group_norm": lambda xs, a: F.group_norm(
        xs[0], a["num_groups"], *[None if x is None else x for x in xs[1:]], eps=a.get("eps", 1e-5)
    ),
    "rms_norm": lambda xs, a: F.rms_norm(xs[0], a["normalized_shape"], *xs[1:2], eps=a.get("eps")),
    "normalize": numbers(F.normalize),
    "embedding": plain(F.embedding),
    "kl_div": plain(F.kl_div),
    "smooth_l1_loss": plain(F.smooth_l1_loss),
    "gaussian_nll_loss": plain(F.gaussian_nll_loss),
    "binary_cross_entropy": plain(F.binary_cross_entropy),
    "scaled_dot_product_attention": plain(F.scaled_dot_product_attention),
}  # fmt: skip
OPERATIONS |= windows.OPERATIONS

LINEAR_ALGEBRA = {
    "logdet", "matrix_exp", "householder_product", "cholesky_solve", "cholesky_inverse", "eigvalsh", "svdvals", "cond",
    "vander",
}  # fmt: skip

# Where a step that stands alone is not nudged off its ties.
TIES = {
    "frac", "signbit", "fmax", "fmin", "heaviside", "cummax", "cummin", "kthvalue", "aminmax", "quantile", "argsort", "msort",
    "scatter_reduce", "hardtanh", "hardsigmoid", "hardswish", "relu6", "softshrink", "hardshrink", "prelu", "smooth_l1_loss",
    "cdist", "dist", "pairwise_distance", "nan_to_num", "max_pool1d", "max_pool2d",
}  # fmt: skip

# PyTorch differentiates these with constants that it rounds to float32 (1/6; 1/alpha): right to 8 digits, not to 9.
ROUNDED_DERIVATIVES = {"hardsigmoid", "celu"}


def options(*names, lists=(), ignored=()):
    """One tensor and named arguments, in the order of their places."""

    def translate(sample):
        given = bind(sample, *names, **{n: None for n in ignored})
        return [sample.input], attributes(given, *names, lists=lists)

    return translate


def tensors(count, *names, lists=(), places=()):
    """`count` more tensors, then named arguments; those in `places` may be given by place."""
    others = [f"#{i}" for i in range(count)]

    def translate(sample):
        given = bind(sample, *others, *places, **{n: None for n in names})
        need(all(isinstance(given.get(o), torch.Tensor) for o in others))
        return [sample.input, *[given[o] for o in others]], attributes(given, *places, *names, lists=lists)

    return translate


def with_tensors(given, *names):
    """Arguments that are tensors stay tensors: the caller names them."""
    return {n: given[n] for n in names if given.get(n) is not None}


def quantile_sample(sample):
    given = bind(sample, "q", "dim", "keepdim", interpolation=None)
    q = given.pop("q")
    result = attributes(given, "dim", "keepdim", "interpolation")
    if isinstance(q, torch.Tensor):
        q = q.tolist()
    return [sample.input], {"q": q} | result


def trapezoid_sample(sample):
    given = bind(sample, "x", dx=None, dim=None)
    x = given.pop("x", None)
    if x is not None and not isinstance(x, torch.Tensor):
        given["dx"], x = x, None
    return [sample.input, *([] if x is None else [x])], attributes(given, "dx", "dim")


def diff_sample(sample):
    given = bind(sample, "n", "dim", "prepend", "append")
    return [sample.input], attributes(given, "n", "dim") | with_tensors(given, "prepend", "append")


def scatter_sample(sample):
    given = bind(sample, "dim", "index", "source", reduce=None, value=None)
    source = given.pop("source", given.pop("value", None))
    result = attributes(given, "dim", "reduce")
    if isinstance(source, torch.Tensor):
        return [sample.input, given["index"], source], result
    return [sample.input, given["index"]], result | {"value": t.spelled(source)}


def scatter_reduce_sample(sample):
    given = bind(sample, "dim", "index", "source", "reduce", include_self=None)
    return [sample.input, given["index"], given["source"]], attributes(given, "dim", "reduce", "include_self")


def index_sample(sample):
    given = bind(sample, "dim", "index", "source")
    source = given["source"]
    if isinstance(source, torch.Tensor) and source.ndim > 0 or isinstance(source, torch.Tensor) and sample.input.ndim == 0:
        return [sample.input, given["index"], source], attributes(given, "dim")
    source = source.item() if isinstance(source, torch.Tensor) else source
    return [sample.input, given["index"]], attributes(given, "dim") | {"value": source}


def index_fill_sample(sample):
    given = bind(sample, "dim", "index", "value")
    return [sample.input, given["index"]], attributes(given, "dim") | {"value": given["value"]}


def repeat_interleave_sample(sample):
    given = bind(sample, "repeats", "dim", output_size=None)
    repeats = given["repeats"]
    if isinstance(repeats, torch.Tensor):
        repeats = repeats.tolist()
    return [sample.input], {"repeats": repeats} | attributes(given, "dim")


def normalized_sample(*names, lists=()):
    def translate(sample):
        given = bind(sample, *names, weight=None, bias=None, eps=None)
        given = {k: v for k, v in given.items() if v is not None}
        extra = [given.get(n) for n in ("weight", "bias") if n in given]
        need("bias" not in given or "weight" in given)
        return [sample.input, *extra], attributes(given, names[0], "eps", lists=lists)

    return translate


def tensordot_sample(sample):
    given = bind(sample, "other", "dims")
    dims_ = given["dims"]
    if not isinstance(dims_, int):
        dims_ = [t.listed(d) for d in dims_]
    return [sample.input, given["other"]], {"dims": dims_}


def movedim_sample(sample):
    given = bind(sample, "source", "destination")
    plain_ = lambda v: v if isinstance(v, int) else list(v)
    return [sample.input], {k: plain_(v) for k, v in given.items()}


def tile_sample(sample):
    sizes = sample.args[0] if len(sample.args) == 1 else sample.args
    return [sample.input], {"dims": t.listed(sizes)}


def chunk_sample(sample):
    return [sample.input], attributes(bind(sample, "chunks", "dim"), "chunks", "dim")


def loss_sample(*names, tensor_names=(), others=1):
    """`others` more tensors, then named arguments, of which some are tensors."""
    places = [f"#{i}" for i in range(others)]

    def translate(sample):
        given = bind(sample, *places, **{n: None for n in (*names, *tensor_names, "size_average", "reduce")})
        need(given.get("size_average") is None and given.get("reduce") is None)
        need(all(isinstance(given.get(p), torch.Tensor) for p in places))
        given = {k: v for k, v in given.items() if v is not None}
        return [sample.input, *[given[p] for p in places]], attributes(given, *names) | with_tensors(given, *tensor_names)

    return translate


def embedding_sample(sample):
    given = bind(sample, "weight", padding_idx=None, max_norm=None, norm_type=None, scale_grad_by_freq=None, sparse=None)
    need(not given.get("max_norm") and not given.get("scale_grad_by_freq") and not given.get("sparse"))
    # The database's input is the weight; the function takes the indices first.
    index, weight = sample.input, given["weight"]
    if index.is_floating_point():
        index, weight = weight, index
    return [index, weight], attributes(given, "padding_idx")


def attention_sample(sample):
    given = bind(sample, "key", "value", attn_mask=None, dropout_p=None, is_causal=None, scale=None, enable_gqa=None)
    need(not given.get("dropout_p") and not given.get("enable_gqa"))
    return [sample.input, given["key"], given["value"]], attributes(given, "is_causal", "scale") | with_tensors(
        given, "attn_mask"
    )


def reduced(sample):
    given = bind(sample, "dim", "keepdim", dtype=None)
    need(given.get("dtype") is None)
    return [sample.input], attributes(given, "dim", "keepdim", lists=("dim",))


def unary_or_nothing(sample):
    need(not sample.args and not any(v is not None and v is not False for v in sample.kwargs.values()))
    return [sample.input], {}


def householder_sample(sample):
    need(len(sample.args) == 1 and not sample.kwargs)
    return [sample.input, sample.args[0]], {}


TRANSLATORS = {name: (name, t.unary) for name in SAME_NAME}
TRANSLATORS |= {f"special.{name}": (name, t.unary) for name in SPECIAL}
TRANSLATORS |= {f"nn.functional.{name}": (name, unary_or_nothing) for name in ACTIVATIONS}
TRANSLATORS |= {name: (name, tensors(1)) for name in "fmax fmin logaddexp2 heaviside inner kron take masked_select".split()}
TRANSLATORS |= {
    "special.xlog1py": ("xlog1py", t.binary()),
    "nn.functional.prelu": ("prelu", tensors(1)),
    "logit": ("logit", options("eps")),
    "nn.functional.celu": ("celu", options("alpha")),
    "nn.functional.hardtanh": ("hardtanh", options("min_val", "max_val")),
    "nn.functional.softshrink": ("softshrink", options("lambd")),
    "nn.functional.hardshrink": ("hardshrink", options("lambd")),
    "nn.functional.softmin": ("softmin", options("dim")),
    "nn.functional.glu": ("glu", options("dim")),
    "nan_to_num": ("nan_to_num", options("nan", "posinf", "neginf")),
    "addcdiv": ("addcdiv", tensors(2, "value")),
    "addmv": ("addmv", tensors(2, "alpha", "beta")),
    "addr": ("addr", tensors(2, "alpha", "beta")),
    "baddbmm": ("baddbmm", tensors(2, "alpha", "beta")),
    "nn.functional.cosine_similarity": ("cosine_similarity", tensors(1, places=("dim", "eps"))),
    "nn.functional.pairwise_distance": ("pairwise_distance", tensors(1, places=("p", "eps", "keepdim"))),
    "cdist": ("cdist", tensors(1, places=("p",))),
    "dist": ("dist", tensors(1, places=("p",))),
    "cross": ("cross", tensors(1, places=("dim",))),
    "tensordot": ("tensordot", tensordot_sample),
    "cummax": ("cummax", options("dim")),
    "cummin": ("cummin", options("dim")),
    "kthvalue": ("kthvalue", options("k", "dim", "keepdim")),
    "aminmax": ("aminmax", options("dim", "keepdim")),
    "std_mean": ("std_mean", t.moment),
    "std_mean:unbiased": ("std_mean", t.moment),
    "var_mean": ("var_mean", t.moment),
    "var_mean:unbiased": ("var_mean", t.moment),
    "nansum": ("nansum", reduced),
    "nanmean": ("nanmean", reduced),
    "quantile": ("quantile", quantile_sample),
    "trapezoid": ("trapezoid", trapezoid_sample),
    "cumulative_trapezoid": ("cumulative_trapezoid", trapezoid_sample),
    "diff": ("diff", diff_sample),
    "argsort": ("argsort", options("dim", "descending", ignored=("stable",))),
    "movedim": ("movedim", movedim_sample),
    "tile": ("tile", tile_sample),
    "repeat_interleave": ("repeat_interleave", repeat_interleave_sample),
    "rot90": ("rot90", options("k", "dims", lists=("dims",))),
    "unfold": ("unfold", options("dimension", "size", "step")),
    "unflatten": ("unflatten", options("dim", "sizes", lists=("sizes",))),
    "chunk": ("chunk", chunk_sample),
    "index_copy": ("index_copy", index_sample),
    "index_fill": ("index_fill", index_fill_sample),
    "scatter": ("scatter", scatter_sample),
    "masked_scatter": ("masked_scatter", tensors(2)),
    "linalg.householder_product": ("householder_product", householder_sample),
    "cholesky_solve": ("cholesky_solve", tensors(1, places=("upper",))),
    "cholesky_inverse": ("cholesky_inverse", options("upper")),
    "linalg.vander": ("vander", options("N")),
    "linalg.eigvalsh": ("eigvalsh", options("UPLO")),
    "linalg.svdvals": ("svdvals", options(ignored=("driver",))),
    "linalg.cond": ("cond", options("p")),
    "nn.functional.group_norm": ("group_norm", normalized_sample("num_groups")),
    "nn.functional.rms_norm": ("rms_norm", normalized_sample("normalized_shape", lists=("normalized_shape",))),
    "nn.functional.normalize": ("normalize", options("p", "dim", "eps")),
    "nn.functional.embedding": ("embedding", embedding_sample),
    "nn.functional.kl_div": ("kl_div", loss_sample("reduction", "log_target")),
    "nn.functional.smooth_l1_loss": ("smooth_l1_loss", loss_sample("reduction", "beta")),
    "nn.functional.gaussian_nll_loss": ("gaussian_nll_loss", loss_sample("full", "eps", "reduction", others=2)),
    "nn.functional.binary_cross_entropy": (
        "binary_cross_entropy", loss_sample("reduction", tensor_names=("weight",))),
    "nn.functional.binary_cross_entropy_with_logits": (
        "binary_cross_entropy_with_logits", loss_sample("reduction", tensor_names=("weight", "pos_weight"))),
    "nn.functional.cross_entropy": (
        "cross_entropy", loss_sample("ignore_index", "reduction", "label_smoothing", tensor_names=("weight",))),
    "nn.functional.nll_loss": (
        "nll_loss", loss_sample("ignore_index", "reduction", tensor_names=("weight",))),
    "nn.functional.scaled_dot_product_attention": ("scaled_dot_product_attention", attention_sample),
}  # fmt: skip
TRANSLATORS |= {f"scatter_reduce:{kind}": ("scatter_reduce", scatter_reduce_sample) for kind in "amax amin mean prod sum".split()}

TRANSLATORS |= windows.TRANSLATORS

WORDS = set(OPERATIONS) | {"cross_entropy", "nll_loss", "binary_cross_entropy_with_logits"}
