"""A batch is cut into jobs of so many circuits."""

from collections.abc import Sequence
from dataclasses import replace

from qml.circuits import Work
from qml.seeds import derive


def cut(work: Work, most: int) -> Sequence[Work]:
    """Cut a batch, in order.

    Every part after the first has a seed of its own: else equal circuits in two parts would be one
    purchase, and share their counts.

    Args:
        work: The batch.
        most: Most circuits of a part.
    """
    starts = range(0, max(1, len(work.circuits)), most)
    return [
        replace(
            work,
            circuits=work.circuits[start : start + most],
            seed=derive(work.seed, f"part/{place}") if place else work.seed,
        )
        for place, start in enumerate(starts)
    ]
