"""From circuits to Braket's OpenQASM 3, and from its results to counts.

Braket lists the bits of a result in the order of the measured qubits, qubit 0 first, and its
probabilities with qubit 0 most significant: wire w is qubit w, and nothing is reversed.
"""

from collections.abc import Sequence

import numpy as np

from qml.backends.lower import BASIS, lower
from qml.circuits import Circuit, Gate, Observable, ZeroProjector
from qml.circuits.gates import TURN
from qml.errors import ProviderError
from qml.results.counts import Counts

_NAMES = {
    "id": "i",
    "sdg": "si",
    "tdg": "ti",
    "sx": "v",
    "sxdg": "vi",
    "phase": "phaseshift",
    "cphase": "cphaseshift",
    "rxx": "xx",
    "ryy": "yy",
    "rzz": "zz",
}
_EXTRA = frozenset({"sx", "sxdg", "cy", "cphase", "iswap", "rxx", "ryy", "rzz", "ccnot", "cswap"})
SIMULATED = BASIS | _EXTRA
NATIVE = frozenset({"gpi", "gpi2", "ms", "zz"})

Result = Observable | ZeroProjector


def program(circuit: Circuit, known: frozenset[str] = BASIS) -> str:
    """Write a circuit that measures every wire, for a machine that compiles.

    Args:
        circuit: The circuit.
        known: Gates of ours that the machine is told by name; the others are spelled in them.
    """
    return "\n".join(
        [*_head(circuit), *_gates(circuit, known), *_measures(range(circuit.wires), "q[{}]")]
    )


def verbatim(circuit: Circuit, places: Sequence[int]) -> str:
    """Write a circuit of IonQ's native gates that runs as it is, on physical qubits.

    Args:
        circuit: Native gates.
        places: For each wire of the source, the qubit that is measured for it.
    """
    lines = [_native(g) for g in circuit.gates]
    box = ["#pragma braket verbatim", "box{", *lines, "}"] if lines else []
    head = ["OPENQASM 3.0;", f"bit[{circuit.wires}] b;"]
    return "\n".join([*head, *box, *_measures(places, "${}")])


def probabilities(circuit: Circuit) -> str:
    """Write a circuit whose exact probabilities a simulator returns, wire 0 most significant."""
    asked = "#pragma braket result probability all"
    return "\n".join([*_head(circuit), *_gates(circuit, SIMULATED), asked])


def expectations(circuit: Circuit, observables: Sequence[Result]) -> tuple[str, "Reader"]:
    """Write a circuit whose exact expectations a simulator returns, and how to read them."""
    reader = Reader(observables, circuit.wires)
    return "\n".join([*_head(circuit), *_gates(circuit, SIMULATED), *reader.asked]), reader


class Reader:
    """Puts observables together from the Pauli strings that a simulator was asked for.

    Args:
        observables: What is wanted.
        wires: Wires of the circuit.
    """

    def __init__(self, observables: Sequence[Result], wires: int) -> None:
        self._observables = observables
        self._zero = "0" * wires
        strings = [s for o in observables if isinstance(o, Observable) for _, s in o.terms if s]
        self._place = {s: i for i, s in enumerate(dict.fromkeys(strings))}

    @property
    def asked(self) -> list[str]:
        """Result pragmas, one for each unlike Pauli string, and one for |0...0>."""
        words = [" @ ".join(f"{p.lower()}(q[{w}])" for w, p in s) for s in self._place]
        asked = [f"#pragma braket result expectation {word}" for word in words]
        if any(isinstance(o, ZeroProjector) for o in self._observables):
            asked.append(f'#pragma braket result amplitude "{self._zero}"')
        return asked

    def read(self, values: Sequence[object]) -> list[float]:
        """Read a simulator's values in the order of the observables."""
        return [self._value(o, values) for o in self._observables]

    def _value(self, observable: Result, values: Sequence[object]) -> float:
        if isinstance(observable, ZeroProjector):
            amplitudes = values[len(self._place)]
            assert isinstance(amplitudes, dict)
            return float(np.abs(amplitudes[self._zero]) ** 2)
        terms = [(c, values[self._place[s]] if s else 1.0) for c, s in observable.terms]
        return float(sum(c * np.real(np.asarray(v)) for c, v in terms))


def counts(
    measurements: Sequence[Sequence[int]], qubits: Sequence[int], places: Sequence[int]
) -> Counts:
    """Count a task's measurements.

    Args:
        measurements: Bits, shape (shots, measured qubits).
        qubits: Which qubit each column is of.
        places: For each wire, the qubit that was measured for it.

    Raises:
        ProviderError: A wire was not measured.
    """
    bits = np.asarray(measurements, dtype=np.int8)
    column = {qubit: i for i, qubit in enumerate(qubits)}
    if bits.shape[1:] != (len(column),) or set(places) - set(column):
        raise ProviderError(
            f"Amazon Braket measured qubits {list(qubits)} in an array of shape {bits.shape}:"
            f" wires are on qubits {list(places)}"
        )
    return Counts.from_samples(bits[:, [column[p] for p in places]])


def _head(circuit: Circuit) -> list[str]:
    n = circuit.wires
    idle = set(range(n)) - {w for g in circuit.gates for w in g.wires}
    declared = ["OPENQASM 3.0;", f"bit[{n}] b;", f"qubit[{n}] q;"]
    return [*declared, *(f"i q[{w}];" for w in sorted(idle))]


def _gates(circuit: Circuit, known: frozenset[str]) -> list[str]:
    return [
        _line(_NAMES.get(part.name, part.name), part.params, part.wires, "q[{}]")
        for gate in circuit.gates
        for part in lower(gate, known)
    ]


def _measures(places: Sequence[int], qubit: str) -> list[str]:
    return [f"b[{wire}] = measure {qubit.format(p)};" for wire, p in enumerate(places)]


def _native(gate: Gate) -> str:
    """Write a native gate: Braket has radians where we and IonQ have turns."""
    radians = [TURN * float(p) for p in gate.params]
    return _line(gate.name, radians, gate.wires, "${}")


def _line(name: str, params: Sequence[float], wires: Sequence[int], qubit: str) -> str:
    angles = f"({', '.join(repr(float(p)) for p in params)})" if params else ""
    return f"{name}{angles} {', '.join(qubit.format(w) for w in wires)};"
