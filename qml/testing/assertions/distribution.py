"""Do the outcomes of a program follow a distribution?"""

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
from qml.testing.assertions.outcomes import counts_of, distribution_of, tally_of
from qml.testing.assertions.sources import draws
from qml.testing.sequential.base import Finding, run
from qml.testing.sequential.identity import Identity
from qml.testing.suite.trial import Allowance, current


def assert_distribution(
    actual: Any,
    expected: Any,
    *,
    epsilon: float = 0.1,
    tolerance: float = 0.0,
    shots: int | None = None,
    backend: Any = None,
) -> None:
    """Assert that outcomes follow a distribution.

    A right program is one whose total variation distance from `expected` is at most `tolerance`:
    it fails with no more than the assertion's share of the suite's error rate. A program whose
    distance is `tolerance + epsilon` or more is found, but for two in a million. A program is run
    in batches until the answer is sure; counts are judged as they are: few may refute a
    program, and never confirm it.

    Args:
        actual: A program (qml or Qiskit circuit, PennyLane quantum function), a function
            `sampler(shots, seed)`, counts by bit string, or samples of shape (shots, wires).
        expected: Probabilities by bit string or by index, a state vector, or a program whose exact
            distribution is meant. Wire 0 is the first bit, the most significant one of an index.
        epsilon: Distance beyond the tolerance that must be seen.
        tolerance: Distance that a healthy device has; see `qml.testing.oracles`. 0 on a simulator.
        shots: Shots at most; those of the marker, else as many as are needed.
        backend: Opened backend or its name; that of the test session where None.

    Raises:
        AssertionError: The outcomes do not follow it.
        PlanError: Nothing is refuted, and the shots cannot show `epsilon`; the message tells how
            many can.
        DataError: Counts or distribution are malformed, or of unlike width.
    """
    __tracebackhide__ = True
    check_sizes(epsilon=epsilon, tolerance=tolerance)
    allowance, target = current().allow(), distribution_of(expected)
    counts = counts_of(actual)
    given = counts.shots if counts else wanted_shots(shots)
    test = Identity(
        target, tolerance=tolerance, epsilon=epsilon, delta=allowance.delta, shots=given
    )
    if counts:
        finding, taken = _judge(test, counts), counts.shots
    else:
        check_shots(test, epsilon)
        finding, taken = _sample(test, actual, backend, allowance)
    report(taken, test.shots)
    if not finding.passed:
        fail(*_words(test, finding, allowance, taken))
    check_shots(test, epsilon)  # few counts can refute, and not confirm


def _judge(test: Identity, counts: Counts) -> Finding:
    test.see(_fitting(counts, test.expected))
    return test.look(last=True)


def _sample(test: Identity, actual: Any, backend: Any, allowance: Allowance) -> tuple[Finding, int]:
    draw = draws(actual, backend)

    def batch(shots: int, number: int) -> NDArray[np.int64]:
        return _fitting(draw(shots, derive(allowance.seed, str(number))), test.expected)

    return run(test, batch)


def _fitting(counts: Counts, expected: NDArray[np.float64]) -> NDArray[np.int64]:
    wires = len(expected).bit_length() - 1
    if counts.wires != wires:
        raise DataError(
            f"the outcomes have {counts.wires} bits, the expected distribution has {wires}"
        )
    return tally_of(counts)


def _words(test: Identity, finding: Finding, allowance: Allowance, taken: int) -> list[str | None]:
    hint = explain(test.expected, test.frequencies, taken, test.tolerance)
    return [
        distance_words("from the expected distribution", finding, test.limit, test.tolerance),
        evidence(finding, allowance, taken, test.shots),
        histogram(test.expected, test.frequencies),
        f"hint: {hint}" if hint else None,
    ]
