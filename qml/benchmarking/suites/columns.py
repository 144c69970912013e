"""Columns that several suites share: tuned quantum kernels, and tuned rivals."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from qml.benchmarking.base import Cell, Metric, Place, Role, Wanted

ACCURACY = Metric(key="test_accuracy", title="accuracy", better="more", paired="rows", ends=(0, 1))
TRAIN = Metric(key="train_accuracy", title="training accuracy", better="more")
ALONE = {"baselines.enabled": False}
"""Rivals are columns of their own; they are not trained once more in each cell."""
RIVALS = ("rbf_svc", "mlp", "logistic_regression")


class Column(NamedTuple):
    """One column of a matrix.

    Attributes:
        role: What it is.
        settings: Its settings.
    """

    role: Role
    settings: Mapping[str, Any]


def tuned_kernel(role: Role, feature_map: str, repeats: int = 1) -> Column:
    """Return a quantum kernel that chooses C and bandwidth as `rbf_svc` chooses C and gamma."""
    return Column(
        role,
        {
            **ALONE,
            "model.kind": "kernel",
            "model.feature_map": feature_map,
            "model.repeats": repeats,
            "model.C": "auto",
            "model.bandwidth": "auto",
        },
    )


def rivals(beside: Mapping[str, Any]) -> dict[str, Column]:
    """Return the tuned rivals.

    Args:
        beside: Settings of the quantum model whose number of parameters the network matches.
    """
    model = {key: value for key, value in beside.items() if key.startswith("model.")}
    return {name: Column("classical", {**model, "rival.name": name}) for name in RIVALS}


def cells(
    suite: str,
    data: Mapping[str, Mapping[int, Mapping[str, Any]]],
    columns: Mapping[str, Column],
    wanted: Wanted,
    models: Iterable[str],
) -> Iterator[Cell]:
    """Yield a cell for each data set, column, backend (where circuits run) and seed.

    Args:
        suite: Name of the suite.
        data: Settings of each data set, by seed.
        columns: All columns.
        wanted: Backends and seeds.
        models: Names of the columns that are wanted.
    """
    for row, by_seed in data.items():
        for model in models:
            column = columns[model]
            classical = column.role == "classical"
            for backend in ("-",) if classical else wanted.backends:
                for seed in wanted.seeds:
                    yield Cell(
                        place=Place(suite, model, row, backend, seed),
                        role=column.role,
                        verb="rival" if classical else "train",
                        settings={**by_seed[seed], **column.settings},
                    )
