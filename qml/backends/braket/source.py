"""What a program of ours tells: its size, and on which qubit each wire is measured."""

import re

from qml.errors import ProviderError
from qml.results.sizes import CircuitSize

_QUBIT = re.compile(r"(?:q\[|\$)(\d+)")
_MEASURE = re.compile(r"^b\[(\d+)\] = measure (?:q\[|\$)(\d+)", re.MULTILINE)
_NO_GATE = ("OPENQASM", "bit[", "qubit[", "#pragma", "box{", "}", "b[")
_PAIR = 2


def size_of(source: str) -> CircuitSize:
    """Count the gates of a program, one on a line."""
    lines = [line for line in source.splitlines() if line and not line.startswith(_NO_GATE)]
    widths = [len(_QUBIT.findall(line.rpartition(")")[2])) for line in lines]
    wires = len(measured(source))
    return CircuitSize(
        one_qubit=widths.count(1),
        two_qubit=sum(w >= _PAIR for w in widths),
        qubits=wires,
        measured=wires,
    )


def measured(source: str) -> list[int]:
    """Return the qubit that each wire was measured on.

    Raises:
        ProviderError: It is no program of ours.
    """
    pairs = {int(wire): int(qubit) for wire, qubit in _MEASURE.findall(source)}
    if not pairs or sorted(pairs) != list(range(len(pairs))):
        raise ProviderError(
            "the task's program does not measure wires the way qml does",
            hint="it was submitted by something else, and cannot be adopted",
        )
    return [pairs[wire] for wire in range(len(pairs))]
