"""The chosen solver and its rivals: scored on the same Hessians, then each for itself."""

from collections.abc import Mapping
from typing import Any

from qml.compression.bench import Bench, Entry, Step
from qml.compression.candidate import Candidate
from qml.compression.formats.base import Part
from qml.compression.round.effort import Effort
from qml.compression.round.grid import grid_of
from qml.compression.round.layers import Walked, walk_layers, with_lattice
from qml.compression.round.problem import nearest
from qml.compression.round.solving import DESCENT, GPTQ, NEAREST, OWN
from qml.errors import InterruptedRunError

_LATE = "out of time: layers that came later are rounded as they were begun"
_FREER = "from gptq's or the nearest codes; scales fitted where `refits` allows, gptq's are not"


def contest(bench: Bench, base: Candidate) -> Step:
    """Round with all solvers.

    In the chosen solver's walk all of them round the same layers: their objectives and times are
    from there. A rival that uses the inputs of rounded layers then walks alone, as a practitioner
    would run it, for the candidate that is judged.
    """
    section = bench.section.round
    names = list(dict.fromkeys([section.solver, *section.rivals]))
    silent = [NEAREST] if section.solver in OWN[:3] else [NEAREST, DESCENT]
    efforts = {name: _effort(bench, name) for name in dict.fromkeys([*names, *silent])}
    made = walk_layers(bench, base, efforts)
    if not made.parts:
        raise InterruptedRunError("stopped before the first layer was rounded")
    leader = _entry(base, names[0], made, efforts[names[0]], made.parts, rival=False)
    entries, interrupted = [leader], made.interrupted
    for name in names[1:]:
        if interrupted:
            break
        parts = _nearest(bench, base) if name == NEAREST else _alone(bench, base, efforts, name)
        interrupted = parts is None
        if parts is not None:
            entries.append(_entry(base, name, made, efforts[name], parts, rival=True))
    return Step(
        method="round",
        entries=tuple(entries),
        chosen=section.solver,
        document=_document(made),
        notes=_notes(made, section.solver),
        interrupted=interrupted,
    )


def _effort(bench: Bench, name: str) -> Effort:
    until = bench.section.used.get(f"round/{name}")
    seconds = bench.section.seconds if until is None else None
    return Effort(bench.clock, bench.stop, seconds=seconds, until=until)


def _alone(
    bench: Bench, base: Candidate, efforts: Mapping[str, Effort], name: str
) -> dict[str, Part] | None:
    """Let a rival walk with what it used beside the leader; None where somebody stopped it."""
    effort = Effort(bench.clock, bench.stop, until=efforts[name].evaluations)
    walked = walk_layers(bench, base, {name: effort})
    return None if walked.interrupted else walked.parts


def _nearest(bench: Bench, base: Candidate) -> dict[str, Part]:
    """Return every weight rounded to the nearest value, whatever `base` did."""
    units = {unit.name: unit for unit in bench.subject.units}
    found = {}
    for name, part in with_lattice(base).items():
        unit = units[name]
        grid = grid_of(part, unit.columns)
        assert grid is not None
        weight = bench.subject.weight(unit).detach().reshape(unit.rows, unit.columns).float()
        codes = nearest(weight[grid.rows], grid.step, grid.zero, grid.low, grid.high)
        found[name] = grid.rounded(codes, grid.step)
    return found


def _entry(
    base: Candidate,
    name: str,
    made: Walked,
    effort: Effort,
    parts: Mapping[str, Part],
    *,
    rival: bool,
) -> Entry:
    return Entry(
        label=name,
        candidate=Candidate({**base.parts, **parts}, base.others),
        objective=made.total(name),
        seconds=effort.seconds,
        evaluations=effort.evaluations if effort.evaluations or effort.late else None,
        rival=rival,
        note="; ".join(filter(None, (_about(name), _LATE if effort.late else ""))),
    )


def _about(name: str) -> str:
    """Return what a solver is allowed that the plain ways are not."""
    return "" if name in (NEAREST, GPTQ) else _FREER


def _document(made: Walked) -> dict[str, Any]:
    """Return objectives: totals, and of every unit in parts of what the nearest values cost."""
    nearest_ones = made.objectives[NEAREST]
    units = {
        unit: {"rtn": cost}
        | {
            name: _ratio(found[unit], cost)
            for name, found in made.objectives.items()
            if name != NEAREST
        }
        for unit, cost in nearest_ones.items()
    }
    return {"objectives": {name: made.total(name) for name in made.objectives}, "units": units}


def _ratio(objective: float, nearest_one: float) -> float:
    return objective / nearest_one if nearest_one > 0 else 1.0


def _notes(made: Walked, solver: str) -> tuple[str, ...]:
    mine = made.total(solver)
    better = [name for name in made.objectives if made.total(name) < mine * (1 - 1e-9)]
    notes = [
        f"round: {name} reaches a lower objective than {solver}:"
        f" {made.total(name):.5g} against {mine:.5g}"
        for name in better
    ]
    if solver not in OWN[:3]:
        before = made.total(DESCENT)
        notes.append(
            f"round: {solver} began where coordinate descent ended, and lowered the objective by"
            f" another {100 * (1 - mine / before) if before > 0 else 0:.2f} %"
        )
    return tuple(notes)
