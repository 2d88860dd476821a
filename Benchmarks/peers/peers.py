"""Times PyTorch (eager and compiled), jitted JAX and NumPy on the workloads of adjoint-bench.

A server on standard input and output, so that both sides can take turns: each line in is a JSON object
{"id", "dtype", "shape", "threads", "min_time", "timeout"}, each line out {"id", "peers": {name: {"median_ns", "min_ns",
"samples_n"}}}. The first line out names the versions. Peers without the workload are left out.
"""

import json
import os
import statistics
import sys
import time

import workloads


def measure(run, min_time, timeout):
    """The time of one call: batches of at least 50 µs, until min_time and 20 samples or the timeout."""
    start = time.perf_counter_ns()
    run()
    run()
    batch = 1
    while True:
        before = time.perf_counter_ns()
        for _ in range(batch):
            run()
        elapsed = time.perf_counter_ns() - before
        if elapsed >= 50_000 and time.perf_counter_ns() - start >= 50_000_000:
            break
        if elapsed < 50_000:
            batch = max(batch * 2, int(batch * 60_000 / max(elapsed, 1)))
    samples = []
    measured = 0
    while measured < min_time * 1e9 or len(samples) < 20:
        before = time.perf_counter_ns()
        for _ in range(batch):
            run()
        elapsed = time.perf_counter_ns() - before
        samples.append(elapsed / batch)
        measured += elapsed
        if time.perf_counter_ns() - start > timeout * 1e9:
            break
    return {"median_ns": statistics.median(samples), "min_ns": min(samples), "samples_n": len(samples)}


def answer(request):
    peers = {}
    for name, make in workloads.peers(request["id"]):
        try:
            run = make(request["dtype"], request["shape"])
            if run is not None:
                peers[name] = measure(run, request.get("min_time", 0.3), request.get("timeout", 4))
        except Exception as error:  # a peer that fails must not end the comparison
            print(f"peers: {name} {request['id']}: {error}", file=sys.stderr)
    return {"id": request["id"], "peers": peers}


def main():
    threads = int(os.environ.get("PEERS_THREADS", os.cpu_count()))
    output = sys.stdout
    sys.stdout = sys.stderr  # compilers print; the protocol's stream stays clean
    print(json.dumps({"versions": workloads.start(threads)}), file=output, flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), file=output, flush=True)


if __name__ == "__main__":
    main()
