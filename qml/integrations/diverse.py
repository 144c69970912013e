"""A few of many answers: diverse and good ones, the likeliest ones, or what most of them say."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, overload

from qml.algorithms.selection import choose
from qml.algorithms.selection.rules import best, majority
from qml.errors import UsageError
from qml.language import scores
from qml.language.clusters import Clusters, cluster
from qml.language.embeddings import Embedder, open_embedding
from qml.language.sources import Answer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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
            `majority` (the likeliest of those that most agree with, then of the next cluster of
            meaning where they are fewer than k).
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
        found = choose(rows, quality, k, weight=weight, solver=solver, seed=seed)
        chosen, verdict = _likeliest_first(found.chosen, quality), found.verdict
    elif select == "majority":
        chosen = majority(clusters.ids, k, quality)
        agree = clusters.ids.count(clusters.majority)
        verdict = f"{agree} of {len(answers)} answers agree ({clusters.how})"
    else:
        chosen = best(_required(quality), k)
        verdict = f"the {k} likeliest of {len(answers)} answers"
    return Diverse(
        answers=tuple(answers),
        chosen=chosen,
        clusters=clusters,
        scores=scores.judge(answers, rows, clusters),
        verdict=verdict,
    )


def _quality(answers: Sequence[Answer]) -> "NDArray[np.float64] | None":
    import numpy as np

    known = [answer.logprob for answer in answers if answer.logprob is not None]
    return np.array(known) if len(known) == len(answers) else None


def _required(quality: "NDArray[np.float64] | None") -> "NDArray[np.float64]":
    if quality is None:
        raise UsageError(
            "the model reports no log-probabilities, so its best answers are unknown",
            hint="choose select='majority' or select='diverse'",
        )
    return quality


def _likeliest_first(
    places: Sequence[int], quality: "NDArray[np.float64] | None"
) -> tuple[int, ...]:
    if quality is None:
        return tuple(places)
    return tuple(sorted(places, key=lambda place: (-quality[place], place)))
