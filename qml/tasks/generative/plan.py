"""The plan of a generative training."""

from collections.abc import Sequence
from pathlib import Path

from qml.config import Config
from qml.execution.generate_fit import steps_of
from qml.planning.plan import Plan
from qml.planning.purchase import Purchase
from qml.seeds import Seeds
from qml.session import World
from qml.tasks.generative.checks import BACKEND
from qml.tasks.generative.studio import set_the_stage


def plan_lesson(config: Config, root: Path, world: World, elsewhere: Sequence[str]) -> Plan:
    """Plan the training: how many steps, on which rows; it costs nothing.

    Args:
        config: Configuration.
        root: Folder of the project.
        world: Environment and clock.
        elsewhere: Backends that were named and play no part in it.
    """
    studio = set_the_stage(config, root, Seeds(config.train.seed), world)
    rows = {part: len(getattr(studio.data, part)) for part in ("train", "validation", "test")}
    steps = steps_of(config.train, rows["train"])
    per_epoch = -(-rows["train"] // min(config.train.batch_size, rows["train"]))
    return Plan(
        backend=BACKEND,
        chosen=None,
        model=studio.facts,
        gradient="backprop",
        rows=rows,
        steps=steps,
        epochs=-(-steps // per_epoch),
        circuits=0,
        shots=0,
        bytes=None,
        purchases=(Purchase(name=BACKEND, circuits=0, shots=0, one_qubit=0, two_qubit=0),),
        warnings=tuple(
            f"`{name}` plays no part: the training runs on this machine and buys nothing;"
            f" `qml sample model RUN -b {name}` samples there"
            for name in dict.fromkeys(elsewhere)
        ),
    )
