"""Compiled circuits are the source: IonQ's native gates, the gates that every vendor knows.

Up to 12 qubits by states, from a random product state so that nothing hides behind |0...0>; above
by decision diagrams (MQT QCEC: Burgholzer and Wille, IEEE TCAD 40, 1810 (2021)).
"""

from typing import TYPE_CHECKING

import numpy as np

from qml.algorithms.models import VariationalModel
from qml.backends.lower import lower
from qml.circuits import Circuit, Gate
from qml.native.compiling import compile_native
from qml.tasks.test.checks.base import Checked, Reading, held, worst
from qml.tasks.test.equivalence import MOST_STATE_WIRES, equivalent
from qml.tasks.test.states import states

if TYPE_CHECKING:
    from qml.tasks.test.subject import Subject

TITLE = "Are compiled circuits the circuits that were written?"
SECONDS = 1.0
ROWS = 2
INFIDELITY = 1e-9


def check(subject: "Subject") -> Checked:
    """Compile the circuits of a few rows each way, and compare."""
    model = subject.model
    seed = subject.seed("compilation")
    params = model.init(seed) if isinstance(model, VariationalModel) else {}
    rows = subject.work.data.test.features[:ROWS]
    sources = subject.circuits(rows, params)
    readings = [
        _reading(way, [(source, made(source)) for source in sources], subject)
        for way, made in WAYS.items()
    ]
    state = worst([r.state for r in readings])
    wrong = [r.name for r in readings if r.state == "failed"]
    how = "states" if sources[0].wires <= MOST_STATE_WIRES else "decision diagrams"
    return Checked(
        state=state,
        why=f"{', '.join(wrong)}: not the source" if wrong else f"all are the source, by {how}",
        advice="please report the circuit: the compiler is wrong" if wrong else "",
        readings=tuple(readings),
    )


def infidelity(source: Circuit, compiled: Circuit, seed: int) -> float:
    """Return 1 - |<a|b>|^2 of what two circuits make of a random product state."""
    turns = np.random.default_rng(seed).uniform(0, np.pi, (source.wires, 3))
    before = Circuit.of(
        source.wires, [Gate("u3", (w,), tuple(t)) for w, t in enumerate(turns.tolist())]
    )
    a, b = (states([before + made])[0] for made in (source, compiled))
    return float(max(0.0, 1 - abs(np.vdot(a, b)) ** 2))


def _reading(way: str, pairs: list[tuple[Circuit, Circuit]], subject: "Subject") -> Reading:
    if pairs[0][0].wires <= MOST_STATE_WIRES:
        seed = subject.seed("product")
        return held(way, max(infidelity(a, b, seed) for a, b in pairs), INFIDELITY)
    unlike = float(sum(not equivalent(a, b) for a, b in pairs))
    return held(f"{way}: circuits that differ", unlike, 0.0)


def _basis(circuit: Circuit) -> Circuit:
    return Circuit.of(circuit.wires, (part for gate in circuit.gates for part in lower(gate)))


WAYS = {
    "native aria": lambda c: compile_native(c, "aria").exact(),
    "native forte": lambda c: compile_native(c, "forte").exact(),
    "common gates": _basis,
}
"""Each way of compiling: from the source to what equals it up to a phase."""
