"""qml from Python: all that a command does is one call away.

import qml
outcome = qml.train({"data": {"name": "digits", "features": 8}})
run = qml.Run.open(outcome.run_id)
run.predict(features)
qml.replay(run)
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from qml.config import Config, Loaded
from qml.config import validate as validate_config
from qml.records import RunFolder
from qml.results.outcome import TrainOutcome
from qml.session import World
from qml.tasks import train as train_task
from qml.tasks.carry import leaves_this_machine
from qml.tasks.project import Project, open_project

if TYPE_CHECKING:
    from qml.planning.plan import Plan
    from qml.results.generative import GenerativeOutcome

Settings = Config | Mapping[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """The answer of a replay.

    Attributes:
        verdict: `identical`, `statistically equal` or `drifted`.
        document: `qml.replay/1`.
    """

    verdict: str
    document: dict[str, Any]


class Outcome(TrainOutcome):
    """What a training found out; shows itself as the comparison table in Jupyter."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        from qml.report.html import outcome_html

        return outcome_html(self.document())


class Run:
    """A run in its folder.

    Args:
        folder: The folder.
        root: Folder of the project.
    """

    def __init__(self, folder: RunFolder, root: Path) -> None:
        self._folder = folder
        self._root = root

    @classmethod
    def open(cls, query: str, *, root: Path | str = ".") -> Self:
        """Open a run by id, unique prefix or name.

        Args:
            query: What to look for.
            root: Folder of the project, or any folder in it.

        Raises:
            RunError: None or several answer.
        """
        project = _project(root)
        return cls(project.run(query), project.root)

    @property
    def id(self) -> str:
        """Id of the run."""
        return self._folder.id

    @property
    def path(self) -> Path:
        """Folder of the run."""
        return self._folder.path

    @property
    def manifest(self) -> dict[str, Any]:
        """The manifest, `qml.manifest/1`."""
        return dict(self._folder.manifest())

    @property
    def metrics(self) -> list[dict[str, Any]]:
        """Metrics of every step."""
        from qml.records.metrics import read_metrics

        return read_metrics(self._folder.metrics_path)

    def predict(self, features: Any) -> list[str]:
        """Return the class of each row.

        Args:
            features: Raw features of shape (rows, columns), in the columns of the training data.
        """
        from qml.tasks.predictor import open_predictor

        predictor = open_predictor(self._folder.artifacts, root=self._root, environ=os.environ)
        return predictor.predict(features).labels

    def report(self, output: Path | str | None = None) -> Path:
        """Write the HTML report and return its path."""
        from qml.tasks.report import write_report

        return write_report(self._folder, Path(output) if output else None)

    def replay(self) -> Replay:
        """Run it again and compare."""
        from qml.tasks.replay import replay as replay_run

        document = replay_run(self._folder, self._root, World.default())
        return Replay(verdict=document["verdict"], document=document)

    def resume(self, *, max_cost: Decimal | str | None = None) -> dict[str, Any]:
        """Go on from the last checkpoint; returns the document `qml.train/1`.

        Args:
            max_cost: Most that the run may cost over all its sessions; as before where None.
        """
        from qml.tasks.resume import resume

        most = None if max_cost is None else Decimal(max_cost)
        return resume(self._folder, self._root, World.default(), most=most)

    def _repr_html_(self) -> str:
        """Render the outcome as a table in Jupyter."""
        from qml.report.html import outcome_html
        from qml.tasks.runs import read_outcome

        outcome = read_outcome(self._folder)
        return outcome_html(outcome) if outcome else f"<code>{self.id}</code>: not finished"


def load_config(root: Path | str = ".", *, set: Iterable[str] = ()) -> Config:  # noqa: A002 - the flag's name
    """Load the configuration that holds in a folder.

    Args:
        root: Folder of the project, or any folder in it.
        set: `key=value` pairs, as `--set` takes them.

    Raises:
        ConfigError: It is not valid.
    """
    return _project(root, set).loaded.config


def plan(
    config: Settings = None,
    *,
    root: Path | str = ".",
    set: Iterable[str] = (),  # noqa: A002 - the flag's name
    backends: Sequence[str] = (),
) -> "Plan":
    """Plan a training without running it: circuits, shots, memory, price.

    Args:
        config: Configuration, its tables as a mapping, or None for the project's qml.toml.
        root: Folder of the project.
        set: `key=value` pairs.
        backends: Backends to plan it on, side by side; that of the configuration where empty.

    Raises:
        DataError: The data cannot be used.
        PlanError: The model or the backend cannot do what is asked.
    """
    return train_task.plan(_loaded(config, root, set), World.default(), backends)


def train(
    config: Settings = None,
    *,
    root: Path | str = ".",
    set: Iterable[str] = (),  # noqa: A002 - the flag's name
    name: str | None = None,
    max_cost: Decimal | str | None = None,
) -> "Outcome | GenerativeOutcome":
    """Train, compare with the baselines, and leave a run behind.

    Args:
        config: Configuration, its tables as a mapping, or None for the project's qml.toml.
        root: Folder of the project; runs lie in it.
        set: `key=value` pairs.
        name: Name of the run.
        max_cost: Most that the run may cost, in the currency of the budget; a backend that costs
            money needs it.

    Returns:
        The outcome; its `document()` is what `qml train --json` prints.

    Raises:
        QmlError: See `qml.errors`; nothing was spent where it is a `UsageError`.
    """
    loaded = _loaded(config, root, set)
    world = World.default()
    most = None if max_cost is None else Decimal(max_cost)
    routing = None
    if leaves_this_machine(loaded.config):
        from qml.tasks.consent import check_budget, check_ready, require_consent

        offer = train_task.offer(loaded, world)
        loaded, routing = offer.loaded, offer.routing
        if offer.plan.purchase.jobs:
            check_ready(offer.plan.backend, loaded, world)
        check_budget(offer.plan.purchase, loaded, world, most, None)
        require_consent(offer.plan.purchase, yes=False, most=most)
    run = train_task.begin(loaded, name=name, world=world, routing=routing, most=most)
    found = train_task.run(run, loaded.config, loaded.root, world)
    if not isinstance(found, TrainOutcome):
        return found
    return Outcome(**{field.name: getattr(found, field.name) for field in fields(found)})


def replay(run: Run | str, *, root: Path | str = ".") -> Replay:
    """Run a finished run again and compare.

    Args:
        run: The run, or its id, prefix or name.
        root: Folder of the project, where `run` is a name.
    """
    return (run if isinstance(run, Run) else Run.open(run, root=root)).replay()


def list_runs(root: Path | str = ".") -> list[dict[str, Any]]:
    """List the runs of a project, newest first, as rows of `qml.runs/1`."""
    from qml.tasks.runs import list_document

    rows: list[dict[str, Any]] = list_document(_project(root).runs)["runs"]
    return rows


def list_backends() -> list[dict[str, Any]]:
    """List the backends, as rows of `qml.backends/1`."""
    from qml.tasks.backends import backends_document

    rows: list[dict[str, Any]] = backends_document(Config())["backends"]
    return rows


def _project(root: Path | str, pairs: Iterable[str] = ()) -> Project:
    return open_project(Path(root), os.environ, pairs=pairs)


def _loaded(config: Settings, root: Path | str, pairs: Iterable[str]) -> Loaded:
    given = list(pairs)
    if config is None:
        return _project(root, given).loaded
    valid = config if isinstance(config, Config) else validate_config(config)
    if given:
        from qml.config.sources import pairs_layer

        valid = validate_config(_overlaid(valid.document(), pairs_layer(given).values))
    return Loaded(config=valid, origins={}, root=Path(root).resolve(), file=None)


def _overlaid(below: dict[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    return below | {
        key: _overlaid(below.get(key, {}), value) if isinstance(value, Mapping) else value
        for key, value in above.items()
    }
