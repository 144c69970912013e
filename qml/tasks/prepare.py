"""From configuration to everything a training starts with: rows, model, backend, plan."""

from dataclasses import dataclass, replace
from pathlib import Path

from qml.algorithms.models import Model, Shape, VariationalModel
from qml.backends.registry import list_backends
from qml.config import Config
from qml.config.sections import BackendSection
from qml.data import Dataset, Prepared, load, prepare
from qml.data.select import select_classes, select_columns
from qml.execution.stored_model import precision_of
from qml.planning.auto import Choice, choose
from qml.planning.mitigation.work import switched
from qml.planning.plan import Plan
from qml.planning.training import plan_training
from qml.plugins import check
from qml.plugins import load as load_plugin
from qml.seeds import Seeds
from qml.session import World
from qml.tasks.site import open_site


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainWork:
    """A training that can start.

    Attributes:
        config: Configuration.
        root: Folder of the project.
        dataset: The whole data.
        data: Prepared rows.
        model: The model.
        shape: Its features and classes.
        backend: `[backend]` with `auto` and precision resolved.
        plan: What will run.
    """

    config: Config
    root: Path
    dataset: Dataset
    data: Prepared
    model: Model
    shape: Shape
    backend: BackendSection
    plan: Plan


def prepare_training(config: Config, root: Path, seeds: Seeds, world: World) -> TrainWork:
    """Load, check, build and plan; nothing is run on the backend.

    Raises:
        DataError: The data cannot be used.
        PlanError: The model or the backend cannot do what is asked.
    """
    _check_names(config)
    dataset = load(config.data, root=root, environ=world.environ, progress=world.progress)
    shape = shape_of(dataset, config)
    model: Model = load_plugin("models", config.model.kind)(config.model, shape, root)
    scale = model.scale if config.data.scale == "auto" else config.data.scale
    choice = _choose_backend(config.backend, model.circuit.wires)
    precision = precision_of(model, config.backend)
    section = config.backend.model_copy(update={"name": choice.name, "precision": precision})
    config = switched(config.model_copy(update={"backend": section}))
    data = _cast(
        prepare(
            dataset,
            config.data,
            seeds=seeds,
            scale=scale,
            validation=config.data.hold_out
            or (config.train.patience is not None and isinstance(model, VariationalModel)),
        ),
        precision,
    )
    with open_site(config, world) as site:
        plan = plan_training(
            config,
            model,
            site,
            rows={part: len(getattr(data, part)) for part in ("train", "validation", "test")},
            features=data.train.features,
            chosen=choice.reason or None,
        )
    if plan.mitigation is not None:
        config = config.model_copy(update={"mitigation": plan.mitigation.section})
    return TrainWork(
        config=config,
        root=root,
        dataset=dataset,
        data=data,
        model=model,
        shape=shape,
        backend=config.backend,
        plan=plan,
    )


def _check_names(config: Config) -> None:
    """Refuse names that are needed only after the training, before it."""
    check("optimizers", config.train.optimizer)
    if config.baselines.enabled:
        for name in config.baselines.names:
            check("baselines", name)


def shape_of(dataset: Dataset, config: Config) -> Shape:
    """Tell the shape of the problem before any row is prepared."""
    wanted = config.data.features
    columns, _ = select_columns(dataset, wanted)
    features = wanted if isinstance(wanted, int) else columns.shape[1]
    classes = select_classes(dataset, config.data.classes).classes
    return Shape(features=features, classes=len(classes))


def _choose_backend(section: BackendSection, qubits: int) -> Choice:
    if section.name != "auto":
        return Choice(section.name, "")
    available = frozenset(facts.name for facts in list_backends() if facts.installed)
    return choose(section, qubits, available)


def _cast(data: Prepared, precision: str) -> Prepared:
    """Give the rows the precision of the simulation, so that nothing is converted at each step."""
    parts = {
        part: replace(rows, features=rows.features.astype(precision, copy=False))
        for part in ("train", "validation", "test")
        for rows in [getattr(data, part)]
    }
    return replace(data, **parts)
