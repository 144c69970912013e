"""`images`: digits and Fashion-MNIST, every model on the same eight principal components."""

from collections.abc import Mapping
from typing import Any

from qml.benchmarking.base import Suite, Wanted
from qml.benchmarking.choice import chosen
from qml.benchmarking.suites import fashion
from qml.benchmarking.suites.columns import (
    ACCURACY,
    ALONE,
    TRAIN,
    Column,
    cells,
    rivals,
    tuned_kernel,
)

NAME = "images"
FEATURES = 8
FASHION_ROWS = 1000
TRAINED: dict[str, Any] = {
    **ALONE,
    "model.qubits": FEATURES,
    "model.layers": 4,
    "train.epochs": 30,
    "train.learning_rate": 0.1,
}
VARIATIONAL = {**TRAINED, "model.kind": "variational"}
HYBRID = {**TRAINED, "model.kind": "hybrid"}
SEPARABLE = {"model.ansatz": "separable"}
COLUMNS: dict[str, Column] = {
    "variational": Column("quantum", VARIATIONAL),
    "variational_separable": Column("twin", {**VARIATIONAL, **SEPARABLE}),
    "hybrid": Column("quantum", HYBRID),
    "hybrid_separable": Column("twin", {**HYBRID, **SEPARABLE}),
    "kernel_iqp": tuned_kernel("quantum", "iqp"),
    "kernel_separable": tuned_kernel("twin", "separable"),
    **rivals(HYBRID),
}
NOTES = (
    f"every model sees the same {FEATURES} principal components of the training rows",
    "the network has as many parameters as the hybrid model, the largest of the quantum ones",
    f"fashion_mnist: {FASHION_ROWS:,} training rows, drawn with the seed, and all test rows",
)


def build(wanted: Wanted) -> Suite:
    """Return the suite; Fashion-MNIST where it is at hand or asked for.

    Raises:
        UsageError: It has no such model or data.
    """
    known = _data(wanted.project)
    rows = fashion.offered(
        chosen(list(known), wanted.data, "data", NAME), wanted.data, wanted.project
    )
    models = chosen(list(COLUMNS), wanted.models, "model", NAME)
    data = {row: dict.fromkeys(wanted.seeds, known[row]) for row in rows}
    left_out = () if fashion.NAME in rows or wanted.data else (fashion.MISSING,)
    return Suite(
        name=NAME,
        title="Digits and clothes",
        metric=ACCURACY,
        cells=list(cells(NAME, data, COLUMNS, wanted, models)),
        also=(TRAIN,),
        notes=(*NOTES, *left_out),
    )


def _data(project: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        "digits": {"data.name": "digits", "data.features": FEATURES},
        fashion.NAME: {
            **fashion.settings(project),
            "data.features": FEATURES,
            "data.rows": FASHION_ROWS,
        },
    }
