"""What the commands do, as calls."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qml.api.loading import Settings, loaded_of
from qml.config import Loaded
from qml.results.outcome import TrainOutcome
from qml.session import World
from qml.tasks import train as train_task
from qml.tasks.carry import leaves_this_machine

if TYPE_CHECKING:
    from qml.planning.plan import Plan
    from qml.results.generative import GenerativeOutcome


class Outcome(TrainOutcome):
    """What a training found out; shows itself as the comparison table in Jupyter."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        from qml.report.html import outcome_html

        return outcome_html(self.document())


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
    return train_task.plan(loaded_of(config, root, set), World.default(), backends)


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
    found: TrainOutcome | GenerativeOutcome = _carried_out(
        train_task, loaded_of(config, root, set), name, max_cost
    )
    if not isinstance(found, TrainOutcome):
        return found
    return Outcome(**{field.name: getattr(found, field.name) for field in fields(found)})


def sample(
    config: Settings = None,
    *,
    root: Path | str = ".",
    set: Iterable[str] = (),  # noqa: A002 - the flag's name
    name: str | None = None,
    max_cost: Decimal | str | None = None,
) -> dict[str, Any]:
    """Do what `[sample]` says, and leave a run behind.

    Args:
        config: Configuration, its tables as a mapping, or None for the project's qml.toml.
        root: Folder of the project; runs lie in it.
        set: `key=value` pairs, e.g. `sample.kind=qubo`, `sample.qubo.file=problem.json`.
        name: Name of the run.
        max_cost: Most that the run may cost; a backend that costs money needs it.

    Returns:
        The document that `qml sample --json` prints.

    Raises:
        QmlError: See `qml.errors`; nothing was spent where it is a `UsageError`.
    """
    from qml.tasks import sample as task

    found = _carried_out(task, loaded_of(config, root, set), name, max_cost)
    document: dict[str, Any] = found.document()
    return document


def tune(
    config: Settings = None,
    *,
    root: Path | str = ".",
    set: Iterable[str] = (),  # noqa: A002 - the flag's name
    name: str | None = None,
    max_cost: Decimal | str | None = None,
) -> dict[str, Any]:
    """Search for better settings of what `[tune.space]` names, and leave a run behind.

    Args:
        config: Configuration, its tables as a mapping, or None for the project's qml.toml.
        root: Folder of the project; runs lie in it.
        set: `key=value` pairs, e.g. `tune.trials=20`.
        name: Name of the run.
        max_cost: Most that all trials together may cost; a backend that costs money needs it.

    Returns:
        The document that `qml tune --json` prints.

    Raises:
        QmlError: See `qml.errors`; nothing was spent where it is a `UsageError`.
    """
    from qml.tasks import tune as task

    found = _carried_out(task, loaded_of(config, root, set), name, max_cost)
    document: dict[str, Any] = found.document()
    return document


def compress(
    config: Settings = None,
    *,
    root: Path | str = ".",
    set: Iterable[str] = (),  # noqa: A002 - the flag's name
    name: str | None = None,
) -> dict[str, Any]:
    """Compress what `[compress]` names, judge it beside its rivals, and leave a run behind.

    Args:
        config: Configuration, its tables as a mapping, or None for the project's qml.toml.
        root: Folder of the project; runs lie in it.
        set: `key=value` pairs, e.g. `compress.target=3.5bpw`.
        name: Name of the run.

    Returns:
        The document that `qml compress --json` prints.

    Raises:
        QmlError: See `qml.errors`; nothing was computed where it is a `UsageError`.
    """
    from qml.tasks import compress as task
    from qml.tasks.carry import begin

    loaded, world = loaded_of(config, root, set), World.default()
    task.check(loaded.config, loaded.root, world)
    run = begin(loaded, "compress", name=name, world=world)
    document: dict[str, Any] = task.run(run, loaded.config, loaded.root, world).document()
    return document


def verify(
    file: Path | str,
    *,
    root: Path | str = ".",
    model: str | None = None,
    evaluate: Iterable[Path | str] = (),
) -> dict[str, Any]:
    """Load a compressed model from its file, measure it again, hold it against its run.

    Args:
        file: A file or folder that an export wrote.
        root: Folder of the project whose run wrote it.
        model: Teacher; that of the run where None.
        evaluate: Held-out texts; those of the run where there are none.

    Returns:
        The document that `qml compress verify --json` prints; `agrees` is False where the file is
        not what its run recorded.

    Raises:
        UsageError: It cannot be read, or nothing says what to hold it against.
    """
    from qml.api.loading import project_of
    from qml.tasks.compress.verify import verify as measure

    texts = [Path(path) for path in evaluate]
    return measure(Path(file), project_of(root), World.default(), model=model, evaluate=texts)


def _carried_out(
    task: Any, loaded: Loaded, name: str | None, max_cost: Decimal | str | None
) -> Any:
    """Plan where it may cost anything, then run."""
    world = World.default()
    most = None if max_cost is None else Decimal(max_cost)
    routing = None
    if leaves_this_machine(loaded.config):
        from qml.tasks.consent import check_budget, check_ready, require_consent

        offer = task.offer(loaded, world)
        loaded, routing = offer.loaded, offer.routing
        if offer.plan.purchase.jobs:
            check_ready(offer.plan.backend, loaded, world)
        check_budget(offer.plan.purchase, loaded, world, most, None)
        require_consent(offer.plan.purchase, yes=False, most=most)
    run = task.begin(loaded, name=name, world=world, routing=routing, most=most)
    return task.run(run, loaded.config, loaded.root, world)
