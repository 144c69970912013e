"""Whether two wide circuits are the same unitary up to a phase, by MQT QCEC."""

from pathlib import Path
from tempfile import TemporaryDirectory

from qml.backends.lower import lower
from qml.circuits import Circuit
from qml.errors import MissingExtraError

MOST_STATE_WIRES = 12
"""Up to here states are compared in NumPy."""
SECONDS = 30.0
_NAMES = {"cnot": "cx", "phase": "u1"}
_HEAD = 'OPENQASM 2.0;\ninclude "qelib1.inc";\n'


def equivalent(source: Circuit, other: Circuit) -> bool:
    """Compare two circuits.

    Raises:
        MissingExtraError: The extra `verify` is not installed.
    """
    try:
        from mqt import qcec
    except ModuleNotFoundError as error:
        raise MissingExtraError("mqt.qcec", extra="verify") from error
    with TemporaryDirectory() as folder:
        files = []
        for number, circuit in enumerate((source, other)):
            path = Path(folder) / f"{number}.qasm"
            path.write_text(qasm(circuit), encoding="utf-8")
            files.append(str(path))
        found = qcec.verify(*files, timeout=SECONDS)
    return "equivalent" in str(found.equivalence) and "not" not in str(found.equivalence)


def qasm(circuit: Circuit) -> str:
    """Write a circuit as OpenQASM 2, in gates of its library."""
    lines = [_HEAD, f"qreg q[{circuit.wires}];\n"]
    for gate in circuit.gates:
        for part in lower(gate):
            angles = (
                f"({', '.join(f'{float(p):.17g}' for p in part.params)})" if part.params else ""
            )
            wires = ", ".join(f"q[{wire}]" for wire in part.wires)
            lines.append(f"{_NAMES.get(part.name, part.name)}{angles} {wires};\n")
    return "".join(lines)
