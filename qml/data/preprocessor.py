"""The fitted steps between raw features and a model's inputs, as plain arrays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from qml.data.blocks import BLOCK
from qml.data.pca import Components
from qml.data.scaling import Scaling
from qml.errors import DataError


@dataclass(frozen=True, slots=True, kw_only=True)
class Preprocessor:
    """Choose columns, project on principal components, scale; in this order.

    Attributes:
        feature_names: Names of the D raw columns it expects.
        classes: Names of the labels, by code.
        shift: Shape (d,); the scaling is `(x - shift) * factor`.
        factor: Shape (d,).
        columns: Positions of the raw columns used, int64, or None for all.
        mean: Shape (D',), subtracted before the projection, or None without one.
        axes: Principal axes, shape (d, D'), or None.
    """

    feature_names: tuple[str, ...]
    classes: tuple[str, ...]
    shift: NDArray[np.floating]
    factor: NDArray[np.floating]
    columns: NDArray[np.int64] | None = None
    mean: NDArray[np.floating] | None = None
    axes: NDArray[np.floating] | None = None

    @property
    def width(self) -> int:
        """Number of features after preparation, d."""
        return len(self.shift)

    def transform(self, raw: NDArray[Any]) -> NDArray[np.floating]:
        """Prepare raw features.

        Args:
            raw: Numbers, shape (n, D), columns as in `feature_names`.

        Returns:
            Shape (n, d), in the precision it was fitted in.

        Raises:
            DataError: The number of columns differs.
        """
        if raw.ndim != 2 or raw.shape[1] != len(self.feature_names):  # noqa: PLR2004 - a matrix
            raise DataError(
                f"features have shape {raw.shape}, but the model was trained on"
                f" {len(self.feature_names)} columns"
            )
        prepared = np.empty((len(raw), self.width), dtype=self.shift.dtype)
        for start in range(0, len(raw), BLOCK):
            rows = slice(start, start + BLOCK)
            prepared[rows] = self._block(raw[rows])
        return prepared

    def _block(self, raw: NDArray[Any]) -> NDArray[np.floating]:
        values = raw if self.columns is None else raw[:, self.columns]
        values = values.astype(self.shift.dtype, copy=False)
        if self.axes is not None and self.mean is not None:
            values = (values - self.mean) @ self.axes.T
        scaled: NDArray[np.floating] = (values - self.shift) * self.factor
        return scaled

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the fitted arrays by name, for a safetensors file."""
        named = {name: getattr(self, name) for name in ARRAYS}
        return {name: array for name, array in named.items() if array is not None}

    def metadata(self) -> dict[str, list[str]]:
        """Return what is not an array, as JSON values."""
        return {"feature_names": list(self.feature_names), "classes": list(self.classes)}

    @classmethod
    def from_arrays(
        cls, arrays: Mapping[str, NDArray[Any]], metadata: Mapping[str, Sequence[str]]
    ) -> Self:
        """Restore what `arrays` and `metadata` gave; other arrays are ignored.

        Raises:
            DataError: An array or a list of names is missing.
        """
        missing = [name for name in ("shift", "factor") if name not in arrays]
        missing += [name for name in ("feature_names", "classes") if name not in metadata]
        if missing:
            raise DataError(f"the stored preprocessor lacks {', '.join(missing)}")
        return cls(
            feature_names=tuple(metadata["feature_names"]),
            classes=tuple(metadata["classes"]),
            **{name: arrays[name] for name in ARRAYS if name in arrays},
        )


ARRAYS = ("shift", "factor", "columns", "mean", "axes")


def build(
    feature_names: tuple[str, ...],
    classes: tuple[str, ...],
    *,
    dtype: np.dtype[Any],
    scaling: Scaling,
    columns: NDArray[np.int64] | None,
    components: Components | None,
) -> Preprocessor:
    """Make a preprocessor of fitted steps; all its arrays get the features' precision."""
    return Preprocessor(
        feature_names=feature_names,
        classes=classes,
        shift=scaling.shift.astype(dtype),
        factor=scaling.factor.astype(dtype),
        columns=columns,
        mean=None if components is None else components.mean,
        axes=None if components is None else components.axes,
    )
