"""Mini-batches in an order that depends on the seed and the epoch alone.

A resumed run therefore sees the same rows as an uninterrupted one.
"""

from math import ceil

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.gradients import Batch
from qml.seeds import derive


class Batches:
    """Cuts training rows into batches of one size; the last of an epoch is padded and masked.

    Args:
        features: Shape (rows, d).
        labels: Shape (rows,), integers.
        size: Rows of a batch; at most all rows.
        seed: Seed of the shuffling.
    """

    def __init__(
        self,
        features: NDArray[np.floating],
        labels: NDArray[np.integer],
        *,
        size: int,
        seed: int,
    ) -> None:
        self.features = features
        self.labels = labels.astype(np.int32)
        self.size = min(size, len(labels))
        self.seed = seed
        self._order: tuple[int, NDArray[np.int64]] | None = None

    @property
    def per_epoch(self) -> int:
        """Batches of one pass over the rows."""
        return ceil(len(self.labels) / self.size)

    def __getitem__(self, step: int) -> Batch:
        """Return the batch of a step, counted from 0 over all epochs."""
        epoch, place = divmod(step, self.per_epoch)
        rows = self._shuffled(epoch)[place * self.size : (place + 1) * self.size]
        mask = np.zeros(self.size, dtype=self.features.dtype)
        mask[: len(rows)] = 1
        padded = np.resize(rows, self.size)
        return Batch(self.features[padded], self.labels[padded], mask)

    def _shuffled(self, epoch: int) -> NDArray[np.int64]:
        if self._order is None or self._order[0] != epoch:
            rng = np.random.default_rng(derive(self.seed, f"epoch/{epoch}"))
            self._order = epoch, rng.permutation(len(self.labels))
        return self._order[1]
