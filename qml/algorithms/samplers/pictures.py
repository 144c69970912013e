"""What a report draws of samples: energies along a chain, and how they are spread."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from qml.algorithms.samplers.chain import Draws
from qml.algorithms.samplers.exact import Exact

POINTS = 150
"""Most points of a trace."""
BINS = 40
"""Bars of a histogram."""


def traces(drawn: Mapping[str, Draws]) -> dict[str, list[list[float]]]:
    """Return for each method points (energy evaluations, energy of the first chain)."""
    return {name: _trace(draws) for name, draws in drawn.items()}


def histogram(drawn: Mapping[str, Draws], exact: Exact | None) -> dict[str, Any]:
    """Return shares of the samples in equal bins of the energy.

    Returns:
        `edges`, and by method `shares`; `exact` holds those of the distribution, or None.
    """
    energies = {name: draws.energies.ravel() for name, draws in drawn.items()}
    seen = [e for e in energies.values() if e.size]
    low = min((float(e.min()) for e in seen), default=0.0)
    high = max((float(e.max()) for e in seen), default=1.0)
    if exact is not None:
        low = min(low, float(exact.energies.min()))
    air = max(1e-9, 1e-9 * max(abs(low), abs(high)))  # the extremes lie inside
    edges = np.linspace(low - air, high + air, BINS + 1)
    return {
        "edges": edges.tolist(),
        "shares": {
            name: (np.histogram(e, edges)[0] / max(1, e.size)).tolist()
            for name, e in energies.items()
        },
        "exact": None if exact is None else _masses(exact, edges),
    }


def _masses(exact: Exact, edges: Any) -> list[float]:
    masses, _ = np.histogram(exact.energies, edges, weights=exact.probabilities)
    return [float(m) for m in masses]


def _trace(draws: Draws) -> list[list[float]]:
    count = min(POINTS, draws.steps)
    steps = np.arange(count) * draws.steps // max(1, count)
    each = draws.info.evaluations / max(1, draws.steps)
    return [[float((k + 1) * each), float(draws.energies[k, 0])] for k in steps.tolist()]
