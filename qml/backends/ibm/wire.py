"""One request for one submission: the client's own repetitions are taken off.

qiskit-ibm-runtime repeats a POST up to five times after 500, 502, 503, 504, 520, 521, 522 and 524,
on the word that this is safe, and waits for an answer without end. Here its sessions get a
transport without repetitions, which notes what came of a submission; questions are repeated by
`qml.execution`, which can be stopped.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from requests import ConnectTimeout, PreparedRequest, Response
from requests.adapters import HTTPAdapter
from requests.exceptions import ConnectionError as NoConnectionError
from urllib3.exceptions import MaxRetryError, NewConnectionError

CONNECTING = 10.0
"""Seconds that a connection may take."""
ANSWERING = 60.0
"""Seconds that an answer may take."""
SUBMITTING = 300.0
"""Seconds that the answer to a submission may take."""


class Wire(HTTPAdapter):
    """A transport that sends everything once.

    Attributes:
        sent: Whether the latest submission may have reached IBM.
        response: The answer to it, or None where none came.
    """

    def __init__(self) -> None:
        super().__init__(max_retries=0)
        self.sent = False
        self.response: Response | None = None
        self._watching = False

    @contextmanager
    def submission(self) -> Iterator[None]:
        """Watch one submission: afterwards the attributes tell what came of it."""
        self.sent, self.response, self._watching = False, None, True
        try:
            yield
        finally:
            self._watching = False

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        """Send a request once, with a limit on the time for its answer.

        Raises:
            NoConnectionError: A second submission was about to be sent.
        """
        job = self._watching and _makes_a_job(request)
        kwargs["timeout"] = (CONNECTING, SUBMITTING if job else ANSWERING)
        if not job:
            return super().send(request, *args, **kwargs)
        if self.sent:
            raise NoConnectionError("a second request for one submission was held back")
        self.sent = True
        try:
            self.response = super().send(request, *args, **kwargs)
        except NoConnectionError as error:
            self.sent = not _never_connected(error)
            raise
        return self.response


def _makes_a_job(request: PreparedRequest) -> bool:
    path = urlsplit(request.url or "").path
    return request.method == "POST" and str(path).rstrip("/").endswith("/jobs")


def _never_connected(error: NoConnectionError) -> bool:
    """Whether not even a connection came about, so that no byte was sent."""
    if isinstance(error, ConnectTimeout):
        return True
    inner = error.args[0] if error.args else None
    return isinstance(inner, MaxRetryError) and isinstance(inner.reason, NewConnectionError)
