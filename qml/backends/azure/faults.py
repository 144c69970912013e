"""What an answer of Azure means: refused for certain, for now, or not known."""

from collections.abc import Iterator
from contextlib import contextmanager

from azure.core.exceptions import (
    AzureError,
    ClientAuthenticationError,
    DecodeError,
    HttpResponseError,
    ServiceRequestError,
    ServiceResponseError,
)

from qml.errors import (
    ProviderError,
    RefusedError,
    ThrottledError,
    TransientError,
    UnknownSubmissionError,
    UsageError,
)

_TOO_MANY = 429
_AMBIGUOUS = {408, 409}
_CLIENT, _SERVER = 400, 500


@contextmanager
def submitting() -> Iterator[None]:
    """Turn whatever a submission may raise into one of its three outcomes.

    Raises:
        ThrottledError: Refused for now.
        RefusedError: Refused for certain.
        UnknownSubmissionError: Anything else; a 409 too, since the job may be there already.
    """
    try:
        yield
    except HttpResponseError as error:
        raise _refusal(error) from error
    except Exception as error:  # whatever it was, a job may exist
        raise UnknownSubmissionError(f"Azure's answer was lost: {_words(error)}") from error


@contextmanager
def preparing() -> Iterator[None]:
    """Turn a failure before a submission into a refusal: nothing was sent.

    Raises:
        ThrottledError: It may be tried again.
        RefusedError: It may not.
    """
    try:
        with reading("the container of the job's input"):
            yield
    except TransientError as error:
        raise ThrottledError(f"nothing was sent: {error.message}") from error
    except (ProviderError, UsageError) as error:
        raise RefusedError(f"nothing was sent: {error.message}", hint=error.hint) from error


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
    except (ServiceRequestError, ServiceResponseError, DecodeError) as error:
        raise TransientError(f"{what}: {_words(error)}") from error
    except HttpResponseError as error:
        status = error.status_code or 0
        passing = status in {*_AMBIGUOUS, _TOO_MANY} or status >= _SERVER
        kind = TransientError if passing else ProviderError
        raise kind(f"{what}: {_words(error)}") from error
    except AzureError as error:
        raise ProviderError(f"{what}: {_words(error)}") from error


def _refusal(error: HttpResponseError) -> Exception:
    status, said = error.status_code, _words(error)
    if status is None:
        if isinstance(error, ClientAuthenticationError):
            return RefusedError(f"nothing was sent: no credential of Azure works: {said}")
        return UnknownSubmissionError(f"Azure's answer was not understood: {said}")
    if status == _TOO_MANY:
        return ThrottledError(f"Azure is busy: {said}", retry_after=_retry_after(error))
    if _CLIENT <= status < _SERVER and status not in _AMBIGUOUS:
        return RefusedError(f"Azure refused the job: {said}")
    return UnknownSubmissionError(f"Azure answered with status {status}: {said}")


def _retry_after(error: HttpResponseError) -> float | None:
    try:
        return float(error.response.headers["Retry-After"])
    except (AttributeError, KeyError, ValueError):
        return None


def _words(error: Exception) -> str:
    return str(error) or type(error).__name__
