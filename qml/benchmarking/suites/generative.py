"""`generative`: circuits that draw strings of bits, held against classical generators.

Judged by the squared maximum mean discrepancy to rows that were held out; the total variation
distance to the exact distribution stands beside it, since a small discrepancy of low-order parities
alone flatters (arXiv:2606.28483).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any

from qml.benchmarking.base import Cell, Metric, Place, Role, Suite, Wanted
from qml.benchmarking.choice import chosen

NAME = "generative"
MMD2 = Metric(key="mmd2", title="MMD\N{SUPERSCRIPT TWO}", better="less")
TVD = Metric(key="tvd", title="TVD", better="less", ends=(0, 1))
SECONDS = Metric(key="train_seconds", title="training", better="less", unit="s", ends=(0, inf))
STEPS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A generator.

    Attributes:
        kind: Its registered name.
        role: What it is: bit flips are the gates of `iqp` without coherence.
        settings: Its own settings, by dotted key.
    """

    kind: str
    role: Role
    settings: Mapping[str, Any] = field(default_factory=dict)


_RBM = {"train.learning_rate": 0.01, "train.batch_size": 250}
COLUMNS: Mapping[str, Column] = {
    "iqp": Column(kind="iqp", role="quantum", settings={"train.learning_rate": 0.005}),
    "born_machine": Column(
        kind="born_machine", role="quantum", settings={"train.learning_rate": 0.02}
    ),
    "bitflip": Column(kind="bitflip", role="twin", settings={"train.learning_rate": 0.003}),
    "born_separable": Column(
        kind="born_machine",
        role="twin",
        settings={"train.learning_rate": 0.02, "model.ansatz": "separable"},
    ),
    "rbm": Column(kind="rbm", role="classical", settings=_RBM),
    "rbm_small": Column(
        kind="rbm", role="classical", settings={**_RBM, "model.generator.hidden": 8}
    ),
}
ROWS: Mapping[str, Mapping[str, Any]] = {
    "blobs8": {"data.name": "blobs8"},
    "ising16": {"data.entry": "qml.data.sets.ising16:load"},
    "stripes": {"data.entry": "qml.data.sets.stripes:load"},
}
_BUDGET = (
    f"Equal budget: the same rows and {STEPS:,} steps for every column, each with the learning"
    " rate and the batches that suit it. `rbm_small` has about as many numbers as `iqp` and"
    " `bitflip`; `bitflip` is `iqp` without coherence."
)
_SCALES = (
    "MMD\N{SUPERSCRIPT TWO} is unbiased and can fall below zero; TVD is to the exact distribution."
)
_PUBLISHED = (
    "Published on rows of the authors' own, with models of their tuning (arXiv:2503.02934): 2D"
    " Ising 1.5e-4 IQP, -4e-5 bit flips, 1.5e-3 RBM; 8 blobs 1.9e-3, 2.2e-2, -1e-4."
)
NOTES = (_BUDGET, _SCALES, _PUBLISHED)


def build(wanted: Wanted) -> Suite:
    """Return the suite, restricted to what is wanted."""
    columns = chosen(list(COLUMNS), wanted.models, "model", NAME)
    rows = chosen(list(ROWS), wanted.data, "data", NAME)
    return Suite(
        name=NAME,
        title="generative models on strings of bits",
        metric=MMD2,
        cells=list(_cells(wanted, columns, rows)),
        also=(TVD, SECONDS),
        notes=NOTES,
    )


def _cells(wanted: Wanted, columns: list[str], rows: list[str]) -> Iterator[Cell]:
    """Yield the cells; all are trained on this machine, whatever backends are wanted."""
    for row in rows:
        for name in columns:
            column = COLUMNS[name]
            for seed in wanted.seeds:
                yield Cell(
                    place=Place(NAME, name, row, "-", seed),
                    role=column.role,
                    verb="train",
                    settings={
                        "baselines.enabled": False,
                        "train.steps": STEPS,
                        "train.epochs": 1_000_000,
                        "train.batch_size": 1_000_000,
                        "train.schedule": "cosine",
                        "model.kind": column.kind,
                        **ROWS[row],
                        **column.settings,
                    },
                )
