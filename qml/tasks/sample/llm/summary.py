"""All prompts of a run in a few numbers and sentences."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from qml.config.sections import LlmSection
from qml.tasks.sample.llm.batch import Item
from qml.tasks.sample.llm.request import Request

if TYPE_CHECKING:
    from qml.tasks.sample.llm.generate import Generator

Document = dict[str, Any]
_CLOSE = 1e-9
FAIRNESS = (
    "quotas are group fairness: they fix numbers of chosen answers by attribute, and say nothing"
    " of how the model treats groups"
)
NO_PRICE = "what the server asks for these answers is not known to qml, and no cap of qml limits it"
STORED = (
    "the answers are those of the run before: a server cannot be made to repeat them, so only what"
    " was made of them is compared"
)


def metrics_of(documents: Sequence[Document], generator: "Generator | None") -> dict[str, Any]:
    """Return flat numbers: means over prompts; None where one prompt lacks it."""
    found: dict[str, Any] = {
        "prompts": len(documents),
        "answers": sum(d["n"] for d in documents),
        "objective": _mean([d["objective"] for d in documents]),
        "proven": sum(d["proven"] for d in documents),
        "vendi_chosen": _mean([d["chosen_scores"]["vendi"] for d in documents]),
        "vendi_random": _mean([d["random_vendi"] for d in documents]),
        "p_true": _mean([d["p_true"] for d in documents]),
    }
    found |= {
        name: _mean([d["scores"][name] for d in documents]) for name in documents[0]["scores"]
    }
    found["tokens"] = generator.tokens if generator and generator.tokens else None
    found["tokens_per_second"] = generator.speed if generator else None
    return found


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known and len(known) == len(values) else None


def notes_of(
    section: LlmSection, request: Request, documents: Sequence[Document], items: Sequence[Item]
) -> tuple[str, ...]:
    """Return what a reader must know."""
    notes = [STORED] if section.stored else []
    if section.model.startswith("openai:") and not section.stored and request.generates:
        notes.append(NO_PRICE)
    if request.quotas:
        notes.append(FAIRNESS)
    if not all(d["quality"] for d in documents):
        notes.append("log-probabilities are unavailable, so only diversity decides")
    if empty := sum(d["empty"] for d in documents):
        notes.append(f"{empty} answers without text were left out")
    short = [d for d, i in zip(documents, items, strict=True) if d["n"] + d["empty"] < i.n]
    if short:
        made = short[0]["n"] + short[0]["empty"]
        notes.append(f"stopped early: chosen from {made} of {items[0].n} answers")
    if request.bad:
        notes.append(f"{len(request.bad)} bad lines were skipped")
    return tuple(notes)


def overall(documents: Sequence[Document]) -> str:
    """Return the verdict of one prompt, or count those of many."""
    if len(documents) == 1:
        return str(documents[0]["verdict"])
    ties = sum(_greedy_ties(d) for d in documents)
    proven = sum(d["proven"] for d in documents)
    said = (
        f"{len(documents)} prompts, {proven} choices proven optimal: greedy + swap ties on {ties}"
    )
    if ties == len(documents):
        return f"{said}, so no search was needed."
    most = f"{max(map(_gain, documents)):.2%}"
    short = "less than 0.01%" if most == "0.00%" else f"{most} at most"
    return f"{said}; elsewhere it falls short by {short}."


def _greedy_ties(document: Document) -> bool:
    return _gain(document) <= _CLOSE


def _gain(document: Document) -> float:
    """Return how much of the best objective greedy + swap lacks."""
    values = {r["name"]: r["objective"] for r in document["rivals"]}
    best = max(value for value in values.values() if value is not None)
    return float((best - values["greedy_swap"]) / abs(best)) if best else 0.0
