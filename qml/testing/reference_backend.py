"""The reference simulator as a backend: nothing is compiled, so small circuits answer at once.

It is not registered, since nobody should train on it; the plug-in and the assertions know it by the
name `reference`.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from qml.backends.base import Capabilities, Settings
from qml.backends.local import LocalBackend, Observables
from qml.backends.plugin import Package, Plugin
from qml.backends.sampling import draw
from qml.circuits import Circuit, Work
from qml.config.sections import BackendSection
from qml.results.counts import Counts
from qml.results.usage import Usage
from qml.testing import reference

NAME = "reference"
WIDEST = 14
"""Most wires: beyond, any registered simulator is faster."""


def _capabilities(section: BackendSection) -> Capabilities:
    del section
    return Capabilities(qubits=WIDEST, exact=True, samples=True, noise=False)


PLUGIN = Plugin(
    name=NAME,
    packages=(Package(module="numpy", distribution="numpy"),),
    capabilities=_capabilities,
    home=f"{__name__}:ReferenceBackend",
)


class ReferenceBackend(LocalBackend):
    """Exact states in double precision, sampled by multinomial draws."""

    def usage(self, work: Work) -> Usage:
        """Tell circuits and shots; gates stay uncounted."""
        return work.size

    def expectations(
        self, circuits: Sequence[Circuit], observables: Observables
    ) -> NDArray[np.float64]:
        """Return exact expectations, shape (circuits, observables)."""
        return reference.expectations(circuits, observables)

    def counts(self, circuits: Sequence[Circuit], shots: int, seed: int) -> list[Counts]:
        """Sample the exact distributions."""
        return [draw(_distribution(c), shots, [seed, i]) for i, c in enumerate(circuits)]


def open_reference() -> ReferenceBackend:
    """Open it."""
    return ReferenceBackend(PLUGIN, Settings(section=BackendSection(name=NAME, shots=1000)))


@lru_cache(maxsize=1024)
def _distribution(circuit: Circuit) -> NDArray[np.float64]:
    return reference.probabilities(circuit)
