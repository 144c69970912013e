"""Blocks of the model that solvers of binary quadratic problems are compared on."""

from typing import Any, NamedTuple

from qml.compression.bench import Bench
from qml.compression.prune.blocks import compare, cut, places, table
from qml.compression.prune.problem import Problem
from qml.compression.prune.settings import share_of
from qml.compression.subjects.base import Unit


class Solved(NamedTuple):
    """What the comparison gives.

    Attributes:
        document: By way: loss, optima found, evaluations, seconds. No line of the result: blocks
            alone make no model, and their loss is not that of one.
        notes: What a reader must know.
    """

    document: dict[str, Any]
    notes: tuple[str, ...]


class Sample:
    """Collects blocks while a model is walked through.

    Args:
        bench: Seeds and settings.
        units: Where blocks may lie.
    """

    def __init__(self, bench: Bench, units: tuple[Unit, ...]) -> None:
        self._bench, self._settings = bench, bench.section.prune
        self._places = places(units, self._settings.blocks, self._settings.block, bench.seeds)
        self.blocks: list[Problem] = []

    def look(self, unit: Unit, problem: Problem) -> None:
        """Take the blocks of a unit."""
        share = share_of(self._bench.section)
        self.blocks += [cut(problem, p, share) for p in self._places if p.unit == unit.name]

    def solve(self) -> Solved:
        """Solve all blocks in every way; nothing where there is none."""
        solvers = self._settings.block_solvers
        if not self.blocks or not solvers or self._bench.stop():
            return Solved({}, ())
        seed = self._bench.seeds["prune/blocks/solvers"]
        with self._bench.progress.bar("solving blocks", None):
            rows = table(compare(self.blocks, solvers, self._settings.block_evaluations, seed))
        return Solved(rows, (_note(rows, len(self.blocks), self._settings.block),))


def _note(rows: dict[str, dict[str, Any]], blocks: int, size: int) -> str:
    said = ", ".join(f"{name} {row['ratio_to_wanda']:.3f}" for name, row in rows.items())
    return (
        f"prune: loss of the mask over Wanda's on {blocks} blocks of {size} weights, without an"
        f" update (geometric mean): {said}"
    )
