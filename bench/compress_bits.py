"""Widths of a language model's tensors: the choice, its rivals, the solvers that make it.

    python bench/compress_bits.py --calibrate C.txt --evaluate E0.txt --evaluate E1.txt
        [--target 4.0bpw --target 3.5bpw] [--threads 2] [--tokens 192] [--pairs 0]

First every target: all candidates on held-out text, their divergence over that of `uniform` and of
the choice with paired bootstrap intervals of 95 %. Sensitivities come from the user's cache, where
`qml compress` keeps them, and are measured where they are not there (a quarter of an hour on two
free cores). Then the objective of every solver above the proven optimum, at more budgets, and that
of the QUBO under other widths of its core and other penalties. The script fails where a bar is
missed: 4 bits at 0.75 of uniform's divergence and 1.02 of its perplexity, 3.5 bits at 0.80 of the
divergence of layers, random above the choice, every heuristic within 0.1 % of the optimum.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import torch

from qml.algorithms.solvers import Budget
from qml.compression.bench import Bench, Entry
from qml.compression.bits import compress
from qml.compression.bits.allocation import binary, greedy
from qml.compression.bits.allocation.searches import SOLVERS, search
from qml.compression.bits.allocation.terms import Terms
from qml.compression.bits.setup import Setup, set_up
from qml.compression.candidate import Candidate
from qml.compression.judging import Judge, Judgement
from qml.compression.target import read_target
from qml.config import validate
from qml.ports import Silence, SystemClock
from qml.results.bootstrap import Resampling, resampling
from qml.seeds import Seeds
from qml.session import World
from qml.tasks.carry import set_up_engine
from qml.tasks.compress.benches import open_bench

RIVALS = ("uniform", "random", "layers", "greedy", "annealing", "tabu", "exact", "qaoa")
BARS = {
    "4.0bpw": (("uniform", 0.75), ("random", 1.0)),
    "3.5bpw": (("layers", 0.80), ("random", 1.0)),
}
"""Most divergence of the choice, over that of a rival."""
PERPLEXITY_BAR, GAP_BAR = 1.02, 1e-3
BUDGETS = (2.5, 3.0, 3.5, 4.0, 4.37, 5.0, 6.0)
SETTINGS = [(w, s) for w in (3.0, 10.0, 100.0) for s in (0.01, 0.1, 1.0)]
START = Candidate({})


class _Never:
    requested = False


def at(bench: Bench, target: str) -> Bench:
    """Return the bench with another target."""
    section = bench.section.model_copy(update={"target": target})
    return replace(bench, section=section, target=read_target(target))


def candidates(bench: Bench, judge: Judge, draws: Resampling, target: str) -> bool:
    """Print all lines of a target; return whether its bars are reached."""
    wall, processor = time.monotonic(), time.process_time()
    step = compress(at(bench, target), START)
    wall, processor = time.monotonic() - wall, time.process_time() - processor
    known: dict[tuple[int, ...], Judgement] = {}
    found: dict[str, tuple[Entry, Judgement]] = {}
    for entry in step.entries:
        assert entry.candidate is not None
        key = tuple(step.document["allocations"][entry.label])
        if key not in known:
            known[key] = judge.judge(entry.candidate)
        found[entry.label] = entry, known[key]
    print(f"\n## {target}: {wall:.0f} s, of the processor {processor:.0f} s\n")
    print("| | bits | above the optimum | KL | over uniform | over the choice | perplexity | s |")
    print("|---|---|---|---|---|---|---|---|")
    for entry, judged in found.values():
        uniform, chosen = (found[n][1] if n in found else None for n in ("uniform", step.chosen))
        ratios = " | ".join(_over(draws, judged, other) for other in (uniform, chosen))
        kl = draws.interval(judged.kl)
        assert entry.candidate is not None
        print(
            f"| {entry.label} | {entry.candidate.payload(bench.subject):.3f} | {_gap(entry)}"
            f" | {kl.mean:.4f} ({kl.low:.3f} to {kl.high:.3f}) | {ratios}"
            f" | {judged.perplexity:.2f} | {entry.seconds:.2f} |",
            flush=True,
        )
    print()
    for note in (*step.notes, *(f"{e.label}: {e.note}" for e in step.entries if e.note)):
        print(f"- {note}")
    return _passes(target, step.chosen, found)


def _over(draws: Resampling, one: Judgement, other: Judgement | None) -> str:
    if other is None or one is other:
        return "-"
    ratio = draws.paired(one.kl, other.kl).ratio
    return "-" if ratio is None else f"{ratio.mean:.3f} ({ratio.low:.3f} to {ratio.high:.3f})"


def _gap(entry: Entry) -> str:
    assert entry.objective is not None
    assert entry.bound is not None
    return f"{100 * (entry.objective / entry.bound - 1):.4f} %"


def _passes(target: str, label: str, found: Mapping[str, tuple[Entry, Judgement]]) -> bool:
    chosen, passed = found[label][1], True
    for rival, most in BARS.get(target, ()):
        if rival not in found:
            continue
        ratio = chosen.kl.mean() / found[rival][1].kl.mean()
        passed &= _bar(f"KL over {rival}", float(ratio), most)
        if rival == "uniform":
            over = chosen.perplexity / found[rival][1].perplexity
            passed &= _bar("perplexity over uniform", over, PERPLEXITY_BAR)
    for name in RIVALS[3:]:
        if name in found:
            entry = found[name][0]
            assert entry.objective is not None
            assert entry.bound is not None
            passed &= _bar(f"{name} over the optimum", entry.objective / entry.bound, 1 + GAP_BAR)
    return passed


def _bar(what: str, value: float, most: float) -> bool:
    print(f"- {what}: {value:.5g}, at most {most:g}: {'yes' if value <= most else 'NO'}")
    return value <= most


def solvers(setup: Setup) -> bool:
    """Print how far every solver ends above the optimum at several budgets."""
    weights, passed = sum(unit.weights for unit in setup.table.units), True
    print("\n| above the optimum (s of the processor) | " + " | ".join(SOLVERS) + " |")
    print("|---|" + "---|" * len(SOLVERS))
    for bits in BUDGETS:
        problem, cells, optimum = replace(setup.problem, budget=bits * weights), [], None
        for name in SOLVERS:
            began = time.process_time()
            found = search(name, problem, Terms(budget=Budget(evaluations=3_000_000)))
            value = problem.objective(found.choice)
            optimum = value if optimum is None else optimum  # integer programming comes first
            cells.append(f"{100 * (value / optimum - 1):.4f} % ({time.process_time() - began:.2f})")
            passed &= value <= (1 + GAP_BAR) * optimum
        print(f"| {bits} bits | " + " | ".join(cells) + " |", flush=True)
    return passed


def settings(setup: Setup) -> None:
    """Print how far annealing ends above the optimum, without greedy's choice to fall back on."""
    weights = sum(unit.weights for unit in setup.table.units)
    print("\n| core within, penalty | " + " | ".join(f"{b} bits" for b in BUDGETS) + " |")
    print("|---|" + "---|" * len(BUDGETS))
    for within, strength in SETTINGS:
        cells = list(_settings(setup, within, strength, [b * weights for b in BUDGETS]))
        print(f"| {within:g}, {strength:g} | " + " | ".join(cells) + " |", flush=True)


def _settings(
    setup: Setup, within: float, strength: float, budgets: Sequence[float]
) -> Iterator[str]:
    terms = Terms(budget=Budget(evaluations=1_000_000))
    for budget in budgets:
        problem = replace(setup.problem, budget=budget)
        optimum = problem.objective(search("ilp", problem, terms).choice)
        level = greedy.price(problem, greedy.greedy(problem))
        model = binary.core(problem, level, within=within, strength=strength)
        if model is None:
            yield "-"
            continue
        answer = terms.solve(model.arrays, "annealing")
        assert answer.best is not None
        choice = greedy.repair(problem, model.choice(answer.best))
        gap = problem.objective(choice) / optimum - 1
        yield f"{100 * gap:.3f} % of {model.arrays.size} bits"


def main() -> int:
    """Print all tables; exit 1 where a bar is missed."""
    options = _options(None)
    widths = [int(width) for width in options.widths.split(",")]
    bits = {"tokens": options.tokens, "widths": widths, "pairs": options.pairs}
    bits["rivals"] = options.rivals.split(",")
    texts = {"calibrate": options.calibrate, "evaluate": options.evaluate}
    config = validate(
        {
            "compress": {"model": options.model, "bits": bits, **texts},
            "backend": {"threads": options.threads},
        }
    )
    world = World(environ=os.environ, progress=Silence(), clock=SystemClock())
    set_up_engine(config, Path.cwd(), world)
    torch.set_num_threads(options.threads)
    opened = open_bench(config, Path.cwd(), world, Seeds(0), _Never())  # type: ignore[arg-type]
    judge = Judge(opened.bench.subject, opened.held_out)
    draws = resampling(opened.held_out.clusters.numpy(), seed=0)
    print(
        f"{options.model}, {len(opened.held_out.targets):,} held-out tokens, {options.threads}"
        f" threads; teacher: perplexity {judge.teacher().perplexity:.2f}"
    )
    targets = options.target or list(BARS)
    passed = [candidates(opened.bench, judge, draws, target) for target in targets]
    setup = set_up(at(opened.bench, "8bpw"), START)
    passed.append(solvers(setup))
    settings(setup)
    return int(not all(passed))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="gguf:smollm2")
    parser.add_argument("--calibrate", action="append", required=True, help="text, may be repeated")
    parser.add_argument("--evaluate", action="append", required=True, help="text, may be repeated")
    parser.add_argument("--target", action="append", help="may be repeated")
    parser.add_argument("--tokens", type=int, default=192, help="of the sensitivities")
    parser.add_argument("--widths", default="2,3,4,6,8", help="on offer, with commas")
    parser.add_argument("--rivals", default=",".join(RIVALS), help="with commas")
    parser.add_argument("--pairs", type=int, default=0, help="tensors whose pairs are measured")
    parser.add_argument("--threads", type=int, default=2, help="of torch")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
