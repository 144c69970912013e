"""Runs small circuits side by side on a wide machine, and takes their counts apart again."""

from dataclasses import replace

from qml.backends.base import Results
from qml.circuits import Work
from qml.circuits.packing import pack
from qml.execution.evaluator import Runner


class PackedRunner:
    """Packs every batch of samples before another runner takes it.

    Args:
        inner: Runs the wide circuits.
        qubits: Wires of a register.
    """

    def __init__(self, inner: Runner, qubits: int) -> None:
        self._inner = inner
        self._qubits = qubits

    def run(self, work: Work, name: str) -> Results:
        """Run a batch; exact expectations pass as they are."""
        if work.observables:
            return self._inner.run(work, name)
        packing = pack(work.circuits, self._qubits)
        results = self._inner.run(replace(work, circuits=packing.circuits), name)
        assert results.counts is not None
        return replace(results, counts=packing.unpack(results.counts))

    def facts(self) -> dict[str, str]:
        """Pass on what the other runner tells."""
        return self._inner.facts()

    def finish(self) -> None:
        """Pass it on."""
        self._inner.finish()
