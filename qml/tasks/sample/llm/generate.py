"""Answers to one prompt, as they come; whoever watches sees tokens per second and the time left."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from qml.errors import ConfigError
from qml.ports import Bar, Clock
from qml.tasks.sample.llm.batch import Given, Item
from qml.tasks.sample.llm.store import Made, Writer

if TYPE_CHECKING:
    from qml.config.sections import LlmSection
    from qml.language.sources import Answer, Source

NUMBERS: dict[str, type] = {"temperature": float, "top_p": float, "max_tokens": int}
"""Settings of every model, and their types."""


def settings_of(section: "LlmSection") -> dict[str, Any]:
    """Return the settings of the model.

    Raises:
        ConfigError: One is unknown, or no number.
    """
    found: dict[str, Any] = {}
    for name, value in section.options.items():
        kind = NUMBERS.get(name)
        if kind is None:
            known = ", ".join(NUMBERS)
            raise ConfigError(f"a model has no setting `{name}`", hint=f"it has: {known}")
        whole = isinstance(value, int) and not isinstance(value, bool)
        if not whole and not (kind is float and isinstance(value, float)):
            raise ConfigError(f"`{name}` is {value!r}, not a number")
        found[name] = kind(value)
    _require_ranges(found)
    return found


def _require_ranges(settings: dict[str, Any]) -> None:
    if not 0 <= settings.get("temperature", 1.0) <= 5:  # noqa: PLR2004 - beyond it all is noise
        raise ConfigError(f"`temperature` is {settings['temperature']}; it lies in 0 to 5")
    if not 0 < settings.get("top_p", 1.0) <= 1:
        raise ConfigError(f"`top_p` is {settings['top_p']}; it lies above 0 and is at most 1")
    if settings.get("max_tokens", 1) < 1:
        raise ConfigError(f"`max_tokens` is {settings['max_tokens']}; it is 1 or more")


class Generator:
    """Asks a model for answers, and writes each down before the next one.

    Args:
        source: The model.
        system: System prompt, or empty.
        settings: Of the model.
        clock: What time it is.
        stop: Whether somebody asked to stop.
    """

    def __init__(
        self,
        source: "Source",
        *,
        system: str,
        settings: dict[str, Any],
        clock: Clock,
        stop: Callable[[], bool],
    ) -> None:
        self._source = source
        self._system = system or None
        self._settings = settings
        self._clock = clock
        self._stop = stop
        self.tokens = 0
        self.seconds = 0.0

    @property
    def speed(self) -> float | None:
        """Tokens per second so far; None where no source told of tokens."""
        return self.tokens / self.seconds if self.tokens and self.seconds > 0 else None

    def answers(
        self, item: Item, kept: Sequence[Made], *, seed: int, writer: Writer, bar: Bar
    ) -> list[Made]:
        """Return the answers to one prompt: fewer than it wants where somebody asked to stop.

        Args:
            item: The prompt.
            kept: Its first answers, where they are there already; they are not asked again.
            seed: Root seed of its answers.
            writer: Writes each one down.
            bar: Advances with each one.

        Raises:
            UsageError: The model cannot take the prompt.
            ProviderError: A server failed.
        """
        made = list(kept)
        for answer in self._timed(item, seed, len(made)):
            made.append(_made(answer))
            writer.add(item.id, made[-1])
            bar.advance(1, **self._facts())
            if self._stop() and not answer.more:  # what a server sent is paid for
                break
        return made

    def _timed(self, item: Item, seed: int, first: int) -> Iterator["Answer"]:
        began = self._clock.monotonic()
        stream = self._source.generate(
            item.prompt,
            system=self._system,
            count=item.n - first,
            seed=seed,
            first=first,
            **self._settings,
        )
        for answer in stream:
            self.tokens += answer.tokens or 0
            now = self._clock.monotonic()
            self.seconds, began = self.seconds + now - began, now
            yield answer

    def _facts(self) -> dict[str, str]:
        return {} if self.speed is None else {"tokens/s": f"{self.speed:.0f}"}


def _made(answer: "Answer") -> Made:
    given = Given(text=answer.text, logprob=answer.logprob, attributes={})
    return Made(given=given, tokens=answer.tokens, finish=answer.finish, seed=answer.seed)
