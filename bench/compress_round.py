"""Rounding: QUBOs of 42 columns beside GPTQ and the optimum, and a language model at 3.5 bits.

    python bench/compress_round.py [--model gguf:smollm2 --calibrate FILE --evaluate FILE ...]

The first table is the published trial (12 weights, 3 bits, four correlated inputs): mean square of
the output's change, over that of the nearest values. The second one rounds a whole model, 3 and 4
bits by layer (the outer layers at 4), and judges it on the held-out texts: divergence from the
teacher with a 95 % interval, and paired intervals of the ratio to the first line. Times are
processor time. The script fails where the chosen solver's divergence is not at least 25 % below
that of the nearest values, or above GPTQ's.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from qml.algorithms.solvers import Budget, solve
from qml.problems.rounding import Column, trial

if TYPE_CHECKING:
    from qml.compression.bench import Bench, Step
    from qml.compression.candidate import Candidate
    from qml.compression.subjects import Examples

LENGTH, SHARE = 448, 0.75
Rounder = Callable[[Column], np.ndarray]


def gptq(column: Column) -> np.ndarray:
    """Return the errors that GPTQ leaves, as it is published."""
    w, step, h = column.weights.copy(), column.step, column.hessian
    damped = h + 0.01 * np.diag(h).mean() * np.eye(len(h))
    upper = np.linalg.cholesky(np.linalg.inv(damped)).T
    q = np.empty_like(w)
    for i in range(len(w)):
        q[i] = step * np.round(w[i] / step)
        w[i:] -= (w[i] - q[i]) / upper[i, i] * upper[i, i:]
    return q - column.weights


def flips(starts: Callable[[Column], np.ndarray]) -> Rounder:
    """Return steepest descent by single flips, the best of all starts."""

    def run(column: Column) -> np.ndarray:
        problem = column.problem()
        ends = [_descent(problem, x.copy()) for x in starts(column)]
        return chosen(column, min(ends, key=lambda x: float(problem.objectives(x[None])[0])))

    return run


def _descent(problem: Any, x: np.ndarray) -> np.ndarray:
    while True:
        ones = x ^ np.eye(len(x), dtype=np.int8)
        values = problem.objectives(np.concatenate([ones, x[None]]))
        if values[:-1].min() >= values[-1]:
            return x
        x = ones[int(values[:-1].argmin())]


def chosen(column: Column, x: np.ndarray) -> np.ndarray:
    """Return the errors of a choice of up and down."""
    return column.errors + column.step * x


def solver(name: str, evaluations: int | None, **options: Any) -> Rounder:
    """Return one of the package's solvers."""

    def run(column: Column) -> np.ndarray:
        budget = Budget(evaluations=evaluations)
        answer = solve(column.problem(), name, budget=budget, options=options)
        assert answer.best is not None
        return chosen(column, answer.best)

    return run


ROUNDERS: dict[str, Rounder] = {
    "nearest": lambda c: chosen(c, c.nearest),
    "GPTQ": gptq,
    "1-flip descent": flips(lambda c: c.nearest[None]),
    "1-flip descent, 10 restarts": flips(lambda c: np.concatenate([c.nearest[None], c.starts])),
    "annealing, 8,192 evaluations": solver("annealing", 8192, sweeps=16),
    "tabu, 4,096 evaluations": solver("tabu", 4096),
    "qaoa, 4,096 shots": solver("qaoa", 4096),
    "exact": solver("exact", None),
}


def columns() -> None:
    """Print the table of 42 columns."""
    everything = list(trial())
    found, seconds = {}, {}
    for name, run in ROUNDERS.items():
        began = time.process_time()
        errors = [run(column) for column in everything]
        seconds[name] = time.process_time() - began
        found[name] = np.array([e @ c.hessian @ e for e, c in zip(errors, everything, strict=True)])
    print("| 42 columns | geometric mean | mean | optimal | first column | s |")
    print("|---|---|---|---|---|---|")
    for name, values in found.items():
        ratio = values / found["nearest"]
        optimal = np.mean(values <= found["exact"] * (1 + 1e-9))
        print(
            f"| {name} | {np.exp(np.log(ratio).mean()):.3f} | {ratio.mean():.3f} | {optimal:.0%}"
            f" | {values[0]:.6f} | {seconds[name]:.1f} |"
        )


def open_bench(arguments: argparse.Namespace, cache: Path) -> "tuple[Bench, Examples]":
    """Load the model and its texts."""
    from qml.compression.bench import Bench, no_gradients
    from qml.compression.subjects import open_subject
    from qml.compression.target import read_target
    from qml.config.sections.compress import CompressSection
    from qml.language.sources.base import Settings
    from qml.plugins import load
    from qml.ports import Silence, SystemClock
    from qml.seeds import Seeds

    section = CompressSection.model_validate(
        {"methods": ["bits", "round"], "target": "3.5bpw", "round": dict(settings(arguments))}
    )
    load("compressors", "round").check(section)
    subject = open_subject(
        arguments.model, Settings(root=Path(), environ=os.environ, threads=arguments.threads)
    )
    no_gradients(subject.module)
    exporter = load("exporters", "safetensors")
    texts = {"length": LENGTH}
    bench = Bench(
        subject=subject,
        calibration=subject.read([arguments.calibrate], what="calibrate", most=None, **texts),
        section=section,
        target=read_target(section.target),
        exporter=exporter,
        formats=exporter.formats(section),
        cache=cache,
        seeds=Seeds(0),
        progress=Silence(),
        clock=SystemClock(),
        stop=lambda: False,
    )
    return bench, subject.read(arguments.evaluate, what="evaluate", most=1344, **texts)


def settings(arguments: argparse.Namespace) -> Iterator[tuple[str, Any]]:
    """Yield the keys of `[compress.round]`."""
    yield "solver", arguments.solver
    for text in arguments.set:
        key, _, value = text.partition("=")
        yield key, value


def outer_layers_wide(bench: "Bench") -> "Candidate":
    """Return half of the layers at 4 bits, at both ends, and the rest at 3: 3.5 on average."""
    from qml.compression.candidate import Candidate
    from qml.compression.formats import IntegerFormat

    count = len({unit.group for unit in bench.subject.units})
    wide = {str(i) for i in range(count) if not count // 4 < i < count // 4 + count // 2 + 1}
    parts = {}
    for unit in bench.subject.units:
        form = IntegerFormat(4 if unit.group in wide else 3)
        parts[unit.name] = form.quantise(bench.weight(Candidate({}), unit))
    return Candidate(parts)


def model(arguments: argparse.Namespace) -> int:
    """Print the table of the whole model; return 1 where the bar is missed."""
    from qml.compression.round import compress

    with tempfile.TemporaryDirectory() as folder:
        bench, held_out = open_bench(arguments, Path(folder))
        base = outer_layers_wide(bench)
        began = time.process_time()
        step = compress(bench, base)
        print(f"\nprocessor time of all walks: {time.process_time() - began:.0f} s")
        return _judged(bench, held_out, base, step)


def _judged(bench: "Bench", held_out: "Examples", base: "Candidate", step: "Step") -> int:
    from qml.compression.judging import Judge
    from qml.results.bootstrap import resampling

    judge = Judge(bench.subject, held_out)
    draws = resampling(held_out.clusters.numpy(), seed=0)
    first = judge.judge(base)
    print(f"payload {base.payload(bench.subject):.3f} bits, {draws.words('token')}")
    print("| | objective | KL | ratio to bits | perplexity | solving, s |")
    print("|---|---|---|---|---|---|")
    _line("bits, nearest", "", first, first, draws, 0.0)
    found = {}
    for entry in step.entries:
        assert entry.candidate is not None
        found[entry.label] = judge.judge(entry.candidate)
        objective = f"{entry.objective:.4g}"
        _line(entry.label, objective, found[entry.label], first, draws, entry.seconds)
    mine, theirs = found[step.chosen].kl, found["gptq"].kl
    paired = draws.paired(mine, theirs).ratio
    assert paired is not None
    print(f"\n{step.chosen} over gptq: {paired.mean:.3f} [{paired.low:.3f}, {paired.high:.3f}]")
    return int(mine.mean() > SHARE * first.kl.mean() or mine.mean() > theirs.mean())


def _line(label: str, objective: str, found: Any, first: Any, draws: Any, seconds: float) -> None:
    kl, ratio = draws.interval(found.kl), draws.paired(found.kl, first.kl).ratio
    print(
        f"| {label} | {objective} | {kl.mean:.4f} [{kl.low:.4f}, {kl.high:.4f}] | {ratio.mean:.3f}"
        f" [{ratio.low:.3f}, {ratio.high:.3f}] | {found.perplexity:.2f} | {seconds:.0f} |",
        flush=True,
    )


def main() -> int:
    """Measure and print; exit 1 where the bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", help="gguf:smollm2 or another; without it the columns alone")
    parser.add_argument("--calibrate", type=Path)
    parser.add_argument("--evaluate", type=Path, action="append", default=[])
    parser.add_argument("--solver", default="coordinate_descent")
    parser.add_argument("--set", action="append", default=[], help="key=value of compress.round")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    columns()
    return model(arguments) if arguments.model else 0


if __name__ == "__main__":
    sys.exit(main())
