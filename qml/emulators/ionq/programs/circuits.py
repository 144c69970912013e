"""The `input` of a job becomes programs: one circuit, many circuits, or OpenQASM 3."""

from collections.abc import Mapping
from typing import Any

from qml.emulators.ionq import limits
from qml.emulators.ionq.answers import bad_request
from qml.emulators.ionq.programs.gates import read_gate
from qml.emulators.ionq.programs.steps import Measure, Program, Step

_GATESETS = ("qis", "native")


def read_programs(kind: str, given: Mapping[str, Any]) -> list[Program]:
    """Read the circuits of a job.

    Args:
        kind: Type of the job.
        given: Its `input`.

    Raises:
        ApiError: 400, a circuit is malformed or there are too many.
    """
    if kind == "ionq.qasm3.v1":
        if not isinstance(given.get("data"), str):
            raise bad_request('"input.data" must be an OpenQASM 3 program.', "input.data")
        from qml.emulators.ionq.programs.qasm import read_qasm

        return [read_qasm(given["data"])]
    if kind == "ionq.circuit.v1":
        return [_circuit(given, given, "input")]
    circuits = given.get("circuits")
    if not isinstance(circuits, list) or not circuits:
        raise bad_request('"input.circuits" must be a list of circuits.', "input.circuits")
    if "circuit" in given:
        raise bad_request('"input.circuit" is not allowed beside circuits.', "input.circuit")
    _check_size(circuits)
    return [_circuit(c, given, f"input.circuits[{i}]") for i, c in enumerate(circuits)]


def _check_size(circuits: list[Any]) -> None:
    if len(circuits) > limits.CIRCUITS:
        raise bad_request(f"A job has at most {limits.CIRCUITS:,} circuits.", "input.circuits")
    gates = sum(
        len(c["circuit"])
        for c in circuits
        if isinstance(c, Mapping) and isinstance(c.get("circuit"), list)
    )
    if gates > limits.GATES:
        raise bad_request(
            f"A multi-circuit job has at most {limits.GATES:,} gates, this one {gates:,}.",
            "input.circuits",
        )


def _circuit(given: Any, parent: Mapping[str, Any], where: str) -> Program:
    if not isinstance(given, dict) or not isinstance(given.get("circuit"), list):
        raise bad_request(f'"{where}.circuit" must be a list of gates.', f"{where}.circuit")
    gateset = given.get("gateset", parent.get("gateset", "qis"))
    if gateset not in _GATESETS:
        raise bad_request(f'"{where}.gateset" must be qis or native.', f"{where}.gateset")
    qubits = _qubits(given, parent, where)
    steps: list[Step] = []
    for place, entry in enumerate(given["circuit"]):
        steps += read_gate(entry, gateset, qubits, f"{where}.circuit[{place}]")
    registers, measured = _registers(given.get("registers"), qubits, where)
    names = frozenset(str(g["gate"]) for g in given["circuit"]) if gateset == "native" else ()
    return Program(
        qubits=qubits,
        steps=(*steps, *measured),
        registers=registers,
        gates=frozenset(names),
    )


def _qubits(given: Mapping[str, Any], parent: Mapping[str, Any], where: str) -> int:
    """Return the declared number of qubits, else as many as the gates name."""
    value = given.get("qubits", parent.get("qubits"))
    if value is None:
        named = [
            wire
            for gate in given["circuit"]
            if isinstance(gate, Mapping)
            for key in ("target", "targets", "control", "controls")
            for wire in _listed(gate.get(key))
        ]
        return 1 + max((int(w) for w in named if isinstance(w, int | float)), default=0)
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise bad_request(f'"{where}.qubits" must be a positive integer.', f"{where}.qubits")
    return value


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _registers(given: Any, qubits: int, where: str) -> tuple[dict[str, int], tuple[Measure, ...]]:
    if given is None:
        return {}, ()
    if not isinstance(given, Mapping) or not all(isinstance(v, list) for v in given.values()):
        raise bad_request(f'"{where}.registers" must name lists of qubits.', f"{where}.registers")
    measured, bit = [], 0
    for wires in given.values():
        for wire in wires:
            if wire is not None and not (isinstance(wire, int) and 0 <= wire < qubits):
                raise bad_request(
                    f'"{where}.registers" names qubits outside the circuit.', f"{where}.registers"
                )
            if wire is not None:
                measured.append(Measure(wire, bit))
            bit += 1
    return {name: len(wires) for name, wires in given.items()}, tuple(measured)
