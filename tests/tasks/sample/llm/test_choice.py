"""From answers to the chosen ones: the same as the selection says, by every rule."""

import pytest

from qml.algorithms.selection import choose
from qml.config.sections import LlmSection
from qml.errors import DataError, PlanError
from qml.language.embeddings import open_embedding
from qml.tasks.sample.llm.batch import Given, Item
from qml.tasks.sample.llm.choice import Chooser
from qml.tasks.sample.llm.quotas import parse_quota
from qml.tasks.sample.llm.store import Made

COLOURS = ["red", "blue", "blue!", "green", "dark green", "a light blue", "yellow"]
EMBED = open_embedding("hashing")


def made(texts, logprobs=None, attributes=None):
    logprobs = logprobs or [None] * len(texts)
    told = attributes or [{}] * len(texts)
    return [
        Made(given=Given(text=text, logprob=logprob, attributes=each))
        for text, logprob, each in zip(texts, logprobs, told, strict=True)
    ]


def chosen(answers, prompt="Name a colour", quotas=(), **section):
    chooser = Chooser(
        section=LlmSection(**{"k": 3, **section}),
        quotas=[parse_quota(text) for text in quotas],
        embed=EMBED,
    )
    item = Item(id="q", line=1, prompt=prompt, n=len(answers))
    return chooser.choose(item, answers, seed=0).document


def test_the_choice_is_the_one_of_the_selection():
    logprobs = [-0.1 * place for place in range(1, 8)]
    document = chosen(made(COLOURS, logprobs), weight=0.5)
    expected = choose(EMBED(COLOURS), logprobs, 3, weight=0.5)
    assert document["chosen"] == list(expected.chosen)
    assert document["objective"] == pytest.approx(expected.objective)
    assert document["verdict"] == expected.verdict
    assert document["scores"]["mean_logprob"] == pytest.approx(-0.4)
    best = [document["answers"][i]["logprob"] for i in document["chosen"]]
    assert document["chosen_scores"]["mean_logprob"] == pytest.approx(sum(best) / 3)
    assert [i for i, a in enumerate(document["answers"]) if a["chosen"]] == document["chosen"]
    assert document["random_vendi"] < document["chosen_scores"]["vendi"]


def test_quotas_hold_by_given_and_by_read_attributes():
    told = [{"g": "f" if i % 2 else "m"} for i in range(7)]
    document = chosen(
        made(COLOURS, attributes=told),
        quotas=["g=f:2", "colour=blue:0-1"],
        attributes={"colour": "(blue|green)"},
    )
    picked = [document["answers"][i]["attributes"] for i in document["chosen"]]
    assert sum(each["g"] == "f" for each in picked) == 2
    assert sum(each.get("colour") == "blue" for each in picked) <= 1
    assert document["quotas"][0] == {"label": "g=f", "low": 2, "high": 2, "of": 3, "chosen": 2}


def test_a_least_number_of_each_value():
    told = [{"g": "abc"[i % 3]} for i in range(7)]
    document = chosen(made(COLOURS, attributes=told), quotas=["g=1"])
    assert {document["answers"][i]["attributes"]["g"] for i in document["chosen"]} == set("abc")


def test_best_and_majority():
    answers = made(["4", "5", "5.", "5!", "6"], [0.0, -1.0, -2.0, -3.0, -4.0])
    prompt = "What is 2 plus 3?"
    assert chosen(answers, prompt, select="best", k=2)["chosen"] == [0, 1]
    document = chosen(answers, prompt, select="majority", k=2)
    assert document["chosen"] == [1, 2]
    assert document["told_apart"] == "number"
    assert document["scores"]["self_consistency"] == pytest.approx(0.6)
    assert document["winner"] == "majority"
    assert "where exact reaches" in document["verdict"]
    document = chosen(answers, prompt, extract=r"(\d)", select="majority", k=1)
    assert document["told_apart"] == "pattern"
    assert document["answers"][3]["label"] == "5"


def test_best_needs_probabilities():
    with pytest.raises(PlanError, match="7 of 7 answers have no log-probability"):
        chosen(made(COLOURS), select="best")


def test_empty_answers_are_left_out():
    document = chosen(made([*COLOURS[:4], " ", ""]))
    assert (document["n"], document["empty"]) == (4, 2)
    with pytest.raises(DataError, match="2 of 3 answers have any text, and 3 are chosen"):
        chosen(made(["a", "b", ""]))
