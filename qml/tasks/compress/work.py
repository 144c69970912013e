"""Carries the methods out one after the other, judges what they made, records."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qml.compression.bench import Step
from qml.compression.candidate import Candidate
from qml.compression.judging import Judge
from qml.config import Config
from qml.files import digest_file
from qml.plugins import load
from qml.records import RunFolder
from qml.records.environment import describe_environment
from qml.results.outcome import Cost
from qml.seeds import Seeds
from qml.session import World
from qml.tasks.compress.benches import Opened, open_bench
from qml.tasks.compress.outcome import Compressed
from qml.tasks.compress.rows import judged_rows

if TYPE_CHECKING:
    from qml.execution.stop import StopRequest


def compress(
    run: RunFolder, config: Config, root: Path, stop: "StopRequest", world: World
) -> Compressed:
    """Compress, judge, record."""
    seeds = Seeds(config.compress.seed)
    opened = open_bench(config, root, world, seeds, stop)
    run.update(data=_data(config, root))
    start = opened.bench.exporter.start(opened.bench)
    steps = _steps(config, opened, start.candidate)
    judge = Judge(opened.bench.subject, opened.held_out)
    rows = judged_rows(opened.bench, judge, steps)
    outcome = Compressed(
        run_id=run.id,
        name=run.manifest()["name"],
        run_dir=str(run.path),
        backend="local",
        model=opened.bench.subject.describe(),
        target=opened.bench.target.words(),
        rows=tuple(rows),
        steps={step.method: dict(step.document) for step in steps}
        | ({"export": dict(start.document)} if start.document else {}),
        notes=(*start.notes, *(note for step in steps for note in step.notes)),
        metrics={"kl": rows[-1]["kl"], "perplexity": rows[-1]["perplexity"]},
        verdict="",
        cost=Cost(),
    )
    run.write_document(run.outcome_path, outcome.document())
    run.finalise(
        "finished",
        stop_reason="interrupted" if any(step.interrupted for step in steps) else "done",
        environment=describe_environment(),
        seeds={"root": seeds.root, "derived": seeds.issued},
        metrics=outcome.metrics,
        verdict=outcome.verdict,
        costs=asdict(outcome.cost),
    )
    return outcome


def _steps(config: Config, opened: Opened, base: Candidate) -> list[Step]:
    steps: list[Step] = []
    for name in config.compress.methods:
        steps.append(load("compressors", name).compress(opened.bench, base))
        base = steps[-1].candidate()
        if steps[-1].interrupted:
            break
    return steps


def _data(config: Config, root: Path) -> dict[str, Any]:
    names = [*config.compress.calibrate, *config.compress.evaluate]
    return {
        "source": {"calibrate": config.compress.calibrate, "evaluate": config.compress.evaluate},
        "digests": {name: digest_file(root / name) for name in names},
    }
