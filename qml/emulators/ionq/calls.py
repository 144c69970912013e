"""A request before it is answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from qml.emulators.ionq.answers import bad_request
from qml.emulators.ionq.requests import read_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request.

    Attributes:
        method: HTTP method.
        path: Path without the query.
        query: Query, every key with all its values.
        content: Body as it was sent.
        parts: What the pattern of the route found in the path.
    """

    method: str
    path: str
    query: Mapping[str, Sequence[str]] = field(default_factory=dict)
    content: bytes = b""
    parts: tuple[str, ...] = ()

    @property
    def body(self) -> dict[str, Any]:
        """The body as a JSON object.

        Raises:
            ApiError: 400 or 413.
        """
        return read_json(self.content)

    def one(self, key: str) -> str | None:
        """Return the last value of a key of the query, or None."""
        values = self.query.get(key)
        return values[-1] if values else None

    def many(self, key: str) -> list[str]:
        """Return all values of a key, lists with commas taken apart."""
        return [v for text in self.query.get(key, ()) for v in text.split(",") if v]

    def number(self, key: str, default: int, least: int, most: int) -> int:
        """Return an integer of the query.

        Raises:
            ApiError: 400, it is none, or out of range.
        """
        text = self.one(key)
        if text is None:
            return default
        if not text.isdigit() or not least <= int(text) <= most:
            raise bad_request(
                f'"{key}" must be an integer from {least} to {most}.', key, source="query"
            )
        return int(text)
