"""`project`: the project's own model on its own data, its twin without entanglement, its rivals."""

from collections.abc import Iterator, Mapping
from typing import Any

from qml.benchmarking.base import Cell, Metric, Place, Role, Suite, Wanted
from qml.benchmarking.choice import chosen

NAME = "project"
ACCURACY = Metric(key="test_accuracy", title="accuracy", better="more", paired="rows")
ALONE = {"baselines.enabled": False}
"""Rivals are columns of their own; they are not trained once more in each cell."""


def build(wanted: Wanted) -> Suite:
    """Return the suite: one row, the data of qml.toml."""
    project = wanted.project
    models = _models(project)
    columns = chosen(list(models), wanted.models, "model", NAME)
    data = str(project["data"].get("name") or project["data"].get("path") or "data")
    rows = chosen([data], wanted.data, "data", NAME)
    return Suite(
        name=NAME,
        title=f"{project['project']['name']}: its model and its rivals",
        metric=ACCURACY,
        cells=[
            Cell(
                place=Place(NAME, model, row, "-" if role == "classical" else backend, seed),
                role=role,
                verb=verb,
                settings=settings,
            )
            for row in rows
            for model in columns
            for role, verb, settings in [models[model]]
            for backend in (wanted.backends[:1] if role == "classical" else wanted.backends)
            for seed in wanted.seeds
        ],
        base="project",
    )


def _models(project: Mapping[str, Any]) -> dict[str, tuple[Role, str, Mapping[str, Any]]]:
    found: dict[str, tuple[Role, str, Mapping[str, Any]]] = {}
    kind = project["model"]["kind"]
    found[kind] = ("quantum", "train", ALONE)
    for key, value in _twin(project["model"]):
        found["separable"] = ("twin", "train", {**ALONE, key: value})
    for name in project["baselines"]["names"]:
        found[name] = ("classical", "rival", {"rival.name": name})
    return found


def _twin(model: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the setting that takes the entanglement away, where there is one."""
    key = {"kernel": "feature_map", "variational": "ansatz", "hybrid": "ansatz"}.get(model["kind"])
    if key is not None and model[key] != "separable":
        yield f"model.{key}", "separable"
