"""Answers of a language model: the chosen ones, where they lie, and the other ways to choose."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from qml.report.html.document import ReportDocument
from qml.report.html.parts import facts, figure, key, number
from qml.report.html.parts import section as block
from qml.report.markup import Markup, tag
from qml.report.svg.plane import Dot, plane_svg
from qml.report.tables.sample.llm import NAMES, SCORES, value

SHOWN = 12
"""Prompts that are drawn; the document has all."""
Prompt = Mapping[str, Any]


def about(outcome: Mapping[str, Any]) -> str:
    """Say in a few words what was done, and where."""
    metrics = outcome["metrics"]
    source = outcome["model"].get("source", "given answers")
    prompts = "prompt" if metrics["prompts"] == 1 else "prompts"
    return f"{metrics['answers']} answers to {metrics['prompts']} {prompts}, {source}"


def key_numbers(outcome: Mapping[str, Any]) -> Iterator[Markup]:
    """Yield objective, diversity beside random choices, and how sure the model is."""
    metrics = outcome["metrics"]
    proven = f"{metrics['proven']} of {metrics['prompts']} proven optimal"
    yield number("objective", value(metrics["objective"], 4), proven, "quantum")
    random = f"{value(metrics['vendi_random'], 2)} of random choices"
    yield number("Vendi of the chosen", value(metrics["vendi_chosen"], 2), random, "quantum")
    yield number("semantic entropy", value(metrics["semantic_entropy"], 2), "nats, all answers")
    agreed = "share of the commonest answer"
    yield number("self-consistency", value(metrics["self_consistency"], 2), agreed)
    yield number("mean log-probability", value(metrics["mean_logprob"], 2), "nats per token")
    if metrics["tokens_per_second"]:
        yield number("speed", f"{metrics['tokens_per_second']:.0f}", "tokens/s")


def chosen(document: ReportDocument) -> Markup | None:
    """Return the chosen answers of each prompt beside the map of all."""
    outcome = document["outcome"]
    if outcome is None:
        return None
    prompts = outcome["prompts"]
    more = len(prompts) - SHOWN
    note = f"{more} more prompts are in outcome.json." if more > 0 else None
    return block("Chosen answers", [_prompt(p) for p in prompts[:SHOWN]], note=note)


def ways(document: ReportDocument) -> Markup | None:
    """Return the ways of choosing side by side."""
    outcome = document["outcome"]
    if outcome is None:
        return None
    prompts = outcome["prompts"][:SHOWN]
    names = list(dict.fromkeys(r["name"] for p in prompts for r in p["rivals"]))
    head = tag("tr", tag("th", "way of choosing"), [_head(p) for p in prompts])
    rows = [_way(name, prompts) for name in ("random, mean", *names)]
    return block(
        "Ways of choosing, at equal budget",
        tag("div", tag("table", tag("thead", head), tag("tbody", rows)), class_="scroll"),
        note="Objective: weight x mean quality + mean distance of the chosen; higher is better.",
    )


def scores(document: ReportDocument) -> Markup | None:
    """Return the scores of all answers and of the chosen ones, and the notes."""
    outcome = document["outcome"]
    if outcome is None:
        return None
    return block(
        "Scores",
        [_scores(prompt) for prompt in outcome["prompts"][:SHOWN]],
        [tag("p", f"{note}.", class_="note") for note in outcome["notes"]],
    )


def reasons(document: ReportDocument) -> Markup | None:
    """Return why each answer was chosen, where that was asked for."""
    outcome = document["outcome"]
    if outcome is None or not outcome["settings"]["explain"]:
        return None
    return block("Why these", [_reasons(prompt) for prompt in outcome["prompts"][:SHOWN]])


SECTIONS = (chosen, ways, scores, reasons)


def _prompt(prompt: Prompt) -> Markup:
    answers = prompt["answers"]
    listed = [tag("li", answers[place]["text"]) for place in prompt["chosen"]]
    numbers = {place: n for n, place in enumerate(prompt["chosen"], start=1)}
    dots = [Dot(a["x"], a["y"], a["text"], numbers.get(i)) for i, a in enumerate(answers)]
    picture = figure(
        tag("b", "All answers, two principal components"),
        plane_svg("Embeddings of all answers in the plane; the chosen are numbered", dots),
        tag("p", key("train", "chosen"), " ", key("validation", "others"), class_="keys"),
    )
    return tag(
        "div",
        tag("p", tag("b", prompt["prompt"])),
        tag("div", tag("ol", listed), tag("div", picture), class_="pair"),
        tag("p", prompt["verdict"], class_="note"),
    )


def _head(prompt: Prompt) -> Markup:
    return tag("th", f"prompt {prompt['id']}", class_="right")


def _way(name: str, prompts: Sequence[Prompt]) -> Markup:
    cells = [tag("td", _found(name, prompt), class_="right") for prompt in prompts]
    return tag("tr", tag("th", NAMES.get(name, name), scope="row"), cells)


def _found(name: str, prompt: Prompt) -> str:
    mean = name == "random, mean"
    for rival in prompt["rivals"]:
        if rival["name"] == ("random" if mean else name):
            found = rival["mean"] if mean else rival["objective"]
            return "none" if found is None else value(found, 4)
    return ""


def _scores(prompt: Prompt) -> Markup:
    rows = [
        (words, f"{value(prompt['scores'][name])}; chosen {value(prompt['chosen_scores'][name])}")
        for name, words in SCORES
    ]
    rows.append(("Vendi, random choices", value(prompt["random_vendi"])))
    if prompt["p_true"] is not None:
        rows.append(("p(true)", value(prompt["p_true"])))
    rows += [
        (f"quota {q['label']}", f"{q['chosen']} chosen of {q['of']}, {q['low']} to {q['high']}")
        for q in prompt["quotas"]
    ]
    return tag("div", tag("p", tag("b", f"prompt {prompt['id']}")), facts(rows))


def _reasons(prompt: Prompt) -> Markup:
    rows = [(f"answer {reason['place']}", _reason(reason, prompt)) for reason in prompt["reasons"]]
    return tag("div", tag("p", tag("b", f"prompt {prompt['id']}")), facts(rows))


def _reason(reason: Mapping[str, Any], prompt: Prompt) -> str:
    said = f"quality {value(reason['quality'], 2)}, gain {value(reason['gain'], 4)}"
    if reason["nearest"] is not None:
        text = prompt["answers"][reason["nearest"]]["text"]
        said += (
            f"; nearest unchosen “{text[:80]}”, swapping costs {value(reason['nearest_cost'], 4)}"
        )
    if reason["held_by"]:
        said += f"; held by {', '.join(reason['held_by'])}"
    return said
