"""What an answer of D-Wave's API means: refused for certain, for now, or not known."""

from collections.abc import Iterator
from contextlib import contextmanager

from dwave.cloud.api.exceptions import (
    RequestError,
    ResourceAuthenticationError,
    ResourceBadRequestError,
)
from requests.exceptions import RequestException

from qml.errors import (
    ProviderError,
    RefusedError,
    ThrottledError,
    TransientError,
    UnknownSubmissionError,
    UsageError,
)

_TOO_MANY, _TIMEOUT, _CONFLICT = 429, 408, 409
_CLIENT, _SERVER = 400, 500


@contextmanager
def submitting() -> Iterator[None]:
    """Turn whatever a submission may raise into one of its three outcomes.

    Raises:
        ThrottledError: Refused for now.
        RefusedError: Refused for certain.
        UnknownSubmissionError: Anything else, since a problem may exist.
    """
    try:
        yield
    except RequestError as error:
        raise _refusal(error) from error
    except Exception as error:  # whatever it was, a problem may exist
        raise UnknownSubmissionError(f"D-Wave's answer was lost: {_words(error)}") from error


@contextmanager
def reading(what: str) -> Iterator[None]:
    """Turn whatever a question may raise into an error that says whether to repeat it.

    Raises:
        TransientError: It may be repeated.
        UsageError: The key is wrong.
        ProviderError: Anything else.
    """
    try:
        yield
    except ResourceAuthenticationError as error:
        raise UsageError(f"D-Wave does not know the key: {_words(error)}") from error
    except ResourceBadRequestError as error:
        raise ProviderError(f"D-Wave does not answer for {what}: {_words(error)}") from error
    except RequestError as error:
        code = error.error_code
        if code is None or code in {_TOO_MANY, _TIMEOUT} or code >= _SERVER:
            raise TransientError(f"D-Wave does not answer for {what}: {_words(error)}") from error
        raise ProviderError(f"D-Wave does not answer for {what}: {_words(error)}") from error
    except (RequestException, ValueError) as error:  # no connection, or no JSON of the right kind
        raise TransientError(f"D-Wave does not answer for {what}: {_words(error)}") from error


def _refusal(error: RequestError) -> Exception:
    code, words = error.error_code, _words(error)
    if code == _TOO_MANY:
        return ThrottledError(f"D-Wave takes nothing for now: {words}")
    if code is not None and _CLIENT <= code < _SERVER and code not in {_TIMEOUT, _CONFLICT}:
        return RefusedError(f"D-Wave refused: {words}")
    return UnknownSubmissionError(f"D-Wave's answer was lost: {words}")


def _words(error: Exception) -> str:
    return str(error) or type(error).__name__
