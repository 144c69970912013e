"""How often do the assertions of `qml.testing` blame a right program? Less than they say.

    python bench/false_alarms.py [--repetitions 10000] [--rates 1e-6 0.01 0.05]

The true programs of `mutants.py` pass their tests with other seeds each time; a repetition is all
tests of one program, its error rate is shared by all their assertions. At a rate of 1e-6 no alarm
should come in 10,000; at 0.01 and 0.05 the bound itself is put to the test. The last column is the
upper end of the interval of Clopper and Pearson (95 %, one-sided) for the true rate. The script
fails where alarms are more than the stated rate allows (binomial test, p < 0.001).
"""

import argparse
import sys
import time
from collections.abc import Iterator

from mutant_programs import PROGRAMS, Program
from mutant_tests import TESTS
from scipy.stats import beta, binomtest

from qml.seeds import derive
from qml.testing import Trial, running
from qml.testing.reference_backend import open_reference

DOUBT = 0.001


def repeat(
    program: Program, repetitions: int, rate: float, backend: object
) -> Iterator[tuple[bool, int, int]]:
    """Yield, for each repetition, whether there was an alarm, the shots, and those planned."""
    for number in range(repetitions):
        seed = derive(number, f"{program.name}/{rate}")
        trial = Trial(name=program.name, share=rate, seed=seed, backend=backend)
        with running(trial):
            alarm = _alarm(program)
        spent = trial.spent
        yield alarm, sum(s.shots for s in spent), sum(s.planned for s in spent)


def _alarm(program: Program) -> bool:
    try:
        for test in TESTS[program.name]:
            if test.__name__ != "test_qft_is_the_matrix":  # nothing random
                test(program)
    except AssertionError:
        return True
    return False


def upper(alarms: int, repetitions: int) -> float:
    """Upper end of the one-sided interval of Clopper and Pearson at 95 %."""
    return float(beta.ppf(0.95, alarms + 1, repetitions - alarms))


def measure(rate: float, repetitions: int) -> bool:
    """Print the rows of one rate; return whether the bound held."""
    backend, held, alarms = open_reference(), True, 0
    for program in PROGRAMS.values():
        each = repetitions // len(PROGRAMS)
        started = time.process_time()
        rows = list(repeat(program, each, rate, backend))
        mine, shots, planned = (sum(column) for column in zip(*rows, strict=True))
        seconds = time.process_time() - started
        alarms += mine
        held &= binomtest(mine, each, rate, alternative="greater").pvalue >= DOUBT
        saved = 1 - shots / planned
        print(
            f"| {rate:g} | {program.name} | {each:,} | {mine} | {upper(mine, each):.1e} "
            f"| {shots / each:,.0f} | {saved:.0%} | {seconds:.0f} |",
            flush=True,
        )
    total = each * len(PROGRAMS)
    print(f"| {rate:g} | all | {total:,} | {alarms} | {upper(alarms, total):.1e} | | | |")
    return bool(held)


def main() -> int:
    """Measure and print; exit 1 where there are more alarms than allowed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repetitions", type=int, default=10_000)
    parser.add_argument("--rates", type=float, nargs="+", default=[1e-6, 0.01, 0.05])
    arguments = parser.parse_args()
    print("| rate | program | repetitions | alarms | true rate below | shots | saved | s |")
    print("|---|---|---|---|---|---|---|---|")
    held = [measure(rate, arguments.repetitions) for rate in arguments.rates]
    print(f"\nthe bound held: {'everywhere' if all(held) else 'NOT everywhere'}")
    return int(not all(held))


if __name__ == "__main__":
    sys.exit(main())
