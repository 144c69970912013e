"""Compilation to the gates that IonQ's machines carry out and bill."""

from dataclasses import dataclass
from typing import get_args

from qml.circuits import Circuit, Gate
from qml.errors import CircuitError
from qml.native.emit import Emission
from qml.native.lower import lower
from qml.native.lowering import Lowering
from qml.native.pulses import GateSet, count
from qml.results.counts import Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Native:
    """A circuit of native gates, ready to be measured in the computational basis.

    Rotations about Z at its end are left out, since counts do not show them, and a SWAP of the
    source may only have exchanged the names of two wires: read counts through `restore`.

    Attributes:
        circuit: Gates `gpi`, `gpi2`, and `zz` (Forte) or `ms` (Aria). Phases lie within [0, 1),
            angles of `ms` within [0, 0.25], angles of `zz` within [-0.25, 0.25].
        one_qubit: Number of one-qubit gates, as billed.
        two_qubit: Number of two-qubit gates, as billed.
        places: For each wire of the source, the wire of `circuit` that is measured for it.
        residual: For each wire of `circuit`, the angle (radians) of the RZ that was left out.
    """

    circuit: Circuit
    one_qubit: int
    two_qubit: int
    places: tuple[int, ...]
    residual: tuple[float, ...]

    def restore(self, counts: Counts) -> Counts:
        """Put the bits of counts of `circuit` into the order of the source's wires."""
        if self.places == tuple(range(counts.wires)):
            return counts
        return Counts(
            counts.wires,
            {"".join(key[p] for p in self.places): times for key, times in counts.tally.items()},
        )

    def in_place(self) -> Circuit:
        """Rename the wires so that each is measured under its own name, marked `verbatim`.

        All wires start in |0>, so exchanged names at the end are names exchanged from the start.
        """
        source = {place: wire for wire, place in enumerate(self.places)}
        renamed = (
            Gate(gate.name, tuple(source[w] for w in gate.wires), gate.params)
            for gate in self.circuit.gates
        )
        return Circuit(self.circuit.wires, tuple(renamed), verbatim=True)

    def exact(self) -> Circuit:
        """Return what equals the source up to its global phase: with the RZ and SWAP left out."""
        ends = [Gate("rz", (w,), (angle,)) for w, angle in enumerate(self.residual) if angle]
        places = list(self.places)
        for wire, place in enumerate(places):
            if place != wire:
                ends.append(Gate("swap", (wire, place)))
                places[places.index(wire)], places[wire] = place, wire
        return Circuit(self.circuit.wires, (*self.circuit.gates, *ends))


def compile_native(circuit: Circuit, gateset: GateSet, *, relabel: bool = True) -> Native:
    """Compile any circuit to trapped-ion gates.

    Args:
        circuit: Bound circuit over the whole gate set.
        gateset: `aria` (MS) or `forte` (ZZ).
        relabel: Whether a SWAP exchanges the names of two wires instead of costing three gates.

    Raises:
        CircuitError: An angle is not finite, or the gate set is unknown.
    """
    lowered = _lowered(circuit, gateset, relabel=relabel)
    written = Emission(lowered.network, gateset)
    two = len(lowered.network.rotations)
    return Native(
        circuit=Circuit(circuit.wires, tuple(Gate(*i) for i in written.instructions)),
        one_qubit=len(written.instructions) - two,
        two_qubit=two,
        places=tuple(lowered.places),
        residual=written.residual,
    )


def count_native(circuit: Circuit, gateset: GateSet, *, relabel: bool = True) -> tuple[int, int]:
    """Return the numbers of one- and two-qubit gates that `compile_native` gives, but sooner."""
    network = _lowered(circuit, gateset, relabel=relabel).network
    return count(network, gateset), len(network.rotations)


def _lowered(circuit: Circuit, gateset: GateSet, *, relabel: bool) -> Lowering:
    if gateset not in get_args(GateSet):
        raise CircuitError(
            f"unknown native gate set `{gateset}`", hint=f"known: {', '.join(get_args(GateSet))}"
        )
    return lower(circuit, relabel=relabel)
