"""The inside of `qml train` for generative models, once the heavy libraries may load."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from qml.algorithms.generators.judging import Judgement, judge
from qml.config import Config
from qml.data.bits import exact_distribution
from qml.execution.generate_fit import Learned, Lesson, learn
from qml.execution.stop import StopRequest
from qml.execution.stored_generator import save_held_out
from qml.records import RunFolder
from qml.records.costs import free_charge, write_costs
from qml.records.environment import describe_environment
from qml.results import mmd
from qml.results.generative import GenerativeOutcome, verdict
from qml.results.outcome import Cost
from qml.results.usage import Usage
from qml.seeds import Seeds
from qml.session import World, open_session
from qml.tasks.generative.checks import BACKEND
from qml.tasks.generative.portrait import portrait
from qml.tasks.generative.rivals import Rival, row, train_rivals
from qml.tasks.generative.studio import Studio, set_the_stage, stored
from qml.tracking.base import Tracker


def generate(
    run: RunFolder,
    config: Config,
    root: Path,
    tracker: Tracker,
    stop: StopRequest,
    world: World,
) -> GenerativeOutcome:
    """Train, compare, record."""
    began = world.clock.now()
    seeds = Seeds(config.train.seed)
    studio = set_the_stage(config, root, seeds, world)
    _record_start(run, studio)
    lesson = Lesson(
        generator=studio.generator,
        rows=studio.rows,
        section=config.train,
        minutes=config.checkpoint.minutes,
        seed=seeds["generator"],
    )
    learned = _learn(run, studio, lesson, seeds, tracker, stop, world, root)
    with world.progress.bar("judging", None):
        judged = judge(studio.generator, learned.params, studio.held)
    rivals = train_rivals(run, studio, seeds, stop, world)
    outcome = _outcome(run, studio, learned, judged, rivals)
    stored(studio, config.model.kind, learned).save(run.artifacts)
    save_held_out(run.artifacts, studio.held.rows)
    run.write_document(run.outcome_path, outcome.document())
    end = world.clock.now()
    write_costs(run.costs_path, [free_charge(run.id, BACKEND, start=began, end=end, shots=0)])
    run.finalise(
        "finished",
        stop_reason="schedule",
        environment=describe_environment(),
        seeds={"root": seeds.root, "derived": seeds.issued},
        model=asdict(outcome.model),
        metrics=outcome.metrics,
        baselines=[asdict(b) for b in outcome.baselines],
        verdict=outcome.verdict,
        costs=asdict(outcome.cost),
        usage=asdict(Usage()),
    )
    return outcome


def _learn(
    run: RunFolder,
    studio: Studio,
    lesson: Lesson,
    seeds: Seeds,
    tracker: Tracker,
    stop: StopRequest,
    world: World,
    root: Path,
) -> Learned:
    rows = len(studio.data.train)
    with open_session(
        run,
        studio.config,
        seed=seeds["sampling"],
        per_epoch=-(-rows // min(lesson.section.batch_size, rows)),
        tracker=tracker,
        stop=stop,
        world=world,
        root=root,
    ) as session:
        learned = learn(lesson, session.around)
        session.finish()
    return learned


def _record_start(run: RunFolder, studio: Studio) -> None:
    """Record what is known before the first step."""
    run.update(
        data={"source": dict(studio.dataset.source), "digests": dict(studio.data.digests)},
        model=asdict(studio.facts),
        backend={**run.manifest()["backend"], "name": BACKEND, "snapshot": {}},
    )


def _outcome(
    run: RunFolder, studio: Studio, learned: Learned, judged: Judgement, rivals: list[Rival]
) -> GenerativeOutcome:
    metrics = _metrics(studio, learned, judged)
    beside = tuple(row(r, judged, studio.held) for r in rivals)
    strings, pairs = portrait(studio.held, studio.generator.kind, judged, rivals)
    return GenerativeOutcome(
        run_id=run.id,
        name=run.manifest()["name"],
        run_dir=str(run.path),
        backend=BACKEND,
        model=studio.facts,
        metrics=metrics,
        target=_target(studio),
        baselines=beside,
        strings=strings,
        pairs=pairs,
        verdict=verdict(studio.generator.kind, metrics, beside),
        cost=Cost(),
    )


def _metrics(studio: Studio, learned: Learned, judged: Judgement) -> dict[str, Any]:
    return {
        **judged.metrics(),
        "train_seconds": learned.train_seconds,
        "compile_seconds": learned.compile_seconds,
        "steps": learned.steps,
        "epochs": learned.epochs,
        "train_rows": len(studio.data.train),
        "test_rows": len(studio.held.rows),
    }


def _target(studio: Studio) -> dict[str, Any]:
    """Say what the total variation distance is measured to."""
    held = studio.held
    if held.target is None:
        words = f"not measured: {studio.generator.bits} bits have too many strings"
        return {"kind": "none", "words": words, "training_rows": None}
    own = mmd.empirical(studio.data.train.features.astype(np.int8))
    exact = exact_distribution(studio.dataset) is not None
    words = "the exact distribution of the data" if exact else f"{len(held.rows):,} held-out rows"
    return {
        "kind": "exact" if exact else "empirical",
        "words": words,
        "training_rows": mmd.total_variation(own, held.target),
    }
