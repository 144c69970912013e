"""How often judging and the gate call a difference that is not there, and how often one that is.

    python bench/judging_false_alarms.py [--repetitions 1000] [--seed 0]

Suites are simulated: rows that are hard for all columns, seeds that are lucky. False alarms must
stay at or below 5 % (judging) and 1 % (gate) for each world that is not marked as beyond, within
what so many repetitions can tell; the last column is the share of true differences that were shown.
"""

import argparse
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from qml.benchmarking.judging.judgement import judge
from qml.benchmarking.regression.gate import hold
from qml.benchmarking.regression.thresholds import thresholds
from qml.results.intervals import wilson
from tests.benchmarking.regression.test_gate import documents
from tests.benchmarking.worlds import classifiers, suite

ALIKE = {
    "iqp": ("quantum", 0.75),
    "hea": ("quantum", 0.75),
    "separable": ("twin", 0.75),
    "svc": ("classical", 0.75),
    "mlp": ("classical", 0.75),
}
APART = {**ALIKE, "svc": ("classical", 0.89)}
JUDGED = {
    "60 rows, 1 seed": {"lucky": 0.0},
    "60 rows, 5 seeds": {"seeds": 5},
    "60 rows, 5 splits": {"seeds": 5, "resplit": True},
    "300 rows, 2 seeds": {"rows": 300, "seeds": 2},
    "300 rows, 3 seeds, luck .04": {"rows": 300, "seeds": 3, "lucky": 0.04},
    "300 rows, 3 seeds, luck .06 (beyond)": {"rows": 300, "seeds": 3, "lucky": 0.06},
    "300 rows, 5 seeds, luck .10": {"rows": 300, "seeds": 5, "lucky": 0.1},
    "300 rows, 2 seeds, luck .10 (beyond)": {"rows": 300, "seeds": 2, "lucky": 0.1},
    "3 sets, 60 rows, 2 seeds": {"sets": 3, "seeds": 2},
    "12 sets, 60 rows, 1 seed": {"sets": 12, "lucky": 0.0},
    "20 sets, 40 rows, 2 seeds": {"sets": 20, "rows": 40, "seeds": 2},
}
GATED = {
    "600 rows, 5 seeds": {"rows": 600},
    "600 rows, 3 seeds": {"rows": 600, "seeds": 3},
    "600 rows, 2 seeds": {"rows": 600, "seeds": 2},
    "600 rows, 1 model": {"rows": 600, "seeds": 1, "lucky": 0.0},
    "4 sets, 100 rows, 5 seeds": {"sets": 4, "rows": 100},
}


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repetitions", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    started = time.process_time()
    print(f"{asked.repetitions} repetitions, seed {asked.seed}\n")
    _head("judging: any better or worse", "14 points of chance apart, shown")
    for name, world in JUDGED.items():
        rng = np.random.default_rng(asked.seed)
        false = sum(_any(rng, ALIKE, world) for _ in range(asked.repetitions))
        few = max(1, asked.repetitions // 10)
        true = sum(_best(rng, world) for _ in range(few))
        _row(name, false, asked.repetitions, true, few)
    _head("gate, --fail-on 1%: anything called", "10 points lost, caught")
    for name, world in GATED.items():
        rng = np.random.default_rng(asked.seed)
        false = sum(_called(rng, 0.0, world) for _ in range(asked.repetitions))
        few = max(1, asked.repetitions // 10)
        true = sum(_called(rng, 0.14, world) for _ in range(few))
        _row(name, false, asked.repetitions, true, few)
    print(f"\n{time.process_time() - started:.0f} s of processor time")


def _any(rng: np.random.Generator, columns: dict[str, tuple[str, float]], world: dict) -> bool:
    results = classifiers(rng, columns, **world)
    found = judge(suite(results), results).comparisons
    return any(c["verdict"] != "no difference shown" for c in found)


def _best(rng: np.random.Generator, world: dict) -> bool:
    results = classifiers(rng, APART, **world)
    found = judge(suite(results), results).verdicts
    return any(v["about"] == "rival" and v["verdict"] == "worse" for v in found)


def _called(rng: np.random.Generator, drop: float, world: dict) -> bool:
    found = hold(*documents(rng, drop, **world), thresholds("1%"))
    return bool(found.called("worse") or (not drop and found.called("better")))


def _head(first: str, second: str) -> None:
    print(f"\n{'world':38} {first:>36}  {'95 %':>14}  {second:>34}")


def _row(name: str, false: int, repetitions: int, true: int, few: int) -> None:
    low, high = wilson(false, repetitions)
    bounds = f"{100 * low:.1f} to {100 * high:.1f}"
    print(
        f"{name:38} {100 * false / repetitions:34.1f} %  {bounds:>14}  {100 * true / few:32.0f} %",
        flush=True,
    )


if __name__ == "__main__":
    main()
