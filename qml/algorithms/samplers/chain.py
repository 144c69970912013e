"""Runs several chains within a budget, and keeps every draw."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.samplers.base import Info, Kernel
from qml.ports import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """When chains stop: at whichever comes first. None is no limit.

    Attributes:
        steps: Steps of every chain, exactly; nothing else matters then.
        evaluations: Energy evaluations over all chains.
        seconds: Wall time.
        least: Steps below which the time is no reason to stop.
        most: Steps at most, e.g. since each is a paid job.
    """

    steps: int | None = None
    evaluations: int | None = None
    seconds: float | None = None
    least: int = 0
    most: int | None = None

    def reached(self, steps: int, evaluations: int, seconds: float) -> bool:
        """Tell whether so much is enough."""
        if self.steps is not None:
            return steps >= self.steps
        spent = self.evaluations is not None and evaluations >= self.evaluations
        late = self.seconds is not None and seconds >= self.seconds and steps >= self.least
        return spent or late or (self.most is not None and steps >= self.most)


class Draws(NamedTuple):
    """What chains drew.

    Attributes:
        spins: Shape (steps, chains, n), the random start left out.
        energies: Shape (steps, chains).
        info: Sums over all steps.
        made: Steps that were made, those included that are left out here.
        seconds: Wall time.
        interrupted: Whether somebody asked to stop.
    """

    spins: NDArray[np.int8]
    energies: NDArray[np.float64]
    info: Info
    made: int
    seconds: float
    interrupted: bool

    @property
    def steps(self) -> int:
        """Steps of each chain that are here."""
        return len(self.energies)

    def after(self, share: float) -> "Draws":
        """Return the draws without the first share of them, the warm-up."""
        first = int(share * self.steps)
        return self._replace(spins=self.spins[first:], energies=self.energies[first:])


def draw(
    kernel: Kernel,
    *,
    chains: int,
    seed: int,
    limits: Limits,
    clock: Clock,
    watch: Callable[[int, Info, float], None] | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Draws:
    """Run chains from random starts.

    Args:
        kernel: The chain.
        chains: How many, side by side.
        seed: Feeds every random choice.
        limits: When to stop.
        clock: What time it is.
        watch: Told after every step: steps, sums so far, mean energy of the chains.
        stop: Whether somebody asked to stop.
    """
    rng = np.random.default_rng(seed)
    began = clock.monotonic()
    state, total = kernel.init(rng, chains), Info(0, 0, chains)
    spins: list[NDArray[np.int8]] = []
    energies: list[NDArray[np.float64]] = []
    interrupted = False
    while not limits.reached(len(spins), total.evaluations, clock.monotonic() - began):
        interrupted = stop()
        if interrupted:
            break
        state, info = kernel.step(rng, state)
        total = Info(*(a + b for a, b in zip(total, info, strict=True)))
        spins.append(state.spins)
        energies.append(state.energies)
        if watch is not None:
            watch(len(spins), total, float(state.energies.mean()))
    return Draws(
        spins=np.array(spins, dtype=np.int8).reshape(len(spins), *state.spins.shape),
        energies=np.array(energies).reshape(len(energies), chains),
        info=total,
        made=len(spins),
        seconds=clock.monotonic() - began,
        interrupted=interrupted,
    )
