"""Draws rows from a trained model, and judges them beside as many rows of its rivals."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np  # noqa: TID253 - this module loads once a run really starts
from numpy.typing import NDArray  # noqa: TID253 - likewise

from qml.config import Config
from qml.execution.stored_generator import ARRAYS, RIVALS, load, load_held_out
from qml.files import digest_file
from qml.planning.strings import copies_of
from qml.records import RunFolder
from qml.records.costs import write_costs
from qml.records.environment import describe_environment
from qml.results import mmd
from qml.results.mmd import Estimate
from qml.seeds import Seeds
from qml.session import World
from qml.tasks.sample.machine import Machine, open_machine
from qml.tasks.sample.model.files import FILE, digest, write_rows
from qml.tasks.sample.model.here import draw_here
from qml.tasks.sample.model.offering import plan
from qml.tasks.sample.model.sampled import SampledRows, verdict
from qml.tasks.sample.model.source import Source, resolved, source_of

if TYPE_CHECKING:
    from qml.execution.evaluator import BackendEvaluator
    from qml.execution.stop import StopRequest

JUDGED = 5_000
"""Rows that are judged, at most: all pairs of rows are compared."""


def draw_rows(
    run: RunFolder, config: Config, root: Path, stop: "StopRequest", world: World
) -> SampledRows:
    """Draw, judge, record."""
    seeds, source = Seeds(config.sample.seed), source_of(config, root)
    config = resolved(config, source)
    here = source.here(config)
    _record_start(run, config, source, here=here)
    purchase = None if here else plan(config, source, world).purchase
    with open_machine(
        run, config, purchase, seed=seeds["shots"], stop=stop, world=world, root=root
    ) as machine:
        rows = _draw(source, config, seeds, machine, world)
        usage, snapshot = machine.used()
    spent = machine.spent()
    write_rows(run.artifacts / FILE, source.stored.columns, rows)
    if config.sample.model.output:
        write_rows(root / config.sample.model.output, source.stored.columns, rows)
    outcome = _outcome(run, source, rows, seeds, spent.cost, world)
    run.write_document(run.outcome_path, outcome.document())
    write_costs(run.costs_path, spent.charges)
    run.finalise(
        "finished",
        stop_reason="drawn",
        environment=describe_environment(),
        seeds={"root": seeds.root, "derived": seeds.issued},
        backend={**run.manifest()["backend"], "snapshot": snapshot},
        metrics=outcome.metrics,
        verdict=outcome.verdict,
        costs=asdict(outcome.cost),
        usage=usage,
    )
    return outcome


def _record_start(run: RunFolder, config: Config, source: Source, *, here: bool) -> None:
    name = "local" if here else config.backend.name
    run.update(
        data={
            "source": {"kind": "run", "run": source.run.id},
            "digests": {"model": digest_file(source.run.artifacts / ARRAYS)},
        },
        model=asdict(source.facts),
        backend={**run.manifest()["backend"], "name": name, "snapshot": {}},
    )


def _draw(
    source: Source, config: Config, seeds: Seeds, machine: Machine, world: World
) -> NDArray[np.int8]:
    count, seed = config.sample.model.count, seeds["rows"]
    with world.progress.bar(f"drawing {count:,} rows", None):
        if machine.evaluator is not None:
            return _measured(source, count, machine.evaluator, seed)
        return draw_here(source.generator, source.stored.params, count, seed)


def _measured(
    source: Source, count: int, evaluator: "BackendEvaluator", seed: int
) -> NDArray[np.int8]:
    """Measure the circuit, and put the strings that counts have sorted into an order again."""
    assert source.generator.circuit is not None
    copies, _ = copies_of(count)
    evaluator.begin("sample")
    counted = evaluator.counts([source.generator.circuit(source.stored.params)] * copies)
    parts = [np.repeat(*counts.arrays(), axis=0) for counts in counted]
    rows = np.concatenate(parts)
    return np.random.default_rng(seed).permutation(rows)[:count]


def _outcome(
    run: RunFolder,
    source: Source,
    rows: NDArray[np.int8],
    seeds: Seeds,
    cost: Any,
    world: World,
) -> SampledRows:
    held = load_held_out(source.run.artifacts, source.generator.bits)[:JUDGED]
    sigmas = source.stored.section.generator.sigmas
    with world.progress.bar("judging", None):
        ours = mmd.between_rows(rows[:JUDGED], held, sigmas)
        drawn = _rivals(source, min(len(rows), JUDGED), seeds)
        theirs = {name: mmd.between_rows(r, held, sigmas) for name, r in drawn.items()}
    return SampledRows(
        run_id=run.id,
        name=run.manifest()["name"],
        run_dir=str(run.path),
        backend=run.manifest()["backend"]["name"],
        model=source.facts,
        model_run=source.run.id,
        columns=source.stored.columns,
        file=(run.artifacts / FILE).relative_to(run.path).as_posix(),
        digest=digest(rows),
        metrics=_metrics(rows, ours),
        rivals=tuple({"name": n, "metrics": _metrics(drawn[n], e)} for n, e in theirs.items()),
        verdict=verdict(source.generator.kind, len(rows), ours, theirs),
        cost=cost,
    )


def _rivals(source: Source, count: int, seeds: Seeds) -> dict[str, NDArray[np.int8]]:
    """Draw as many rows from the classical rivals of the training."""
    folder = source.run.artifacts / RIVALS
    found = {}
    for place in sorted(folder.iterdir()) if folder.is_dir() else ():
        stored = load(place)
        draw = stored.build().draw
        if draw is not None:
            found[place.name] = draw(stored.params, count, seeds[f"rivals/{place.name}"])
    return found


def _metrics(rows: NDArray[np.int8], found: Estimate) -> dict[str, Any]:
    return {
        "rows": len(rows),
        "distinct": len(np.unique(rows, axis=0)),
        "mmd2": found.value,
        "mmd2_ci": list(found.interval),
    }
