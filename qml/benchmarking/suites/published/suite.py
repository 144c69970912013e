"""The matrix: three kernels as published, and rivals that are tuned here."""

from collections.abc import Iterator, Sequence
from typing import Any

from qml.benchmarking.base import Cell, Place, Role, Suite, Wanted
from qml.benchmarking.choice import chosen
from qml.benchmarking.suites.columns import ACCURACY, ALONE, TRAIN
from qml.benchmarking.suites.published.accuracies import (
    OLD_ENTANGLEMENT,
    TRAINING_SCORE,
    Published,
    published,
)
from qml.benchmarking.suites.published.rows import Row, rows

NAME = "published"
ROLES: dict[str, Role] = {
    "iqp": "quantum",
    "separable": "twin",
    "svc": "classical",
    "rbf_svc": "classical",
    "mlp": "classical",
    "logistic_regression": "classical",
}
AS_PUBLISHED = ("iqp", "separable", "svc")
NOTES = (
    "iqp, separable and svc: hyper-parameters of their authors' grid search; others: tuned here",
    "seed 0: the authors' rows and split; other seeds: new draws, with no published accuracy",
    f"not expected again: {OLD_ENTANGLEMENT}; {TRAINING_SCORE}",
)


def build(wanted: Wanted) -> Suite:
    """Return the suite; data is chosen by name or by family, e.g. `two_curves_diff`.

    Raises:
        UsageError: It has no such model or data.
    """
    known = rows()
    names = chosen(list(known), _members(wanted.data, known), "data", NAME)
    models = chosen(list(ROLES), wanted.models, "model", NAME)
    return Suite(
        name=NAME,
        title="Better than classical? arXiv:2403.07059",
        metric=ACCURACY,
        cells=[
            cell
            for name in names
            for model in models
            for backend in (wanted.backends if ROLES[model] != "classical" else ("-",))
            for seed in wanted.seeds
            for cell in _cells(Place(NAME, model, name, backend, seed), known[name])
        ],
        also=(TRAIN,),
        notes=NOTES,
    )


def _members(wanted: Sequence[str], known: dict[str, Row]) -> list[str]:
    """Put the members of a family in its place."""
    found: list[str] = []
    for name in wanted:
        found += [key for key, row in known.items() if row.family == name] or [name]
    return found


def _cells(place: Place, row: Row) -> Iterator[Cell]:
    """Yield the cell, where the authors stored a result or none is needed."""
    result = published().get((place.data, place.model))
    if result is None and place.model in AS_PUBLISHED:
        return
    yield Cell(
        place=place,
        role=ROLES[place.model],
        verb="rival" if ROLES[place.model] == "classical" else "train",
        settings={**row.data(place.seed), **_model(place.model, result)},
        expected=result.expected if result is not None and place.seed == 0 else {},
    )


def _model(model: str, result: Published | None) -> dict[str, Any]:
    if result is None:
        return {"model.kind": "kernel", "rival.name": model}
    if result.repeats is None:
        return {
            "data.scale": "none",
            "model.kind": "kernel",
            "rival.name": model,
            "rival.settings": {"C": result.C, "gamma": result.gamma},
        }
    return {
        "model.kind": "kernel",
        "model.feature_map": model,
        "model.repeats": result.repeats,
        "model.C": result.C,
        **ALONE,
    }
