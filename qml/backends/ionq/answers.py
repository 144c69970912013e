"""What an answer that is no success means: for a submission, and for everything else.

A submission is refused for certain only by the few answers that say so. Whatever else comes back,
or does not, leaves it unknown whether there is a job: IonQ has no idempotency key, so that asking
twice can mean paying twice.
"""

from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from time import time
from typing import Any

import requests
from qiskit_ionq.exceptions import IonQAPIError, IonQError, IonQRetriableError
from urllib3.exceptions import MaxRetryError, NewConnectionError

from qml.backends.ionq.access import WHERE
from qml.errors import (
    ProviderError,
    RefusedError,
    ThrottledError,
    TransientError,
    UnknownSubmissionError,
)

THROTTLED = 429
UNAUTHORIZED = 401
CERTAIN = frozenset({400, 401, 402, 403, 404, 413, 422})
_AGAIN = frozenset({408, 409, 425, THROTTLED})
_SERVER = 500
_LONGEST = 400

_HINTS = {
    401: f"the key is wrong or was withdrawn; {WHERE}",
    402: "the account has no credit left for it, or a limit is reached",
    403: "the account may not use this machine",
    413: "the request is too large: fewer circuits or layers",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why a request brought no usable answer.

    Attributes:
        text: What happened, for people; the key is not in it.
        status: HTTP status, or None where there was no answer.
        retry_after: Seconds that the vendor asks to wait, or None.
        sent: Whether the request may have reached the vendor.
    """

    text: str
    status: int | None = None
    retry_after: float | None = None
    sent: bool = True

    def of_submission(self) -> RefusedError | UnknownSubmissionError:
        """Return the error of a submission that ended like this."""
        if self.status == THROTTLED:
            return ThrottledError(
                f"IonQ refused for now: {self.text}", retry_after=self.retry_after
            )
        if self.status in CERTAIN:
            return RefusedError(
                f"IonQ refused the job: {self.text}", hint=_HINTS.get(self.status or 0)
            )
        if not self.sent:
            return ThrottledError(f"IonQ was not reached, nothing was sent: {self.text}")
        return UnknownSubmissionError(
            f"it is not known whether IonQ accepted the job: {self.text}",
            hint="qml looks for it by its key before anything is sent again",
        )

    def of_reading(self) -> ProviderError:
        """Return the error of a question that ended like this."""
        status = self.status
        if status is None or status in _AGAIN or status >= _SERVER:
            return TransientError(f"IonQ does not answer: {self.text}")
        return ProviderError(f"IonQ refused a question: {self.text}", hint=_HINTS.get(status))


def trouble_of(error: Exception, key: str | None) -> Trouble:
    """Read what the vendor's client raised.

    Args:
        error: From qiskit-ionq, requests or the reading of the answer.
        key: The account's key, which a message may repeat; it is taken out.
    """
    if isinstance(error, IonQRetriableError) and isinstance(error._cause, Exception):  # noqa: SLF001 - has no other door
        error = error._cause  # noqa: SLF001 - as above
    if isinstance(error, IonQAPIError):
        return _answered(error, key)
    if isinstance(error, IonQError):
        text = _clean(f"qiskit-ionq cannot write the job: {error}", key)
        return Trouble(text=text, sent=False)
    text = _clean(f"{type(error).__name__}: {error}", key)
    return Trouble(text=text, sent=not _never_connected(error))


def _answered(error: IonQAPIError, key: str | None) -> Trouble:
    return Trouble(
        text=_clean(f"{error.status_code} {error.message}", key),
        status=int(error.status_code),
        retry_after=_seconds(error.headers.get("Retry-After")),
    )


def _never_connected(error: Exception) -> bool:
    """Whether not even a connection came about, so that no byte was sent."""
    if isinstance(error, requests.ConnectTimeout):
        return True
    inner: Any = error.args[0] if error.args else None
    return (
        isinstance(error, requests.ConnectionError)
        and isinstance(inner, MaxRetryError)
        and isinstance(inner.reason, NewConnectionError)
    )


def _seconds(header: str | None) -> float | None:
    """Read Retry-After: seconds, or a date."""
    if header is None:
        return None
    if header.isascii() and header.isdigit():
        return float(header)
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - time())
    except ValueError:
        return None


def _clean(text: str, key: str | None) -> str:
    """Take the key out of a message, and keep it short."""
    flat = " ".join(text.split())
    if key:
        flat = flat.replace(key, "[the key]")
    return flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST]}..."
