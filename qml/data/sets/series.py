"""Series of synthetic data sets that were drawn from one stream of random numbers.

Bowles, Ahmed and Schuld, "Better than classical? The subtle art of benchmarking quantum machine
learning models" (2024), arXiv:2403.07059, seed NumPy once and then draw a whole series of data sets
and their splits. A member of such a series comes out as in their files, to rounding, since all that
precedes it is drawn as well; any other data set is the first draw of a fresh stream.
"""

from collections.abc import Callable, Mapping, Sequence
from math import ceil
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from qml.data.dataset import Dataset, assemble
from qml.data.origin import Origin
from qml.errors import ConfigError

ROWS = 300
TEST_FRACTION = 0.2

Floats = NDArray[np.float64]
Drawn = tuple[Floats, NDArray[np.int64]]
Member = TypeVar("Member")


def draw_member(
    draw: Callable[[Member, np.random.RandomState], Drawn],
    members: Sequence[Member],
    *,
    seed: int,
) -> tuple[Floats, NDArray[np.int64], int]:
    """Draw data sets and their splits one after the other, and keep the last.

    Args:
        draw: Draws features (rows, d) and labels (rows,) of a member.
        members: See `until`.
        seed: Where the stream starts.

    Returns:
        Features and labels, training rows first, both parts in the authors' order; and the number
        of training rows.
    """
    random = np.random.RandomState(seed)
    *before, wanted = members
    for member in before:
        random.permutation(len(draw(member, random)[1]))
    features, labels = draw(wanted, random)
    order = random.permutation(len(labels))
    tested = ceil(TEST_FRACTION * len(labels))  # as scikit-learn's train_test_split counts
    order = np.concatenate([order[tested:], order[:tested]])
    return features[order], labels[order], len(labels) - tested


def until(
    wanted: Member, series: Mapping[str, Sequence[Member]], which: str | None
) -> list[Member]:
    """Return what is drawn from a stream until a data set has been drawn.

    Args:
        wanted: The data set.
        series: What the authors drew, by the name of the series, in their order.
        which: The series that is meant, where a data set was drawn in more than one; the first
            that has it where None.

    Raises:
        ConfigError: The series has no such data set.
    """
    before: list[Member] = []
    for name, members in series.items():
        if wanted in members and which in {None, name}:
            return [*before, *members[: members.index(wanted) + 1]]
        before += members
    if which is not None:
        raise ConfigError(
            f"the series `{which}` of arXiv:2403.07059 has no such data set",
            hint="leave data.options.series out to draw one of your own",
        )
    return [wanted]


def dataset(
    name: str,
    features: Floats,
    labels: NDArray[np.int64],
    trained: int,
    options: Mapping[str, Any],
) -> Dataset:
    """Assemble a data set whose first `trained` rows are for training."""
    return assemble(
        features,
        labels,
        origin=Origin(f"`{name}`"),
        source={"kind": "name", "name": name, "options": dict(options), "files": {}},
        split=np.repeat(["train", "test"], [trained, len(labels) - trained]),
    )


def standardised(features: Floats) -> Floats:
    """Return features of mean 0 and deviation 1 over all rows, test rows among them as published.

    The sums are those of scikit-learn's StandardScaler, to its last bit.
    """
    mean = features.sum(axis=0) / len(features)
    apart = features - mean
    squares = (apart**2).sum(axis=0) - apart.sum(axis=0) ** 2 / len(features)
    found: Floats = apart / np.sqrt(squares / len(features))
    return found
