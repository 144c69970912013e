"""Steps of a program: unitaries, measurements and resets on numbered qubits."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

Place = tuple[int, ...]
"""One or two qubits on which one physical gate acts: it is billed, and noise follows it."""


@dataclass(frozen=True, slots=True)
class Unitary:
    """A unitary on some qubits.

    Attributes:
        matrix: Shape (2**k, 2**k), first wire most significant, complex.
        wires: The k qubits.
        places: Physical gates that it stands for. One gate on one or two qubits is itself; a
            wider one is written as two-qubit gates for the bill and for the noise.
    """

    matrix: NDArray[np.complex128]
    wires: tuple[int, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """Measure a qubit into a classical bit.

    Attributes:
        wire: The qubit.
        bit: Number of the bit among the bits of all registers, in order of declaration.
    """

    wire: int
    bit: int


@dataclass(frozen=True, slots=True)
class Reset:
    """Bring a qubit back to |0>."""

    wire: int


Step = Unitary | Measure | Reset


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """One circuit of a job.

    Attributes:
        qubits: Number of qubits.
        steps: Steps in order of time.
        registers: Names and sizes of the classical registers, in order.
        gates: Names of the native gates among them.
    """

    qubits: int
    steps: tuple[Step, ...]
    registers: dict[str, int] = field(default_factory=dict)
    gates: frozenset[str] = frozenset()

    @property
    def unitaries(self) -> Iterator[Unitary]:
        """The unitaries alone."""
        return (step for step in self.steps if isinstance(step, Unitary))

    @property
    def counts(self) -> tuple[int, int]:
        """Gates on one and on two qubits, as they are billed."""
        widths = [len(place) for unitary in self.unitaries for place in unitary.places]
        return widths.count(1), widths.count(2)

    @property
    def dynamic(self) -> bool:
        """Whether a qubit is used after it was measured, or is reset."""
        measured: set[int] = set()
        for step in self.steps:
            if isinstance(step, Reset):
                return True
            wires = step.wires if isinstance(step, Unitary) else (step.wire,)
            if measured.intersection(wires):
                return True
            if isinstance(step, Measure):
                measured.add(step.wire)
        return False

    @property
    def active(self) -> tuple[int, ...]:
        """Qubits that any step acts on, in order; qubit 0 where there is none."""
        found = {
            wire
            for step in self.steps
            for wire in (step.wires if isinstance(step, Unitary) else (step.wire,))
        }
        return tuple(sorted(found)) or (0,)

    def compact(self) -> "Program":
        """Return the program on its active qubits alone, renumbered in order."""
        if len(self.active) == self.qubits:
            return self
        number = {wire: place for place, wire in enumerate(self.active)}
        return replace(
            self,
            qubits=len(number),
            steps=tuple(_renumbered(step, number) for step in self.steps),
        )

    def read_bits(self, qubits: int) -> int:
        """Return the classical bits of an outcome of a program that is not dynamic.

        Args:
            qubits: Measured qubits, qubit 0 least significant.

        Returns:
            Classical bits, bit 0 least significant.
        """
        return sum(
            (qubits >> step.wire & 1) << step.bit
            for step in self.steps
            if isinstance(step, Measure)
        )


def _renumbered(step: Step, number: Mapping[int, int]) -> Step:
    if not isinstance(step, Unitary):
        return replace(step, wire=number[step.wire])
    return Unitary(
        step.matrix,
        tuple(number[wire] for wire in step.wires),
        tuple(tuple(number[wire] for wire in place) for place in step.places),
    )
