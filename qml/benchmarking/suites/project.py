"""`project`: the project's own model on its own data, its twin without entanglement, its rivals.

Columns beyond these are named `kind` or `kind:part`, e.g. `kernel:iqp` or `variational:brickwork`,
rows beyond the project's own data by a registered data set or a file.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from qml import plugins
from qml.benchmarking.base import Cell, Metric, Place, Role, Suite, Wanted
from qml.errors import UsageError

NAME = "project"
ACCURACY = Metric(key="test_accuracy", title="accuracy", better="more", paired="rows", ends=(0, 1))
ALONE = {"baselines.enabled": False}
"""Rivals are columns of their own; they are not trained once more in each cell."""
PARTS = {
    "kernel": ("feature_map", "feature_maps"),
    "variational": ("ansatz", "ansatze"),
    "hybrid": ("ansatz", "ansatze"),
}
"""Setting and family of what follows the colon."""
SEPARABLE = "separable"
NO_TWIN = (
    "no twin without entanglement: qml cannot make one of `{0}`, so that nothing shows whether"
    " entanglement helps; compare it with a copy without gates on two qubits"
)
NOWHERE = "-"
OTHER_DATA: dict[str, Any] = {
    "data.name": None,
    "data.path": None,
    "data.entry": None,
    "data.options": {},
    "data.classes": None,
    "data.split": None,
}
"""Settings that mean the project's own data only."""


class Column(NamedTuple):
    """A model of the matrix."""

    role: Role
    verb: str
    settings: Mapping[str, Any]


def build(wanted: Wanted) -> Suite:
    """Return the suite; a quantum column always comes with its twin and classical rivals.

    Raises:
        UsageError: A column or a row is neither the project's nor known to qml.
    """
    project = wanted.project
    columns, rows = _columns(project, wanted.models), _rows(project["data"], wanted.data)
    return Suite(
        name=NAME,
        title=f"{project['project']['name']}: its model and its rivals",
        metric=ACCURACY,
        cells=[
            Cell(
                place=Place(NAME, model, row, backend, seed),
                role=column.role,
                verb=column.verb,
                settings={**column.settings, **data},
            )
            for row, data in rows.items()
            for model, column in columns.items()
            for backend in ([NOWHERE] if column.role == "classical" else wanted.backends)
            for seed in wanted.seeds
        ],
        notes=tuple(NO_TWIN.format(name) for name in columns if _lacks_twin(name, columns)),
        base="project",
    )


def _lacks_twin(name: str, columns: Mapping[str, Column]) -> bool:
    return columns[name].role == "quantum" and name.partition(":")[0] not in PARTS


def _columns(project: Mapping[str, Any], wanted: tuple[str, ...]) -> dict[str, Column]:
    model, names = project["model"], plugins.names("baselines")
    rivals = [name for name in wanted if name in names]
    quantum = [name for name in wanted if name not in names]
    if not wanted:
        quantum = [model["kind"]]
    if quantum and not rivals:
        rivals = list(project["baselines"]["names"])
    found: dict[str, Column] = {}
    for name in quantum:
        found |= dict(_with_twin(name, model))
    for name in rivals:
        found[name] = Column("classical", "rival", {"rival.name": name})
    return found


def _with_twin(name: str, model: Mapping[str, Any]) -> Iterator[tuple[str, Column]]:
    """Yield a quantum column, and its twin without entanglement where it can have one."""
    kind, _, part = name.partition(":")
    if kind not in plugins.names("models"):
        raise _unknown(name, kind)
    settings: dict[str, Any] = {**ALONE, "model.kind": kind}
    if kind != model["kind"]:  # as many qubits as this kind needs
        settings["model.qubits"] = None
    if kind not in PARTS:
        if part or kind != model["kind"]:
            raise _unknown(name, kind)
        yield name, Column("quantum", "train", settings)
        return
    key, family = PARTS[kind]
    if part:
        plugins.check(family, part)
    chosen = part or model[key]
    twin = Column("twin", "train", {**settings, f"model.{key}": SEPARABLE})
    if chosen != SEPARABLE:
        yield name, Column("quantum", "train", {**settings, f"model.{key}": chosen})
    yield f"{kind}:{SEPARABLE}", twin


def _unknown(name: str, kind: str) -> UsageError:
    if kind in plugins.names("generators"):
        return UsageError(
            f"`{name}` generates samples, and suite `{NAME}` compares answers",
            hint="--suite generative",
        )
    parts = [f"{k}:{p}" for k, (_, family) in PARTS.items() for p in plugins.names(family)]
    return UsageError(
        f"suite `{NAME}` has no model `{name}`",
        hint=f"the project's own; {', '.join(parts)}; {', '.join(plugins.names('baselines'))}",
    )


def _rows(data: Mapping[str, Any], wanted: tuple[str, ...]) -> dict[str, Mapping[str, Any]]:
    own = data.get("name") or data.get("path") or data.get("entry")
    if not wanted and own is None:
        raise UsageError("no data is named", hint="data.name = 'digits' in qml.toml, or --data")
    return {name: {} if name == own else _other(name, data) for name in wanted or (str(own),)}


def _other(name: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings of another data set; how rows are prepared stays as it is."""
    settings = dict(OTHER_DATA)
    if not isinstance(data.get("features"), int):  # columns of the project's own data
        settings["data.features"] = None
    if name in plugins.names("datasets"):
        return {**settings, "data.name": name}
    if Path(name).suffix:
        return {**settings, "data.path": name}
    raise UsageError(
        f"suite `{NAME}` knows no data `{name}`",
        hint=f"a CSV, Parquet or NPZ file, or one of: {', '.join(plugins.names('datasets'))}",
    )
