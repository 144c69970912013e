"""What is sent for a circuit, and what it amounts to: compiled once, priced and sent from there."""

from collections import OrderedDict
from dataclasses import replace
from typing import Literal, NamedTuple

from qml.backends.ionq import standard
from qml.backends.ionq.devices import Family
from qml.circuits import Circuit
from qml.native import compile_native
from qml.results.sizes import CircuitSize

VERSION = 1
"""Grows when what is sent for the same circuit changes: results are stored under it."""

REMEMBERED = 10_000


class Sendable(NamedTuple):
    """A circuit as it is sent.

    Attributes:
        circuit: Gates that IonQ takes; its wires are those of the source, in their order.
        size: What is billed.
    """

    circuit: Circuit
    size: CircuitSize


class Compilation:
    """Compiles circuits and remembers them, since pricing comes before sending.

    Args:
        family: Native gate set, or None to send standard gates.
    """

    def __init__(self, family: Family | None) -> None:
        self._family = family
        self._made: OrderedDict[Circuit, Sendable] = OrderedDict()

    @property
    def gateset(self) -> Literal["native", "qis"]:
        """IonQ's name for the kind of gates that are sent."""
        return "qis" if self._family is None else "native"

    def identity(self) -> dict[str, str | int]:
        """Tell how circuits are compiled, as far as it decides results."""
        return {"gates": self._family or "qis", "version": VERSION}

    def of(self, circuit: Circuit) -> Sendable:
        """Return what is sent for a circuit."""
        found = self._made.get(circuit)
        if found is None:
            found = self._made[circuit] = self._compile(circuit)
            if len(self._made) > REMEMBERED:
                self._made.popitem(last=False)
        return found

    def native(self, circuit: Circuit) -> Circuit | None:
        """Return a circuit in the machine's gates, to be changed and sent verbatim; else None."""
        if self._family is None:
            return None
        return replace(self.of(circuit).circuit, verbatim=True)

    def _compile(self, circuit: Circuit) -> Sendable:
        if circuit.verbatim:
            return Sendable(circuit, standard.size(circuit))
        if self._family is None:
            written = standard.rewrite(circuit)
            return Sendable(written, standard.size(written))
        native = compile_native(circuit, self._family)
        size = CircuitSize(
            one_qubit=native.one_qubit,
            two_qubit=native.two_qubit,
            qubits=circuit.wires,
            measured=circuit.wires,
        )
        return Sendable(replace(native.in_place(), verbatim=False), size)
