"""What vendors' backends share: gates counted as sent, no derivatives, no states.

Where a vendor tells or bills more than this, its backend overrides it.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from qml.backends.base import Job
from qml.circuits import CircuitModel, DifferentiableCircuit, OverlapFunction, Work
from qml.results.sizes import CircuitSize
from qml.results.usage import Usage
from qml.units import Money


class CloudBackend(ABC):
    """A vendor's machine or cloud simulator; see `qml.backends.remote.RemoteBackend`."""

    @property
    def place(self) -> str | None:
        """Return None: the vendor itself answers."""
        return None

    @abstractmethod
    def sizes(self, work: Work) -> Sequence[CircuitSize]:
        """Tell what each circuit amounts to as it is sent."""

    def usage(self, work: Work) -> Usage:
        """Tell what the work will use, as it is sent."""
        sizes = self.sizes(work)
        return Usage(
            submissions=1,
            circuits=len(sizes),
            shots=work.shots * len(sizes),
            one_qubit=sum(s.one_qubit for s in sizes),
            two_qubit=sum(s.two_qubit for s in sizes),
        )

    @property
    def most_seconds(self) -> float | None:
        """Return None: no limit on the time of a job is sent."""
        return None

    def seconds(self, work: Work) -> float | None:
        """Return None: time is not what is billed."""
        del work
        return None

    def estimate(self, work: Work) -> Money | None:
        """Return None: the vendor tells no price before a job exists."""
        del work
        return None

    def billed(self, job: Job) -> Money | None:
        """Return None: the vendor tells no bill of a job."""
        del job
        return None

    def differentiable(self, model: CircuitModel) -> DifferentiableCircuit | None:
        """Return None: a machine has no derivatives."""
        del model
        return None

    def overlaps(self, model: CircuitModel) -> OverlapFunction | None:
        """Return None: a machine has no states."""
        del model
        return None
