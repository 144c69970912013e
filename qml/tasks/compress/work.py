"""Carries the methods out one after the other, judges what they made, records."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from qml.compression.bench import Step
from qml.compression.export.base import Start
from qml.compression.judging import Judge
from qml.compression.speed import teacher_speed
from qml.config import Config
from qml.errors import InterruptedRunError, QmlError
from qml.plugins import load
from qml.records import RunFolder, Status
from qml.records.environment import describe_environment
from qml.results.bootstrap import resampling
from qml.seeds import Seeds
from qml.session import World
from qml.tasks.compress.benches import Opened, open_bench
from qml.tasks.compress.exports import Written, check_room, export
from qml.tasks.compress.judgements import judged
from qml.tasks.compress.outcome import Compressed
from qml.tasks.compress.summary import Found, outcome_of

if TYPE_CHECKING:
    from qml.execution.stop import StopRequest


_STATUS: dict[str, Status] = {
    "done": "finished",
    "interrupted": "interrupted",
    "export": "failed",
}


def compress(
    run: RunFolder, config: Config, root: Path, stop: "StopRequest", world: World
) -> Compressed:
    """Compress, judge, write, record."""
    seeds = Seeds(config.compress.seed)
    opened = open_bench(config, root, world, seeds, stop)
    run.update(
        data=opened.data,
        model={"kind": config.compress.model, **opened.bench.subject.describe()},
    )
    found = _find(run, root, config, opened)
    outcome = outcome_of(run, opened, found)
    run.write_document(run.outcome_path, outcome.document())
    run.finalise(
        _STATUS[outcome.stopped["reason"]],
        stop_reason=outcome.stopped["reason"],
        error=found.written.failure,
        environment=describe_environment(),
        seeds={"root": seeds.root, "derived": seeds.issued},
        metrics=outcome.metrics,
        verdict=outcome.verdict,
        costs=asdict(outcome.cost),
    )
    if not isinstance(found.written.failure, QmlError | OSError | None):
        raise found.written.failure  # a bug: its trace is wanted, and what was measured is kept
    return outcome


def _find(run: RunFolder, root: Path, config: Config, opened: Opened) -> Found:
    """Let the methods choose, judge everything, write what was chosen."""
    bench, held_out = opened.bench, opened.held_out
    start = bench.exporter.start(bench)
    check_room(bench, start.candidate, run.path, root)
    steps, stopped = _steps(config, opened, start)
    judge = Judge(bench.subject, held_out)
    draws = resampling(held_out.clusters.numpy(), seed=bench.seeds["bootstrap"])
    lines = judged(judge, steps, bench.progress, bench.stop)
    stopped = stopped or any(
        line.judgement is None and line.entry.candidate is not None for line in lines
    )
    written = Written()
    if config.compress.export != "none" and not stopped and not bench.stop():
        written = export(bench, steps[-1].candidate(), held_out, draws, run.path, root)
    measure_speed = bench.section.speed and not (stopped or bench.stop())
    return Found(
        start=start,
        steps=tuple(steps),
        teacher=judge.teacher(),
        lines=tuple(lines),
        draws=draws,
        written=written,
        speed=teacher_speed(bench.subject, held_out) if measure_speed else None,
        interrupted=stopped,
    )


def _steps(config: Config, opened: Opened, start: Start) -> tuple[list[Step], bool]:
    """Carry the methods out; what was done stays where somebody asks to stop."""
    base, steps = start.candidate, list[Step]()
    for name in config.compress.methods:
        try:
            steps.append(load("compressors", name).compress(opened.bench, base))
        except InterruptedRunError:
            if not steps:
                raise
            return steps, True
        base = steps[-1].candidate()
        if steps[-1].interrupted:
            return steps, True
    return steps, False
