#!/usr/bin/env python3
"""Times the workloads of adjoint-bench in PyTorch (eager and compiled), jitted JAX and NumPy.

    peers.py [--filter REGEX] [--size 3,1000,1Ki..16Mi*4] [--dtype float32,float64] [--frameworks torch,torch.compile,jax,numpy]
             [--threads N] [--min-time SECONDS] [--out FILE]

Every framework runs in a process of its own, so that their thread pools do not meet. A framework that is missing, and a
workload that one of them cannot run, is noted and skipped. JSON goes to standard output or --out, progress to standard error.
"""

import argparse
import datetime
import importlib
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time

FRAMEWORKS = {"torch": "torch_workloads", "torch.compile": "torch_workloads", "jax": "jax_workloads", "numpy": "numpy_workloads"}

# id: default sizes. The size counts elements; rows and columns of squares; tensors of sgd/many-small; the batch of the network.
VECTORS, SQUARES = [3, 1000, 100_000, 1_000_000, 10_000_000], [1024]
ELEMENTWISE = "add multiply scale axpy exp log tanh sigmoid sin erf gelu power where".split()
REDUCTIONS = "sum mean max variance dot norm argmax".split()
ROWS = "sum-rows sum-columns softmax-rows logsumexp-rows layernorm-rows".split()
SIZES = (
    {"tutorial/forward": VECTORS, "tutorial/backward": VECTORS, "tutorial/sgd-loop": [4]}
    | {"transcendental/backward": [1000, 1_000_000, 10_000_000]}
    | {f"elementwise/{name}": VECTORS for name in ELEMENTWISE}
    | {f"reduction/{name}": VECTORS for name in REDUCTIONS}
    | {f"reduction/{name}": SQUARES for name in ROWS}
    | {"matmul/square": [64, 256, 512, 1024, 2048], "matmul/vector": SQUARES, "matmul/outer": SQUARES}
    | {"matmul/batched": [64], "matmul/transposed": [512]}
    | {f"jacobian/{name}": [256] for name in "vjp jvp jacobian hvp hessian".split()}
    | {"sgd/one-large": [10_000_000], "sgd/many-small": [1000], "training/mlp": [128]}
    | {f"linalg/{name}": [512] for name in "solve cholesky qr svd eigh".split()}
    | {"startup/first-gradient": [3]}
)
BATCH = 64


def shape_of(identifier, size):
    group, name = identifier.split("/")
    if identifier == "matmul/batched":
        return [BATCH, size, size]
    if identifier == "sgd/many-small":
        return [size, 100, 100]
    if identifier == "training/mlp":
        return [size, 784]
    return [size, size] if group in ("matmul", "linalg") or name in ROWS else [size]


def sizes(text):
    """3,1000 or 1Ki..16Mi*4: from, to, and the factor between neighbours."""

    def number(word):
        match = re.fullmatch(r"(\d+)(Ki|Mi|Gi|k|M|G)?", word.strip())
        if not match:
            raise argparse.ArgumentTypeError(f"'{word}' is not a size; write 1000, 64Ki or 1Ki..16Mi*4")
        return int(match[1]) * {"Ki": 2**10, "Mi": 2**20, "Gi": 2**30, "k": 10**3, "M": 10**6, "G": 10**9}.get(match[2], 1)

    result = []
    for part in text.split(","):
        if ".." in part:
            bounds, _, factor = part.partition("*")
            low, high = map(number, bounds.split("..", 1))
            factor = number(factor or "2")
            if low < 1 or factor < 2:
                raise argparse.ArgumentTypeError(f"'{part}' must start at 1 or above and grow by a factor of at least 2")
            while low <= high:
                result.append(low)
                low *= factor
        else:
            result.append(number(part))
    return result


def measure(run, min_time):
    """Samples of at least 200 µs each (a clock tick is far below), after a warm-up; nanoseconds per call."""
    clock = time.perf_counter_ns
    start = clock()
    run()
    first = clock() - start
    for _ in range(3 if first < 1e8 else 1):
        start = clock()
        run()
        last = clock() - start
    batch = max(1, int(200_000 / max(last, 1)))
    samples, deadline = [], clock() + min_time * 1e9
    while len(samples) < 5 or (clock() < deadline and len(samples) < 2000):
        start = clock()
        for _ in range(batch):
            run()
        samples.append((clock() - start) / batch)
        if len(samples) >= 3 and clock() > deadline + 10 * min_time * 1e9:
            break
    return samples


def summary(samples):
    ordered = sorted(samples)
    at = lambda share: ordered[min(len(ordered) - 1, int(share * len(ordered)))]
    median = statistics.median(ordered)
    return {
        "min": ordered[0], "median": median, "mad": statistics.median(abs(s - median) for s in ordered),
        "mean": statistics.fmean(ordered), "p25": at(0.25), "p75": at(0.75), "p95": at(0.95), "max": ordered[-1],
    }  # fmt: skip


def start_up(framework, code):
    """A fresh process up to its first gradient, several times."""
    samples = []
    for _ in range(4):
        start = time.perf_counter_ns()
        subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        samples.append(time.perf_counter_ns() - start)
    # The first one reads the libraries from the disk.
    return samples[1:]


def child(options):
    """Runs the workloads of one framework and writes a JSON line for each."""
    emit = lambda **line: print(json.dumps(line), flush=True)
    framework = options.child
    try:
        module = importlib.import_module(FRAMEWORKS[framework])
        version = module.prepare(framework)
    except Exception as reason:
        emit(framework=framework, missing=f"{type(reason).__name__}: {reason}")
        return
    emit(framework=framework, version=version)
    for identifier, defaults in SIZES.items():
        if not re.search(options.filter, identifier):
            continue
        for dtype in options.dtype.split(","):
            if identifier == "startup/first-gradient" and dtype != "float32":
                continue
            maker = module.workloads(framework).get(identifier)
            if maker is None:
                continue
            for size in options.size or defaults:
                where = {"framework": framework, "id": identifier, "dtype": dtype, "size": size}
                try:
                    if isinstance(maker, str):
                        samples = start_up(framework, maker)
                    else:
                        samples = measure(maker(size, dtype), options.min_time)
                    emit(**where, shape=shape_of(identifier, size), samples_n=len(samples), time_ns=summary(samples))
                except Exception as reason:
                    emit(**where, skipped=f"{type(reason).__name__}: {str(reason).splitlines()[0] if str(reason) else ''}")


def model_name():
    try:
        for line in open("/proc/cpuinfo"):
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def parent(options):
    report = {
        "schema_version": 1, "tool": "peers", "argv": sys.argv[1:],
        "timestamp": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
        "machine": {"cpu_model": model_name(), "cores": options.threads or len(os.sched_getaffinity(0)), "os": platform.platform()},
        "frameworks": {}, "benchmarks": [], "skipped": [],
    }  # fmt: skip
    command = [sys.executable, os.path.abspath(__file__), "--filter", options.filter, "--dtype", options.dtype,
               "--min-time", str(options.min_time), "--threads", str(options.threads)]  # fmt: skip
    if options.size:
        command += ["--size", ",".join(map(str, options.size))]
    try:
        for framework in options.frameworks.split(","):
            run_child(framework, command + ["--child", framework], report)
    except KeyboardInterrupt:
        print("interrupted: what was measured follows", file=sys.stderr)
    text = json.dumps(report, indent=1) + "\n"
    if options.out:
        with open(options.out, "w") as file:
            file.write(text)
    else:
        print(text, end="")
    return 0 if report["benchmarks"] else 1


def run_child(framework, command, report):
    note = lambda text: print(f"{framework}: {text}", file=sys.stderr, flush=True)
    # A file: a pipe that nobody reads would fill and stop the child.
    errors = tempfile.TemporaryFile("w+")
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment())
    try:
        for line in process.stdout:
            if not line.startswith("{"):
                continue
            result = json.loads(line)
            if "missing" in result:
                report["frameworks"][framework] = None
                note(f"left out: {result['missing']}")
            elif "version" in result:
                report["frameworks"][framework] = result["version"]
            elif "skipped" in result:
                result["reason"] = result.pop("skipped")
                report["skipped"].append(result)
                note(f"{result['id']} {result['dtype']} {result['size']}: skipped: {result['reason']}")
            else:
                report["benchmarks"].append({**result, "threads": report["machine"]["cores"]})
                note(f"{result['id']} {result['dtype']} {result['size']}: {result['time_ns']['median'] / 1e3:,.2f} µs")
    finally:
        if process.poll() is None:
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
    if process.returncode:
        # A crash takes one framework's remaining workloads, not the others.
        errors.seek(0)
        tail = errors.read().strip().splitlines()[-1:] or [""]
        report["skipped"].append({"framework": framework, "reason": f"exit {process.returncode}: {tail[0]}"})
        note(f"ended with exit code {process.returncode}: {tail[0]}")


def environment():
    """OPENBLAS_CORETYPE set to an older core would halve NumPy's matmul; JAX would otherwise look for accelerators."""
    result = {k: v for k, v in os.environ.items() if k not in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")}
    return result | {"JAX_PLATFORMS": "cpu", "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONWARNINGS": "ignore"}


class Parser(argparse.ArgumentParser):
    def error(self, message):
        """One sentence, and the exit code that adjoint-bench has for it."""
        print(f"peers.py: {message}", file=sys.stderr)
        sys.exit(64)


def main():
    parser = Parser(description=__doc__.split("\n")[0])
    parser.add_argument("--filter", default="", help="a regular expression that the id contains")
    parser.add_argument("--size", type=sizes, help="3,1000 or 1Ki..16Mi*4 instead of each workload's own sizes")
    parser.add_argument("--dtype", default="float32", help="float32, float64 or both (float32)")
    parser.add_argument("--frameworks", default=",".join(FRAMEWORKS), help="which of " + ", ".join(FRAMEWORKS))
    parser.add_argument("--threads", type=int, default=0, help="processors to use (all that the process may use)")
    parser.add_argument("--min-time", type=float, default=0.3, help="seconds per workload (0.3)")
    parser.add_argument("--out", help="a file for the JSON instead of standard output")
    parser.add_argument("--child", choices=FRAMEWORKS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    unknown = set(options.frameworks.split(",")) - set(FRAMEWORKS)
    if unknown:
        parser.error(f"unknown framework '{', '.join(sorted(unknown))}': there are {', '.join(FRAMEWORKS)}")
    if set(options.dtype.split(",")) - {"float32", "float64"}:
        parser.error(f"'{options.dtype}' is not float32, float64 or both separated by a comma")
    try:
        re.compile(options.filter)
    except re.error as reason:
        parser.error(f"--filter is not a regular expression: {reason}")
    if options.threads and hasattr(os, "sched_setaffinity"):
        # The one way that every framework respects, if it is set before they start.
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: options.threads])
    if options.child:
        child(options)
        return 0
    return parent(options)


if __name__ == "__main__":
    sys.exit(main())
