"""A few of many answers: diverse and good ones, the likeliest ones, or what most of them say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, overload

from qml.algorithms.selection import choose
from qml.errors import UsageError
from qml.language import scores
from qml.language.clusters import Clusters, cluster
from qml.language.embeddings import Embedder, open_embedding
from qml.language.sources import Answer

Select = Literal["diverse", "best", "majority"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Diverse(Sequence[str]):
    """The chosen texts, likeliest first; a sequence of them.

    Attributes:
        answers: All answers.
        chosen: Places of the chosen ones among them, in the order of the sequence.
        clusters: Which answers mean the same.
        scores: Scores over all answers by name, None where unavailable.
        verdict: How they were chosen and what simpler ways would have given, in one sentence.
    """

    answers: tuple[Answer, ...]
    chosen: tuple[int, ...]
    clusters: Clusters
    scores: dict[str, float | None]
    verdict: str

    def __len__(self) -> int:
        return len(self.chosen)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        texts = [self.answers[i].text for i in self.chosen]
        return texts[place]


def pick(
    prompt: str,
    answers: Sequence[Answer],
    k: int,
    *,
    select: Select = "diverse",
    embedding: str | Embedder = "minilm",
    weight: float = 0.3,
    solver: str = "auto",
    seed: int = 0,
) -> Diverse:
    """Choose k of the answers to a prompt.

    Args:
        prompt: The question; decides how answers are compared for `majority` and the scores.
        answers: At least k.
        k: How many to choose.
        select: `diverse` (a quadratic problem of fixed cardinality), `best` (likeliest), or
            `majority` (one of each of the largest clusters of meaning; fewer than k where there
            are fewer clusters).
        embedding: A name for `open_embedding`, or an embedder.
        weight: Of the mean quality beside the mean distance, for `diverse`.
        solver: Of the quadratic problem, for `diverse`.
        seed: Feeds every random choice.

    Raises:
        UsageError: k is not in 1 to the number of answers, or `best` without log-probabilities.
    """
    if not 1 <= k <= len(answers):
        raise UsageError(f"k is {k}, and there are {len(answers)} answers")
    embed = open_embedding(embedding) if isinstance(embedding, str) else embedding
    texts = [answer.text for answer in answers]
    rows = embed(texts)
    clusters = cluster(prompt, texts, rows)
    quality = _quality(answers)
    if select == "diverse":
        import numpy as np

        known = None if quality is None else np.array(quality)
        found = choose(rows, known, k, weight=weight, solver=solver, seed=seed)
        chosen, verdict = found.chosen, found.verdict
    else:
        chosen, verdict = _SIMPLE[select](clusters, quality, k)
    return Diverse(
        answers=tuple(answers),
        chosen=_likeliest_first(chosen, quality) if select == "diverse" else chosen,
        clusters=clusters,
        scores=scores.judge(answers, rows, clusters),
        verdict=verdict,
    )


def _quality(answers: Sequence[Answer]) -> list[float] | None:
    known = [answer.logprob for answer in answers if answer.logprob is not None]
    return known if len(known) == len(answers) else None


def _likeliest_first(places: Sequence[int], quality: Sequence[float] | None) -> tuple[int, ...]:
    if quality is None:
        return tuple(places)
    return tuple(sorted(places, key=lambda place: (-quality[place], place)))


def _best(
    clusters: Clusters, quality: Sequence[float] | None, k: int
) -> tuple[tuple[int, ...], str]:
    if quality is None:
        raise UsageError(
            "the model reports no log-probabilities, so its best answers are unknown",
            hint="choose select='majority' or select='diverse'",
        )
    chosen = _likeliest_first(range(len(clusters.ids)), quality)[:k]
    return chosen, f"the {k} likeliest of {len(clusters.ids)} answers"


def _majority(
    clusters: Clusters, quality: Sequence[float] | None, k: int
) -> tuple[tuple[int, ...], str]:
    sizes = [clusters.ids.count(c) for c in range(len(clusters.labels))]
    largest = sorted(range(len(sizes)), key=lambda c: (-sizes[c], c))[:k]
    members = [[i for i, c in enumerate(clusters.ids) if c == one] for one in largest]
    chosen = tuple(_likeliest_first(each, quality)[0] for each in members)
    return chosen, f"{sizes[largest[0]]} of {len(clusters.ids)} answers agree ({clusters.how})"


_Simple = Callable[[Clusters, Sequence[float] | None, int], tuple[tuple[int, ...], str]]
_SIMPLE: dict[str, _Simple] = {"best": _best, "majority": _majority}
