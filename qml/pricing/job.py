"""What a price is asked for."""

from dataclasses import dataclass
from decimal import Decimal

from qml.results.sizes import CircuitSize


@dataclass(frozen=True, slots=True, kw_only=True)
class JobSize:
    """One submission to a vendor.

    Attributes:
        circuits: Sizes of its circuits as the machine runs them, at least one.
        shots: Shots of each circuit.
        mitigated: The vendor's error mitigation is on.
        seconds: Expected billed time of all circuits together (seconds), where time is billed.
        most_seconds: Time that it cannot exceed (seconds), where the vendor enforces one.
        tasks: Tasks that the vendor bills, where it bills tasks; one per circuit if not given.
            A Braket program set is one task.
    """

    circuits: tuple[CircuitSize, ...]
    shots: int
    mitigated: bool = False
    seconds: Decimal | None = None
    most_seconds: Decimal | None = None
    tasks: int | None = None

    def __post_init__(self) -> None:
        if not self.circuits:
            raise ValueError("a job has at least one circuit")
        sizes = (n for c in self.circuits for n in (c.one_qubit, c.two_qubit, c.measured))
        if self.shots < 0 or any(n < 0 for n in sizes):
            raise ValueError("shots, gates and measured wires are not negative")
        if self.tasks is not None and not 1 <= self.tasks <= len(self.circuits):
            raise ValueError(f"{self.tasks} tasks for {len(self.circuits)} circuits")
        self._check_seconds()

    @property
    def billed_tasks(self) -> int:
        """Tasks that the vendor bills."""
        return len(self.circuits) if self.tasks is None else self.tasks

    def _check_seconds(self) -> None:
        for seconds in (self.seconds, self.most_seconds):
            if seconds is None:
                continue
            if not isinstance(seconds, Decimal):
                raise TypeError(f"billed time is Decimal, got {seconds!r}")
            if not seconds.is_finite() or seconds < 0:
                raise ValueError(f"billed time is finite and not negative, got {seconds}")
