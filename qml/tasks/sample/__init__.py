"""`qml sample`: good, typical or new assignments, rows and texts; `[sample] kind` says which."""

from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

from qml.config import Config, Loaded
from qml.errors import ConfigError
from qml.records import RunFolder
from qml.session import World
from qml.tasks import carry

if TYPE_CHECKING:
    from qml.planning.routing import Routing
    from qml.results.replay import Evidence
    from qml.tasks.commands import Outcome
    from qml.tasks.offer import Offer


class Kind(Protocol):
    """What a module of this package offers: one kind of sampling."""

    def check(self, config: Config, root: Path, world: World) -> None:
        """Refuse bad input before anything is made or spent.

        Raises:
            QmlError: Says what, where and what next.
        """
        ...

    def offer(self, loaded: Loaded, world: World) -> "Offer":
        """Resolve the backend, and plan the work on it without running it."""
        ...

    def run(self, run: RunFolder, config: Config, root: Path, world: World) -> "Outcome":
        """Work in a folder that is taken by this process."""
        ...

    def repeated(self, config: Config, outcome: dict[str, Any]) -> Config:
        """Return the configuration that repeats a run."""
        ...

    def evidence(self, run: RunFolder) -> "Evidence":
        """Return what a replay is held against."""
        ...


def kind_of(config: Config) -> Kind:
    """Return the module of the kind that `[sample]` names.

    Raises:
        ConfigError: It names none.
    """
    kind = config.sample.kind
    if kind is None:
        raise ConfigError(
            "nothing is named that could be sampled",
            hint="say `qml sample qubo FILE`, `ising FILE`, `model RUN` or `llm PROMPT`, or set"
            " sample.kind in qml.toml",
        )
    return cast("Kind", import_module(f"qml.tasks.sample.{kind}"))


def begin(
    loaded: Loaded,
    *,
    name: str | None,
    world: World,
    parent: str | None = None,
    routing: "Routing | None" = None,
    most: Decimal | None = None,
) -> RunFolder:
    """Check the input and make the run folder; see `qml.tasks.carry.begin`."""
    kind_of(loaded.config).check(loaded.config, loaded.root, world)
    return carry.begin(
        loaded, "sample", name=name, world=world, parent=parent, routing=routing, most=most
    )


def offer(loaded: Loaded, world: World) -> "Offer":
    """Resolve the backend, and plan the work on it without running it."""
    kind = kind_of(loaded.config)
    kind.check(loaded.config, loaded.root, world)
    return kind.offer(loaded, world)


def run(run_folder: RunFolder, config: Config, root: Path, world: World) -> "Outcome":
    """Work in a folder that `begin` made or `resume` took."""
    return kind_of(config).run(run_folder, config, root, world)


def repeated(config: Config, outcome: dict[str, Any]) -> Config:
    """Return the configuration that repeats a run."""
    return kind_of(config).repeated(config, outcome)


def evidence(run_folder: RunFolder) -> "Evidence":
    """Return what a replay is held against."""
    from qml.config import validate

    return kind_of(validate(run_folder.manifest()["config"])).evidence(run_folder)
