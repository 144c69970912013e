"""Self-BLEU: how much each answer repeats the others.

Zhu et al., "Texygen", SIGIR 2018; BLEU after Papineni et al., ACL 2002, add-one for n > 1 after
Lin and Och, COLING 2004.
"""

import math
from collections import Counter
from collections.abc import Sequence

from qml.language.scores.diversity import ngrams
from qml.language.words import words

ORDER = 4


def self_bleu(texts: Sequence[str]) -> float | None:
    """Return the mean BLEU-4 of each text against all others, 0 to 1 (all alike).

    None for fewer than two texts.
    """
    if len(texts) < 2:  # noqa: PLR2004 - one text has no others
        return None
    split = [words(text) for text in texts]
    scores = [bleu(one, [*split[:i], *split[i + 1 :]]) for i, one in enumerate(split)]
    return math.fsum(scores) / len(scores)


def bleu(hypothesis: Sequence[str], references: Sequence[Sequence[str]]) -> float:
    """Return the BLEU-4 of one sequence of words against several, 0 to 1."""
    if not hypothesis:
        return float(any(not reference for reference in references))
    logs = []
    for n in range(1, ORDER + 1):
        matched, total = _clipped(hypothesis, references, n)
        extra = int(n > 1)
        if matched + extra == 0:
            return 0.0
        logs.append(math.log((matched + extra) / (total + extra)))
    return _brevity(len(hypothesis), references) * math.exp(math.fsum(logs) / ORDER)


def _clipped(
    hypothesis: Sequence[str], references: Sequence[Sequence[str]], n: int
) -> tuple[int, int]:
    """Return n-grams found in a reference, each at most as often as there, and all n-grams."""
    counts = Counter(ngrams(hypothesis, n))
    most: Counter[tuple[str, ...]] = Counter()
    for reference in references:
        most |= Counter(ngrams(reference, n))
    return sum((counts & most).values()), sum(counts.values())


def _brevity(length: int, references: Sequence[Sequence[str]]) -> float:
    closest = min((len(r) for r in references), key=lambda r: (abs(r - length), r))
    return 1.0 if length >= closest else math.exp(1 - closest / length)
