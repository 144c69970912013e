"""From what was found to the outcome."""

import resource
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qml.compression.bench import Step
from qml.compression.bits.sensitivities.workers import processes_of
from qml.compression.export.base import Start
from qml.compression.judging import Judgement
from qml.compression.subjects.base import Examples
from qml.errors import ExitCode, QmlError
from qml.results.bootstrap import Resampling
from qml.results.outcome import Cost
from qml.tasks.compress.comparisons import comparisons
from qml.tasks.compress.judgements import Line
from qml.tasks.compress.measure import counted, reached
from qml.tasks.compress.outcome import Compressed
from qml.tasks.compress.rows import allocation, candidate_row, headline, teacher_row
from qml.tasks.compress.verdict import verdict

if TYPE_CHECKING:
    from qml.records import RunFolder
    from qml.tasks.compress.benches import Opened
    from qml.tasks.compress.exports import Written


_BEFORE = {
    "done": "",
    "interrupted": "Stopped early: ",
    "export": "The export failed, what was measured stands: ",
}
"""Of the verdict, by why the run ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a run found.

    Attributes:
        start: What the exporter settled.
        steps: What the methods made.
        teacher: The uncompressed model on held-out examples.
        lines: All candidates, judged.
        draws: Of the bootstrap.
        written: The file, and what went wrong with it.
        speed: Outputs per second of the uncompressed model in torch, or None.
        interrupted: Whether somebody asked to stop before all was done.
    """

    start: Start
    steps: tuple[Step, ...]
    teacher: Judgement
    lines: tuple[Line, ...]
    draws: Resampling
    written: "Written"
    speed: float | None
    interrupted: bool


def outcome_of(run: "RunFolder", opened: "Opened", found: Found) -> Compressed:
    """Return the outcome."""
    bench = opened.bench
    rows = _rows(opened, found)
    compared = comparisons(bench, found.lines, found.draws)
    said = verdict(rows, compared, counted(bench))
    stopped = _stopped(run, found)
    documents = {step.method: dict(step.document) for step in found.steps}
    if found.start.document:
        documents["export"] = dict(found.start.document)
    return Compressed(
        run_id=run.id,
        name=run.manifest()["name"],
        run_dir=str(run.path),
        backend="local",
        model=bench.subject.describe(),
        target=bench.target.words(),
        held_out=held_out_words(bench.subject, opened.held_out, found.draws),
        rows=tuple(rows),
        comparisons=tuple(compared),
        allocation=tuple(allocation(bench, found.steps[-1].candidate())),
        steps=documents,
        export=found.written.facts,
        stopped=stopped,
        notes=(
            *opened.notes,
            *found.start.notes,
            *(note for step in found.steps for note in step.notes),
            *reached(bench, found.steps[-1].candidate()),
        ),
        metrics=headline(rows)
        | {"peak_memory_bytes": peak_memory(processes_of(bench.section.parallel))},
        verdict=_BEFORE[stopped["reason"]] + said,
        cost=Cost(),
    )


def _rows(opened: "Opened", found: Found) -> list[dict[str, Any]]:
    bench = opened.bench
    teacher = teacher_row(bench, found.teacher, found.draws)
    rows = [teacher | {"tokens_per_second": found.speed}]
    rows += [candidate_row(bench, line, found.draws) for line in found.lines]
    if found.written.row is not None:
        rows.append(found.written.row)
    return rows


def held_out_words(subject: Any, held_out: Examples, draws: Resampling) -> dict[str, Any]:
    """Say what candidates are judged on, and what the bootstrap draws."""
    noun = noun_of(subject)
    return {
        "outputs": len(held_out.targets),
        "noun": noun,
        "drawn": draws.words(noun),
        "samples": len(draws.draws),
        "confidence": draws.confidence,
    }


def noun_of(subject: Any) -> str:
    """Return what one output of a model belongs to."""
    return "token" if hasattr(subject, "tokenizer") else "row"


def _stopped(run: "RunFolder", found: Found) -> dict[str, Any]:
    if found.interrupted:
        words = (
            f"stopped by a signal; go on with: qml runs resume {run.id} (measurements are kept,"
            " what searched is begun anew)"
        )
        return {
            "reason": "interrupted",
            "words": words,
            "exit_code": int(ExitCode.INTERRUPTED),
        }
    if found.written.failure is not None:
        return _failed(run, found.written)
    return {"reason": "done", "words": "all methods are done", "exit_code": int(ExitCode.OK)}


def _failed(run: "RunFolder", written: "Written") -> dict[str, Any]:
    """Say what became of the file: not written, not measured, or not copied."""
    error = written.failure
    code = error.exit_code if isinstance(error, QmlError) else ExitCode.USAGE
    what = str(error) if isinstance(error, QmlError) else f"{type(error).__name__}: {error}"
    hint = f" ({error.hint})" if isinstance(error, QmlError) and error.hint else ""
    if written.facts is None:
        words = f"the file was not written, or cannot be run: {what}{hint}"
    else:
        words = f"{what}{hint}; the file itself is {run.path / written.facts['path']}"
    return {"reason": "export", "words": words, "exit_code": int(code)}


def peak_memory(workers: int = 1) -> int:
    """Return the most memory that was held, an upper bound where there were workers (bytes).

    The peak of this process and, for each worker, the peak of the largest one.
    """
    own, child = (
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    unit = 1 if sys.platform == "darwin" else 1024
    return unit * (own + workers * child if workers > 1 else max(own, child))
