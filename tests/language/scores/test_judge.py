"""All scores at once, and p(true)."""

import math

import numpy as np
import pytest

from qml.language.clusters import cluster
from qml.language.scores import judge, p_true
from qml.language.sources import Answer, Settings, open_source
from qml.testing.fake_language_server import FakeLanguageServer


def answer(text: str, logprob: float | None) -> Answer:
    return Answer(text=text, tokens=1, logprob=logprob, finish="stop", seed=0)


def test_every_score_has_its_name() -> None:
    answers = [answer("43", -0.5), answer("It is 43.", -0.5), answer("42", -1.5)]
    clusters = cluster("What is 17 plus 26?", [a.text for a in answers])
    found = judge(answers, np.eye(3), clusters)
    assert found["self_consistency"] == pytest.approx(2 / 3)
    assert found["vendi"] == pytest.approx(3)
    assert found["mean_logprob"] == pytest.approx(-2.5 / 3)
    assert found["perplexity"] == pytest.approx(math.exp(2.5 / 3))
    assert None not in found.values()


def test_what_is_not_reported_is_none() -> None:
    answers = [answer("43", -0.5), answer("42", None)]
    found = judge(answers, np.eye(2), cluster("What is 17 plus 26?", ["43", "42"]))
    missing = {name for name, value in found.items() if value is None}
    assert missing == {"semantic_entropy_weighted", "mean_logprob", "perplexity", "distinct_2"}


class Replies:
    """A source that reports these first tokens."""

    def __init__(self, tokens: dict[str, float] | None) -> None:
        self.tokens = tokens
        self.asked = ""

    def first_token(self, prompt: str, *, system: str | None = None) -> dict[str, float] | None:
        del system
        self.asked = prompt
        return self.tokens


def test_p_true() -> None:
    source = Replies({"True": math.log(0.3), " true": math.log(0.3), "False": math.log(0.2)})
    assert p_true(source, "2+2?", "4") == pytest.approx(0.75)  # type: ignore[arg-type]
    assert "2+2?" in source.asked
    assert "4" in source.asked


@pytest.mark.parametrize("tokens", [None, {"Maybe": -0.1}])
def test_p_true_unavailable(tokens: dict[str, float] | None) -> None:
    assert p_true(Replies(tokens), "2+2?", "4") is None  # type: ignore[arg-type]


def test_p_true_of_a_server_without_logprobs() -> None:
    pytest.importorskip("openai")
    with FakeLanguageServer(takes_logprobs=False) as server:
        source = open_source(f"openai:any@{server.base}", Settings())
        assert p_true(source, "2+2?", "4") is None
        source.close()
