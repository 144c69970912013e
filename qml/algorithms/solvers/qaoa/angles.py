"""Angles that need no search. A layer is exp(-i gamma E), then exp(-i beta B); E is minimised.

With |+> at the top of B = sum of X, minima are approached with gamma > 0 and beta < 0.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.solvers.qaoa.spins import Spins
from qml.errors import ConfigError


class Angles(NamedTuple):
    """Angles of all layers, radians.

    Attributes:
        gammas: Of the phases, (layers,).
        betas: Of the mixers, (layers,).
    """

    gammas: NDArray[np.float64]
    betas: NDArray[np.float64]


FIXED: dict[int, dict[int, tuple[tuple[float, ...], tuple[float, ...]]]] = {
    3: {
        1: ((0.615534,), (0.392672,)),
        2: ((0.487710, 0.897988), (0.555060, 0.292508)),
        3: ((0.422084, 0.798413, 0.937089), (0.608757, 0.459275, 0.235396)),
        4: (
            (0.408764, 0.780585, 0.987728, 1.156314),
            (0.599565, 0.434418, 0.296950, 0.159067),
        ),
        5: (
            (0.359589, 0.706573, 0.822557, 1.004755, 1.154275),
            (0.631852, 0.522652, 0.389742, 0.275412, 0.149170),
        ),
    },
    4: {
        1: ((0.523480,), (0.392758,)),
        2: ((0.408121, 0.739802), (0.534344, 0.283037)),
    },
}
"""Degree, layers: gammas and betas for C = sum over edges of (1 - ZZ) / 2, to be maximised.

Wurtz and Lykov, Phys. Rev. A 104, 052419 (2021), arXiv:2107.00677.
"""


def linear_ramp(
    layers: int, *, delta_beta: float, delta_gamma: float, scale: float = 1.0
) -> Angles:
    """Return beta_i = -(1 - i / p) delta_beta and gamma_i = ((i + 1) / p) delta_gamma / scale.

    LR-QAOA: Montanez-Barrera and Michielsen, arXiv:2405.09169, with the sign of the mixer in beta.
    """
    steps = np.arange(layers)
    gammas = (steps + 1) / layers * delta_gamma / scale
    return Angles(gammas, -(1 - steps / layers) * delta_beta)


def fixed(layers: int, spins: Spins) -> Angles:
    """Return the angles of a regular graph, carried over to a problem.

    The degree is the mean number of couplings of a wire. Tables end: another degree takes those of
    degree 3 with its gammas times arctan(1 / sqrt(d - 1)) / arctan(1 / sqrt(2)), the ratio that is
    exact for one layer. Weights divide gamma by their root mean square, as Shaydulin, Lotshaw,
    Larson, Ostrowski and Humble carry angles over to weighted graphs, arXiv:2201.11785.

    Raises:
        ConfigError: There is no table of so many layers.
    """
    weights = np.array([weight for *_, weight in spins.pairs])
    if not weights.size:
        raise ConfigError(
            "fixed angles are made for coupled variables; this problem has none",
            hint="angles = 'linear_ramp'",
        )
    degree = max(2.0, 2 * weights.size / len(spins.fields))
    gammas, betas = _table(degree, layers)
    unit = 2 * float(np.sqrt(np.mean(weights**2)))  # the table's edges have weight 1/2 in spins
    return Angles(gammas / unit, -betas)


def _table(degree: float, layers: int) -> Angles:
    if layers == 1:
        return Angles(np.array([_first(degree)]), np.array([np.pi / 8]))
    exact = FIXED.get(round(degree), {}) if np.isclose(degree, round(degree)) else {}
    if layers in exact:
        return Angles(*(np.array(row) for row in exact[layers]))
    if layers not in FIXED[3]:
        raise ConfigError(
            f"fixed angles are known for 1 to {max(FIXED[3])} layers, not {layers}",
            hint="angles = 'linear_ramp' has any number",
        )
    gammas, betas = (np.array(row) for row in FIXED[3][layers])
    return Angles(gammas * _first(degree) / _first(3.0), betas)


def _first(degree: float) -> float:
    """Return the best gamma of one layer on a graph without triangles."""
    return float(np.arctan(1 / np.sqrt(degree - 1)))
