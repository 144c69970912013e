"""Do the assertions of `qml.testing` find faults? Five programs, faults planted by a seed.

    python bench/mutants.py [--seeds 2] [--backend reference|jax|lightning|...]

A mutant whose behaviour is that of the program at random arguments (state, unitary, distribution
or readings, by state vector, to 1e-9) is no fault and is left out, by that proof. The rest should
fail a test. Every test has one seat of a suite at an error rate of 1e-6. The score counts
statistical tests; what only the unitary finds is shown beside it. The script fails where the score
is below .90, where there are fewer than 40 mutants, or where a true program fails.
"""

import argparse
import sys
import time

import numpy as np
from mutant_faults import mutants
from mutant_programs import PROGRAMS, Program
from mutant_tests import TESTS, Test

from qml.seeds import derive
from qml.testing import Trial, running
from qml.testing.assertions.sources import open_free
from qml.testing.suite.shares import seat_share

SCORE, LEAST, RATE = 0.9, 40, 1e-6


def failing(program: Program, seed: int, backend: object, rate: float) -> list[str]:
    """Names of the tests that a program fails."""
    return [t.__name__ for t in TESTS[program.name] if _fails(t, program, seed, backend, rate)]


def _fails(test: Test, program: Program, seed: int, backend: object, share: float) -> bool:
    trial = Trial(
        name=test.__name__, share=share, seed=derive(seed, test.__name__), backend=backend
    )
    with running(trial):
        try:
            test(program)
        except AssertionError:
            return True
    return False


def equivalent(one: Program, other: Program) -> float:
    """Largest difference of the behaviours."""
    first, second = (p.behaviour(p, np.random.default_rng(9)) for p in (one, other))
    return float(np.abs(first - second).max())


def judge(program: Program, seed: int, backend: object, share: float) -> tuple[int, int, int]:
    """Print a row for each mutant; return faults, found ones, and those found by shots."""
    faults = found = by_shots = 0
    for name, mutant in mutants(program, seed):
        apart = equivalent(program, mutant)
        if apart < 1e-9:
            print(f"| {program.name} | {seed} | {name} | {apart:.0e} | equivalent |")
            continue
        killers = failing(mutant, seed, backend, share)
        faults, found = faults + 1, found + bool(killers)
        by_shots += any(k != "test_qft_is_the_matrix" for k in killers)
        words = ", ".join(k.removeprefix("test_") for k in killers) or "SURVIVED"
        print(f"| {program.name} | {seed} | {name} | {apart:.2g} | {words} |")
    return faults, found, by_shots


def main() -> int:
    """Measure and print; exit 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=2, help="how often each fault is planted")
    parser.add_argument("--backend", default="reference", help="where the circuits run")
    arguments = parser.parse_args()
    backend = open_free(arguments.backend)
    started, share = time.process_time(), seat_share(RATE, 1)
    wrong = [n for n, p in PROGRAMS.items() if failing(p, 0, backend, share)]
    print("| program | seed | fault | behaviour differs by | failed tests |\n|---|---|---|---|---|")
    rows = [judge(p, s, backend, share) for p in PROGRAMS.values() for s in range(arguments.seeds)]
    faults, found, by_shots = (sum(column) for column in zip(*rows, strict=True))
    print(
        f"\n{faults} mutants, {found} found: score {found / faults:.3f}; by shots alone "
        f"{by_shots}: {by_shots / faults:.3f}; {time.process_time() - started:.0f} s of processor"
    )
    print(f"true programs that fail: {', '.join(wrong) or 'none'}")
    return int(bool(wrong) or by_shots / faults < SCORE or faults < LEAST)


if __name__ == "__main__":
    sys.exit(main())
