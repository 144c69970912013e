"""Whether a compiled circuit does what its source does.

Both act on the same random state, so that nothing hides behind |0...0>. Beyond twenty wires, or
where that takes too long, MQT QCEC compares them (Burgholzer, Wille, arXiv:2004.08420) by decision
diagrams and the ZX-calculus. It proves or refutes; its guesses are no answer here.
"""

import math
import time
from typing import NamedTuple

import numpy as np

from qml.backends.equivalence.acting import State, TooLongError, acted
from qml.backends.equivalence.verifier import verified
from qml.circuits import Circuit

SMALL = 12
"""Wires to which states always decide, in well under a second."""
WIDEST = 20
"""Wires to which states are tried: 16 MB each."""
PATIENCE = 15.0


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


def compare(
    source: Circuit, compiled: Circuit, tolerance: float, *, seconds: float = PATIENCE
) -> Sameness:
    """Compare a circuit with its source, both on all states.

    Args:
        source: Bound.
        compiled: Of as many wires.
        tolerance: Largest error of an amplitude.
        seconds: Wall time for states above `SMALL` wires, and as much again for QCEC.

    Raises:
        MissingExtraError: MQT QCEC is needed and not installed.
        ProviderError: It broke.
    """
    if source.wires <= WIDEST:
        until = math.inf if source.wires <= SMALL else time.monotonic() + seconds
        try:
            error = _error(source, compiled, until)
            return Sameness(error <= tolerance, error, "state vector")
        except TooLongError:
            pass  # QCEC may still decide
    return Sameness(verified(source, compiled, seconds), None, "MQT QCEC")


def _error(source: Circuit, compiled: Circuit, until: float) -> float:
    random = np.random.default_rng(0)
    real, imaginary = random.normal(size=(2, *(2,) * source.wires))
    psi: State = real + 1j * imaginary
    psi /= np.linalg.norm(psi)
    one, other = acted(source, psi, until), acted(compiled, psi, until)
    overlap = np.vdot(one, other)
    if abs(overlap) == 0:
        return 1.0
    return float(np.abs(one * overlap / abs(overlap) - other).max())
