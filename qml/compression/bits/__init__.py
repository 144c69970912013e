"""`bits`: how many bits each tensor gets (`[compress.bits]`)."""

from dataclasses import replace

from qml.compression.bench import Bench, Step
from qml.compression.bits import notes, quadratic
from qml.compression.bits.allocation import Choice
from qml.compression.bits.checks import check
from qml.compression.bits.lines import Line, line, rival
from qml.compression.bits.records import document
from qml.compression.bits.setup import Setup, set_up
from qml.compression.candidate import Candidate
from qml.errors import InterruptedRunError

__all__ = ["check", "compress"]


def compress(bench: Bench, base: Candidate) -> Step:
    """Measure every tensor in every format, choose, and show rivals beside the choice.

    Raises:
        PlanError: The target is out of reach; nothing was measured.
        DataError: The calibration has no text left to check pair terms on.
        InterruptedRunError: Somebody asked to stop before anything was chosen.
    """
    quadratic.check_text(bench)
    setup = set_up(bench, base)
    additive = line(setup, bench.section.solver, setup.search(bench.section.solver), rival=False)
    bound = additive[0].bound if bench.section.solver == "ilp" else setup.search("ilp").bound
    verdict = quadratic.weigh(setup, additive[1])
    lines = [additive] if verdict.line is None else [additive, verdict.line]
    if verdict.better:
        lines[0] = (replace(additive[0], rival=True), additive[1])
    chosen = lines[-1] if verdict.better else additive
    missing = _add_rivals(setup, lines, chosen[1])
    lines = notes.ties([(replace(entry, bound=bound), choice) for entry, choice in lines])
    return Step(
        method="bits",
        entries=tuple(entry for entry, _ in lines),
        chosen=chosen[0].label,
        document=document(setup, lines, verdict.check),
        notes=(*notes.opening(setup, verdict.note), *missing, *notes.solvers(lines, bound)),
        interrupted=bench.stop(),
    )


def _add_rivals(setup: Setup, lines: list[Line], chosen: Choice) -> list[str]:
    """Add the line of each rival until somebody asks to stop; return why some are missing."""
    bench, missing = setup.bench, []
    names = [name for name in bench.section.bits.rivals if name != bench.section.solver]
    with bench.progress.bar("rivals of the choice", len(names)) as bar:
        for name in names:
            if bench.stop():
                break
            try:
                found = rival(setup, name, chosen)
            except InterruptedRunError:  # what was chosen stands
                break
            if isinstance(found, str):
                missing.append(f"There is no line `{name}`: {found}.")
            else:
                lines.append(line(setup, name, found, rival=True))
            bar.advance(at=name)
    return missing
