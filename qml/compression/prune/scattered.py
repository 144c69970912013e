"""Single weights become zero: anywhere, or N of every M stay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qml.compression.bench import Bench, Entry, Step
from qml.compression.candidate import Candidate
from qml.compression.prune.magnitude import magnitude_global, magnitude_local, zero_share
from qml.compression.prune.methods import ABOUT, BLIND, GLOBAL, PRUNERS
from qml.compression.prune.problem import Pattern
from qml.compression.prune.quota import zeros_of
from qml.compression.prune.sample import Sample
from qml.compression.prune.settings import pattern_of, share_of, ways_of
from qml.compression.prune.walking import pruned
from qml.compression.subjects.base import Unit
from qml.errors import InterruptedRunError, PlanError


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What all ways have in common.

    Attributes:
        bench: Model, calibration, settings.
        base: Where they begin.
        units: What is pruned.
        zeros: By the name of the unit.
        pattern: N of M, or None.
        sample: Collects blocks on the first walk.
    """

    bench: Bench
    base: Candidate
    units: tuple[Unit, ...]
    zeros: Mapping[str, int]
    pattern: Pattern | None
    sample: Sample


def scattered(bench: Bench, base: Candidate) -> Step:
    """Prune by the chosen way, then by its rivals: all to the same number of zeros.

    Raises:
        PlanError: The pattern fits no matrix.
        InterruptedRunError: Somebody asked to stop before anything was done.
    """
    settings, pattern = bench.section.prune, pattern_of(bench.section)
    units, left_out = _units(bench.subject.units, pattern)
    zeros = zeros_of(units, share_of(bench.section))
    sample = Sample(bench, units)
    work = Work(bench=bench, base=base, units=units, zeros=zeros, pattern=pattern, sample=sample)
    entries, ways = _entries(work)
    solved = sample.solve()
    document = {"pattern": settings.pattern, "zeros": sum(zeros.values()), "ways": ways}
    return Step(
        method="prune",
        entries=tuple(entries),
        chosen=settings.solver,
        document=document | {"blocks": solved.document},
        notes=_notes(left_out, pattern) + solved.notes,
        interrupted=bench.stop(),
    )


def _entries(work: Work) -> tuple[list[Entry], dict[str, Any]]:
    """Return the lines of all ways that were carried out; the chosen one is first."""
    settings = work.bench.section.prune
    entries: list[Entry] = []
    document: dict[str, Any] = {}
    for name in dict.fromkeys([settings.solver, *settings.rivals]):
        if name not in ways_of(work.bench.section):
            continue
        try:
            entry, document[name] = _entry(work, name)
        except InterruptedRunError:
            if not entries:
                raise
            break
        entries.append(entry)
    return entries, document


def _entry(work: Work, name: str) -> tuple[Entry, dict[str, Any]]:
    clock = work.bench.clock
    began = clock.monotonic()
    candidate, objective, facts = _carried_out(work, name)
    sparsity = zero_share(candidate, work.units)
    entry = Entry(
        label=name,
        candidate=candidate,
        objective=objective,
        seconds=clock.monotonic() - began,
        rival=name != work.bench.section.prune.solver,
        note=f"{100 * sparsity:.2f} % zeros: {ABOUT[name]}",
    )
    return entry, {"sparsity": sparsity, "about": ABOUT[name], **facts}


def _carried_out(work: Work, name: str) -> tuple[Candidate, float | None, dict[str, Any]]:
    """Return what a way made, its objective, and details."""
    bench, base, zeros, pattern = work.bench, work.base, work.zeros, work.pattern
    if name == GLOBAL:
        return magnitude_global(bench, base, work.units, zeros), None, {}
    if name in BLIND:
        return magnitude_local(bench, base, work.units, zeros, pattern), None, {}
    watch = None if work.sample.blocks else work.sample.look
    prune = PRUNERS[name]
    found = pruned(bench, base, prune, label=name, zeros=zeros, pattern=pattern, watch=watch)
    facts = {"losses": dict(found.losses), "processor_seconds": found.processor}
    return found.candidate, found.loss, facts


def _units(
    units: Sequence[Unit], pattern: Pattern | None
) -> tuple[tuple[Unit, ...], tuple[Unit, ...]]:
    """Part units into those that the pattern fits, and others."""
    fits = tuple(u for u in units if pattern is None or u.columns % pattern[1] == 0)
    if not fits:
        raise PlanError(
            f"no matrix of this model has rows that divide by {pattern[1] if pattern else 1}",
            hint="another pattern, or --set compress.prune.pattern=unstructured",
        )
    return fits, tuple(u for u in units if u not in fits)


def _notes(left_out: Sequence[Unit], pattern: Pattern | None) -> tuple[str, ...]:
    found = ["prune: `objective` is the mean relative squared error of the units' outputs"]
    if left_out and pattern is not None:
        names = ", ".join(unit.name for unit in left_out)
        found.append(f"prune: not pruned, since their rows do not divide by {pattern[1]}: {names}")
    return tuple(found)
