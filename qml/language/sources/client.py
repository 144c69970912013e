"""HTTP to a server of chat completions, and its failures as errors of this package."""

import time
from typing import Any

from qml.errors import ProviderError, RefusedError, ThrottledError, TransientError
from qml.language.sources.address import KEY, Address

PAUSES = (0.5, 2.0)
"""Seconds before each repetition, where the server names none."""
_LONGEST_WORDS = 400
_LONGEST_PAUSE = 30.0
_BAD_REQUEST = frozenset({400, 422})
_BUSY = frozenset({429, 503})
_NO_LIST = frozenset({404, 405, 501})
_KEY_REFUSED = frozenset({401, 403})


class Client:
    """The two calls that are used.

    Args:
        address: Server, model and key.
        timeout: Longest wait for one reply (s).
    """

    def __init__(self, address: Address, timeout: float) -> None:
        import openai

        self._address = address
        self._timeout = timeout
        self._client = openai.OpenAI(
            api_key=address.key or "none",
            base_url=address.base,
            timeout=timeout,
            max_retries=0,  # see `_again`
            http_client=openai.DefaultHttpxClient(trust_env=False) if address.local else None,
        )

    def reach(self) -> None:
        """Ask for the list of models; a server without one is up as well.

        Raises:
            ProviderError: No server answers there, or it refuses the key.
        """
        import openai

        try:
            self._again(self._client.models.list)
        except openai.APIStatusError as error:
            if error.status_code not in _NO_LIST:
                raise self._translated(error) from error
        except openai.OpenAIError as error:
            raise self._translated(error) from error

    def complete(self, request: dict[str, Any]) -> tuple[RefusedError | None, dict[str, Any]]:
        """Send one request.

        Returns:
            Why it was refused as written, or None; and the reply, empty where it was refused.

        Raises:
            ProviderError: Anything else went wrong.
        """
        import openai

        try:
            reply = self._again(
                lambda: self._client.chat.completions.create(model=self._address.model, **request)
            )
        except openai.APIStatusError as error:
            if error.status_code in _BAD_REQUEST:
                return RefusedError(self._words(error)), {}
            raise self._translated(error) from error
        except openai.OpenAIError as error:
            raise self._translated(error) from error
        except ValueError:  # no JSON
            reply = None
        if not hasattr(reply, "model_dump"):
            raise ProviderError(
                f"{self._address.base} does not speak chat completions",
                hint="does the base address end as the server's documents say, e.g. /v1?",
            )
        document: dict[str, Any] = reply.model_dump(warnings=False)
        return None, document

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _again(self, call: Any) -> Any:
        """Call, and call again where nothing was accepted."""
        import openai

        for pause in PAUSES:
            try:
                return call()
            except openai.APIStatusError as error:
                if error.status_code not in _BUSY or error.code == "insufficient_quota":
                    raise
                time.sleep(_pause(error, pause))
            except openai.APITimeoutError:
                raise  # it may be at work on it, and bill it
            except openai.APIConnectionError:
                if pause != PAUSES[0]:
                    raise  # down: once more tells it from a hiccup
                time.sleep(pause)
        return call()

    def _translated(self, error: Any) -> ProviderError:
        import openai

        base, words = self._address.base, self._words(error)
        if isinstance(error, openai.APITimeoutError):
            return TransientError(f"{base} did not answer within {self._timeout:g} s")
        if isinstance(error, openai.APIConnectionError):
            return ProviderError(
                f"no server answers at {base}: {self._clean(error.__cause__ or error)}",
                hint="start it, or correct the address: openai:MODEL@BASE_URL",
            )
        status = getattr(error, "status_code", None)
        if status in _KEY_REFUSED:
            return RefusedError(f"{base} refuses the key: {words}", hint=f"check {KEY}")
        if status in _BUSY:
            return ThrottledError(f"{base} is busy: {words}", retry_after=_asked(error))
        return ProviderError(f"{base} failed: {words}")

    def _words(self, error: Any) -> str:
        status = getattr(error, "status_code", None)
        body = getattr(error, "body", None)
        message = body.get("message") if isinstance(body, dict) else None
        text = self._clean(message or error)
        return f"{text} (HTTP {status})" if status else text

    def _clean(self, text: object) -> str:
        """Return a server's words without the key, on one line of bounded length."""
        line = " ".join(str(text).split())
        masked = line.replace(self._address.key, "***") if self._address.key else line
        return masked[:_LONGEST_WORDS]  # cut last: half of a key is a key too


def _pause(error: Any, otherwise: float) -> float:
    asked = _asked(error)
    return min(_LONGEST_PAUSE, otherwise if asked is None else asked)


def _asked(error: Any) -> float | None:
    """Return the seconds of the header Retry-After, or None."""
    try:
        return max(0.0, float(error.response.headers.get("retry-after", "")))
    except ValueError:
        return None
