"""What data and generative models look like side by side: likely strings, and pairs of bits."""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np

from qml.algorithms.generators.judging import HeldOut, Judgement
from qml.results import mmd

STRINGS = 16
MOST_PAIRS = 200


class Trained(Protocol):
    """A rival after its training."""

    @property
    def name(self) -> str:
        """Registered name."""
        ...

    @property
    def judged(self) -> Judgement:
        """How well it does."""
        ...


def portrait(
    held: HeldOut, name: str, judged: Judgement, rivals: Sequence[Trained]
) -> tuple[tuple[dict[str, Any], ...], dict[str, list[float]]]:
    """Return likely strings with their probabilities, and covariances of pairs of bits.

    Args:
        held: Held-out rows and target.
        name: Kind of the model.
        judged: How well it does.
        rivals: The others.

    Returns:
        Rows `{"string": "0101", "data": p, <model>: p, ...}`, likeliest under the data first, and
        `{"data": [...], <model>: [...], ...}` over the same pairs; nothing where there are too many
        bits to know the models' distributions.
    """
    known = {name: judged.probabilities} | {r.name: r.judged.probabilities for r in rivals}
    if held.target is None or any(p is None for p in known.values()):
        return (), {}
    found = {"data": held.target} | {k: p for k, p in known.items() if p is not None}
    bits = held.rows.shape[1]
    likely = np.argsort(-held.target, kind="stable")[:STRINGS]
    strings = tuple(
        {"string": format(int(i), f"0{bits}b")} | {k: float(p[i]) for k, p in found.items()}
        for i in likely
    )
    return strings, {k: _covariances(p, bits) for k, p in found.items()}


def _covariances(p: mmd.Floats, bits: int) -> list[float]:
    """Return the covariance of the first pairs of bits under a distribution."""
    parities = mmd.walsh(p)
    one = 1 << np.arange(bits - 1, -1, -1)
    first, second = np.triu_indices(bits, 1)
    first, second = first[:MOST_PAIRS], second[:MOST_PAIRS]
    # a bit is (1 - Z) / 2, so a covariance is a quarter of that of the parities
    both = parities[one[first] + one[second]] - parities[one[first]] * parities[one[second]]
    return [float(value) for value in both / 4.0]
