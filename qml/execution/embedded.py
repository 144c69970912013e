"""Lays problems on an annealer's qubits before they are bought, and reads variables off after."""

from dataclasses import replace

from qml.backends.annealer import Annealer
from qml.backends.base import Results
from qml.circuits import Work
from qml.execution.evaluator import Runner


class EmbeddedRunner:
    """Runs problems on a machine's qubits.

    What is bought is the problem as it was laid, so its results can be read by anyone who finds
    the job; what they mean is known here.

    Args:
        runner: Brings work to the machine.
        backend: The machine.
    """

    def __init__(self, runner: Runner, backend: Annealer) -> None:
        self._runner = runner
        self._backend = backend

    def run(self, work: Work, name: str) -> Results:
        """Run a batch of problems."""
        placed = [self._backend.placement(circuit) for circuit in work.circuits]
        laid = replace(work, circuits=tuple(p.circuit for p in placed))
        found = self._runner.run(laid, name)
        assert found.counts is not None
        counts = tuple(p.read(c) for p, c in zip(placed, found.counts, strict=True))
        return replace(found, counts=counts)

    def facts(self) -> dict[str, str]:
        """Tell what was spent."""
        return self._runner.facts()

    def finish(self) -> None:
        """Drop what was intended and is not needed any more."""
        self._runner.finish()
