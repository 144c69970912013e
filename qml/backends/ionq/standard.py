"""Our gate set in IonQ's standard gates (`qis`), where native compilation is switched off.

RXX, RYY and RZZ stay one gate each; what IonQ has no gate for is written out, with as few
two-qubit gates as it takes. Every rewriting is equal up to a global phase.
"""

from collections.abc import Callable
from math import pi

from qml.circuits import Circuit, Gate
from qml.circuits.gates import TURN
from qml.results.sizes import CircuitSize

SENT = frozenset(
    {"x", "y", "z", "h", "s", "sdg", "t", "tdg", "sx", "sxdg", "rx", "ry", "rz"}
    | {"rxx", "ryy", "rzz", "cnot", "cy", "cz", "ch", "crx", "cry", "crz", "swap", "ccnot"}
)
"""Gates that are sent as they are."""

TOFFOLI_AS_BILLED = 6
"""Two-qubit gates that a gate on three qubits is billed as: 6 (N - 2), says Azure's price page."""


def rewrite(circuit: Circuit) -> Circuit:
    """Write a circuit in gates that IonQ takes; the identity is left out."""
    return Circuit(circuit.wires, tuple(g for gate in circuit.gates for g in _written(gate)))


def size(circuit: Circuit) -> CircuitSize:
    """Count the gates of a rewritten circuit as they are sent."""
    widths = [len(gate.wires) for gate in circuit.gates]
    wide = sum(w > 2 for w in widths)  # noqa: PLR2004 - one and two wires count once
    return CircuitSize(
        one_qubit=widths.count(1),
        two_qubit=widths.count(2) + TOFFOLI_AS_BILLED * wide,
        qubits=circuit.wires,
        measured=circuit.wires,
    )


def _written(gate: Gate) -> tuple[Gate, ...]:
    if gate.name in SENT:
        return (gate,)
    return _RULES[gate.name](gate)


def _u3(gate: Gate) -> tuple[Gate, ...]:
    theta, phi, lam = gate.params
    return (
        Gate("rz", gate.wires, (lam,)),
        Gate("ry", gate.wires, (theta,)),
        Gate("rz", gate.wires, (phi,)),
    )


def _cphase(gate: Gate) -> tuple[Gate, ...]:
    control, target = gate.wires
    (angle,) = gate.params
    return (
        Gate("rz", (control,), (angle / 2,)),
        Gate("rz", (target,), (angle / 2,)),
        Gate("rzz", gate.wires, (-angle / 2,)),
    )


def _exchange(angle: float) -> Callable[[Gate], tuple[Gate, ...]]:
    """Write iSWAP or its adjoint: rotations about XX and YY, which commute."""

    def written(gate: Gate) -> tuple[Gate, ...]:
        return (Gate("rxx", gate.wires, (angle,)), Gate("ryy", gate.wires, (angle,)))

    return written


def _ccz(gate: Gate) -> tuple[Gate, ...]:
    hadamard = Gate("h", gate.wires[2:])
    return (hadamard, Gate("ccnot", gate.wires), hadamard)


def _cswap(gate: Gate) -> tuple[Gate, ...]:
    _, one, two = gate.wires
    return (Gate("cnot", (two, one)), Gate("ccnot", gate.wires), Gate("cnot", (two, one)))


def _gpi(gate: Gate) -> tuple[Gate, ...]:
    return (Gate("x", gate.wires), Gate("rz", gate.wires, (2 * TURN * gate.params[0],)))


def _gpi2(gate: Gate) -> tuple[Gate, ...]:
    turned = TURN * gate.params[0]
    return (
        Gate("rz", gate.wires, (-turned,)),
        Gate("rx", gate.wires, (pi / 2,)),
        Gate("rz", gate.wires, (turned,)),
    )


def _ms(gate: Gate) -> tuple[Gate, ...]:
    first, second, angle = gate.params
    turns = list(zip(gate.wires, (TURN * first, TURN * second), strict=True))
    return (
        *(Gate("rz", (wire,), (-turn,)) for wire, turn in turns),
        Gate("rxx", gate.wires, (TURN * angle,)),
        *(Gate("rz", (wire,), (turn,)) for wire, turn in turns),
    )


_RULES: dict[str, Callable[[Gate], tuple[Gate, ...]]] = {
    "id": lambda _: (),
    "phase": lambda gate: (Gate("rz", gate.wires, gate.params),),
    "u3": _u3,
    "cphase": _cphase,
    "iswap": _exchange(-pi / 2),
    "iswapdg": _exchange(pi / 2),
    "ccz": _ccz,
    "cswap": _cswap,
    "gpi": _gpi,
    "gpi2": _gpi2,
    "zz": lambda gate: (Gate("rzz", gate.wires, (TURN * gate.params[0],)),),
    "ms": _ms,
}
