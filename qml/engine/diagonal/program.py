"""A diagonal cost, a mixer and a start, compiled."""

from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from qml.engine.diagonal.evolve import evolve, probabilities
from qml.engine.diagonal.mixers import Mixer
from qml.engine.diagonal.objectives import Objective, mean
from qml.engine.precision import dtypes


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagonalProgram:
    """Layers of one problem.

    Attributes:
        costs: Diagonal, (d,).
        mixer: What follows each phase.
        start: State before, (2, d).
        precision: "float32" or "float64".
    """

    costs: Any
    mixer: Mixer
    start: Any
    precision: str

    @classmethod
    def of(
        cls,
        costs: NDArray[np.float64],
        mixer: Mixer,
        start: NDArray[np.float64],
        *,
        precision: str = "float32",
    ) -> "DiagonalProgram":
        """Put a program together; `start` holds real amplitudes, (d,).

        Raises:
            CircuitError: float64 was asked for while JAX works in 32 bits.
        """
        real = dtypes(precision).real
        amplitudes = jnp.asarray(start, real)
        return cls(
            costs=jnp.asarray(costs, real),
            mixer=mixer,
            start=jnp.stack([amplitudes, jnp.zeros_like(amplitudes)]),
            precision=precision,
        )

    def state(self, gammas: Any, betas: Any) -> NDArray[np.complex128]:
        """Return the amplitudes, (d,), in the precision of the program."""
        found = np.asarray(_run(self.start, self.costs, self.mixer, *self._angles(gammas, betas)))
        return np.asarray(found[0] + 1j * found[1])

    def probabilities(self, gammas: Any, betas: Any) -> NDArray[np.float64]:
        """Return the probability of each index, (d,), in double precision and of sum 1."""
        angles = self._angles(gammas, betas)
        found = np.asarray(_chances(self.start, self.costs, self.mixer, *angles), np.float64)
        return np.asarray(found / found.sum())

    def value_and_gradient(
        self, gammas: Any, betas: Any, objective: Objective | None = None
    ) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
        """Return the objective, the mean cost where None, and its derivatives by all angles.

        Args:
            gammas: Angles of the phases, (layers,).
            betas: Angles of the mixers, (layers,).
            objective: A pytree that can be called, e.g. of `mean` or `cvar`.
        """
        angles = self._angles(gammas, betas)
        wanted = mean(self.costs) if objective is None else objective
        value, slopes = _slopes(angles, self.start, self.costs, self.mixer, wanted)
        by_gamma, by_beta = (np.asarray(s, np.float64) for s in slopes)
        return float(value), by_gamma, by_beta

    def _angles(self, gammas: Any, betas: Any) -> tuple[Any, Any]:
        real = dtypes(self.precision).real
        return jnp.asarray(gammas, real), jnp.asarray(betas, real)


def _evolved(start: Any, costs: Any, mixer: Mixer, gammas: Any, betas: Any) -> Any:
    return evolve(start, costs, mixer, gammas, betas)


def _distribution(start: Any, costs: Any, mixer: Mixer, gammas: Any, betas: Any) -> Any:
    return probabilities(evolve(start, costs, mixer, gammas, betas))


def _loss(angles: Any, start: Any, costs: Any, mixer: Mixer, objective: Objective) -> Any:
    return objective(_distribution(start, costs, mixer, *angles))


_run = jax.jit(_evolved)
_chances = jax.jit(_distribution)
_slopes = jax.jit(jax.value_and_grad(_loss))
