"""A LangChain chat model that answers many times and returns the good, diverse ones.

    from qml.integrations.langchain import DiverseChat
    DiverseChat(model="gguf:smollm2", n=24, k=6).invoke("Suggest a name for a coffee shop.")

Extra `langchain`. `model` is a source of this package or any chat model of LangChain.
"""

import os
from collections.abc import Sequence
from functools import cached_property
from threading import Lock
from typing import Any

from qml.errors import MissingExtraError, UsageError
from qml.integrations.diverse import Diverse, Select, pick
from qml.language.embeddings import Embedder, open_embedding
from qml.language.sources import Answer, Settings, Source, open_source

try:
    from langchain_core.callbacks import CallbackManagerForLLMRun
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage, BaseMessage
    from langchain_core.outputs import ChatGeneration, ChatResult
    from pydantic import ConfigDict
except ImportError as error:
    raise MissingExtraError("langchain_core", extra="langchain") from error

_ROLES = {"human": "user", "ai": "assistant", "system": "system"}


class DiverseChat(BaseChatModel):  # type: ignore[misc]  # its types are not followed
    """Asks a model n times; `invoke` returns the likeliest of the k chosen answers.

    All k are the generations of `generate`, and the texts of `answers`. The message's
    `response_metadata` holds them too, with scores and verdict.

    Attributes:
        model: `gguf:PATH`, `hf:ID_OR_FOLDER`, `openai:MODEL[@BASE_URL]`, or a chat model of
            LangChain, which then samples as it is set up.
        n: Answers to generate.
        k: Answers to choose.
        select: `diverse`, `best` or `majority`.
        temperature: For a source of this package.
        top_p: For a source of this package.
        max_tokens: Longest answer of a source of this package (tokens).
        seed: Root seed of the answers of a source of this package, and of the choice.
        embedding: `minilm`, `hf:FOLDER` or `hashing`.
        weight: Of the mean log-probability beside the mean distance.
        solver: Of the quadratic problem.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True, ignored_types=(cached_property,))

    model: str | BaseChatModel
    n: int = 24
    k: int = 6
    select: Select = "diverse"
    temperature: float = 1.0
    top_p: float = 0.95
    max_tokens: int = 64
    seed: int = 0
    embedding: str = "minilm"
    weight: float = 0.3
    solver: str = "auto"

    @property
    def _llm_type(self) -> str:
        return "qml-diverse"

    @property
    def _identifying_params(self) -> dict[str, Any]:
        """What decides the answers; LangChain's caches go by it."""
        settings = {name: getattr(self, name) for name in type(self).model_fields if name in _OWN}
        inner = self.model
        return settings | {"model": inner if isinstance(inner, str) else repr(inner)}

    def answers(self, prompt: str) -> list[str]:
        """Return the texts of the k chosen answers."""
        return list(self.invoke(prompt).response_metadata["answers"])

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        del run_manager  # the inner calls are traced as runs of their own
        if isinstance(self.model, str):
            answers = self._own(messages, stop, **kwargs)
        else:
            answers = _inner(self.model, messages, self.n, stop, **kwargs)
        picked = pick(
            messages[-1].text,
            answers,
            self.k,
            select=self.select,
            embedding=self._embedder,
            weight=self.weight,
            solver=self.solver,
            seed=self.seed,
        )
        return _result(picked)

    def _own(
        self, messages: Sequence[BaseMessage], stop: list[str] | None, **kwargs: Any
    ) -> list[Answer]:
        if kwargs:
            raise UsageError(f"{self.model} takes no {', '.join(sorted(kwargs))}")
        asked = [_turn(message) for message in messages]
        with self._turn_taking:  # `batch` uses threads, and answers must not share a state
            generated = self._source.generate(
                asked,
                count=self.n,
                temperature=self.temperature,
                top_p=self.top_p,
                max_tokens=self.max_tokens,
                seed=self.seed,
            )
            return [_cut(answer, stop or ()) for answer in generated]

    @cached_property
    def _turn_taking(self) -> Lock:
        return Lock()

    @cached_property
    def _source(self) -> Source:
        return open_source(str(self.model), Settings(environ=dict(os.environ)))

    @cached_property
    def _embedder(self) -> Embedder:
        return open_embedding(self.embedding)


_OWN = frozenset(DiverseChat.__annotations__) - {"model_config", "model"}


def _turn(message: BaseMessage) -> dict[str, str]:
    if message.type not in _ROLES:
        raise UsageError(f"a message of type `{message.type}` cannot be sent; only text can")
    return {"role": _ROLES[message.type], "content": message.text}


def _inner(
    model: BaseChatModel,
    messages: list[BaseMessage],
    n: int,
    stop: list[str] | None,
    **kwargs: Any,
) -> list[Answer]:
    """Ask a chat model of LangChain n times, past its cache: that would answer alike."""
    fresh = model.model_copy(update={"cache": False})
    replies = fresh.generate([messages] * n, stop=stop, **kwargs)
    return [_read(generations[0].message) for generations in replies.generations]


def _read(message: Any) -> Answer:
    facts = message.response_metadata
    content = (facts.get("logprobs") or {}).get("content") or []
    logprobs = [token["logprob"] for token in content]
    usage = message.usage_metadata or {}
    return Answer(
        text=message.text.strip(),
        tokens=len(logprobs) or usage.get("output_tokens"),
        logprob=min(0.0, sum(logprobs) / len(logprobs)) if logprobs else None,
        finish=facts.get("finish_reason") or "unknown",
        seed=None,
    )


def _cut(answer: Answer, stop: Sequence[str]) -> Answer:
    """Return an answer up to the first of the stop texts; its likelihood is of the whole."""
    places = [place for text in stop if text and (place := answer.text.find(text)) >= 0]
    if not places:
        return answer
    return Answer(
        text=answer.text[: min(places)].rstrip(),
        tokens=answer.tokens,
        logprob=answer.logprob,
        finish="stop",
        seed=answer.seed,
    )


def _result(picked: Diverse) -> ChatResult:
    facts = {"answers": list(picked), "scores": picked.scores, "verdict": picked.verdict}
    chosen = [picked.answers[place] for place in picked.chosen]
    first, *others = (
        AIMessage(content=answer.text, response_metadata={"finish_reason": answer.finish})
        for answer in chosen
    )
    first.response_metadata |= facts
    return ChatResult(
        generations=[ChatGeneration(message=message) for message in (first, *others)],
        llm_output=facts,
    )
