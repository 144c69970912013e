"""Ways of pruning a language model at exactly equal sparsity, judged on held-out text.

    python bench/compress_prune.py --calibrate C.txt --evaluate E0.txt --evaluate E1.txt
        [--target 50%] [--pattern unstructured|2:4|heads|neurons] [--way wanda --way sparsegpt ...]

Perplexity is held against Wanda's on the same outputs, by a paired bootstrap (its ratio, with the
95 % interval). `loss` is the mean relative squared error of the units' outputs on calibration text;
`file` is the export to safetensors.
"""

import argparse
import os
import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from qml.compression.bench import Bench, Entry
from qml.compression.candidate import Candidate
from qml.compression.judging import Judge, Judgement
from qml.compression.prune import compress
from qml.compression.prune.magnitude import magnitude_local, zero_share
from qml.compression.prune.methods import BLIND, PRUNERS
from qml.compression.prune.quota import zeros_of
from qml.compression.prune.settings import pattern_of, share_of
from qml.compression.prune.walking import pruned
from qml.config import validate
from qml.ports import Silence, SystemClock
from qml.results.bootstrap import Resampling, resampling
from qml.seeds import Seeds
from qml.session import World
from qml.tasks.carry import set_up_engine
from qml.tasks.compress.benches import open_bench

WAYS = (
    "wanda",
    "magnitude",
    "magnitude_global",
    "wanda_update",
    "sparsegpt",
    "sparsegpt_update",
    "brain_surgeon_mask",
    "brain_surgeon",
)
"""Wanda first: all others are held against it."""


class _Never:
    requested = False


def entry_of(bench: Bench, way: str, layers: int | None) -> Entry:
    """Prune in one way; only the first layers where a number is given."""
    if layers is not None:
        return first_layers(bench, way, layers)
    settings = bench.section.prune.model_copy(update={"solver": way, "rivals": [], "blocks": 0})
    section = bench.section.model_copy(update={"prune": settings})
    return compress(replace(bench, section=section), Candidate({})).entries[0]


def first_layers(bench: Bench, way: str, layers: int) -> Entry:
    """Prune some layers alone: a quick look, where the whole would take too long."""
    units = [unit for unit in bench.subject.units if unit.stage <= layers]
    zeros, pattern = zeros_of(units, share_of(bench.section)), pattern_of(bench.section)
    base, began = Candidate({}), time.monotonic()
    if way in BLIND:
        candidate, loss = magnitude_local(bench, base, units, zeros, pattern), None
    else:
        found = pruned(bench, base, PRUNERS[way], label=way, zeros=zeros, pattern=pattern)
        candidate, loss = found.candidate, found.loss
    seconds = time.monotonic() - began
    return Entry(label=way, candidate=candidate, objective=loss, seconds=seconds)


def line(
    bench: Bench,
    way: str,
    judge: Judge,
    draws: Resampling,
    rival: Judgement | None,
    layers: int | None,
) -> Judgement:
    """Prune, judge, print; return the judgement."""
    worked = time.process_time()
    entry = entry_of(bench, way, layers)
    worked = time.process_time() - worked
    assert entry.candidate is not None
    found = judge.judge(entry.candidate)
    against = ""
    if rival is not None:
        apart = draws.paired(found.nll, rival.nll).difference
        against = "{:.3f} [{:.3f}, {:.3f}]".format(*(float(np.exp(x)) for x in apart))
    units = [unit for unit in bench.subject.units if unit.name in entry.candidate.parts]
    kl = draws.interval(found.kl)
    loss = "" if entry.objective is None else f"{entry.objective:.5f}"
    size = bench.exporter.predict(bench.subject, entry.candidate) / 1e6
    print(
        f"| {way} | {100 * zero_share(entry.candidate, units):.3f} % | {loss}"
        f" | {kl.mean:.3f} [{kl.low:.3f}, {kl.high:.3f}] | {found.perplexity:.2f} | {against}"
        f" | {entry.seconds:.0f} / {worked:.0f} | {size:.1f} |",
        flush=True,
    )
    return found


def main() -> int:
    """Print the table; exit 1 where the chosen way is worse than Wanda or magnitude."""
    options = _options(None)
    keys = {"methods": ["prune"], "model": options.model, "target": options.target}
    prune = {"pattern": options.pattern, "tokens": options.tokens}
    texts = {"calibrate": options.calibrate, "evaluate": options.evaluate, "prune": prune}
    config = validate({"compress": {**keys, **texts}})
    world = World(environ=os.environ, progress=Silence(), clock=SystemClock())
    set_up_engine(config, Path.cwd(), world)
    opened = open_bench(config, Path.cwd(), world, Seeds(0), _Never())  # type: ignore[arg-type]
    judge = Judge(opened.bench.subject, opened.held_out)
    draws = resampling(opened.held_out.clusters.numpy(), seed=0)
    print(f"teacher: perplexity {judge.teacher().perplexity:.2f}; {draws.words('token')}\n")
    print("| way | zeros | loss | KL | perplexity | over Wanda's | s wall / cpu | file MB |")
    print("|---|---|---|---|---|---|---|---|")
    found: dict[str, Judgement] = {}
    for way in options.way or WAYS:
        found[way] = line(opened.bench, way, judge, draws, found.get("wanda"), options.layers)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"\npeak memory {peak:.1f} GiB")
    rivals = [found[name] for name in ("wanda", "magnitude") if name in found]
    best = found.get("brain_surgeon")
    return int(best is not None and any(best.perplexity > r.perplexity for r in rivals))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="gguf:smollm2")
    parser.add_argument("--calibrate", action="append", required=True, help="text, may be repeated")
    parser.add_argument("--evaluate", action="append", required=True, help="text, may be repeated")
    parser.add_argument("--target", default="50%", help="share of zeros")
    parser.add_argument("--pattern", default="unstructured")
    parser.add_argument("--tokens", type=int, default=8192, help="calibration tokens")
    parser.add_argument("--layers", type=int, help="only the first so many: a quick look")
    parser.add_argument("--way", action="append", help="may be repeated; all without")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
