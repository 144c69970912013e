"""Compiled circuits are the source: IonQ's native gates, the gates that every vendor knows.

By states up to 20 qubits where that is quick, from a random state so that nothing hides behind
|0...0>; else by MQT QCEC. What neither decides in time is a warning, and no fault of a compiler.
"""

from typing import TYPE_CHECKING

from qml.algorithms.models import VariationalModel
from qml.backends.equivalence import Sameness, compare
from qml.backends.lower import lower
from qml.circuits import Circuit
from qml.native.compiling import compile_native
from qml.tasks.test.checks.base import Checked, Reading, held, worst

if TYPE_CHECKING:
    from qml.tasks.test.subject import Subject

TITLE = "Are compiled circuits the circuits that were written?"
SECONDS = 1.0
ROWS = 2
TOLERANCE = 1e-9
"""Largest error of an amplitude."""
PATIENCE = 2.0
"""Seconds for states, and for QCEC: all ways together stay within a quarter of a minute."""
WRONG = "please report the circuit: the compiler is wrong"
OPEN = "nothing speaks against the compiler; check a narrower copy of the model"


def check(subject: "Subject") -> Checked:
    """Compile the circuits of a few rows each way, and compare."""
    model = subject.model
    seed = subject.seed("compilation")
    params = model.init(seed) if isinstance(model, VariationalModel) else {}
    sources = subject.circuits(subject.work.data.test.features[:ROWS], params)
    found = {way: _compared(sources, way) for way in WAYS}
    readings = [_reading(way, pairs) for way, pairs in found.items()]
    wrong = [way for way, pairs in found.items() if any(p.same is False for p in pairs)]
    unknown = [way for way, pairs in found.items() if any(p.same is None for p in pairs)]
    how = " and ".join(sorted({p.how for pairs in found.values() for p in pairs}))
    return Checked(
        state=worst([r.state for r in readings]),
        why=_why(wrong, unknown, how),
        advice=WRONG if wrong else OPEN if unknown else "",
        readings=tuple(readings),
    )


def _compared(sources: list[Circuit], way: str) -> list[Sameness]:
    """Compare row by row; one that is not settled is the last, others would take as long."""
    found: list[Sameness] = []
    for source in sources:
        found.append(compare(source, WAYS[way](source), TOLERANCE, seconds=PATIENCE))
        if found[-1].same is not True:
            break
    return found


def _reading(way: str, found: list[Sameness]) -> Reading:
    errors = [pair.error for pair in found if pair.error is not None]
    if len(errors) == len(found):
        return held(way, max(errors), TOLERANCE)
    if any(pair.same is False for pair in found):
        return held(f"{way}: circuits that differ", 1.0, 0.0)
    unknown = float(sum(pair.same is None for pair in found))
    return held(f"{way}: circuits not decided", unknown, 0.0, beyond="warned")


def _why(wrong: list[str], unknown: list[str], how: str) -> str:
    if wrong:
        return f"{', '.join(wrong)}: not the source"
    if unknown:
        return f"{', '.join(unknown)}: not decided in time, by {how}"
    return f"all are the source, by {how}"


def _basis(circuit: Circuit) -> Circuit:
    return Circuit.of(circuit.wires, (part for gate in circuit.gates for part in lower(gate)))


WAYS = {
    "native aria": lambda c: compile_native(c, "aria").exact(),
    "native forte": lambda c: compile_native(c, "forte").exact(),
    "common gates": _basis,
}
"""Each way of compiling: from the source to what equals it up to a phase."""
