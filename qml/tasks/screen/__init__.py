"""`qml bench screen`: is there any point in using a quantum model on this data?"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qml.config import Config, Loaded
from qml.errors import PlanError
from qml.plugins import check as check_plugin
from qml.records import RunFolder
from qml.session import World
from qml.tasks import carry
from qml.tasks.runs import require_outcome
from qml.tasks.train import require_data
from qml.tracking.base import Tracker

if TYPE_CHECKING:
    from qml.execution.stop import StopRequest
    from qml.results.replay import Evidence
    from qml.tasks.offer import Offer
    from qml.tasks.screen.outcome import ScreenOutcome

USUAL = ("iqp", "zz")
"""Feature maps where none is named."""


def feature_maps(config: Config) -> list[str]:
    """Return the feature maps that are looked at."""
    if config.screen.feature_maps:
        return list(dict.fromkeys(config.screen.feature_maps))
    return [config.model.feature_map] if config.model.kind == "kernel" else list(USUAL)


def begin(
    loaded: Loaded, *, name: str | None, world: World, parent: str | None = None
) -> RunFolder:
    """Check what can be checked, and make the run folder.

    Raises:
        ConfigError: No data is named.
        PluginError: A feature map is unknown.
    """
    require_data(loaded.config)
    for feature_map in feature_maps(loaded.config):
        check_plugin("feature_maps", feature_map)
    return carry.begin(loaded, "screen", name=name, world=world, parent=parent)


def offer(loaded: Loaded, world: World) -> "Offer":
    """Refuse: a screen runs on this machine and is planned nowhere."""
    del loaded, world
    raise PlanError("a screen runs on this machine and costs nothing")


def run(run_folder: RunFolder, config: Config, root: Path, world: World) -> "ScreenOutcome":
    """Screen in a folder that is taken by this process."""

    def work(tracker: Tracker, stop: "StopRequest") -> "ScreenOutcome":
        from qml.tasks.screen.work import screen_data

        del tracker
        return screen_data(run_folder, config, root, stop, world)

    return carry.carry_out(
        run_folder,
        config,
        root,
        world,
        set_up=lambda: carry.set_up_engine(config, root, world, "float64"),
        work=work,
    )


def repeated(config: Config, outcome: dict[str, Any]) -> Config:
    """Return the configuration that repeats a screen: the same."""
    del outcome
    return config


def evidence(run_folder: RunFolder) -> "Evidence":
    """Return its numbers."""
    from qml.results.replay import Evidence

    return Evidence(metrics=require_outcome(run_folder)["metrics"])
