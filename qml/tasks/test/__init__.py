"""`qml test`: the project's own tests, and checks of its model that every project needs."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qml.config import Config, Loaded
from qml.errors import PlanError
from qml.records import RunFolder
from qml.session import World
from qml.tasks import carry
from qml.tasks.runs import require_outcome
from qml.tracking.base import Tracker

if TYPE_CHECKING:
    from qml.execution.stop import StopRequest
    from qml.results.replay import Evidence
    from qml.tasks.offer import Offer
    from qml.tasks.test.outcome import Tested


def begin(
    loaded: Loaded, *, name: str | None, world: World, parent: str | None = None
) -> RunFolder:
    """Look the checks up, so that nothing is made for one that is not there; make the run folder.

    Raises:
        PluginError: No check has that name.
    """
    from qml.tasks.test.work import named

    named(loaded.config)
    return carry.begin(loaded, "test", name=name, world=world, parent=parent)


def plan(loaded: Loaded) -> "Tested":
    """List what would be looked at, without looking."""
    from qml import plugins
    from qml.tasks.test.checks.base import Checked
    from qml.tasks.test.outcome import row
    from qml.tasks.test.owntests import OwnTests, files_of_tests
    from qml.tasks.test.work import FAMILY, named, summed_up

    rows = []
    for name in named(loaded.config):
        check = plugins.load(FAMILY, name)
        waiting = Checked(state="open", why=f"about {check.SECONDS:g} s")
        rows.append(row(name, check.TITLE, waiting, 0.0))
    files = files_of_tests(loaded.root) if loaded.config.test.own else []
    why = f"{len(files)} files of tests" if files else "no tests of its own would run"
    return summed_up(tuple(rows), OwnTests(state="open", why=why), loaded.config, None)


def offer(loaded: Loaded, world: World) -> "Offer":
    """Refuse: a test costs nothing and is planned nowhere."""
    del loaded, world
    raise PlanError("a test runs on this machine and costs nothing")


def run(run_folder: RunFolder, config: Config, root: Path, world: World) -> "Tested":
    """Test in a folder that `begin` made or `resume` took."""

    def work(tracker: Tracker, stop: "StopRequest") -> "Tested":
        del tracker
        from qml.tasks.test.work import test

        return test(run_folder, config, root, stop, world)

    def set_up() -> None:
        kernel = config.model.kind == "kernel"
        carry.set_up_engine(config, root, world, "float64" if kernel else None)

    return carry.carry_out(run_folder, config, root, world, set_up=set_up, work=work)


def repeated(config: Config, outcome: dict[str, Any]) -> Config:
    """Return the configuration that repeats a test: the same."""
    del outcome
    return config


def evidence(run_folder: RunFolder) -> "Evidence":
    """Return the states of all checks."""
    from qml.results.replay import Evidence

    outcome = require_outcome(run_folder)
    return Evidence(metrics={c["name"]: c["state"] for c in outcome["checks"]})
