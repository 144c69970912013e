"""MQT QCEC in a process of its own: its own limit of time is not kept by all that it tries."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from qml.backends.equivalence.openqasm import qasm
from qml.circuits import Circuit
from qml.errors import MissingExtraError, ProviderError

UNDECIDED = frozenset({"no_information", "probably_equivalent", "probably_not_equivalent"})
EQUIVALENT = frozenset({"equivalent", "equivalent_up_to_global_phase", "equivalent_up_to_phase"})
DIFFERENT = "not_equivalent"
STARTING = 3.0
"""Seconds in which the process starts, beyond those that QCEC gets."""

_PROGRAM = (
    "import sys; from mqt import qcec; "
    "print(qcec.verify(*sys.argv[1:3], timeout=float(sys.argv[3])).equivalence.name)"
)


def verified(source: Circuit, compiled: Circuit, seconds: float) -> bool | None:
    """Return whether two circuits are proven to be the same, or to differ; None where neither.

    Args:
        source: Bound.
        compiled: Bound, of as many wires.
        seconds: Wall time; the process is ended a few seconds later at the latest.

    Raises:
        MissingExtraError: MQT QCEC is not installed.
        ProviderError: It broke.
    """
    if find_spec("mqt") is None or find_spec("mqt.qcec") is None:
        raise MissingExtraError("mqt.qcec", extra="verify")
    with TemporaryDirectory() as folder:
        files = [Path(folder) / "source.qasm", Path(folder) / "compiled.qasm"]
        for path, circuit in zip(files, (source, compiled), strict=True):
            path.write_text(qasm(circuit), encoding="utf-8")
        return _answer([*map(str, files), str(seconds)], seconds + STARTING)


def _answer(arguments: list[str], limit: float) -> bool | None:
    command = [sys.executable, "-c", _PROGRAM, *arguments]
    try:
        ended = subprocess.run(  # noqa: S603 - this interpreter, our own files
            command, capture_output=True, text=True, timeout=limit, check=False
        )
    except subprocess.TimeoutExpired:
        return None
    word = ended.stdout.strip()
    if ended.returncode or word not in {DIFFERENT} | EQUIVALENT | UNDECIDED:
        raise ProviderError(f"MQT QCEC broke: {(ended.stderr.strip() or word)[-300:]}")
    return None if word in UNDECIDED else word != DIFFERENT
