"""Allocations that nothing was fitted to, and what they really cost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qml.compression.bench import Bench, first
from qml.compression.bits.allocation import Choice, Problem
from qml.compression.bits.allocation.greedy import greedy
from qml.compression.bits.sensitivities.keys import fingerprint
from qml.compression.bits.sensitivities.probe import Change, Probe
from qml.compression.bits.sensitivities.survey import open_survey
from qml.compression.bits.sensitivities.workers import processes_of
from qml.compression.bits.table import Table
from qml.compression.candidate import Candidate
from qml.compression.subjects.base import Examples
from qml.errors import DataError, InterruptedRunError
from qml.files import digest_json

_WILDEST = 2.0
"""Largest standard deviation of the noise on the logarithm of a sensitivity."""
_TRIES = 20
"""Draws for each allocation that is wanted."""
_TOGETHER = 8
"""Most allocations that share one rounding of every tensor."""


def random_allocations(table: Table, budget: float, count: int, seed: int) -> list[Choice]:
    """Return different allocations close to a budget, from nearly optimal to nearly random.

    Each is greedy on a table whose rows are multiplied by exp(noise); the noise grows from draw to
    draw, and begins anew, so that there are good ones and bad ones to be told apart.

    Args:
        table: Sensitivities.
        budget: Most bits of all units.
        count: How many; fewer come back where there are not as many within the budget.
        seed: Of the noise.
    """
    random = np.random.default_rng(seed)
    costs = np.where(np.isfinite(table.bits), table.kl, np.inf)
    found: dict[bytes, Choice] = {}
    for draw in range(_TRIES * count):
        if len(found) == count:
            break
        spread = _WILDEST * (draw % count + 1) / count
        noise = np.exp(random.normal(0, spread, (len(table.units), 1)))
        choice = greedy(Problem(costs=costs * noise, sizes=table.bits, budget=budget))
        found.setdefault(choice.tobytes(), choice)
    return list(found.values())


def true_divergences(
    bench: Bench, base: Candidate, table: Table, choices: Sequence[Choice]
) -> NDArray[np.float64]:
    """Measure allocations on calibration text that no sensitivity was measured on.

    Kept, shared and parallel as `measure` is.

    Args:
        bench: What every method works with.
        base: What the table was measured from.
        table: Sensitivities, for its units and formats.
        choices: The allocations.

    Returns:
        Shape (choices,) (nats per output).

    Raises:
        DataError: The calibration has nothing else.
        InterruptedRunError: Somebody asked to stop; what was measured is kept.
        UsageError: The cache cannot be written, or a process died.
    """
    survey = open_survey(bench, base, others(bench))
    marks: dict[tuple[int, int], str] = {}
    keys = [_key(table, choice, marks) for choice in choices]
    wanted = [i for i, key in enumerate(keys) if key not in survey.journal]
    groups = -(-len(wanted) // _TOGETHER)
    workers = processes_of(bench.section.parallel)
    groups = min(len(wanted), -(-groups // workers) * workers)
    jobs = [
        AllocationsJob(table, [choices[i] for i in some], [keys[i] for i in some], bench.stop)
        for some in np.array_split(wanted, groups or 1)
    ]
    survey.complete("held-out allocations", [job for job in jobs if job.keys])
    return np.array([survey.journal[key] for key in keys])


def others(bench: Bench) -> Examples:
    """Return calibration examples behind those of the sensitivities, twice as many outputs.

    Raises:
        DataError: There are none.
    """
    whole, tokens = bench.calibration, bench.section.bits.tokens
    used = len(bench.sample(tokens).inputs)
    if used >= len(whole.inputs):
        raise DataError(
            f"compress.calibrate: sensitivities are measured on all {used} chunks, and none is"
            " left to check pair terms on",
            hint="give it a longer text, lower compress.bits.tokens, or leave pair terms out:"
            " compress.bits.pairs = 0",
        )
    per = len(whole.targets) // len(whole.inputs)
    rest = Examples(whole.inputs[used:], whole.targets[used * per :], whole.clusters[used * per :])
    return first(rest, 2 * tokens)


@dataclass(frozen=True, slots=True)
class AllocationsJob:
    """Some allocations, side by side; see `Job`."""

    table: Table
    choices: Sequence[Choice]
    keys: Sequence[str]
    stop: Callable[[], bool]

    @property
    def names(self) -> Sequence[str]:
        """Size, for a person."""
        rows = np.arange(len(self.table.units))
        weights = sum(unit.weights for unit in self.table.units)
        return [f"{self.table.bits[rows, c].sum() / weights:.2f} bits" for c in self.choices]

    def run(self, probe: Probe) -> list[float]:
        """Measure each."""
        return probe.abreast(len(self.choices), lambda stage: self._changes(probe, stage))

    def _changes(self, probe: Probe, stage: int) -> list[list[Change]]:
        """Return what each allocation changes in a stage; every tensor is rounded once."""
        if self.stop():
            raise InterruptedRunError("interrupted while measuring: held-out allocations")
        found: list[list[Change]] = [[] for _ in self.choices]
        for place, unit in enumerate(self.table.units):
            if unit.stage != stage:
                continue
            columns = [int(choice[place]) for choice in self.choices]
            made = {i: probe.rounded(unit, self.table.formats[i]).dense() for i in set(columns)}
            for changes, column in zip(found, columns, strict=True):
                changes.append((unit, made[column]))
        return found


def _key(table: Table, choice: Choice, marks: dict[tuple[int, int], str]) -> str:
    """Return the key of an allocation; `marks` remembers fingerprints, which take a rounding."""
    named = []
    for unit, column in zip(table.units, choice.tolist(), strict=True):
        place = (column, unit.columns)
        if place not in marks:
            marks[place] = fingerprint(table.formats[column], unit.columns)
        named.append([unit.name, marks[place]])
    return f"allocation|{digest_json(named)}"
