"""Does a model's uncertainty tell its right answers from its wrong ones, and is a choice diverse?

    python bench/uncertainty.py [-m gguf:smollm2] [--samples 10] [--threads 1] [--skip-open]

Each question is answered once at temperature 0, which is right or wrong, and `--samples` times at
temperature 1, top-p .95. AUROC of a score: the chance that a wrong answer is the more uncertain one
of a right and a wrong answer drawn at random (.5 is a coin); intervals are percentiles of 2,000
bootstrap resamples of the questions. The second table: Vendi score of 6 of 24 answers to open
prompts, chosen by the quadratic problem and by greedy + swap, beside the mean of 200 random sixes.
Exit 1 where fewer than 60 questions were asked or the chosen sixes are not 1.1 times as diverse.
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from uncertainty_items import OPEN, questions

from qml.algorithms.selection import choose
from qml.language.answers import number
from qml.language.clusters import cluster
from qml.language.embeddings import open_embedding
from qml.language.scores import mean_logprob, p_true, self_consistency, semantic_entropy, vendi
from qml.language.sources import Settings, Source, open_source
from qml.language.words import fold

RESAMPLES, RANDOM, MANY, FEW = 2000, 200, 24, 6
SCORES = (
    "semantic entropy",
    "semantic entropy, weighted",
    "self-consistency",
    "log-probability of the answer",
    "log-probability of the samples",
    "p(true)",
)


@dataclass(frozen=True, slots=True)
class Item:
    """One question: its group, whether it was answered right, and its uncertainties."""

    group: str
    right: bool
    uncertainty: tuple[float, ...]


def ask(source: Source, group: str, question: str, answer: str, samples: int) -> Item:
    """Answer one question and score it; every score is turned so that more is less sure."""
    (best,) = source.generate(question, temperature=0, max_tokens=24)
    drawn = list(source.generate(question, count=samples, max_tokens=24))
    ids = cluster(question, [a.text for a in drawn]).ids
    logprobs = [a.logprob for a in drawn]
    found = (
        semantic_entropy(ids),
        semantic_entropy(ids, logprobs=logprobs),
        -self_consistency(ids),
        _negative(best.logprob),
        _negative(mean_logprob(logprobs)),
        _negative(p_true(source, question, best.text)),
    )
    right = number(best.text) == answer if group == "sums" else fold(answer) in fold(best.text)
    return Item(group, right, tuple(np.nan if f is None else f for f in found))


def _negative(value: float | None) -> float | None:
    return None if value is None else -value


def auroc(right: NDArray[np.bool_], uncertainty: NDArray[np.float64]) -> float:
    """Return P(wrong is more uncertain than right), ties a half; NaN without both kinds."""
    wrong, good = uncertainty[~right], uncertainty[right]
    if not len(wrong) or not len(good):
        return float("nan")
    difference = wrong[:, None] - good[None, :]
    return float(np.mean((difference > 0) + 0.5 * (difference == 0)))


def interval(
    right: NDArray[np.bool_], scores: Sequence[NDArray[np.float64]], what: Callable[..., float]
) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of a function of (right, *scores)."""
    rng = np.random.default_rng(0)
    drawn = []
    for _ in range(RESAMPLES):
        places = rng.integers(0, len(right), len(right))
        drawn.append(what(right[places], *(s[places] for s in scores)))
    low, high = np.nanpercentile(drawn, [2.5, 97.5])
    return float(low), float(high)


def report(items: Sequence[Item]) -> None:
    """Print AUROC by score, over all questions and within each kind of them."""
    print("\n| score | all | 95 % | minus the answer's log-probability, 95 % | capitals | sums |")
    print("|---|---|---|---|---|---|")
    right = np.array([item.right for item in items])
    groups = np.array([item.group for item in items])
    table = np.array([item.uncertainty for item in items])
    plain = table[:, SCORES.index("log-probability of the answer")]
    for place, name in enumerate(SCORES):
        score = table[:, place]
        if np.isnan(score).any():
            print(f"| {name} | unavailable for {int(np.isnan(score).sum())} | | | | |")
            continue
        low, high = interval(right, [score], auroc)
        worse, better = interval(right, [score, plain], lambda r, s, p: auroc(r, s) - auroc(r, p))
        within = [auroc(right[groups == g], score[groups == g]) for g in ("capitals", "sums")]
        print(
            f"| {name} | {auroc(right, score):.3f} | {low:.3f} to {high:.3f}"
            f" | {worse:+.3f} to {better:+.3f} | {within[0]:.3f} | {within[1]:.3f} |"
        )


def diversity(source: Source) -> float:
    """Print the Vendi scores of chosen and random sixes; return the ratio of their means."""
    embed = open_embedding("minilm")
    rng = np.random.default_rng(0)
    print(f"\n| open prompt | Vendi, all {MANY} | random {FEW} | chosen {FEW} | ratio | verdict |")
    print("|---|---|---|---|---|---|")
    totals = np.zeros(2)
    for prompt in OPEN:
        answers = list(source.generate(prompt, count=MANY, max_tokens=32))
        rows = embed([a.text for a in answers])
        quality = np.array([a.logprob for a in answers], dtype=float)
        found = choose(rows, quality, FEW)
        chosen = vendi(rows[list(found.chosen)])
        random = float(np.mean([vendi(rows[rng.permutation(MANY)[:FEW]]) for _ in range(RANDOM)]))
        totals += chosen, random
        print(
            f"| {prompt} | {vendi(rows):.2f} | {random:.3f} | {chosen:.3f}"
            f" | {chosen / random:.3f} | {found.verdict} |",
            flush=True,
        )
    print(f"\nratio of the means: {totals[0] / totals[1]:.3f}")
    return float(totals[0] / totals[1])


def main() -> int:
    """Measure and print; exit 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-m", "--model", default="gguf:smollm2")
    parser.add_argument("--samples", type=int, default=10)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--skip-open", action="store_true", help="leave the open prompts out")
    arguments = parser.parse_args()
    source = open_source(arguments.model, Settings(threads=arguments.threads))
    started = time.monotonic()
    items = [ask(source, *question, arguments.samples) for question in questions()]
    for group in ("capitals", "sums"):
        own = [item.right for item in items if item.group == group]
        print(f"{group}: {sum(own)} of {len(own)} right")
    print(f"{arguments.model}, {arguments.samples} samples: {time.monotonic() - started:.0f} s")
    report(items)
    ratio = float("inf") if arguments.skip_open else diversity(source)
    return int(len(items) < 60 or ratio < 1.1)


if __name__ == "__main__":
    sys.exit(main())
