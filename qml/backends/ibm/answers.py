"""What an answer of IBM means: for a submission, and for everything else."""

from collections.abc import Iterator
from contextlib import contextmanager

from qiskit.exceptions import QiskitError
from qiskit.providers.exceptions import QiskitBackendNotFoundError
from qiskit_ibm_runtime.api.exceptions import RequestsApiError
from qiskit_ibm_runtime.exceptions import IBMNotAuthorizedError
from requests import RequestException

from qml.backends.ibm.wire import Wire
from qml.errors import (
    ProviderError,
    QmlError,
    RefusedError,
    ThrottledError,
    TransientError,
    UnknownSubmissionError,
)

CERTAIN = frozenset({400, 401, 402, 403, 404, 405, 409, 413, 415, 422})
"""Answers to a submission after which there is no job."""
_THROTTLED, _UNAUTHORIZED, _SERVER = 429, 401, 500
_AGAIN = frozenset({408, 425, _THROTTLED})
_PASSING = (TransientError, RequestException, QiskitBackendNotFoundError)
_LONGEST = 400
_HINTS = {
    401: "the key is wrong or was withdrawn: `qml doctor` says where it comes from",
    403: "the account may not use this machine or instance: `[backend.ibm] instance`",
    404: "the account has no such machine: see its name on IBM's page of machines",
    409: "the instance has reached its limit, or the session is closed",
}


@contextmanager
def submitting(wire: Wire, token: str) -> Iterator[None]:
    """Turn whatever a submission may raise into one of its three outcomes.

    Args:
        wire: The transport that the submission goes through.
        token: Taken out of every message.

    Raises:
        ThrottledError: Refused for now, or nothing was sent.
        RefusedError: Refused for certain.
        UnknownSubmissionError: Anything else.
    """
    with wire.submission():
        try:
            yield
        except Exception as error:  # noqa: BLE001 - whatever it is, a job may exist
            said = _words(error, token)
            raise (_outcome(wire, said) if wire.sent else _unsent(error, said)) from None


@contextmanager
def reading(what: str, token: str) -> Iterator[None]:
    """Tell failures of a question that a repetition may mend from those it will not.

    Args:
        what: What was asked, for the message.
        token: Taken out of every message.

    Raises:
        TransientError: It may be repeated.
        ProviderError: It may not.
    """
    try:
        yield
    except QmlError:
        raise
    except (LookupError, TypeError, AttributeError, ValueError, RequestException) as error:
        raise TransientError(f"{what}: the answer is no answer: {_words(error, token)}") from None
    except QiskitError as error:  # the root of all that the SDK raises
        status = _status(error)
        kind = TransientError if passing(status) else ProviderError
        raise kind(f"{what}: {_words(error, token)}", hint=_HINTS.get(status or 0)) from None


def passing(status: int | None) -> bool:
    """Whether a question that was answered with a status may be asked again; -1 is no answer."""
    return status is not None and (status < 0 or status in _AGAIN or status >= _SERVER)


def _outcome(wire: Wire, said: str) -> Exception:
    """Return the error of a submission that was sent."""
    status = wire.response.status_code if wire.response is not None else None
    if status == _THROTTLED:
        return ThrottledError(f"IBM refused for now: {said}", retry_after=_retry_after(wire))
    if status in CERTAIN:
        return RefusedError(f"IBM refused the job: {said}", hint=_HINTS.get(status or 0))
    return UnknownSubmissionError(
        f"it is not known whether IBM accepted the job: {said}",
        hint="qml looks for it by its tag before anything is sent again",
    )


def _unsent(error: Exception, said: str) -> Exception:
    """Return the error of a submission that failed before it was sent.

    The SDK asks for the machine again and takes no answer for none of that name.
    """
    status = _status(error)
    if isinstance(error, _PASSING) or passing(status):
        return ThrottledError(f"IBM was not reached, nothing was sent: {said}")
    hint = error.hint if isinstance(error, QmlError) else _HINTS.get(status or 0)
    return RefusedError(f"nothing was sent to IBM: {said}", hint=hint)


def _status(error: BaseException) -> int | None:
    """Return the HTTP status beneath an error of the SDK; -1 where no answer came."""
    at: BaseException | None = error
    while at is not None:
        if isinstance(at, RequestsApiError):
            return int(at.status_code)
        if isinstance(at, IBMNotAuthorizedError):
            return _UNAUTHORIZED
        at = at.__cause__ or at.__context__
    return None


def _retry_after(wire: Wire) -> float | None:
    header = wire.response.headers.get("Retry-After") if wire.response is not None else None
    try:
        return max(0.0, float(header)) if header is not None else None
    except ValueError:  # a date: the usual pause will do
        return None


def _words(error: Exception, token: str) -> str:
    """Return an error's message without the key, on one line, and short."""
    text = " ".join(str(error).split()) or type(error).__name__
    flat = text.replace(token, "[the key]") if token else text
    return flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST]}..."
