"""The rivals of a generative model: trained on the same rows, each with settings that suit it."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from qml.algorithms.generators.judging import HeldOut, Judgement, compare, judge
from qml.config.sections import TrainSection
from qml.execution.generate_fit import Learned, Lesson, learn_rival
from qml.execution.stop import StopRequest
from qml.execution.stored_generator import RIVALS
from qml.plugins import load as load_plugin
from qml.records import RunFolder
from qml.results.generative import GenerativeRival, comparison
from qml.seeds import Seeds
from qml.session import World
from qml.tasks.generative.checks import rivals_of
from qml.tasks.generative.studio import Studio, stored


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rival:
    """A rival after its training."""

    name: str
    settings: dict[str, Any]
    learned: Learned
    judged: Judgement


def train_rivals(
    run: RunFolder, studio: Studio, seeds: Seeds, stop: StopRequest, world: World
) -> list[Rival]:
    """Train the rivals on the same rows, with the settings that suit each of them."""
    found = []
    for name in rivals_of(studio.config):
        family = load_plugin("generators", name)
        section = studio.config.model.model_copy(update={"kind": name})
        settings = dict(family.SETTINGS)
        train = _own_settings(studio.config.train, settings)
        generator = family.build(section, studio.generator.bits)
        lesson = Lesson(
            generator=generator,
            rows=studio.rows,
            section=train,
            minutes=None,
            seed=seeds[f"baselines/{name}"],
        )
        learned = learn_rival(lesson, stop=stop, clock=world.clock, progress=world.progress)
        stored(studio, name, learned).save(run.artifacts / RIVALS / name)
        judged = judge(generator, learned.params, studio.held)
        found.append(Rival(name=name, settings=settings, learned=learned, judged=judged))
    return found


def row(rival: Rival, ours: Judgement, held: HeldOut) -> GenerativeRival:
    """Return the row of a rival, compared with the model."""
    apart = compare(ours, rival.judged, held)
    return GenerativeRival(
        name=rival.name,
        parameters=sum(int(np.size(a)) for a in rival.learned.params.values()),
        metrics={**rival.judged.metrics(), "train_seconds": rival.learned.train_seconds},
        settings=rival.settings,
        comparison=comparison(ours.overall, rival.judged.overall, apart),
    )


def _own_settings(section: TrainSection, settings: dict[str, Any]) -> TrainSection:
    """Return `[train]` of a rival: its own keys, plain Adam, as many epochs as its steps need."""
    plain = TrainSection(
        seed=section.seed, epochs=1_000_000, schedule="cosine", batch_size=1_000_000
    )
    return plain.model_copy(update=settings)
