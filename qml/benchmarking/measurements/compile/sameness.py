"""Whether a compiled circuit does what its source does.

To twelve wires both act on the same random state; above, MQT QCEC compares them (Burgholzer, Wille,
arXiv:2004.08420) by decision diagrams and the ZX-calculus.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qml.benchmarking.measurements.compile.qasm import qasm
from qml.circuits import Circuit
from qml.circuits.gates import matrix
from qml.errors import MissingExtraError

SMALL = 12
PATIENCE = 15.0
UNDECIDED = frozenset({"no_information", "probably_equivalent", "probably_not_equivalent"})

State = NDArray[np.complex128]


class Sameness(NamedTuple):
    """What the comparison came to.

    Attributes:
        same: Whether they are the same; None where it was not decided.
        error: Largest error of an amplitude up to the global phase, or None.
        how: How they were compared.
    """

    same: bool | None
    error: float | None
    how: str


def compare(source: Circuit, compiled: Circuit, tolerance: float) -> Sameness:
    """Compare a circuit with its source, both on all states.

    Raises:
        MissingExtraError: MQT QCEC is needed and not installed.
    """
    if source.wires <= SMALL:
        error = _error(source, compiled)
        return Sameness(error <= tolerance, error, "state vector")
    return Sameness(_verified(source, compiled), None, "MQT QCEC")


def _error(source: Circuit, compiled: Circuit) -> float:
    random = np.random.default_rng(0)
    real, imaginary = random.normal(size=(2, *(2,) * source.wires))
    psi: State = real + 1j * imaginary
    psi /= np.linalg.norm(psi)
    one, other = acted(source, psi), acted(compiled, psi)
    overlap = np.vdot(one, other)
    if abs(overlap) == 0:
        return 1.0
    return float(np.abs(one * overlap / abs(overlap) - other).max())


def acted(circuit: Circuit, state: State) -> State:
    """Return the circuit's action on a state, shape (2, ..., 2), wire 0 first."""
    for gate in circuit.gates:
        k = len(gate.wires)
        block = matrix(gate.name, [float(p) for p in gate.params]).reshape((2,) * (2 * k))
        moved = np.tensordot(block, state, axes=(tuple(range(k, 2 * k)), gate.wires))
        state = np.moveaxis(moved, tuple(range(k)), gate.wires)
    return state


def _verified(source: Circuit, compiled: Circuit) -> bool | None:
    try:
        from mqt import qcec
        from mqt.core import load
    except ImportError as error:
        raise MissingExtraError("mqt-qcec", extra="verify") from error
    found = qcec.verify(load(qasm(source)), load(qasm(compiled)), timeout=PATIENCE)
    if found.equivalence.name in UNDECIDED:
        return None
    return bool(found.considered_equivalent())
