"""What every source of text offers: answers to a prompt, each with its own seed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from qml.errors import UsageError
from qml.seeds import derive


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer of a language model.

    Attributes:
        text: The answer, without special tokens and outer white space.
        tokens: Generated tokens, the end mark with them; None where the source does not say.
        logprob: Mean log-probability of these tokens in nats, at most 0, under the unscaled
            model (temperature 1); None where the source does not report it, never 0 instead.
        finish: `stop` where the model ended by itself, `length` where it was cut, or the word of
            the server.
        seed: Seed of this answer; None where the source takes none.
        more: Answers that came together with it and follow it: whoever stops loses none of them.
    """

    text: str
    tokens: int | None
    logprob: float | None
    finish: str
    seed: int | None
    more: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a source runs; nothing here changes what it says, except a context that is too small.

    Attributes:
        root: Folder that relative paths begin at.
        environ: Environment variables; the key of an `openai:` source is looked for here only.
        cache: Folder for converted models, or None for the user's cache.
        context: Tokens of prompt and answer together (tokens).
        threads: Threads of a local model; None for all cores but one.
        timeout: Longest wait for one reply of a server (s).
    """

    root: Path = field(default_factory=Path)
    environ: Mapping[str, str] = field(default_factory=dict)
    cache: Path | None = None
    context: int = 2048
    threads: int | None = None
    timeout: float = 120.0


Prompt = str | Sequence[Mapping[str, str]]
"""One question, or the turns of a chat: `role` (system, user, assistant) and `content` of each."""


class Source(Protocol):
    """A language model, wherever it runs.

    Opening one checks what can be checked for nothing; `load` brings the model into memory or
    reaches the server, and is called by `generate` where nobody did.
    """

    @property
    def name(self) -> str:
        """The source as the user wrote it, e.g. `gguf:smollm2`."""
        ...

    def load(self) -> None:
        """Load the model or reach the server; a second call does nothing."""
        ...

    def describe(self) -> dict[str, Any]:
        """Return what a manifest needs to know: source, model, digest, engine and version."""
        ...

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
        """Check the request at once, then yield answers as they come.

        Args:
            prompt: What is asked.
            system: Instruction that precedes it.
            count: Answers.
            temperature: 0 for the likeliest token, above it for sampling.
            top_p: Sampled from the smallest set of tokens with this probability, (0, 1].
            max_tokens: Longest answer (tokens).
            seed: Root seed; answer i has `answer_seed(seed, i)`, so it does not depend on `count`.
            first: i of the first answer, above 0 where those before it are there already.

        Raises:
            UsageError: The request cannot be carried out.
            ProviderError: A server failed.
        """
        ...

    def first_token(self, prompt: Prompt, *, system: str | None = None) -> dict[str, float] | None:
        """Return the likeliest first tokens of an answer with their log-probabilities (nats).

        None where the source does not report them.
        """
        ...

    def close(self) -> None:
        """Give memory and connections back."""
        ...


def answer_seed(seed: int, place: int) -> int:
    """Return the seed of the answer at a place, whatever the number of answers."""
    return derive(seed, f"answer/{place}")


def messages(prompt: Prompt, system: str | None) -> list[dict[str, str]]:
    """Return prompt and instruction as the turns of a chat."""
    turns = [{"role": "user", "content": prompt}] if isinstance(prompt, str) else list(prompt)
    first = [{"role": "system", "content": system}] if system else []
    return [*first, *(dict(turn) for turn in turns)]


def asked(prompt: Prompt) -> str:
    """Return what is asked: the prompt, or the last turn of a chat."""
    if isinstance(prompt, str):
        return prompt
    return prompt[-1]["content"] if prompt else ""


def check_request(
    prompt: Prompt, *, count: int, temperature: float, top_p: float, max_tokens: int
) -> None:
    """Refuse what no model can answer.

    Raises:
        UsageError: An empty prompt, or a number out of its range.
    """
    if not asked(prompt).strip():
        raise UsageError("the prompt is empty", hint='write it as: qml sample llm "your prompt"')
    if "\x00" in asked(prompt):
        raise UsageError("the prompt holds a NUL character", hint="is it a binary file?")
    for name, value, low in (("count", count, 1), ("max_tokens", max_tokens, 1)):
        if value < low:
            raise UsageError(f"{name} is {value}; it must be {low} or more")
    if not 0 <= temperature <= 5:  # noqa: PLR2004 - beyond it every model is noise
        raise UsageError(f"temperature is {temperature}; it must lie in 0 to 5")
    if not 0 < top_p <= 1:
        raise UsageError(f"top_p is {top_p}; it must lie above 0 and be at most 1")
