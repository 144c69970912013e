"""One way of pruning, carried through a whole model, layer by layer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import process_time

from torch import Tensor

from qml.compression.bench import Bench
from qml.compression.calibration import Site, walking
from qml.compression.candidate import Candidate
from qml.compression.formats.base import Part
from qml.compression.formats.sparse import sparse
from qml.compression.prune.problem import Pattern, Problem, Pruner, damped
from qml.compression.subjects.base import Unit
from qml.errors import InterruptedRunError


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """A pruned model.

    Attributes:
        candidate: What stays.
        losses: Mean square error of each unit's outputs, in parts of their own mean square, on the
            calibration inputs that it had on this walk.
        seconds: Wall time of the walk (s).
        processor: Processor time of the walk (s).
    """

    candidate: Candidate
    losses: Mapping[str, float]
    seconds: float
    processor: float

    @property
    def loss(self) -> float:
        """Mean of the losses of all units."""
        return sum(self.losses.values()) / len(self.losses)


def pruned(
    bench: Bench,
    base: Candidate,
    prune: Pruner,
    *,
    label: str,
    zeros: Mapping[str, int],
    pattern: Pattern | None,
    watch: Callable[[Unit, Problem], None] | None = None,
) -> Walked:
    """Prune unit by unit; what comes later sees the inputs that what came before makes.

    Args:
        bench: Model, calibration, settings.
        base: Where to begin.
        prune: How.
        label: What the progress bar calls it.
        zeros: By unit; units that are not named stay as they are.
        pattern: N of M, or None.
        watch: Is shown every problem before it is solved.

    Raises:
        InterruptedRunError: Somebody asked to stop.
    """
    parts: dict[str, Part] = dict(base.parts)
    losses: dict[str, float] = {}
    began, worked = bench.clock.monotonic(), process_time()
    examples = bench.sample(bench.section.prune.tokens)
    with (
        bench.progress.bar(f"pruning: {label}", len(zeros)) as bar,
        walking(bench.subject, base, examples) as walk,
    ):
        for site in walk.sites():
            hessian = damped(site.hessian, bench.section.prune.damping)
            for unit in site.units:
                if unit.name not in zeros:
                    continue
                if bench.stop():
                    raise InterruptedRunError(f"stopped while pruning by {label}")
                problem = _problem(bench, base, site, unit, hessian, zeros[unit.name], pattern)
                if watch is not None:
                    watch(unit, problem)
                found = prune(problem)
                parts[unit.name] = sparse(found.weight, found.mask, pattern)
                walk.accept(unit, parts[unit.name].dense())
                losses[unit.name] = _loss(site, problem.weight, parts[unit.name].dense())
                bar.advance(loss=f"{losses[unit.name]:.4f}")
            if len(losses) == len(zeros):
                break  # what comes after does not matter
    return Walked(
        candidate=Candidate(parts, base.others),
        losses=losses,
        seconds=bench.clock.monotonic() - began,
        processor=process_time() - worked,
    )


def _problem(
    bench: Bench,
    base: Candidate,
    site: Site,
    unit: Unit,
    hessian: Tensor,
    zeros: int,
    pattern: Pattern | None,
) -> Problem:
    return Problem(
        weight=bench.weight(base, unit).clone(),
        hessian=hessian,
        norms=site.norms.float(),
        zeros=zeros,
        pattern=pattern,
        seed=bench.seeds[f"prune/{unit.name}"],
    )


def _loss(site: Site, before: Tensor, after: Tensor) -> float:
    """Return the mean square error of the outputs, in parts of their mean square."""
    hessian = site.hessian.float()
    change = after - before
    power = float(((before @ hessian) * before).sum())
    return float(((change @ hessian) * change).sum()) / power if power > 0 else 0.0
