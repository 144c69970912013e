"""One walk through the model: each layer is rounded on what the rounded layers before it give.

Only one layer's problem is in memory at a time.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from torch import Tensor

from qml.compression.bench import Bench
from qml.compression.calibration import Site, walking
from qml.compression.candidate import Candidate
from qml.compression.formats.base import Part
from qml.compression.round.effort import Effort
from qml.compression.round.grid import Grid, grid_of
from qml.compression.round.problem import damped, stacked
from qml.compression.round.solving import Solved, solved
from qml.compression.subjects.base import Unit
from qml.seeds import derive


@dataclass(slots=True, kw_only=True)
class Walked:
    """What one walk made.

    Attributes:
        parts: Of every unit that was reached, as the leader rounded it.
        objectives: By solver, of every unit that was reached, on the same Hessians.
        interrupted: Whether somebody asked to stop before the end.
    """

    parts: dict[str, Part] = field(default_factory=dict)
    objectives: dict[str, dict[str, float]] = field(default_factory=dict)
    interrupted: bool = False

    def total(self, solver: str) -> float:
        """Return the sum of a solver's objectives."""
        return sum(self.objectives[solver].values())


def with_lattice(base: Candidate) -> dict[str, Part]:
    """Return the parts that can be rounded another way."""
    return {name: part for name, part in base.parts.items() if part.lattice() is not None}


def walk_layers(bench: Bench, base: Candidate, efforts: Mapping[str, Effort]) -> Walked:
    """Round every unit that has a lattice, towards the teacher's weights.

    Args:
        bench: The model and its calibration.
        base: What is rounded; units without a lattice stay as they are in it.
        efforts: By solver. The first one leads: later layers see its weights. The others round
            the same layers, and are only scored.
    """
    section = bench.section.round
    parts = with_lattice(base)
    rest = Candidate({n: p for n, p in base.parts.items() if n not in parts}, base.others)
    examples = bench.sample(section.tokens)
    made = Walked(objectives={name: {} for name in efforts})
    with (
        bench.progress.bar(f"rounding: {', '.join(efforts)}", len(parts)) as bar,
        walking(bench.subject, rest, examples, sequential=section.sequential) as walk,
    ):
        for site in walk.sites():
            if bench.stop():
                made.interrupted = True
                break
            layer = _Layer(bench, site, [u for u in site.units if u.name in parts], parts)
            for unit, part in layer.rounded(efforts, made):
                walk.accept(unit, part.dense())
                made.parts[unit.name] = part
                bar.advance(objective=f"{made.total(next(iter(efforts))):.4g}")
    return made


class _Layer:
    """The units of one site that are rounded together.

    Args:
        bench: The model.
        site: Their input.
        units: Those that have a lattice.
        parts: Their lattices, by name.
    """

    def __init__(
        self, bench: Bench, site: Site, units: Sequence[Unit], parts: Mapping[str, Part]
    ) -> None:
        self.bench = bench
        self.site = site
        self.units = units
        self.parts = parts

    def rounded(self, efforts: Mapping[str, Effort], made: Walked) -> Iterator[tuple[Unit, Part]]:
        """Run all solvers; yield what the first one made."""
        if not self.units:
            return
        section = self.bench.section.round
        grids = [self._grid(unit) for unit in self.units]
        targets = [self._target(unit) for unit in self.units]
        problem = stacked(grids, targets, damped(self.site.hessian, section.damping))
        chosen: Solved | None = None
        for name, effort in efforts.items():
            seed = derive(self.bench.seeds[f"round/{name}"], self.units[0].name)
            found = solved(name, problem, section, seed=seed, effort=effort)
            chosen = found if chosen is None else chosen
            costs = found.problem.objectives(found.codes).split([len(grid.rows) for grid in grids])
            for unit, cost in zip(self.units, costs, strict=True):
                made.objectives[name][unit.name] = float(cost.sum())
        assert chosen is not None
        for unit, grid, side in zip(self.units, grids, problem.sides, strict=True):
            codes, step = chosen.codes[:, side.rows].T, chosen.problem.step[:, side.rows].T
            yield unit, grid.rounded(codes, step)

    def _grid(self, unit: Unit) -> Grid:
        grid = grid_of(self.parts[unit.name], unit.columns)
        assert grid is not None, "only parts with a lattice are here"
        return grid

    def _target(self, unit: Unit) -> Tensor:
        weight = self.bench.subject.weight(unit).detach()
        return weight.reshape(unit.rows, unit.columns).float()
