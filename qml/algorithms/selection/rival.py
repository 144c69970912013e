"""What one way of choosing found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """What one way of choosing found.

    Attributes:
        name: Which way.
        objective: f of its choice, or None where it found none that keeps the quotas.
        chosen: Its places, ascending; empty where there is none.
        evaluations: Subsets whose objective became known.
        seconds: Wall time.
        mean: Mean objective of all it looked at, where that tells something (random), or None.
        proven: Whether its choice is known to be optimal.
    """

    name: str
    objective: float | None
    chosen: tuple[int, ...]
    evaluations: int
    seconds: float
    mean: float | None = None
    proven: bool = False
