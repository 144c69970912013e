"""What an answer of AWS means: refused for certain, for now, or not known."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from botocore.exceptions import HTTPClientError as NoAnswerError
from botocore.parsers import ResponseParserError

from qml.errors import (
    ProviderError,
    RefusedError,
    ThrottledError,
    TransientError,
    UnknownSubmissionError,
    UsageError,
)

_THROTTLED = {"ThrottlingException", "Throttling", "TooManyRequestsException", "SlowDown"}
_TOO_MANY = 429
_AMBIGUOUS = {408, 409}
_NOT_THERE_YET = "ResourceNotFoundException"
_CLIENT, _SERVER = 400, 500


@contextmanager
def submitting() -> Iterator[None]:
    """Turn whatever a submission may raise into one of its three outcomes.

    Raises:
        ThrottledError: Refused for now.
        RefusedError: Refused for certain.
        UnknownSubmissionError: Anything else.
    """
    try:
        yield
    except ClientError as error:
        raise _refusal(error) from error
    except Exception as error:  # whatever it was, a task may exist
        raise UnknownSubmissionError(
            f"Amazon Braket's answer to CreateQuantumTask was lost: {_words(error)}"
        ) from error


@contextmanager
def preparing() -> Iterator[None]:
    """Turn a failure before a submission into a certain refusal: nothing was sent.

    Raises:
        RefusedError: There are no credentials, or the bucket for the results cannot be used.
    """
    try:
        yield
    except UsageError as error:
        raise RefusedError(f"nothing was sent: {error.message}", hint=error.hint) from error
    except (BotoCoreError, ClientError, ResponseParserError, ValueError) as error:
        raise RefusedError(
            f"nothing was sent: AWS gives no bucket for the results: {_words(error)}",
            hint='name one of yours in qml.toml: [backend.braket] bucket = "..."',
        ) from error


@contextmanager
def reading(what: str) -> Iterator[None]:
    """Tell failures of a read that a repetition may mend from those it will not.

    Args:
        what: What was read, for the message.

    Raises:
        TransientError: It may be repeated.
        ProviderError: It may not.
    """
    try:
        yield
    except ClientError as error:
        kind = TransientError if _passing(error) else ProviderError
        raise kind(f"{what}: {_words(error)}") from error
    except (NoAnswerError, ResponseParserError) as error:
        raise TransientError(f"{what}: {_words(error)}") from error
    except BotoCoreError as error:
        raise ProviderError(f"{what}: {_words(error)}") from error


def _refusal(error: ClientError) -> Exception:
    status, said = _status(error), _words(error)
    if _throttled(error):
        return ThrottledError(f"Amazon Braket is busy: {said}", retry_after=_retry_after(error))
    if _CLIENT <= status < _SERVER and status not in _AMBIGUOUS:
        failures = error.response.get("programSetValidationFailures")
        details = "\n".join(str(failure) for failure in failures) if failures else None
        return RefusedError(f"Amazon Braket refused the task: {said}", details=details)
    return UnknownSubmissionError(f"Amazon Braket answered with status {status}: {said}")


def _passing(error: ClientError) -> bool:
    """Whether a read's error will pass; a new task is not always known at once."""
    status = _status(error)
    known = status in _AMBIGUOUS or status >= _SERVER or _throttled(error)
    return known or error.response["Error"].get("Code") == _NOT_THERE_YET


def _throttled(error: ClientError) -> bool:
    return _status(error) == _TOO_MANY or (
        _status(error) < _SERVER and error.response["Error"].get("Code") in _THROTTLED
    )


def _status(error: ClientError) -> int:
    return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", _SERVER))


def _retry_after(error: ClientError) -> float | None:
    headers: dict[str, Any] = error.response.get("ResponseMetadata", {}).get("HTTPHeaders", {})
    try:
        return float(headers["retry-after"])
    except (KeyError, ValueError):
        return None


def _words(error: Exception) -> str:
    return str(error) or type(error).__name__
