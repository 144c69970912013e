"""What an annealer can do beyond a vendor's machine: problems must be laid on its qubits first."""

from typing import Protocol, TypeGuard

from qml.backends.base import Backend
from qml.backends.remote import RemoteBackend
from qml.circuits import Circuit
from qml.results.counts import Counts


class Placement(Protocol):
    """A problem on the qubits of a machine.

    Attributes:
        circuit: The problem as the machine is sent it, on its own qubits.
    """

    circuit: Circuit

    def read(self, counts: Counts) -> Counts:
        """Turn counts of the qubits in use, in ascending order, into counts of the variables."""
        ...


class Annealer(RemoteBackend, Protocol):
    """A remote machine that takes problems on its own qubits."""

    def placement(self, circuit: Circuit) -> Placement:
        """Lay a problem on the machine; the same problem on the same machine is laid the same.

        Raises:
            PlanError: It does not fit.
            TransientError: The machine's qubits could not be asked for.
        """
        ...


def is_annealer(backend: Backend) -> TypeGuard[Annealer]:
    """Whether problems must be laid on the backend's qubits."""
    return backend.capabilities.remote and hasattr(backend, "placement")
