"""`qml sample llm`: the chosen answers, the ways of choosing, the scores, the reasons."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from qml.report.tables.layout import Adaptive, Field, heading, pairs, table

Document = Mapping[str, Any]
NAMES = {
    "random": "random, best of as many",
    "top_k": "top-k by quality",
    "mmr": "MMR",
    "dpp": "DPP, greedy",
    "greedy": "greedy",
    "greedy_swap": "greedy + swap",
}
SCORES = (
    ("mean_logprob", "mean log-probability"),
    ("semantic_entropy", "semantic entropy"),
    ("self_consistency", "self-consistency"),
    ("vendi", "Vendi"),
    ("distinct_1", "distinct-1"),
    ("distinct_2", "distinct-2"),
    ("self_bleu", "self-BLEU"),
)
_UNSURE = (
    ("semantic_entropy_normalised", "semantic entropy / ln n"),
    ("semantic_entropy_weighted", "semantic entropy, weighted"),
    ("perplexity", "perplexity"),
)
_WAYS = (
    Field(title="way of choosing"),
    Field(title="objective", align="right"),
    Field(title="evaluations", align="right", yields=1),
    Field(title="", yields=2),
)
_SCORED = (
    Field(title="score"),
    Field(title="all", align="right"),
    Field(title="chosen", align="right"),
)
_REASONS = (
    Field(title="answer", align="right"),
    Field(title="quality", align="right"),
    Field(title="gain", align="right"),
    Field(title="nearest", align="right"),
    Field(title="cosine", align="right", yields=2),
    Field(title="swap costs", align="right"),
    Field(title="best swap", align="right", yields=3),
    Field(title="held by", yields=1, whole=False),
)


def llm_table(document: Document) -> RenderableType:
    """Render a document `qml.sample-llm/1`."""
    return Adaptive(lambda width: Group(*_parts(document, width)))


def result_line(document: Document) -> dict[str, Any]:
    """Return what is told of one prompt on one line of JSONL."""
    answers = document["answers"]
    kept = ("text", "logprob", "cluster", "attributes")
    whole = ("id", "line", "prompt", "n", "k", "objective", "winner", "proven", "verdict")
    return {
        **{key: document[key] for key in whole},
        "chosen": [{key: answers[i][key] for key in kept} for i in document["chosen"]],
        "scores": document["scores"],
        "chosen_scores": document["chosen_scores"],
        "quotas": document["quotas"],
        "reasons": document["reasons"],
    }


def value(number: float | None, digits: int = 3) -> str:
    """Write a score; what is not known is never 0."""
    return "unavailable" if number is None else f"{number:.{digits}f}"


def _parts(document: Document, width: int) -> Iterator[RenderableType]:
    settings, prompts = document["settings"], document["prompts"]
    source = document["model"].get("source", "given answers")
    yield heading("sample llm", f"{source}, {settings['select']}")
    for prompt in prompts:
        yield Text()
        yield from _prompt(prompt, settings, width)
    yield Text()
    yield from _end(document)


def _prompt(prompt: Document, settings: Document, width: int) -> Iterator[RenderableType]:
    yield heading(prompt["prompt"].strip().splitlines()[0], f"{prompt['k']} of {prompt['n']}")
    for number, place in enumerate(prompt["chosen"], start=1):
        answer = prompt["answers"][place]
        yield pairs([(f"{number:>3}", answer["text"])])
    yield Text()
    yield table(_WAYS, list(_ways(prompt)), width)
    yield Text()
    yield table(_SCORED, list(_scored(prompt, uncertainty=settings["uncertainty"])), width)
    for quota in prompt["quotas"]:
        low, high = quota["low"], quota["high"]
        wish = str(low) if low == high else f"{low} to {high}"
        yield Text(f"quota {quota['label']}: {quota['chosen']} chosen, {wish} wished")
    if settings["explain"]:
        yield Text()
        yield table(_REASONS, [_reason(reason) for reason in prompt["reasons"]], width)
    yield Text(prompt["verdict"])


def _ways(prompt: Document) -> Iterator[tuple[str, ...]]:
    for rival in prompt["rivals"]:
        if rival["mean"] is not None:
            yield ("random, mean", value(rival["mean"], 4), "", "")
        found = "none" if rival["objective"] is None else value(rival["objective"], 4)
        marks = ["chosen"] if rival["name"] == prompt["winner"] else []
        marks += ["proven optimal"] if rival["proven"] else []
        name = NAMES.get(rival["name"], rival["name"])
        yield (name, found, f"{rival['evaluations']:,}", ", ".join(marks))
    if prompt["winner"] not in {rival["name"] for rival in prompt["rivals"]}:
        yield (prompt["winner"], value(prompt["objective"], 4), "", "chosen")


def _scored(prompt: Document, *, uncertainty: bool) -> Iterator[tuple[str, ...]]:
    rows = (*SCORES, *_UNSURE) if uncertainty else SCORES
    for key, words in rows:
        yield (words, value(prompt["scores"][key]), value(prompt["chosen_scores"][key]))
    yield ("Vendi of random choices", "", value(prompt["random_vendi"]))
    if uncertainty:
        yield ("p(true) of the commonest", value(prompt["p_true"]), "")


def _reason(reason: Document) -> tuple[str, ...]:
    nearest, best = reason["nearest"], reason["best_swap"]
    return (
        str(reason["place"]),
        value(reason["quality"], 2),
        value(reason["gain"], 4),
        "" if nearest is None else str(nearest),
        "" if nearest is None else value(reason["nearest_similarity"], 2),
        "" if nearest is None else value(reason["nearest_cost"], 4),
        "" if best is None else f"{best} ({value(reason['best_swap_cost'], 4)})",
        ", ".join(reason["held_by"]),
    )


def _end(document: Document) -> Iterator[RenderableType]:
    speed = document["metrics"]["tokens_per_second"]
    yield pairs(
        [
            ("verdict", document["verdict"] if len(document["prompts"]) > 1 else ""),
            ("speed", f"{speed:.0f} tokens/s" if speed else ""),
            *(("note", note) for note in document["notes"]),
            ("run", document["run_dir"]),
        ]
    )
