"""Units that read the same input, and the second moments of that input."""

from dataclasses import dataclass

from torch import Tensor

from qml.compression.subjects.base import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Units that read the same input x, e.g. the maps to queries, keys and values.

    Attributes:
        units: The units, in the order of the forward pass; all have the same columns.
        hessian: Mean of x x^T, shape (columns, columns), float64. A unit whose weights change
            by D changes its outputs by trace(D H D^T) in mean square.
        count: Inputs that the mean is over.
        drift: Mean of (t - x) x^T, with t the teacher's input in the place of x, shape (columns,
            columns), float64; None where it was not asked for.
    """

    units: tuple[Unit, ...]
    hessian: Tensor
    count: int
    drift: Tensor | None = None

    @property
    def norms(self) -> Tensor:
        """Root mean square of each column of the input, shape (columns,), float64."""
        return self.hessian.diagonal().clamp(min=0).sqrt()
