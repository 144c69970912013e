"""Which answers mean the same: by the extracted number or fact, or by the angle of embeddings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from qml.errors import UsageError
from qml.language.answers import fact, number
from qml.language.questions import kind_of
from qml.language.words import fold

How = Literal["auto", "number", "fact", "text"]
THRESHOLD = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Clusters:
    """Answers that mean the same share a cluster.

    Attributes:
        ids: Cluster of each answer, numbered from 0 in order of appearance.
        labels: By cluster: the extracted answer, or the first text of an open cluster.
        how: What told them apart: `number`, `fact`, or `text` (cosine of embeddings).
    """

    ids: tuple[int, ...]
    labels: tuple[str, ...]
    how: str

    @property
    def majority(self) -> int:
        """The largest cluster, the earlier one of equals."""
        return max(range(len(self.labels)), key=lambda c: (self.ids.count(c), -c))


def cluster(
    prompt: str,
    texts: Sequence[str],
    embeddings: NDArray[np.float64] | None = None,
    *,
    how: How = "auto",
    threshold: float = THRESHOLD,
) -> Clusters:
    """Group answers by what they say.

    A text from which nothing can be extracted is its own answer, so equal refusals agree.

    Args:
        prompt: The question; decides `auto`.
        texts: Answers.
        embeddings: (N, d), rows of unit length; needed where `how` comes to `text`.
        how: `number` or `fact` compare what is extracted, `text` compares embeddings.
        threshold: Least cosine with the first text of a cluster, for `text`.

    Raises:
        UsageError: Open text without embeddings.
    """
    kind = kind_of(prompt) if how == "auto" else how
    if kind == "text":
        if embeddings is None:
            raise UsageError(
                "open answers are compared by embeddings, and there are none",
                hint="compare extracted answers instead: how='number' or how='fact'",
            )
        return _by_angle(texts, embeddings, threshold)
    found = [number(t) if kind == "number" else fact(t, prompt) for t in texts]
    return _by_label([f or fold(t) for f, t in zip(found, texts, strict=True)], kind)


def _by_label(labels: Sequence[str], how: str) -> Clusters:
    order = list(dict.fromkeys(labels))
    return Clusters(ids=tuple(map(order.index, labels)), labels=tuple(order), how=how)


def _by_angle(texts: Sequence[str], embeddings: NDArray[np.float64], threshold: float) -> Clusters:
    """Leader clusters: each text joins the first leader that is near enough, or leads."""
    leaders: list[int] = []
    ids: list[int] = []
    for place, row in enumerate(embeddings):
        near = (c for c, leader in enumerate(leaders) if row @ embeddings[leader] >= threshold)
        found = next(near, len(leaders))
        if found == len(leaders):
            leaders.append(place)
        ids.append(found)
    return Clusters(ids=tuple(ids), labels=tuple(texts[i] for i in leaders), how="text")
