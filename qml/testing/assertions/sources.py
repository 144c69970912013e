"""Where shots come from: a program on a backend, or a function of the test's own."""

from collections.abc import Callable
from functools import cache
from typing import Any

from qml.backends.base import Backend, Intent
from qml.backends.registry import open_backend
from qml.circuits import Circuit, Work
from qml.config.sections import BackendSection
from qml.errors import DataError, PlanError
from qml.results.counts import Counts
from qml.seeds import derive
from qml.testing.assertions.outcomes import counts_of, marginal
from qml.testing.assertions.programs import is_program, parameters, program
from qml.testing.reference_backend import NAME, open_reference
from qml.testing.suite.trial import current

Draw = Callable[[int, int], Counts]
"""`(shots, seed) -> counts`"""

_SAMPLER = ["shots", "seed"]


def draws(thing: Any, backend: Any = None) -> Draw:
    """Return the function that takes shots of a program, or a function of (shots, seed) as it is.

    Args:
        thing: A program, or `sampler(shots, seed)` that returns counts or samples.
        backend: An opened backend or the name of one; that of the running test where None.

    Raises:
        CircuitError: It is neither.
        PlanError: The backend would cost money.
    """
    if callable(thing) and not is_program(thing) and parameters(thing) == _SAMPLER:
        return lambda shots, seed: _counted(thing(shots=shots, seed=seed))
    source, opened = program(thing), resolve_backend(backend)

    def draw(shots: int, seed: int) -> Counts:
        return marginal(sample(opened, [source.circuit], shots, seed)[0], source.measured)

    return draw


def sample(backend: Backend, circuits: list[Circuit], shots: int, seed: int) -> tuple[Counts, ...]:
    """Run circuits and return their counts."""
    work = Work(circuits=tuple(circuits), shots=shots, seed=seed)
    key = f"test/{derive(seed, str(shots))}"
    counts = backend.fetch(backend.submit(work, Intent(key=key, digest=""))).counts
    if counts is None:
        raise PlanError(f"backend `{backend.name}` gave no counts")
    return counts


def resolve_backend(backend: Any) -> Backend:
    """Return an opened backend that costs nothing.

    Raises:
        PlanError: Its jobs go to a vendor.
    """
    wanted = current().backend if backend is None else backend
    opened = open_free(wanted) if isinstance(wanted, str) else wanted
    if opened.capabilities.paid or opened.capabilities.remote:
        raise PlanError(
            f"backend `{opened.name}` sends jobs to a vendor, past budget and ledger",
            hint="run it with `qml sample` or `qml train`, and give its counts to the assertion",
        )
    found: Backend = opened
    return found


@cache
def open_free(name: str) -> Backend:
    """Open a backend by name, once for each process; `reference` is the plain one from here."""
    if name == NAME:
        return open_reference()
    return open_backend(BackendSection(name=name, shots=1000))


def _counted(returned: Any) -> Counts:
    counts = counts_of(returned)
    if counts is None:
        raise DataError(
            f"the sampler returned a `{type(returned).__name__}`",
            hint="return a dict of bit strings to counts, or samples of shape (shots, wires)",
        )
    return counts
