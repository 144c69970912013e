"""The published schema to the letter: what `additionalProperties: false` and the types refuse.

Real clients break it: Cirq sends `lang` and shots as a string, Qiskit sends `input.qubits` with
OpenQASM 3, and `pauliexp` has fields that the schema lacks. So this is an option.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from qml.emulators.ionq.answers import bad_request

_TOP = frozenset(
    {
        "name", "metadata", "shots", "backend", "session_id", "settings", "dry_run", "noise",
        "type", "input",
    }
)  # fmt: skip
_INPUT = {
    "ionq.circuit.v1": frozenset({"qubits", "circuit", "gateset"}),
    "ionq.qasm3.v1": frozenset({"data"}),
}
_CIRCUIT = frozenset({"name", "circuit", "qubits", "registers", "gateset"})
_GATE = frozenset({"gate", "target", "targets", "control", "controls", "rotation"})
_NATIVE_GATE = _GATE - {"control"} | {"phase", "phases", "angle"}


def check(body: Mapping[str, Any]) -> None:
    """Check a job against the schema.

    Args:
        body: A request that passed the lenient checks.

    Raises:
        ApiError: 400, with the keys that the schema does not have.
    """
    keys = list(_unknown(body))
    if keys:
        raise bad_request(f'"{keys[0]}" is not allowed.', *keys)
    if "shots" in body and not isinstance(body["shots"], int):
        raise bad_request('"shots" must be an integer.', "shots")


def _unknown(body: Mapping[str, Any]) -> Iterator[str]:
    yield from _outside(body, _TOP, "")
    given = body["input"]
    if body["type"] in _INPUT:
        yield from _outside(given, _INPUT[body["type"]], "input.")
    yield from _outside(body.get("noise") or {}, frozenset({"model", "seed"}), "noise.")
    if "circuit" in given:
        yield from _gates(given["circuit"], given.get("gateset"), "input.circuit")
    for place, circuit in enumerate(given.get("circuits", [])):
        where = f"input.circuits[{place}]"
        yield from _outside(circuit, _CIRCUIT, f"{where}.")
        gateset = circuit.get("gateset", given.get("gateset"))
        yield from _gates(circuit["circuit"], gateset, f"{where}.circuit")


def _gates(gates: Iterable[Mapping[str, Any]], gateset: str | None, where: str) -> Iterator[str]:
    allowed = _NATIVE_GATE if gateset == "native" else _GATE
    for place, gate in enumerate(gates):
        yield from _outside(gate, allowed, f"{where}[{place}].")


def _outside(given: Mapping[str, Any], allowed: frozenset[str], where: str) -> Iterator[str]:
    return (f"{where}{key}" for key in given if key not in allowed)
