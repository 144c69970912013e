"""Encodings of spaces that are told by the numbers of their levels."""

from collections.abc import Callable, Sequence

import optuna
import pytest
from optuna.distributions import CategoricalDistribution, IntDistribution

from qml.tuning.columns import column_of
from qml.tuning.encoding import Encoding

optuna.logging.set_verbosity(optuna.logging.ERROR)


@pytest.fixture(scope="session")
def encoding_of() -> Callable[..., Encoding]:
    """Make an encoding of categories, or of numbers where ordered."""

    def make(sizes: Sequence[int], optional=None, *, ordered: bool = False) -> Encoding:
        kinds = [
            IntDistribution(0, n - 1)
            if ordered
            else CategoricalDistribution([f"v{i}" for i in range(n)])
            for n in sizes
        ]
        columns = tuple(column_of(f"p{j}", kind) for j, kind in enumerate(kinds))
        return Encoding(columns=columns, optional=tuple(optional or [False] * len(sizes)))

    return make
