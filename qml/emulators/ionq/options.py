"""How an emulator behaves."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from qml.emulators.ionq.faults import Fault

Minimum = Literal["per-circuit", "per-job"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Options of one emulator.

    Attributes:
        noise: Noise model of jobs on `simulator` that name none; `ideal` is exact.
        seed: Seed of the sampling and of the faults.
        queue: How long a job waits in `ready` (seconds).
        faults: Faults to inject.
        slow: Length of slow answers and of delayed listings (seconds).
        state: File that survives a restart, or None to keep everything in memory.
        minimum: Whether the least price holds for each circuit of a multi-circuit job or once for
            the job. The vendor does not say; each circuit is the upper bound.
        strict: Refuse what the published schema does not have, although real clients send it.
    """

    noise: str = "ideal"
    seed: int = 0
    queue: float = 0.0
    faults: tuple[Fault, ...] = field(default=())
    slow: float = 3.0
    state: Path | None = None
    minimum: Minimum = "per-circuit"
    strict: bool = False
