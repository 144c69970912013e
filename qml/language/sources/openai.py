"""`openai:MODEL[@BASE_URL]`: any server that speaks OpenAI's chat completions.

The key comes from the environment only. What a server does not report is None. Requests are sent
again only where nothing was accepted: refused for now, or no connection.
"""

from collections.abc import Iterator
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any

from qml.errors import MissingExtraError, ProviderError
from qml.language.sources.address import read_address
from qml.language.sources.base import Answer, Prompt, Settings, answer_seed, check_request, messages
from qml.language.sources.client import Client
from qml.language.sources.dialect import Dialect
from qml.language.sources.replies import answer_of, choices_of, first_tokens_of

LIKELIEST = 20


def open_source(target: str, settings: Settings) -> "OpenaiSource":
    """Read the address and find the key; the server is not asked yet.

    Raises:
        UsageError: A malformed address, or a key that is missing or would be shown.
        MissingExtraError: `openai` is not installed.
    """
    if find_spec("openai") is None:
        raise MissingExtraError("openai", extra="openai")
    return OpenaiSource(target, settings)


class OpenaiSource:
    """A model on a server; see `qml.language.sources.base.Source`."""

    def __init__(self, target: str, settings: Settings) -> None:
        self.name = f"openai:{target}"
        self._address = read_address(target, settings.environ)
        self._client = Client(self._address, settings.timeout)
        self._dialect = Dialect()
        self._used = {"requests": 0, "prompt_tokens": 0, "completion_tokens": 0}
        self._answered_as: str | None = None
        self._counted: int | None = None
        self._reached = False

    def load(self) -> None:
        """Reach the server, which costs nothing."""
        if not self._reached:
            self._client.reach()
            self._reached = True

    def describe(self) -> dict[str, Any]:
        """Return source, address, what the server understood and what it counted so far."""
        return {
            "source": self.name,
            "server": self._address.base,
            "model": self._answered_as or self._address.model,
            "engine": f"openai {version('openai')}",
            "several_answers_a_request": self._dialect.many,
            "logprobs": self._dialect.logprobs,
            "seeded": self._dialect.seed,
            **self._used,
        }

    def generate(
        self,
        prompt: Prompt,
        *,
        system: str | None = None,
        count: int = 1,
        temperature: float = 1.0,
        top_p: float = 0.95,
        max_tokens: int = 64,
        seed: int = 0,
        first: int = 0,
    ) -> Iterator[Answer]:
        """Check the request and reach the server, then yield answers as they come.

        Where the server takes `n`, one request brings all answers and has the first one's seed;
        elsewhere each answer is a request with a seed of its own.
        """
        check_request(
            prompt, count=count, temperature=temperature, top_p=top_p, max_tokens=max_tokens
        )
        self.load()
        request = {
            "messages": messages(prompt, system),
            "temperature": temperature,
            "top_p": top_p,
            "logprobs": True,
            "top_logprobs": 1,
        }
        seeds = [answer_seed(seed, first + i) for i in range(count)]
        return self._answers(request, seeds, max_tokens)

    def first_token(self, prompt: Prompt, *, system: str | None = None) -> dict[str, float] | None:
        """Return the likeliest first tokens with their log-probabilities, None where unreported."""
        check_request(prompt, count=1, temperature=0, top_p=1, max_tokens=1)
        self.load()
        request = {"messages": messages(prompt, system), "temperature": 0, "logprobs": True}
        choices = self._ask(request | {"top_logprobs": LIKELIEST}, length=1)
        return first_tokens_of(choices[0])

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _answers(self, request: dict[str, Any], seeds: list[int], length: int) -> Iterator[Answer]:
        place, count = 0, len(seeds)
        while place < count:
            several = {"n": count - place} if self._dialect.many and count - place > 1 else {}
            choices = self._ask(request | several | {"seed": seeds[place]}, length=length)
            if several and len(choices) < several["n"]:
                self._dialect.many = False  # it takes `n` and ignores it
            kept = choices[: count - place]
            alone = len(choices) == 1
            seed = seeds[place] if self._dialect.seed and alone else None
            counted = self._counted if alone else None
            for more, choice in zip(reversed(range(len(kept))), kept, strict=True):
                yield answer_of(choice, seed=seed, tokens=counted, more=more)
            place += len(kept)

    def _ask(self, request: dict[str, Any], *, length: int) -> list[dict[str, Any]]:
        """Return the choices of one reply, after as many refusals as the dialect learns from."""
        while True:
            refused, reply = self._client.complete(self._dialect.phrase(request, length=length))
            if refused is None:
                break
            if not self._dialect.learn(request, refused.message):
                raise refused
            if not self._dialect.many:
                request.pop("n", None)
        return self._count(reply)

    def _count(self, reply: dict[str, Any]) -> list[dict[str, Any]]:
        usage = reply.get("usage") or {}
        self._counted = usage.get("completion_tokens")
        self._answered_as = reply.get("model") or self._answered_as
        self._used["requests"] += 1
        for name in ("prompt_tokens", "completion_tokens"):
            self._used[name] += int(usage.get(name) or 0)
        choices = choices_of(reply)
        if not choices:
            raise ProviderError(f"{self._address.base} answered without an answer")
        return choices
