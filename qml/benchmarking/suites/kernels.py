"""`kernels`: quantum kernels against the Gaussian one, all of them tuned with the same budget."""

from collections.abc import Mapping, Sequence
from typing import Any

from qml.benchmarking.base import Suite, Wanted
from qml.benchmarking.choice import chosen
from qml.benchmarking.suites import fashion
from qml.benchmarking.suites.columns import (
    ACCURACY,
    TRAIN,
    Column,
    cells,
    rivals,
    tuned_kernel,
)
from qml.benchmarking.suites.published.rows import rows as published_rows

NAME = "kernels"
PUBLISHED = (
    "linearly_separable_6d",
    "hidden_manifold-6manifold-6d",
    "hidden_manifold-10d-10manifold",
    "two_curves-5degree-0.1offset-6d",
    "two_curves-10d-10degree",
    "hyperplanes-10d-from3d-5n",
)
FEATURES = 8
PAIR_ROWS = 300
COLUMNS: dict[str, Column] = {
    "iqp": tuned_kernel("quantum", "iqp"),
    "iqp_2": tuned_kernel("quantum", "iqp", 2),
    "zz": tuned_kernel("quantum", "zz"),
    "zz_2": tuned_kernel("quantum", "zz", 2),
    "separable": tuned_kernel("twin", "separable"),
    "separable_2": tuned_kernel("twin", "separable", 2),
    **rivals({"model.kind": "kernel"}),
}
NOTES = (
    "quantum kernels try four C with five bandwidths by cross-validation on training rows",
    "rbf_svc tries four C with five gamma: as many settings, on folds of the same kind",
)


def build(wanted: Wanted) -> Suite:
    """Return the suite; each seed draws synthetic rows, or the split of real ones, anew.

    Raises:
        UsageError: It has no such model or data.
    """
    known = _data(wanted.seeds, wanted.project)
    names = chosen(list(known), wanted.data, "data", NAME)
    rows = fashion.offered(names, wanted.data, wanted.project)
    models = chosen(list(COLUMNS), wanted.models, "model", NAME)
    left_out = () if len(rows) == len(names) else (fashion.MISSING,)
    return Suite(
        name=NAME,
        title="Kernels, all tuned",
        metric=ACCURACY,
        cells=list(cells(NAME, {row: known[row] for row in rows}, COLUMNS, wanted, models)),
        also=(TRAIN,),
        notes=(*NOTES, *left_out),
    )


def _data(seeds: Sequence[int], project: Mapping[str, Any]) -> dict[str, dict[int, dict[str, Any]]]:
    synthetic = {name: published_rows()[name] for name in PUBLISHED}
    found = {name: {s: row.data(s) for s in seeds} for name, row in synthetic.items()}
    found["bars_and_stripes_3x3"] = {seed: _bars(42 + seed) for seed in seeds}
    pairs = {
        "digits_3_8": {"data.name": "digits", "data.classes": [3, 8]},
        "digits_4_9": {"data.name": "digits", "data.classes": [4, 9]},
        f"{fashion.NAME}_0_6": {**fashion.settings(project), "data.classes": [0, 6]},
    }
    for name, settings in pairs.items():
        pair = {**settings, "data.features": FEATURES, "data.rows": PAIR_ROWS}
        found[name] = dict.fromkeys(seeds, pair)
    return found


def _bars(seed: int) -> dict[str, Any]:
    options = {"size": 3, "train": 240, "test": 120, "seed": seed}
    return {"data.name": "bars_and_stripes", "data.options": options}
