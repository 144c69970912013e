"""Work for a backend: circuits, and what is wanted of them."""

from dataclasses import dataclass

from qml.circuits.circuit import Circuit
from qml.circuits.observables import Observable, ZeroProjector
from qml.circuits.resources import resources
from qml.files import digest_json
from qml.results.usage import Usage


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One submission.

    Attributes:
        circuits: Circuits to run, in order.
        observables: Measured exactly on every circuit; empty where counts are wanted.
        shots: Shots per circuit; 0 with observables means exact expectations.
        seed: Seed of the sampling; the same work gives the same results on a simulator.
    """

    circuits: tuple[Circuit, ...]
    observables: tuple[Observable | ZeroProjector, ...] = ()
    shots: int = 0
    seed: int = 0

    @property
    def digest(self) -> str:
        """SHA-256 over all that decides the result."""
        return digest_json(
            [
                [c.digest for c in self.circuits],
                [str(o) for o in self.observables],
                self.shots,
                self.seed,
            ]
        )

    @property
    def size(self) -> Usage:
        """Circuits and shots alone, at no cost; gates stay uncounted."""
        return Usage(
            submissions=1, circuits=len(self.circuits), shots=self.shots * len(self.circuits)
        )

    @property
    def usage(self) -> Usage:
        """Gates and shots as written, before any compilation."""
        counted = [resources(c) for c in self.circuits]
        return Usage(
            submissions=1,
            circuits=len(counted),
            shots=self.shots * len(counted),
            one_qubit=sum(r.one_qubit for r in counted),
            two_qubit=sum(r.two_qubit + r.wider for r in counted),
        )
