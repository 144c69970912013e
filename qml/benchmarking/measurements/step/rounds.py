"""Rounds in turns: every peer once in each, the order turned round each time."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qml.benchmarking.measurements.step.client import Time

SAMPLE = 0.05
"""Seconds that a sample takes at least, unless one step takes longer."""

FEWEST = 3
DRAWS = 2_000
LEVEL = 0.95

Run = Callable[[int], Time]


class Interval(NamedTuple):
    """A median with its bootstrap interval of 95 %."""

    middle: float
    low: float
    high: float


def in_turns(
    runs: Mapping[str, Run], *, rounds: int, seconds: float, stop: Callable[[], bool]
) -> dict[str, list[Time]]:
    """Time all peers.

    Args:
        runs: Each peer's steps by its name.
        rounds: Most rounds.
        seconds: Begin no further round after this time, once there are three.
        stop: Whether somebody asked to stop.

    Returns:
        Seconds a step of each round, equally many of each peer.
    """
    once = {name: run(1).wall for name, run in runs.items()}
    steps = {name: max(1, round(SAMPLE / max(taken, 1e-6))) for name, taken in once.items()}
    times: dict[str, list[Time]] = {name: [] for name in runs}
    spent = 0.0
    for turn in range(rounds):
        if turn >= FEWEST and (spent > seconds or stop()):
            break
        for name in list(runs)[:: 1 if turn % 2 == 0 else -1]:
            times[name].append(runs[name](steps[name]))
            spent += times[name][-1].wall * steps[name]
    return times


def interval(values: Sequence[float], seed: int = 0) -> Interval:
    """Return the median and its interval by the percentile bootstrap (Efron 1979)."""
    found: NDArray[np.float64] = np.asarray(values, dtype=np.float64)
    drawn = np.random.default_rng(seed).choice(found, (DRAWS, len(found)))
    low, high = np.quantile(np.median(drawn, axis=1), [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(float(np.median(found)), float(low), float(high))


def ratios(peer: Sequence[Time], engine: Sequence[Time]) -> list[float]:
    """Return the peer's time over the engine's, round by round."""
    return [a.wall / b.wall for a, b in zip(peer, engine, strict=True)]


def processor_ratio(peer: Sequence[Time], engine: Sequence[Time]) -> float:
    """Return the ratio of the medians of processor time, which other work disturbs less."""
    one, other = (float(np.median([t.processor for t in times])) for times in (peer, engine))
    return one / max(other, 1e-9)
