"""The Boltzmann distribution of a problem, in spins."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from qml.errors import DataError
from qml.problems import Arrays


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """pi(s) ~ exp(-E(s)/T) with E(s) = offset + h . s + s^T J s / 2 over s in {-1, +1}^n.

    A bit of the problem is x = (1 - s) / 2, so that the qubit state |0> is s = +1.

    Attributes:
        names: Variables of the problem, in the order of the arrays.
        fields: h, shape (n,).
        couplings: J, shape (n, n), symmetric with a zero diagonal.
        offset: Constant.
        temperature: T > 0, in the unit of the energies.
        spin: Whether the problem was written in spins; else in bits, and so are samples of it.
    """

    names: tuple[Hashable, ...]
    fields: NDArray[np.float64]
    couplings: NDArray[np.float64]
    offset: float
    temperature: float
    spin: bool = True

    @classmethod
    def of(cls, problem: Arrays, temperature: float) -> Self:
        """Rewrite a problem in spins.

        Raises:
            DataError: The problem has constraints, no variables, or the temperature is not a
                positive number.
        """
        if problem.constrained:
            raise DataError(
                "the problem has constraints, and a Boltzmann distribution knows none",
                hint="`qml sample qubo` keeps constraints; or write them as penalties",
            )
        if not problem.size:
            raise DataError("the problem has no variables")
        if not (np.isfinite(temperature) and temperature > 0):
            raise DataError(
                f"the temperature must be a positive number, not {temperature}",
                hint="`qml sample qubo` looks for the states of least energy, T = 0",
            )
        rows = problem.couplings.sum(axis=1)
        return cls(
            names=problem.names,
            fields=-problem.linear / 2 - rows / 4,
            couplings=problem.couplings / 4,
            offset=float(problem.offset + problem.linear.sum() / 2 + rows.sum() / 8),
            temperature=float(temperature),
            spin=problem.spin,
        )

    @property
    def size(self) -> int:
        """Number of spins."""
        return len(self.fields)

    def pulls(self, spins: NDArray[np.int8]) -> NDArray[np.float64]:
        """Return h + J s of each row, shape (m, n): half of what turning a spin down gains."""
        return np.asarray(self.fields + spins @ self.couplings)

    def energies(self, spins: NDArray[np.int8]) -> NDArray[np.float64]:
        """Return the energy of each row, shape (m, n); shape (m,)."""
        return self.energies_of(spins, self.pulls(spins))

    def energies_of(
        self, spins: NDArray[np.int8], pulls: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return energies, shape (m,), where the pulls are known already."""
        return np.asarray(self.offset + np.einsum("mi,mi->m", spins, self.fields + pulls) / 2)
