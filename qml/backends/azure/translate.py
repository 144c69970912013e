"""From circuits to IonQ's JSON (`ionq.circuit.v1`), and from its histogram to counts.

IonQ numbers qubits from the least significant bit: bit q of a key is qubit q. Wire w is qubit w of
what is sent, or the qubit that native compilation put it on; this module alone knows.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from qml.backends.lower import lower
from qml.backends.sampling import draw
from qml.circuits import Circuit, Gate
from qml.results.counts import Counts
from qml.results.sizes import CircuitSize

_PLAIN = {
    "x": "x",
    "y": "y",
    "z": "z",
    "h": "h",
    "s": "s",
    "sdg": "si",
    "t": "t",
    "tdg": "ti",
    "sx": "v",
    "sxdg": "vi",
}
_TURNED = {"rx", "ry", "rz"}
_PAIRS = {"rxx": "xx", "ryy": "yy", "rzz": "zz"}
KNOWN = frozenset({"id", "cnot", "swap", *_PLAIN, *_TURNED, *_PAIRS})

Instruction = dict[str, Any]


def native_input(circuit: Circuit) -> dict[str, Any]:
    """Write a circuit of native gates that IonQ runs as it is; phases and angles in turns."""
    gates = [_native(g) for g in circuit.gates]
    return {"gateset": "native", "qubits": circuit.wires, "circuit": gates}


def abstract_input(circuit: Circuit) -> dict[str, Any]:
    """Write a circuit that IonQ compiles; rotations in radians."""
    parts = [p for g in circuit.gates for p in lower(g, KNOWN) if p.name != "id"]
    return {"gateset": "qis", "qubits": circuit.wires, "circuit": [_abstract(p) for p in parts]}


def size_of(written: Mapping[str, Any]) -> CircuitSize:
    """Count the gates of what is sent."""
    pairs = sum("targets" in g or "control" in g for g in written["circuit"])
    return CircuitSize(
        one_qubit=len(written["circuit"]) - pairs,
        two_qubit=pairs,
        qubits=written["qubits"],
        measured=written["qubits"],
    )


def counts(histogram: Mapping[str, float], places: Sequence[int], shots: int) -> Counts:
    """Turn a machine's relative frequencies back into counts.

    Args:
        histogram: Frequency by decimal key.
        places: For each wire, the qubit it is read from.
        shots: How often it ran; what rounding leaves goes to the largest rests.
    """
    keys = sorted(histogram, key=int)
    exact = np.array([histogram[k] for k in keys]) * shots
    times = np.floor(exact + 1e-6).astype(int)
    rest = np.argsort(times - exact, kind="stable")[: max(0, shots - int(times.sum()))]
    times[rest] += 1
    tally: dict[str, int] = {}
    for key, n in zip(keys, times, strict=True):
        if n:
            bits = _bits(int(key), places)
            tally[bits] = tally.get(bits, 0) + int(n)
    return Counts(len(places), tally)


def sample(histogram: Mapping[str, float], places: Sequence[int], shots: int, seed: int) -> Counts:
    """Draw shots from a simulator's exact probabilities: it does not sample."""
    exact = np.zeros(2 ** len(places))
    for key, probability in histogram.items():
        exact[int(_bits(int(key), places), 2)] += probability
    return draw(exact, shots, [seed])


def _bits(key: int, places: Sequence[int]) -> str:
    return "".join(str(key >> place & 1) for place in places)


def _native(gate: Gate) -> Instruction:
    params = [float(p) for p in gate.params]
    match gate.name:
        case "zz":
            return {"gate": "zz", "targets": list(gate.wires), "angle": params[0]}
        case "ms":
            wires = list(gate.wires)
            return {"gate": "ms", "targets": wires, "phases": params[:2], "angle": params[2]}
        case name:
            return {"gate": name, "target": gate.wires[0], "phase": params[0]}


def _abstract(gate: Gate) -> Instruction:
    wires = gate.wires
    turned = {"rotation": float(gate.params[0])} if gate.params else {}
    if gate.name == "cnot":
        return {"gate": "cnot", "control": wires[0], "target": wires[1]}
    if gate.name == "swap":
        return {"gate": "swap", "targets": list(wires)}
    if gate.name in _PAIRS:
        return {"gate": _PAIRS[gate.name], "targets": list(wires), **turned}
    return {"gate": _PLAIN.get(gate.name, gate.name), "target": wires[0], **turned}
