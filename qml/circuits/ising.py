"""An Ising problem as a circuit: exp(-iH) with H = sum h_i Z_i + sum J_ij Z_i Z_j.

Gates of a diagonal circuit commute, so the circuit and the problem say the same. An annealer takes
it as its program: it samples states of low energy H instead of running the gates.
"""

from collections.abc import Mapping
from typing import NamedTuple

from qml.circuits.circuit import Circuit, Gate
from qml.errors import PlanError


class Ising(NamedTuple):
    """Fields and couplings of spins s = +1 (bit 0) and s = -1 (bit 1).

    Attributes:
        fields: h by wire.
        couplings: J by pair of wires, the lower one first.
    """

    fields: dict[int, float]
    couplings: dict[tuple[int, int], float]


def ising_circuit(
    wires: int, fields: Mapping[int, float], couplings: Mapping[tuple[int, int], float]
) -> Circuit:
    """Write a problem as a circuit; couplings that are zero are left out, fields are not."""
    gates = [Gate("rz", (i,), (2 * h,)) for i, h in fields.items()]
    gates += [Gate("rzz", pair, (2 * j,)) for pair, j in couplings.items() if j]
    return Circuit(wires, tuple(gates))


def read_ising(circuit: Circuit) -> Ising:
    """Read the problem that a diagonal circuit stands for.

    Raises:
        PlanError: A gate is neither `rz` nor `rzz`.
    """
    fields: dict[int, float] = {}
    couplings: dict[tuple[int, int], float] = {}
    for gate in circuit.gates:
        if gate.name == "rz":
            fields[gate.wires[0]] = fields.get(gate.wires[0], 0.0) + float(gate.params[0]) / 2
        elif gate.name == "rzz":
            low, high = sorted(gate.wires)
            value = couplings.get((low, high), 0.0) + float(gate.params[0]) / 2
            couplings[low, high] = value
        else:
            raise PlanError(
                f"an annealer runs no gate `{gate.name}`: it samples an Ising problem",
                hint="`qml sample qubo FILE --solver dwave` is what it is for",
            )
    return Ising(fields, couplings)
