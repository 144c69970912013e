"""The questions of a template, read from its `copier.yml`, and what counts as an answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qml.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question.

    Attributes:
        name: Key of the answer.
        kind: `str` or `int`.
        help: What is asked.
        default: Answer where nobody is asked.
        validator: Jinja text that renders a complaint, or nothing where the answer will do.
    """

    name: str
    kind: str
    help: str
    default: Any
    validator: str

    def parse(self, raw: str) -> Any:
        """Return the answer as a value.

        Raises:
            UsageError: It is not a whole number, or the template refuses it.
        """
        value = self._cast(raw)
        complaint = self._complaint(value)
        if complaint:
            raise UsageError(f"`{self.name}`: {complaint}, got {value!r}", hint=self.help)
        return value

    def _cast(self, raw: str) -> Any:
        if self.kind != "int":
            return raw.strip()
        try:
            return int(raw)
        except ValueError:
            raise UsageError(
                f"`{self.name}`: a whole number is wanted, got {raw!r}", hint=self.help
            ) from None

    def _complaint(self, value: Any) -> str:
        from jinja2.sandbox import SandboxedEnvironment

        text: str = SandboxedEnvironment().from_string(self.validator).render({self.name: value})
        return text.strip()


Ask = Callable[[Question], str]
"""Asks a person; the empty string takes the default."""


def read_questions(file: Path) -> tuple[Question, ...]:
    """Read the questions of a template; keys that start with `_` are copier's settings."""
    import yaml  # type: ignore[import-untyped]  # copier brings it, without stubs

    document: Mapping[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    return tuple(
        Question(
            name=name,
            kind=details.get("type", "str"),
            help=details["help"],
            default=details.get("default", ""),
            validator=details.get("validator", ""),
        )
        for name, details in document.items()
        if not name.startswith("_")
    )
