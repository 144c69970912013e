"""A screen from its rows to its outcome, once its run is open."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits

from qml.benchmarking.screen.embedding import Embedding
from qml.benchmarking.screen.says import sentences
from qml.benchmarking.screen.screening import STEPS, Step, lay_out, screen
from qml.benchmarking.screen.settle import settle
from qml.benchmarking.screen.values import Field, Screened
from qml.config import Config
from qml.data import Dataset, Prepared, load, prepare
from qml.errors import DataError, InterruptedRunError
from qml.execution.stop import StopRequest
from qml.ports import Bar
from qml.records import RunFolder
from qml.records.environment import describe_environment
from qml.results.outcome import Cost
from qml.seeds import Seeds
from qml.session import World
from qml.tasks.screen import feature_maps
from qml.tasks.screen.outcome import ScreenOutcome, flat, overall
from qml.tasks.screen.price import price_of

_MOST = 16
"""Qubits whose states of all rows fit into memory."""


def screen_data(
    run: RunFolder, config: Config, root: Path, stop: StopRequest, world: World
) -> ScreenOutcome:
    """Look at the rows, measure every feature map, record.

    Raises:
        InterruptedRunError: Somebody asked to stop before any feature map was done.
    """
    seeds = Seeds(config.screen.seed)
    dataset = load(config.data, root=root, environ=world.environ, progress=world.progress)
    data, notes = _rows(dataset, config, seeds)
    maps = feature_maps(config)
    found = []
    bars = world.progress.bar("screen", 1 + STEPS * len(maps))
    with bars as bar, threadpool_limits(1, user_api="blas"):  # the same bits on any machine
        field = _field(data, config, seeds)
        bar.advance(1)
        for name in maps:
            if stop.requested:
                notes.append(f"stopped on request before `{name}`")
                continue
            embedding = Embedding(name=name, repeats=config.screen.repeats or config.model.repeats)
            one = screen(embedding, field, _teller(bar, name))
            found.append((embedding, one))
    if not found:
        raise InterruptedRunError("interrupted before any feature map was measured")
    return _record(run, config, dataset, data, field, found, notes, seeds)


def _rows(dataset: Dataset, config: Config, seeds: Seeds) -> tuple[Prepared, list[str]]:
    """Prepare training rows; the test rows stay unseen."""
    section, notes = config.data, []
    most = min(section.rows or config.screen.rows, config.screen.rows)
    section = section.model_copy(update={"rows": most})
    width = dataset.features.shape[1]
    if section.features is None and width > config.screen.qubits:
        section = section.model_copy(update={"features": config.screen.qubits})
        notes.append(
            f"the {width} features were reduced to {config.screen.qubits} principal components,"
            " one qubit each; data.features chooses others"
        )
    scale = "angle" if section.scale == "auto" else section.scale
    data = prepare(dataset, section, seeds=seeds, scale=scale)
    wide = data.train.features.shape[1]
    if wide > _MOST:
        raise DataError(
            f"the screen keeps states of one qubit per feature, and {wide} are too many",
            hint=f"data.features = {config.screen.qubits}",
        )
    return data, notes


def _field(data: Prepared, config: Config, seeds: Seeds) -> Field:
    section = config.screen
    return lay_out(
        data.train.features.astype("float64"),
        data.train.labels,
        len(data.classes),
        ridge=section.ridge,
        folds=section.folds,
        halves=section.halves,
        seed=seeds["screen"],
    )


def _teller(bar: Bar, name: str) -> Step:
    def step(what: str) -> None:
        bar.advance(1, doing=f"{name}: {what}")

    return step


def _record(
    run: RunFolder,
    config: Config,
    dataset: Dataset,
    data: Prepared,
    field: Field,
    found: Sequence[tuple[Embedding, Screened]],
    notes: Sequence[str],
    seeds: Seeds,
) -> ScreenOutcome:
    screened = settle([one for _, one in found], len(field.labels))
    outcome = ScreenOutcome(
        run_id=run.id,
        name=run.manifest()["name"],
        run_dir=str(run.path),
        data=_about(dataset, data, config),
        settings=_settings(config, field),
        maps=tuple(
            _row(embedding, one, field, config)
            for (embedding, _), one in zip(found, screened, strict=True)
        ),
        metrics=flat(screened),
        notes=tuple(notes),
        verdict=overall(screened),
        cost=Cost(),
    )
    run.write_document(run.outcome_path, outcome.document())
    run.finalise(
        "finished",
        data={"source": dict(dataset.source), "digests": dict(data.digests)},
        metrics=outcome.metrics,
        verdict=outcome.verdict,
        costs=asdict(outcome.cost),
        environment=describe_environment(),
        seeds={"root": seeds.root, "derived": seeds.issued},
    )
    return outcome


def _about(dataset: Dataset, data: Prepared, config: Config) -> dict[str, Any]:
    section = config.data
    return {
        "source": section.name or section.path or section.entry,
        "rows": len(data.train),
        "of": len(dataset),
        "features": data.train.features.shape[1],
        "raw_features": dataset.features.shape[1],
        "classes": len(data.classes),
        "scale": "angle" if section.scale == "auto" else section.scale,
    }


def _settings(config: Config, field: Field) -> dict[str, Any]:
    section = config.screen
    return {
        "ridge": section.ridge,
        "folds": section.folds,
        "halves": section.halves,
        "kernels": len(field.grid),
        "families": sorted({kernel.family for kernel in field.grid}),
    }


def _row(embedding: Embedding, one: Screened, field: Field, config: Config) -> dict[str, Any]:
    price = price_of(
        embedding, field.features[0], one.concentration["shots"], len(field.labels), config
    )
    return {**asdict(one), "price": price, "says": [s._asdict() for s in sentences(one)]}
