"""Whole heads and neurons go, as many in every layer; what stays makes good for them.

The consumer's columns decide: what goes there is gone from the output, whatever the producers'
rows hold. So the masks are chosen where the consumer is reached, and the rows follow.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from torch import Tensor

from qml.compression.bench import Bench, Entry, Step
from qml.compression.calibration import Site, walking
from qml.compression.candidate import Candidate
from qml.compression.prune.chains import Chain, chains_of, require_removals
from qml.compression.prune.problem import damped
from qml.compression.prune.remaining import Remaining
from qml.compression.prune.settings import share_of
from qml.compression.prune.structured_methods import ABOUT, CUTS
from qml.errors import InterruptedRunError


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortened:
    """A model without some things.

    Attributes:
        candidate: What stays.
        losses: Mean square error of each consumer's outputs, in parts of their mean square.
        kept: Things that stay, by the name of the consumer.
    """

    candidate: Candidate
    losses: dict[str, float]
    kept: dict[str, list[int]]


def structured(bench: Bench, base: Candidate) -> Step:
    """Remove heads or neurons by the chosen way, then by its rivals.

    Raises:
        PlanError: There are no such things in the model, or fewer than one would go.
        InterruptedRunError: Somebody asked to stop before anything was done.
    """
    settings = bench.section.prune
    chains = chains_of(bench.subject, settings.pattern)
    share = share_of(bench.section)
    require_removals(chains, share, settings.pattern)
    names = dict.fromkeys([settings.solver, *settings.rivals])
    entries: list[Entry] = []
    document: dict[str, object] = {}
    for name in (name for name in names if name in CUTS):
        try:
            entry, document[name] = _entry(bench, base, chains, name)
        except InterruptedRunError:
            if not entries:
                raise
            break
        entries.append(entry)
    gone = {chain.consumer.name: chain.removals(share) for chain in chains}
    return Step(
        method="prune",
        entries=tuple(entries),
        chosen=settings.solver,
        document={"pattern": settings.pattern, "removed": gone, "ways": document},
        notes=_notes(chains, share, settings.pattern),
        interrupted=bench.stop(),
    )


def _entry(
    bench: Bench, base: Candidate, chains: Sequence[Chain], name: str
) -> tuple[Entry, dict[str, object]]:
    began = bench.clock.monotonic()
    found = shortened(bench, base, chains, name)
    entry = Entry(
        label=name,
        candidate=found.candidate,
        objective=sum(found.losses.values()) / len(found.losses),
        seconds=bench.clock.monotonic() - began,
        rival=name != bench.section.prune.solver,
        note=ABOUT[name],
    )
    return entry, {"about": ABOUT[name], "losses": found.losses, "kept": found.kept}


def _notes(chains: Sequence[Chain], share: float, pattern: str) -> tuple[str, ...]:
    counts = dict.fromkeys((chain.removals(share), chain.things) for chain in chains)
    said = ", ".join(f"{gone} of {things}" for gone, things in counts)
    return (
        f"prune: of the {pattern} of a layer go {said}",
        "prune: `objective` is the mean relative squared error of their readers",
    )


def shortened(bench: Bench, base: Candidate, chains: Sequence[Chain], name: str) -> Shortened:
    """Remove things layer by layer.

    Raises:
        InterruptedRunError: Somebody asked to stop.
    """
    share, rest = share_of(bench.section), Remaining(bench, base)
    losses: dict[str, float] = {}
    kept: dict[str, list[int]] = {}
    by_consumer = {c.consumer.name: c for c in chains if c.removals(share)}
    examples = bench.sample(bench.section.prune.tokens)
    with (
        bench.progress.bar(f"pruning: {name}", len(by_consumer)) as bar,
        walking(bench.subject, base, examples) as walk,
    ):
        for site in walk.sites():
            for unit in (unit for unit in site.units if unit.name in by_consumer):
                if bench.stop():
                    raise InterruptedRunError(f"stopped while pruning by {name}")
                chain, before = by_consumer[unit.name], bench.weight(base, unit)
                hessian = damped(site.hessian, bench.section.prune.damping)
                weight, stay = CUTS[name](before, hessian, chain.columns, chain.removals(share))
                rest.take(chain, weight, stay)
                walk.accept(unit, rest.part(unit.name).dense())
                losses[unit.name] = _loss(site, before, weight)
                kept[unit.name] = stay.nonzero()[:, 0].tolist()
                bar.advance(loss=f"{losses[unit.name]:.4f}")
    parts = {**base.parts, **rest.parts()}
    return Shortened(candidate=Candidate(parts, base.others), losses=losses, kept=kept)


def _loss(site: Site, before: Tensor, after: Tensor) -> float:
    hessian, change = site.hessian.float(), after - before
    power = float(((before @ hessian) * before).sum())
    return float(((change @ hessian) * change).sum()) / power if power > 0 else 0.0
