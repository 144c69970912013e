"""Is the expectation of an observable the expected one?"""

from typing import Any

from qml.backends.base import Intent
from qml.circuits import Circuit, Observable, Work, ZeroProjector
from qml.errors import DataError
from qml.seeds import derive
from qml.testing.assertions.judging import (
    check_shots,
    check_sizes,
    evidence,
    fail,
    report,
    wanted_shots,
)
from qml.testing.assertions.observables import observable_of
from qml.testing.assertions.outcomes import counts_of
from qml.testing.assertions.programs import program
from qml.testing.assertions.readings import Values, reading, sampler, values_of
from qml.testing.assertions.sources import resolve_backend
from qml.testing.sequential.base import Finding, run
from qml.testing.sequential.mean import Mean
from qml.testing.suite.trial import Allowance, current

_ROUNDING = 1e-4


def assert_expectation(
    actual: Any,
    expected: float,
    observable: Any = None,
    *,
    epsilon: float = 0.1,
    tolerance: float = 0.0,
    shots: int | None = None,
    backend: Any = None,
) -> None:
    """Assert the expectation of an observable.

    A right program is one whose expectation is at most `tolerance` from `expected`: it fails with
    no more than the assertion's share of the suite's error rate. One that is `tolerance + epsilon`
    away is found, but for two in a million.

    Args:
        actual: A program, or counts in the computational basis for an observable of Z alone.
        expected: The expectation.
        observable: Letters for the wires from 0 ("ZIX"), a mapping of such to coefficients, an
            observable of qml, PennyLane or Qiskit; None for the one whose expectation a PennyLane
            function returns.
        epsilon: Difference beyond the tolerance that must be seen, in the observable's unit.
        tolerance: Difference that a healthy device has; a tolerance t in total variation distance
            is one of 2 t times the sum of the coefficients.
        shots: Shots of each basis at most; those of the marker, else as many as are needed. 0 asks
            the backend for the exact expectation, and nothing is random.
        backend: Opened backend or its name; that of the test session where None.

    Raises:
        AssertionError: The expectation is another one.
        PlanError: The shots cannot show `epsilon`, or the backend cannot do it.
        CircuitError: Program or observable cannot be read.
    """
    __tracebackhide__ = True
    check_sizes(epsilon=epsilon, tolerance=tolerance)
    measured, counts = observable_of(observable, actual), counts_of(actual)
    if shots == 0 and counts is None:
        _assert_exact(program(actual).circuit, measured, expected, tolerance, backend)
        return
    if counts and not measured.diagonal:
        raise DataError(
            f"counts in the computational basis say nothing of {measured}",
            hint="give the program instead: it is run in the bases that are needed",
        )
    allowance, (bases, low, high) = current().allow(), reading(measured)
    given = counts.shots if counts else wanted_shots(shots)
    sizes = {"tolerance": tolerance, "epsilon": epsilon, "delta": allowance.delta}
    test = Mean(expected, low=low, high=high, **sizes, shots=given)
    if counts:
        test.see(values_of((counts,), measured, 0))
        finding, taken = test.look(last=True), counts.shots
    else:
        check_shots(test, epsilon)
        finding, taken = _sample(test, actual, measured, backend, allowance)
    report(taken * bases, test.shots * bases)
    if not finding.passed:
        words = evidence(finding, allowance, taken * bases, test.shots * bases)
        fail(_difference(test.mean, expected, tolerance, measured), words, _hint(test, expected))
    check_shots(test, epsilon)  # few counts can refute, and not confirm


def _sample(
    test: Mean,
    actual: Any,
    observable: Observable | ZeroProjector,
    backend: Any,
    allowance: Allowance,
) -> tuple[Finding, int]:
    draw = sampler(program(actual).circuit, observable, resolve_backend(backend))

    def batch(shots: int, number: int) -> Values:
        return draw(shots, derive(allowance.seed, str(number)))

    return run(test, batch)


def _assert_exact(
    circuit: Circuit,
    observable: Observable | ZeroProjector,
    expected: float,
    tolerance: float,
    backend: Any,
) -> None:
    __tracebackhide__ = True
    work = Work(circuits=(circuit,), observables=(observable,))
    opened = resolve_backend(backend)
    found = opened.fetch(opened.submit(work, Intent(key=work.digest, digest=""))).expectations
    mean = float("nan") if found is None else float(found[0, 0])
    _, low, high = reading(observable)
    if not abs(mean - expected) <= tolerance + _ROUNDING * (high - low):
        fail(_difference(mean, expected, tolerance, observable), "exact: nothing is random")


def _difference(
    mean: float, expected: float, tolerance: float, observable: Observable | ZeroProjector
) -> str:
    tolerated = f", {tolerance:g} tolerated" if tolerance else ""
    return (
        f"<{observable}> is {mean:.4f}, expected {expected:.4f}: {mean - expected:+.4f}{tolerated}"
    )


def _hint(test: Mean, expected: float) -> str | None:
    """Name the two mistakes that numbers alone tell: a sign, and a factor of two."""
    near = test.resolution / 2
    if abs(test.mean + expected) <= near < abs(expected):
        return "hint: it matches with the opposite sign"
    for factor in (2.0, 0.5):
        if abs(test.mean * factor - expected) <= near * factor < abs(expected):
            return f"hint: it matches when multiplied by {factor:g}"
    return None
