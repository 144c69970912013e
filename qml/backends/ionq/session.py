"""A session of IonQ's with a cost limit: a second fence behind the ledger's caps, at the vendor."""

import warnings
from decimal import Decimal

from qml.backends.ionq.client import Client
from qml.errors import ProviderError, RefusedError, ThrottledError, TransientError


class Session:
    """Opened before the first job, ended when the backend is closed.

    Args:
        client: IonQ's API.
        backend: The API's name of the machine.
        limit: Most that the session's jobs may cost (USD).
    """

    def __init__(self, client: Client, backend: str, limit: Decimal) -> None:
        self._client = client
        self._backend = backend
        self._limit = limit
        self._id: str | None = None

    def id(self) -> str:
        """Return its id, and open it if it is not.

        Raises:
            RefusedError: IonQ opens none; no job was sent.
            ThrottledError: IonQ does not answer; no job was sent, and it may be tried again.
        """
        if self._id is None:
            self._id = self._open()
        return self._id

    def end(self, *, unfinished: int) -> None:
        """End it, where it was opened; what fails is told as a warning, since the work is done.

        Args:
            unfinished: Jobs of it that may still run. IonQ does not publish what becomes of them
                when their session ends, so that it is left open for them.
        """
        if self._id is None:
            return
        session, self._id = self._id, None
        if unfinished:
            _warn(f"IonQ's session {session} stays open: {unfinished} of its jobs are not done")
            return
        try:
            self._client.post("sessions", session, "end")
        except ProviderError as error:
            _warn(f"IonQ's session {session} was not ended: {error.message}")

    def _open(self) -> str:
        body = {
            "backend": self._backend,
            # JSON has no decimals: the shortest number that reads the same
            "settings": {"cost_limit": {"unit": "usd", "value": float(self._limit)}},
        }
        try:
            session = self._client.post("sessions", body=body).get("id")
        except TransientError as error:
            raise ThrottledError(
                f"no session was opened, no job was sent: {error.message}"
            ) from error
        except ProviderError as error:
            raise RefusedError(
                f"no session was opened, no job was sent: {error.message}", hint=error.hint
            ) from error
        if not isinstance(session, str):
            raise RefusedError("IonQ opened a session without an id; no job was sent")
        return session


def _warn(message: str) -> None:
    warnings.warn(f"{message}; end it in IonQ's console", RuntimeWarning, stacklevel=4)
