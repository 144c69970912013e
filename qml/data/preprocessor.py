"""The fitted steps between raw features and a model's inputs, as plain arrays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from qml.data.blocks import BLOCK
from qml.errors import DataError

REQUIRED = ("shift", "factor")
OPTIONAL = ("mean", "axes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preprocessor:
    """Project on principal components, then scale.

    Attributes:
        feature_names: Names of the D raw columns it expects, in their order.
        classes: Names of the labels, by code.
        shift: Shape (d,); the scaling is `(x - shift) * factor`.
        factor: Shape (d,).
        mean: Shape (D,), subtracted before the projection, or None without one.
        axes: Principal axes, shape (d, D), or None.
    """

    feature_names: tuple[str, ...]
    classes: tuple[str, ...]
    shift: NDArray[np.floating]
    factor: NDArray[np.floating]
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
            Shape (n, d), in the precision it was fitted in; `raw` itself where no step changes it.

        Raises:
            DataError: The number of columns differs.
        """
        if raw.ndim != 2 or raw.shape[1] != len(self.feature_names):  # noqa: PLR2004 - a matrix
            raise DataError(
                f"features have shape {raw.shape}, but the model expects"
                f" {len(self.feature_names)} columns",
                hint="give the raw columns it was trained on, in their order",
            )
        if self._changes_nothing and raw.dtype == self.shift.dtype:
            return raw
        prepared = np.empty((len(raw), self.width), dtype=self.shift.dtype)
        for start in range(0, len(raw), BLOCK):
            rows = slice(start, start + BLOCK)
            self._block(raw[rows], out=prepared[rows])
        return prepared

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the fitted arrays by name, for a safetensors file."""
        named = {name: getattr(self, name) for name in REQUIRED + OPTIONAL}
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
        missing = [name for name in REQUIRED if name not in arrays]
        missing += [name for name in ("feature_names", "classes") if name not in metadata]
        if missing:
            raise DataError(
                f"the stored preprocessor lacks {', '.join(missing)}",
                hint="its file was written by something else, or damaged",
            )
        return cls(
            feature_names=tuple(metadata["feature_names"]),
            classes=tuple(metadata["classes"]),
            **{name: arrays[name] for name in REQUIRED + OPTIONAL if name in arrays},
        )

    @property
    def _changes_nothing(self) -> bool:
        return self.axes is None and not self.shift.any() and bool(np.all(self.factor == 1))

    def _block(self, raw: NDArray[Any], *, out: NDArray[np.floating]) -> None:
        values = raw.astype(self.shift.dtype, copy=False)
        if self.axes is not None and self.mean is not None:
            values = (values - self.mean) @ self.axes.T
        np.subtract(values, self.shift, out=out)
        np.multiply(out, self.factor, out=out)
