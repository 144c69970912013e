"""Do two programs have the same distribution?"""

from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.errors import DataError
from qml.results.counts import Counts
from qml.seeds import derive
from qml.testing.assertions.hints import explain
from qml.testing.assertions.histogram import histogram
from qml.testing.assertions.judging import (
    check_shots,
    check_sizes,
    distance_words,
    evidence,
    fail,
    report,
    wanted_shots,
)
from qml.testing.assertions.outcomes import counts_of, tally_of
from qml.testing.assertions.sources import Draw, draws
from qml.testing.sequential.base import Finding, run
from qml.testing.sequential.homogeneity import Homogeneity
from qml.testing.suite.trial import Allowance, current

_PROBE = 1


def assert_same_distribution(
    one: Any,
    other: Any,
    *,
    epsilon: float = 0.1,
    tolerance: float = 0.0,
    shots: int | None = None,
    backend: Any = None,
    other_backend: Any = None,
) -> None:
    """Assert that two programs, or two sets of counts, have the same distribution.

    Use it where neither distribution is known: a program against its optimised form, a backend
    against another one. Where one is known, `assert_distribution` needs half the shots.

    Args:
        one: A program, a function `sampler(shots, seed)`, counts by bit string, or samples.
        other: Likewise; both are counts, or both can be run.
        epsilon: Total variation distance beyond the tolerance that must be seen.
        tolerance: Distance that right programs may have.
        shots: Shots of each at most; those of the marker, else as many as are needed.
        backend: Opened backend of `one` or its name; that of the test session where None.
        other_backend: Likewise of `other`; `backend` where None.

    Raises:
        AssertionError: They differ.
        PlanError: Nothing is refuted, and the shots cannot show `epsilon`; the message tells how
            many can.
        DataError: The outcomes are malformed, or of unlike width.
    """
    __tracebackhide__ = True
    check_sizes(epsilon=epsilon, tolerance=tolerance)
    allowance = current().allow()
    sizes = {"epsilon": epsilon, "tolerance": tolerance, "delta": allowance.delta}
    first, second = counts_of(one), counts_of(other)
    if first and second:
        test, finding = _judge(first, second, sizes)
        taken = planned = first.shots + second.shots
    elif first or second:
        raise DataError(
            "one side is counts and the other can be run",
            hint="give counts of both, or use assert_distribution with the exact distribution",
        )
    else:
        both = draws(one, backend), draws(other, other_backend or backend)
        test, finding, each = _sample(both, sizes, wanted_shots(shots), allowance)
        taken, planned = 2 * each, 2 * test.shots
    report(taken, planned)
    if not finding.passed:
        fail(*_words(test, finding, allowance, taken, planned))
    check_shots(test, epsilon)  # few counts can refute, and not confirm


def _judge(first: Counts, second: Counts, sizes: dict[str, float]) -> tuple[Homogeneity, Finding]:
    fewest = min(first.shots, second.shots)
    test = Homogeneity(2**first.wires, **sizes, shots=fewest)
    test.see(_pair(first, second))
    return test, test.look(last=True)


def _sample(
    both: tuple[Draw, Draw], sizes: dict[str, float], shots: int | None, allowance: Allowance
) -> tuple[Homogeneity, Finding, int]:
    probe = both[0](_PROBE, derive(allowance.seed, "probe"))  # tells the width; not judged
    test = Homogeneity(2**probe.wires, **sizes, shots=shots)
    check_shots(test, sizes["epsilon"])
    finding, taken = run(test, partial(_batch, both, allowance.seed))
    return test, finding, taken


def _batch(both: tuple[Draw, Draw], seed: int, shots: int, number: int) -> NDArray[np.int64]:
    seeds = [derive(seed, f"{side}/{number}") for side in ("one", "other")]
    return _pair(*(draw(shots, s) for draw, s in zip(both, seeds, strict=True)))


def _pair(first: Counts, second: Counts) -> NDArray[np.int64]:
    if first.wires != second.wires:
        raise DataError(f"the outcomes have {first.wires} and {second.wires} bits")
    return np.stack([tally_of(first), tally_of(second)])


def _words(
    test: Homogeneity, finding: Finding, allowance: Allowance, taken: int, planned: int
) -> list[str | None]:
    one, other = test.frequencies
    hint = explain(one, other, taken // 4, test.tolerance)
    return [
        distance_words("between the two", finding, test.limit, test.tolerance),
        evidence(finding, allowance, taken, planned),
        histogram(one, other, ("one", "other")),
        f"hint: of the other, {hint}" if hint else None,
    ]
