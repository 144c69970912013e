"""Machines that can be handed their own gates, which nobody compiles again.

Error mitigation makes circuits longer on purpose (a gate, its inverse, the gate), or puts Pauli
gates between others. A compiler would undo that: it may only be done to what a machine carries out.
"""

from typing import Protocol, TypeGuard, runtime_checkable

from qml.backends.base import Backend, Capabilities
from qml.circuits import Circuit


@runtime_checkable
class SendsVerbatim(Protocol):
    """A backend that tells what it would send, and sends that as it is."""

    def native(self, circuit: Circuit) -> Circuit | None:
        """Return a circuit in the machine's gates, marked `verbatim`, on the source's wires.

        It is measured in the computational basis; rotations about Z at its end are left out. None
        where, as it is set up, the vendor compiles.
        """
        ...


def sends_verbatim(backend: Backend) -> TypeGuard[SendsVerbatim]:
    """Whether the backend knows the way at all; `native` tells whether it is open."""
    return isinstance(backend, SendsVerbatim)


def runs_as_written(capabilities: Capabilities) -> bool:
    """Whether a backend of this process runs, and disturbs, gates as they are written.

    Simulators that have `[backend.noise]`, or give exact states, do; a vendor's model of a machine
    compiles as the machine's compiler would.
    """
    return not capabilities.remote and (capabilities.noise or capabilities.exact)


def as_run(backend: Backend, circuit: Circuit) -> Circuit | None:
    """Return a circuit as its gates are run: to be changed gate by gate; None where unknown."""
    if not backend.capabilities.remote:
        return circuit if runs_as_written(backend.capabilities) else None
    return backend.native(circuit) if sends_verbatim(backend) else None
