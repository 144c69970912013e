"""Sizes of circuits as they are billed: after compilation, one by one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CircuitSize:
    """What one circuit amounts to on the machine that runs it.

    Attributes:
        one_qubit: Gates on one qubit, after compilation where the backend compiles.
        two_qubit: Gates on two qubits, likewise.
        qubits: Wires.
        measured: Wires that are measured.
    """

    one_qubit: int
    two_qubit: int
    qubits: int = 0
    measured: int = 0
