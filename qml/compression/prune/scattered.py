"""Single weights become zero: anywhere, or N of every M stay."""

from collections.abc import Mapping, Sequence

from qml.compression.bench import Bench, Entry, Step
from qml.compression.candidate import Candidate
from qml.compression.prune.methods import ABOUT, GLOBAL, PRUNERS
from qml.compression.prune.problem import Pattern
from qml.compression.prune.quota import zeros_of
from qml.compression.prune.sample import Sample
from qml.compression.prune.settings import pattern_of, share_of
from qml.compression.prune.walking import pruned
from qml.compression.prune.whole import magnitude_global, zero_share
from qml.compression.subjects.base import Unit
from qml.errors import InterruptedRunError, PlanError


def scattered(bench: Bench, base: Candidate) -> Step:
    """Prune by the chosen way, then by its rivals: all to the same number of zeros.

    Raises:
        PlanError: The pattern fits no matrix.
        InterruptedRunError: Somebody asked to stop before anything was done.
    """
    settings, pattern = bench.section.prune, pattern_of(bench.section)
    units, left_out = _units(bench.subject.units, pattern)
    zeros = zeros_of(units, share_of(bench.section))
    names = list(dict.fromkeys([settings.solver, *settings.rivals]))
    sample = Sample(bench, units)
    entries: list[Entry] = []
    document: dict[str, object] = {}
    for name in names:
        if name == GLOBAL and pattern is not None:
            continue
        try:
            entry, facts = _entry(bench, base, name, units, zeros, sample)
        except InterruptedRunError:
            if not entries:
                raise
            break
        entries.append(entry)
        document[name] = facts
    solved = sample.solve()
    return Step(
        method="prune",
        entries=tuple(entries) + solved.entries,
        chosen=settings.solver,
        document={
            "pattern": settings.pattern,
            "zeros": sum(zeros.values()),
            "ways": document,
            "blocks": solved.document,
        },
        notes=_notes(left_out, pattern) + solved.notes,
        interrupted=bench.stop(),
    )


def _entry(
    bench: Bench,
    base: Candidate,
    name: str,
    units: Sequence[Unit],
    zeros: Mapping[str, int],
    sample: Sample,
) -> tuple[Entry, dict[str, object]]:
    began = bench.clock.monotonic()
    objective, facts = None, {}
    if name == GLOBAL:
        candidate = magnitude_global(bench, base, units, zeros)
    else:
        pattern = pattern_of(bench.section)
        found = pruned(
            bench,
            base,
            PRUNERS[name],
            label=name,
            zeros=zeros,
            pattern=pattern,
            watch=None if sample.blocks else sample.look,
        )
        candidate, objective = found.candidate, found.loss
        facts = {"losses": dict(found.losses), "processor_seconds": found.processor}
    sparsity = zero_share(candidate, units)
    entry = Entry(
        label=name,
        candidate=candidate,
        objective=objective,
        seconds=bench.clock.monotonic() - began,
        rival=name != bench.section.prune.solver,
        note=f"{100 * sparsity:.2f} % zeros: {ABOUT[name]}",
    )
    return entry, {"sparsity": sparsity, "about": ABOUT[name], **facts}


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
