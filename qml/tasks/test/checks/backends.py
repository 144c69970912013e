"""Backends agree: every simulator here gives what the circuit's states say.

The yardstick is plain NumPy. Exact expectations are held to a tolerance, counts to the distance
that a right simulator exceeds with the check's share of the error rate (Weissman et al., 2003).
"""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qml.backends.registry import capabilities_of, list_backends, resolve
from qml.circuits import Circuit, z
from qml.config.sections import BackendSection
from qml.errors import PlanError
from qml.results.counts import Counts
from qml.tasks.test.checks.base import Checked, Reading, held, worst
from qml.tasks.test.skipped import SkippedError
from qml.tasks.test.states import MOST_STATE_WIRES, expectations, states
from qml.testing.statistics import distance_bound

if TYPE_CHECKING:
    from qml.tasks.test.subject import Subject

TITLE = "Do all simulators give the same?"
SECONDS = 8.0
ROWS = 4
USUAL = ("jax", "lightning", "default.qubit")
"""Compared where none is named: what every installation has, and starts in a few seconds."""
TOLERANCE = 1e-4
SHOTS = 5_000
GROUP = 4
"""Wires whose joint distribution is compared: 16 outcomes are resolved by some thousand shots."""


def check(subject: "Subject") -> Checked:
    """Run a few rows everywhere.

    Raises:
        SkippedError: No other simulator is installed, or the circuit is too wide for states.
        PlanError: A backend that is named is none of this machine.
    """
    if subject.model.circuit.wires > MOST_STATE_WIRES:
        raise SkippedError(f"exact states are made up to {MOST_STATE_WIRES} qubits")
    names = _names(subject)
    circuits = subject.circuits(subject.work.data.test.features[:ROWS], subject.params)
    readings: list[Reading] = []
    for name in names:
        readings += _exact(name, circuits, subject)
        readings += _counted(name, circuits[0], subject, len(names))
    state = worst([r.state for r in readings])
    wrong = sorted({r.name for r in readings if r.state == "failed"})
    return Checked(
        state=state,
        why=f"not as the states say: {', '.join(wrong)}"
        if wrong
        else f"{', '.join(names)} agree with the states",
        advice="qml doctor; `pip install -U` what disagrees, or leave it out of test.backends"
        if wrong
        else "",
        readings=tuple(readings),
        tests=sum("counts" in r.name for r in readings),
        facts={"backends": names},
    )


def _names(subject: "Subject") -> list[str]:
    given = subject.config.test.backends
    for name in given:
        able = capabilities_of(BackendSection(name=name))
        if able.remote or able.paid:
            raise PlanError(
                f"`{name}` is no simulator of this machine, and checks send nothing",
                hint="test.backends takes jax, lightning, default.qubit, qsim, aer",
            )
    if given:
        return list(dict.fromkeys(given))
    own = resolve(subject.config.backend.name)[0]
    here = [f.name for f in list_backends() if f.name in {*USUAL, own} and f.missing is None]
    free = [n for n in here if not capabilities_of(BackendSection(name=n)).remote]
    return sorted(free, key=lambda name: (name != own, name))


def _exact(name: str, circuits: list[Circuit], subject: "Subject") -> list[Reading]:
    able = capabilities_of(BackendSection(name=name))
    if not able.exact:
        return []
    wires = circuits[0].wires
    observables = (*subject.model.circuit.observables, *(z(w) for w in range(wires)))
    section = BackendSection(name=name, threads=subject.config.backend.threads)
    found = subject.evaluator_of(section).expectations(circuits, observables)
    apart = float(np.abs(found - expectations(states(circuits), observables)).max())
    return [held(f"{name}, expectations", apart, TOLERANCE)]


def _counted(name: str, circuit: Circuit, subject: "Subject", backends: int) -> list[Reading]:
    able = capabilities_of(BackendSection(name=name, shots=SHOTS))
    if not able.samples:
        return []
    section = BackendSection(name=name, shots=SHOTS, threads=subject.config.backend.threads)
    (counts,) = subject.evaluator_of(section).counts([circuit])
    chance = np.abs(states([circuit])[0]) ** 2
    groups = [range(at, min(at + GROUP, circuit.wires)) for at in range(0, circuit.wires, GROUP)]
    rate = subject.share / (backends * len(groups))
    apart, bound = 0.0, 1.0
    for group in groups:
        limit = distance_bound(2 ** len(group), SHOTS, error_rate=rate)
        found = _distance(counts, chance, list(group))
        if found / limit >= apart / bound:
            apart, bound = found, limit
    return [held(f"{name}, counts", apart, bound)]


def _distance(counts: Counts, chance: NDArray[np.float64], wires: list[int]) -> float:
    """Return the total variation distance of the marginals on some wires."""
    others = tuple(w for w in range(counts.wires) if w not in wires)
    shaped = (2,) * counts.wires
    seen, right = (
        np.asarray(p).reshape(shaped).sum(axis=others).ravel()
        for p in (counts.probabilities(), chance)
    )
    return float(np.abs(seen - right).sum() / 2)
