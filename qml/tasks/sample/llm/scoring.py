"""Scores of answers: how sure the model is, how unlike one another they are."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from qml.config.sections import LlmSection
from qml.tasks.sample.llm.attributes import compile_pattern, extracted
from qml.tasks.sample.llm.request import WAYS
from qml.tasks.sample.llm.store import Made

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qml.language.clusters import Clusters, How

DRAWS = 100
"""Random choices whose diversity is averaged."""
NOTHING = "(none)"
"""Label of the texts in which no final answer was found."""


def tell_apart(
    prompt: str, texts: Sequence[str], section: LlmSection, embeddings: "NDArray[Any]"
) -> "Clusters":
    """Tell which answers say the same."""
    from qml.language.clusters import cluster

    if section.extract not in WAYS:
        return _by_pattern(texts, section.extract)
    how = cast("How", section.extract)
    return cluster(prompt, texts, embeddings, how=how, threshold=section.threshold)


def _by_pattern(texts: Sequence[str], expression: str) -> "Clusters":
    from qml.language.clusters import Clusters

    pattern = compile_pattern(expression, "sample.llm.extract")
    found = [extracted(pattern, text) or NOTHING for text in texts]
    labels = tuple(dict.fromkeys(found))
    return Clusters(ids=tuple(labels.index(label) for label in found), labels=labels, how="pattern")


def scores_of(
    made: Sequence[Made], embeddings: "NDArray[Any]", clusters: "Clusters", places: Sequence[int]
) -> dict[str, float | None]:
    """Return the scores of the answers at some places; None is unavailable, never 0."""
    from qml.language.clusters import Clusters
    from qml.language.scores import judge
    from qml.language.sources import Answer

    ids = [clusters.ids[place] for place in places]
    present = list(dict.fromkeys(ids))
    inside = Clusters(
        ids=tuple(present.index(each) for each in ids),
        labels=tuple(clusters.labels[each] for each in present),
        how=clusters.how,
    )
    answers = [
        Answer(
            text=made[place].given.text,
            tokens=made[place].tokens,
            logprob=made[place].given.logprob,
            finish=made[place].finish,
            seed=made[place].seed,
        )
        for place in places
    ]
    return judge(answers, embeddings[list(places)], inside)


def random_vendi(embeddings: "NDArray[Any]", k: int, seed: int) -> float:
    """Return the mean Vendi score of random choices of k answers."""
    import numpy as np

    from qml.language.scores import vendi
    from qml.seeds import derive

    rng = np.random.default_rng(derive(seed, "random_vendi"))
    drawn = [rng.choice(len(embeddings), k, replace=False) for _ in range(DRAWS)]
    return float(np.mean([vendi(embeddings[places]) for places in drawn]))
