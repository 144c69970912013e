"""From Qiskit's instructions to gates; what has no gate of its own is decomposed."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from qml.errors import CircuitError

_NAMES = {
    "id": "id",
    "x": "x",
    "y": "y",
    "z": "z",
    "h": "h",
    "s": "s",
    "sdg": "sdg",
    "t": "t",
    "tdg": "tdg",
    "sx": "sx",
    "sxdg": "sxdg",
    "rx": "rx",
    "ry": "ry",
    "rz": "rz",
    "p": "phase",
    "u1": "phase",
    "u": "u3",
    "u3": "u3",
    "cx": "cnot",
    "cy": "cy",
    "cz": "cz",
    "ch": "ch",
    "swap": "swap",
    "iswap": "iswap",
    "crx": "crx",
    "cry": "cry",
    "crz": "crz",
    "cp": "cphase",
    "cu1": "cphase",
    "rxx": "rxx",
    "ryy": "ryy",
    "rzz": "rzz",
    "ccx": "ccnot",
    "ccz": "ccz",
    "cswap": "cswap",
    "gpi": "gpi",
    "gpi2": "gpi2",
    "ms": "ms",
    "zz": "zz",
}
_SILENT = {"barrier", "delay", "global_phase"}  # no effect on what is measured


class Instruction(NamedTuple):
    """A gate whose parameters are numbers or Qiskit's expressions."""

    name: str
    wires: tuple[int, ...]
    params: tuple[Any, ...]


def instructions(circuit: Any) -> Iterator[Instruction]:
    """Flatten a circuit into gates, first one first; final measurements are dropped.

    Raises:
        CircuitError: A qubit is used after its measurement, or an instruction is no gate.
    """
    measured: set[int] = set()
    for item in circuit.data:
        wires = tuple(circuit.find_bit(q).index for q in item.qubits)
        name = item.operation.name
        if name == "measure":
            measured.update(wires)
        elif name not in _SILENT:
            _refuse_later_use(name, wires, measured)
            yield from _flatten(item.operation, wires)


def _refuse_later_use(name: str, wires: tuple[int, ...], measured: set[int]) -> None:
    for wire in wires:
        if wire in measured:
            raise CircuitError(
                f"qubit {wire} is measured before the `{name}` that follows",
                hint="measure at the end only; measurements within a circuit cannot be trained",
            )


def _flatten(operation: Any, wires: tuple[int, ...]) -> Iterator[Instruction]:
    name = _NAMES.get(operation.name)
    if name is not None:
        yield Instruction(name, wires, tuple(operation.params))
        return
    for item, inner in _parts(operation):
        yield from _flatten(item, tuple(wires[i] for i in inner))


def _parts(operation: Any) -> Iterator[tuple[Any, list[int]]]:
    definition = getattr(operation, "definition", None)
    if definition is None or operation.name in ("reset", "initialize"):
        raise CircuitError(
            f"`{operation.name}` is no gate and has no definition by gates",
            hint="use gates, barriers and final measurements only",
        )
    for item in definition.data:
        if item.operation.name not in _SILENT:
            yield item.operation, [definition.find_bit(q).index for q in item.qubits]
