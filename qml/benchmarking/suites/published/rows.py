"""The 114 data sets of "Better than classical?" for which accuracies were published, by name."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

SIZES = range(2, 21)


class Row(NamedTuple):
    """A data set.

    Attributes:
        family: The series that it belongs to.
        name: Its registered name.
        options: Its settings.
        seed: Where the authors' stream starts.
        features: Number of features.
    """

    family: str
    name: str
    options: Mapping[str, Any]
    seed: int
    features: int

    def data(self, repetition: int) -> dict[str, Any]:
        """Return the settings of a cell: the authors' rows first, then other draws."""
        return {
            "data.name": self.name,
            "data.options": {**self.options, "seed": self.seed + repetition},
        }


def rows() -> dict[str, Row]:
    """Return all data sets by the names that the authors' files have."""
    return dict(_rows())


def _rows() -> Iterator[tuple[str, Row]]:
    for d in SIZES:
        row = Row("linearly_separable", "linearly_separable", {"features": d}, 42, d)
        yield f"linearly_separable_{d}d", row
    for d in SIZES:
        options = {"features": d, "manifold": 6, "series": "features"}
        yield (
            f"hidden_manifold-6manifold-{d}d",
            Row("hidden_manifold", "hidden_manifold", options, 3, d),
        )
    for m in SIZES:
        options = {"features": 10, "manifold": m, "series": "manifold"}
        yield (
            f"hidden_manifold-10d-{m}manifold",
            Row("hidden_manifold_diff", "hidden_manifold", options, 3, 10),
        )
    for d in SIZES:
        options = {"features": d, "degree": 5, "series": "features"}
        yield f"two_curves-5degree-0.1offset-{d}d", Row("two_curves", "two_curves", options, 3, d)
    for k in SIZES:
        options = {"features": 10, "degree": k, "series": "degree"}
        yield f"two_curves-10d-{k}degree", Row("two_curves_diff", "two_curves", options, 3, 10)
    for n in SIZES:
        options = {"features": 10, "planes": n, "dimension": 3}
        yield (
            f"hyperplanes-10d-from3d-{n}n",
            Row("hyperplanes_diff", "hyperplanes", options, 1, 10),
        )
