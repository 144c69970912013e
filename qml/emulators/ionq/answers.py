"""What the server answers, and the vendor's error bodies."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer before it is written.

    Attributes:
        status: HTTP status.
        body: A JSON value.
        headers: Further headers.
        delay: How long to wait before it leaves (seconds).
        drop: Close the connection instead.
        garbled: Cut the body in the middle of its JSON.
    """

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    drop: bool = False
    garbled: bool = False

    @property
    def content(self) -> bytes:
        """The body as it is sent."""
        text = json.dumps(self.body, separators=(",", ":")).encode()
        return text[: len(text) // 2] + b"<html>" if self.garbled else text


class ApiError(Exception):
    """A request that is answered with an error body of the vendor's form.

    Args:
        status: HTTP status, 400 or above.
        message: What is wrong.
        keys: Keys of the request that are wrong, for `validation`; only with 400.
        source: Where these keys are: `payload`, `query` or `params`.
    """

    def __init__(
        self, status: int, message: str, *, keys: Sequence[str] = (), source: str = "payload"
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.keys = tuple(keys)
        self.source = source

    @property
    def answer(self) -> Answer:
        """The body `{error, message, statusCode, validation}`."""
        body = error_body(self.status, self.message)
        if self.keys:
            body["validation"] = {"keys": list(self.keys), "source": self.source}
        return Answer(status=self.status, body=body)


def error_body(status: int, message: str) -> dict[str, Any]:
    """Return an error body; names of statuses follow the vendor's examples."""
    names = {401: "Unauthorized Error", 404: "Not Found Error"}
    known = status in HTTPStatus._value2member_map_
    name = names.get(status) or (HTTPStatus(status).phrase if known else "Unknown Error")
    return {"error": name, "message": message, "statusCode": status}


def bad_request(message: str, *keys: str, source: str = "payload") -> ApiError:
    """Return an error 400 about some keys."""
    return ApiError(400, message, keys=keys, source=source)


def not_found(what: str) -> ApiError:
    """Return an error 404."""
    return ApiError(404, f"{what} was not found.")
