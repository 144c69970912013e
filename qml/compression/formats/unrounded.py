"""Weights that were not rounded to a lattice."""

from typing import NoReturn

from torch import Tensor

from qml.errors import PlanError


class Unrounded:
    """What parts in floating point say of a lattice: that they have none."""

    __slots__ = ()

    def lattice(self) -> None:
        """Return None: nothing was rounded to a lattice."""
        return

    def rounded(self, codes: Tensor) -> NoReturn:
        """Refuse.

        Raises:
            PlanError: Always.
        """
        del codes
        raise PlanError("weights in floating point have nothing to round")
