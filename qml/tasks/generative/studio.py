"""Everything that a generative training starts with: rows, model, and what it is judged on."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from qml.algorithms.generators import Generator
from qml.algorithms.generators.judging import HeldOut
from qml.config import Config
from qml.data import Dataset, Prepared, prepare
from qml.data.bits import exact_distribution, load_bits
from qml.errors import ConfigError
from qml.execution.generate_fit import Learned
from qml.execution.stored_generator import StoredGenerator
from qml.plugins import load as load_plugin
from qml.results import mmd
from qml.results.outcome import ModelFacts
from qml.seeds import Seeds
from qml.session import World
from qml.tasks.generative.checks import BACKEND, check_config


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Studio:
    """A generative training that can start.

    Attributes:
        config: Configuration, on the backend that trains.
        dataset: The whole data.
        data: Prepared rows; features are 0 and 1.
        generator: The model.
        facts: Its size.
        held: What it is judged on.
    """

    config: Config
    dataset: Dataset
    data: Prepared
    generator: Generator
    facts: ModelFacts
    held: HeldOut

    @property
    def rows(self) -> Any:
        """Training rows in the precision of the training."""
        return self.data.train.features.astype(self.config.backend.precision)


def set_the_stage(config: Config, root: Path, seeds: Seeds, world: World) -> Studio:
    """Load, check and build; nothing is trained.

    Raises:
        DataError: The data cannot be used.
        PlanError: The model cannot be had with so many bits.
    """
    check_config(config)
    section = config.backend.model_copy(update={"name": BACKEND, "route": [], "shots": 0})
    config = config.model_copy(update={"backend": section})
    dataset = load_bits(config.data, root=root, environ=world.environ, progress=world.progress)
    data = prepare(dataset, config.data, seeds=seeds, scale="none")
    bits = data.train.features.shape[1]
    _refuse_width(config, bits)
    generator = load_plugin("generators", config.model.kind).build(config.model, bits)
    return Studio(
        config=config,
        dataset=dataset,
        data=data,
        generator=generator,
        facts=_facts(generator, data),
        held=_held_out(config, dataset, data, seeds),
    )


def stored(studio: Studio, kind: str, learned: Learned) -> StoredGenerator:
    """Return a trained model as it is kept."""
    return StoredGenerator(
        section=studio.config.model.model_copy(update={"kind": kind}),
        columns=studio.data.preprocessor.feature_names,
        params=learned.params,
    )


def _facts(generator: Generator, data: Prepared) -> ModelFacts:
    params = generator.init(data.train.features, 0)
    return ModelFacts(
        kind=generator.kind,
        qubits=generator.bits,
        layers=generator.layers,
        parameters=sum(int(np.size(a)) for a in params.values()),
    )


def _held_out(config: Config, dataset: Dataset, data: Prepared, seeds: Seeds) -> HeldOut:
    rows = data.test.features.astype(np.int8)
    target = exact_distribution(dataset)
    if target is None and rows.shape[1] <= mmd.MOST_BITS:
        target = mmd.empirical(rows)
    return HeldOut(
        rows=rows,
        sigmas=tuple(config.model.generator.sigmas),
        target=target,
        seed=seeds["judging"],
    )


def _refuse_width(config: Config, bits: int) -> None:
    wanted = config.model.qubits
    if wanted is not None and wanted != bits:
        raise ConfigError(
            f"model.qubits = {wanted}, but the rows have {bits} bits, one for each qubit",
            hint="leave model.qubits out, or choose columns by data.features",
        )
